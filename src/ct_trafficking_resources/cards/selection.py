"""Which lines and which ways to reach them stand on a card.

The rules are data in `policy`; this module applies them. Order is the order
of the needs; within a need, staff who speak the language come first, then the
line whose rank avoids most harm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ct_trafficking_resources.cards.policy import LAST_RESORT, POLICIES
from ct_trafficking_resources.language_tags import primary
from ct_trafficking_resources.model.base import Part
from ct_trafficking_resources.model.channels import EMERGENCY, HOTLINE
from ct_trafficking_resources.vocabulary import Mode, Purpose, ValueKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ct_trafficking_resources.directory import Directory
    from ct_trafficking_resources.model import ContactPoint, HelpChannel
    from ct_trafficking_resources.vocabulary import Audience

ALWAYS = {Purpose.EMERGENCY: EMERGENCY, Purpose.TRAFFICKING_HELP: HOTLINE}
"""What every card holds, whatever was asked for: a card is never empty."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Entry(Part):
    """One line on a card.

    Attributes:
        need: Why it stands there.
        channel: The line.
        contacts: The ways to reach it that are shown, in this order.
    """

    need: Purpose | str
    channel: HelpChannel
    contacts: tuple[ContactPoint, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Request(Part):
    """What a card is asked to be.

    Attributes:
        audience: Who reads it.
        language: BCP 47 tag of the reader's language.
        purpose: The one need that is asked about, or None for all.
        mode: The one way of reaching a line, or None for all.
        town: A town of Connecticut that the lines must serve, or None.
        open_at: A moment at which the lines must not be closed, or None.
    """

    audience: Audience
    language: str
    purpose: Purpose | None = None
    mode: Mode | None = None
    town: str | None = None
    open_at: datetime | None = None


def select(directory: Directory, request: Request) -> tuple[Entry, ...]:
    """Return what stands on the card, in its order; never nothing."""
    policy = POLICIES[request.audience]
    chosen: dict[str, Entry] = {}
    for need in policy.needs:
        if need.purpose in ALWAYS:
            found = _always(directory.channel(ALWAYS[need.purpose]), need.purpose, request)
        elif request.purpose is None:
            found = _answers(directory, need.purpose, request)[:1]
        else:
            continue
        for entry in found:
            chosen.setdefault(entry.channel.id, entry)
    if request.purpose is not None:
        for entry in _answers(directory, request.purpose, request):
            chosen.setdefault(entry.channel.id, entry)
    return tuple(chosen.values())


def _always(channel: HelpChannel, need: Purpose, request: Request) -> list[Entry]:
    """Return the entry of a line that stands on every card.

    If it cannot be reached in the way that was asked for, it is shown with
    the ways there are.
    """
    contacts = _ways(channel, request) or _ways(
        channel, attrs.evolve(request, mode=None, open_at=None)
    )
    return [Entry(need=need, channel=channel, contacts=contacts)] if contacts else []


def _answers(directory: Directory, need: Purpose, request: Request) -> list[Entry]:
    """Return the lines for a need, the most fitting first.

    On a whole card a line stands for its main purpose only. Who asks about
    one need sees every line that has it among its purposes.
    """
    entries = [
        Entry(need=need, channel=channel, contacts=contacts)
        for channel in directory.channels
        if (need in channel.purposes if request.purpose else need == channel.purposes[0])
        and _may_stand(channel, request)
        and (contacts := _ways(channel, request))
    ]
    entries.sort(key=lambda entry: (_language_fit(entry, request.language), entry.channel.rank))
    return entries


def _may_stand(channel: HelpChannel, request: Request) -> bool:
    policy = POLICIES[request.audience]
    return (
        not channel.immigration_enforcement
        and (policy.tips or not channel.tips_only)
        and any(audience in channel.audiences for audience in policy.draws_on)
        and (request.town is None or channel.coverage.includes(request.town))
    )


def _ways(channel: HelpChannel, request: Request) -> tuple[ContactPoint, ...]:
    """Return the ways to reach a line that are shown, pairs whole or not at all."""
    usable = _usable(channel, request.open_at)
    for modes in (POLICIES[request.audience].modes, LAST_RESORT):
        fitting = [
            contact
            for mode in modes
            if request.mode in {None, mode}
            for contact in usable
            if contact.mode == mode and contact.kind != ValueKind.EMAIL
        ]
        if whole := _whole(fitting):
            return whole
    return ()


def _usable(channel: HelpChannel, at: datetime | None) -> tuple[ContactPoint, ...]:
    """Return what is not known to be closed; a relay is as open as what it leads to."""
    direct = _whole(
        [
            contact
            for contact in channel.contacts
            if contact.relay_to is None and (at is None or contact.is_open(at) is not False)
        ]
    )
    ids = {contact.id for contact in direct}
    return tuple(one for one in channel.contacts if one.id in ids or one.relay_to in ids)


def _whole(contacts: Sequence[ContactPoint]) -> tuple[ContactPoint, ...]:
    """Return contact points without those whose other half is missing."""
    ids = {contact.id for contact in contacts}
    return tuple(one for one in contacts if one.paired_with is None or one.paired_with in ids)


def _language_fit(entry: Entry, language: str) -> int:
    """Return 0 for staff who speak it, 1 for interpreters, 2 for unknown."""
    spoken = primary(language)
    if any(primary(tag) == spoken for one in entry.contacts for tag in one.languages):
        return 0
    interpreted = {primary(tag) for one in entry.contacts for tag in one.interpreter_languages}
    return 1 if interpreted & {spoken, "mul"} else 2
