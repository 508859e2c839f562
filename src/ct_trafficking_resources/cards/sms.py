"""A card as one text message: 911, the hotline, and how long the message is.

A message in the GSM 7-bit alphabet (3GPP TS 23.038, 6.2.1) has 160 characters
in one part; one letter outside of it (``í``, a curly quote) makes it UCS-2
with 70. The Spanish words are chosen to stay inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.cards import phrases
from ct_trafficking_resources.cards.policy import DISCREET
from ct_trafficking_resources.cards.wording import wording
from ct_trafficking_resources.model.channels import EMERGENCY, HOTLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.cards.composition import Card
    from ct_trafficking_resources.cards.phrases import Way
    from ct_trafficking_resources.cards.selection import Entry
    from ct_trafficking_resources.cards.wording import Wording

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
"""Each takes two places: an escape and itself."""

_PLACES = {"GSM-7": (160, 153), "UCS-2": (70, 67)}
"""Places in a message of one part, and in each part of a longer one."""

_ONE_UNIT = "\uffff"
"""Characters above it take two units of UTF-16."""


class SmsText(str):
    """The text of a message, which knows how it will be sent.

    Attributes:
        encoding: ``GSM-7`` or ``UCS-2``.
        places: Septets or 16-bit units that it takes.
        parts: Messages that it is sent and charged as.
    """

    __slots__ = ()

    @property
    def encoding(self) -> str:
        """``GSM-7`` if every character is in that alphabet, else ``UCS-2``."""
        return "GSM-7" if set(self) <= _BASIC | _EXTENDED else "UCS-2"

    @property
    def places(self) -> int:
        """Septets or 16-bit units that it takes."""
        return sum(self._sizes())

    @property
    def parts(self) -> int:
        """Messages that it is sent and charged as; no character is cut in two."""
        single, each = _PLACES[self.encoding]
        if self.places <= single:
            return 1
        parts, room = 1, each
        for size in self._sizes():
            if size > room:
                parts, room = parts + 1, each
            room -= size
        return parts

    def _sizes(self) -> list[int]:
        """Return the places of each character."""
        if self.encoding == "GSM-7":
            return [2 if one in _EXTENDED else 1 for one in self]
        return [2 if one > _ONE_UNIT else 1 for one in self]


def render(card: Card) -> SmsText:
    """Return the card as a text message; see `Card.sms`."""
    words = wording(card.language)
    return SmsText(" ".join(part for entry in card.first for part in _entry(entry, card, words)))


def _entry(entry: Entry, card: Card, words: Wording) -> Iterator[str]:
    if entry.channel.id == EMERGENCY:
        yield words.fill("sms.emergency", number=phrases.ways(entry, words)[0].shown)
        return
    ways = phrases.shortest(phrases.ways(entry, words))
    said = [_said(way, words) for way in ways]
    if entry.channel.id != HOTLINE:
        name = phrases.heading(entry, words)
        yield words.fill("line.ways", name=name, ways=words["sms.or"].join(said))
        return
    discreet = card.audience in DISCREET
    yield words.fill("sms.victim" if discreet else "sms.other", ways=words["sms.or"].join(said))
    if all(way.contact.hours and way.contact.hours.always_open for way in ways):
        yield words["sms.always"]
    if discreet and entry.channel.anonymous:
        yield words["sms.anonymous"]
    if discreet:
        yield words["sms.delete"]


def _said(way: Way, words: Wording) -> str:
    shown = f"{way.shown} ({way.detail})" if way.detail else way.shown
    if f"sms.{way.contact.mode}" in words:
        return words.fill(f"sms.{way.contact.mode}", shown=shown)
    return f"{way.verb} {shown}"
