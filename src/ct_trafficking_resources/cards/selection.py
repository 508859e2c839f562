"""Which lines stand on a card, and which ways to reach them.

Who should see what is data with reasons, in the tables below, which
``docs/cards.md`` shows; what every card holds stands in `policy`. Order is the
order of the needs; within a need, staff who speak the language come first, then
the line whose rank avoids most harm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import attrs

from ct_trafficking_resources.model.base import Part
from ct_trafficking_resources.policy import ALWAYS_SHOWN
from ct_trafficking_resources.vocabulary import Audience, Mode, Purpose, ValueKind
from ct_trafficking_resources.words import primary

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.model import ContactPoint, HelpChannel


class Need(NamedTuple):
    """One need that a card answers with one line.

    Attributes:
        purpose: The need.
        reason: Why it stands on the card, and at this place.
    """

    purpose: Purpose
    reason: str


class Policy(NamedTuple):
    """What one audience sees.

    Attributes:
        draws_on: Audiences whose lines may stand on the card.
        needs: What the card answers, in this order.
        modes: How the lines are reached, in this order.
        tips: A line that only takes tips may stand on the card.
        reason: Why the audience sees this.
    """

    draws_on: tuple[Audience, ...]
    needs: tuple[Need, ...]
    modes: tuple[Mode, ...]
    tips: bool
    reason: str


_LIVE = (Mode.VOICE, Mode.TEXT, Mode.RELAY, Mode.TTY, Mode.CHAT)
"""Ways to reach a person now; voice first, because it shows the place best."""

LAST_RESORT = (Mode.WEB_FORM,)
"""Shown where a line has no live way: a form is better than no way at all.

E-mail is on no card: a sent letter stays in a folder that others may open.
"""

_EMERGENCY = Need(Purpose.EMERGENCY, "Harm that happens now cannot be undone later.")
_HOTLINE = Need(
    Purpose.TRAFFICKING_HELP,
    "The one line that is made for this, day and night, in most languages, and not the police.",
)
_RELAY = Need(
    Purpose.RELAY, "Who cannot use a voice call can reach every number on the card through it."
)
_CHILD_PROTECTION = Need(
    Purpose.CHILD_PROTECTION, "The state takes reports of harm to a child on this line."
)
_MISSING_CHILD = Need(
    Purpose.MISSING_CHILD, "The first hours count, and the same line takes reports of exploitation."
)
_CRISIS = Need(
    Purpose.CRISIS_SUPPORT, "A crisis of the mind can kill before anything else is solved."
)
_VIOLENCE = (
    Need(Purpose.DOMESTIC_VIOLENCE, "The trafficker is often a partner or of the family."),
    Need(Purpose.SEXUAL_ASSAULT, "Care in the first days matters for health and for evidence."),
    _CRISIS,
)
_AFTER = (
    Need(Purpose.VICTIM_SERVICES, "Victims of crime have rights, and can ask for compensation."),
    Need(Purpose.LEGAL_HELP, "Papers, debts and charges keep people bound."),
    Need(Purpose.BASIC_NEEDS, "Without a bed and food a person goes back."),
)

POLICIES: dict[Audience, Policy] = {
    Audience.VICTIM: Policy(
        draws_on=(Audience.VICTIM,),
        needs=(_EMERGENCY, _HOTLINE, *_VIOLENCE, *_AFTER, _RELAY),
        modes=_LIVE,
        tips=False,
        reason="Help first, then what keeps a person from leaving. Nothing that reports them.",
    ),
    Audience.PUBLIC: Policy(
        draws_on=(Audience.PUBLIC,),
        needs=(
            _EMERGENCY,
            _HOTLINE,
            _CHILD_PROTECTION,
            _MISSING_CHILD,
            Need(
                Purpose.CRIME_TIPS,
                "Last, and named as police: it helps nobody who calls, and the hotline"
                " takes reports too.",
            ),
            _RELAY,
        ),
        modes=(*_LIVE, Mode.WEB_FORM),
        tips=True,
        reason="Who saw something should tell a person who knows what to do with it.",
    ),
    Audience.CHILD: Policy(
        draws_on=(Audience.CHILD,),
        needs=(
            _EMERGENCY,
            _HOTLINE,
            _MISSING_CHILD,
            _CHILD_PROTECTION,
            Need(Purpose.RUNAWAY_YOUTH, "Traffickers find children who have nowhere to sleep."),
            _CRISIS,
            Need(Purpose.IMAGE_REMOVAL, "Pictures are what many children are held by."),
            _RELAY,
        ),
        modes=_LIVE,
        tips=False,
        reason="For a child or a worried parent: the same lines serve both.",
    ),
    Audience.MANDATED_REPORTER: Policy(
        draws_on=(Audience.MANDATED_REPORTER,),
        needs=(
            _EMERGENCY,
            Need(
                Purpose.CHILD_PROTECTION,
                "Before the hotline: the state takes reports here, and a call elsewhere is none.",
            ),
            _HOTLINE,
            _RELAY,
        ),
        modes=(*_LIVE, Mode.WEB_FORM),
        tips=False,
        reason="The card must not let a call elsewhere pass for the report that the law asks for.",
    ),
    Audience.WORKER: Policy(
        draws_on=(Audience.WORKER, Audience.VICTIM),
        needs=(
            _EMERGENCY,
            _HOTLINE,
            Need(Purpose.WAGES_AND_WORK, "Unpaid wages are often the first sign that is seen."),
            Need(Purpose.LEGAL_HELP, "Papers and debts keep people bound."),
            Need(Purpose.BASIC_NEEDS, "Who lives where they work loses the bed with the job."),
            _RELAY,
        ),
        modes=_LIVE,
        tips=False,
        reason="A worker with a wage problem may be a victim who does not use the word.",
    ),
    Audience.SERVICE_PROVIDER: Policy(
        draws_on=(Audience.SERVICE_PROVIDER, Audience.VICTIM),
        needs=(_EMERGENCY, _HOTLINE, *_VIOLENCE, *_AFTER, _RELAY),
        modes=_LIVE,
        tips=False,
        reason="What a provider hands on is read by a victim: the rules of the victim's card hold.",
    ),
}
"""Each audience's card. What is not named here is on no card."""

ON_NO_CARD = (
    "A line that also takes immigration-enforcement tips is on no card: whoever calls it for"
    " help, or for someone else, may bring harm to the victim."
)
"""Why a channel with ``immigration_enforcement`` is never chosen."""

NAMED = frozenset({Audience.MANDATED_REPORTER})
"""Readers from whom the law asks a report: that others need not give their name
is not said to them."""


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
        if need.purpose in ALWAYS_SHOWN:
            channel = directory.channel(ALWAYS_SHOWN[need.purpose].channel)
            found = _always(channel, need.purpose, request)
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
    return tuple(
        contact for contact in channel.contacts if contact.id in ids or contact.relay_to in ids
    )


def _whole(contacts: Sequence[ContactPoint]) -> tuple[ContactPoint, ...]:
    """Return contact points without those whose other half is missing."""
    ids = {contact.id for contact in contacts}
    return tuple(
        contact for contact in contacts if contact.paired_with is None or contact.paired_with in ids
    )


def _language_fit(entry: Entry, language: str) -> int:
    """Return 0 for staff who speak it, 1 for interpreters, 2 for unknown."""
    spoken = primary(language)
    if any(primary(tag) == spoken for contact in entry.contacts for tag in contact.languages):
        return 0
    interpreted = {
        primary(tag) for contact in entry.contacts for tag in contact.interpreter_languages
    }
    return 1 if interpreted & {spoken, "mul"} else 2
