"""Which help channels fit, and how well.

`Directory.find` is the way in, and says what each condition means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.errors import UnknownTerm
from ct_trafficking_resources.vocabulary import Audience, Mode, Purpose, known_term
from ct_trafficking_resources.words import canonical, primary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ct_trafficking_resources.model import ContactPoint, HelpChannel

_BEST = (0, 0)


def find(  # noqa: PLR0913 - the conditions of the public contract; all by keyword
    channels: Iterable[HelpChannel],
    *,
    audience: Audience | str | None,
    purpose: Purpose | str | None,
    mode: Mode | str | None,
    language: str | None,
    open_at: datetime | None,
    town: str | None,
) -> tuple[HelpChannel, ...]:
    """Return the channels that fit, most fitting first; errors as for `Directory.find`."""
    audience = None if audience is None else known_term(Audience, audience)
    purpose = None if purpose is None else known_term(Purpose, purpose)
    mode = None if mode is None else known_term(Mode, mode)
    if language is not None and canonical(language) is None:
        raise UnknownTerm("BCP 47 language tag", language, ("en", "es", "pt-BR"))
    if town is not None and not isinstance(town, str):
        raise TypeError(f"{town!r} is not the name of a town")
    found = []
    for place, channel in enumerate(channels):
        if audience is not None and audience not in channel.audiences:
            continue
        if town is not None and not channel.coverage.includes(town):
            continue
        ways = fitting(channel, purpose, mode, language, open_at)
        if ways:
            found.append((min(ways)[0], place, channel))
    return tuple(channel for _, _, channel in sorted(found))  # no two have one place


def fitting(
    channel: HelpChannel,
    purpose: str | None,
    mode: str | None,
    language: str | None,
    open_at: datetime | None,
) -> list[tuple[tuple[int, int], int, ContactPoint]]:
    """Return the contact points of a help channel that fit every condition.

    Returns:
        How well each fits (less is better), its place in the channel, and itself.
    """
    return [
        (fit, place, contact)
        for place, contact in enumerate(channel.contacts)
        if (mode is None or contact.mode == mode)
        and (purpose is None or purpose in (contact.purposes or channel.purposes))
        and (fit := _fit(contact, language, open_at)) is not None
    ]


def _fit(
    contact: ContactPoint, language: str | None, at: datetime | None
) -> tuple[int, int] | None:
    """Return how well a contact point fits, less is better; None if it does not."""
    if language is None and at is None:
        return _BEST
    understood = 0 if language is None else _language_fit(contact, language)
    answered = 0 if at is None else _open_fit(contact, at)
    return None if understood is None or answered is None else (understood, answered)


def _language_fit(contact: ContactPoint, language: str) -> int | None:
    """Return 0 for staff who speak it, 1 for interpreters, None for neither."""
    spoken = primary(language.lower())
    if spoken in map(primary, contact.languages):
        return 0
    if {spoken, "mul"} & set(map(primary, contact.interpreter_languages)):
        return 1
    if spoken == "en" and not contact.languages:
        return 1
    return None


def _open_fit(contact: ContactPoint, at: datetime) -> int | None:
    """Return 0 for open, 1 for unknown, None for closed."""
    is_open = contact.is_open(at)
    if is_open is None:
        return 1
    return 0 if is_open else None
