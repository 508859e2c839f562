"""One text, and what was found in it: what the judges look at."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from ct_trafficking_resources.audit import addresses, numbers
from ct_trafficking_resources.audit.known import Standing
from ct_trafficking_resources.audit.links import links
from ct_trafficking_resources.audit.spots import Spot, apart
from ct_trafficking_resources.vocabulary import ValueKind

if TYPE_CHECKING:
    from ct_trafficking_resources.audit.known import Known, Right
    from ct_trafficking_resources.audit.links import Link
    from ct_trafficking_resources.audit.names import Names
    from ct_trafficking_resources.audit.rules import AuditRule

_DIALLED = frozenset({ValueKind.E164, ValueKind.SHORT_CODE})


@attrs.frozen(kw_only=True)
class Draft:
    """A finding before it is put into words.

    It is not the `Problem` of other rules: it stands at offsets of a text, and
    keeps its parts, because of several about one text only the most telling speaks.

    Attributes:
        rule: The rule that it breaks.
        start: Where the text begins that it is about.
        end: Where that ends.
        right: What would be right, or None.
        link: The text is a link, so a link is what replaces it.
        record: Id of the record that it is about, where that is not the right one's.
        name: What the record is called, where that is not the right one's.
        other: A second name or value that the message speaks of.
        why: An explanation from the data.
        slip: What went wrong, in words.
    """

    rule: AuditRule
    start: int
    end: int
    right: Right | None = None
    link: bool = False
    record: str | None = None
    name: str | None = None
    other: str | None = None
    why: str = ""
    slip: str = ""


@attrs.define(kw_only=True, slots=False)
class Scene:
    """One text, and what was found in it.

    Attributes:
        text: The text.
        known: What its values are compared with.
        names: What its words are compared with.
        ours: The whole text is for our users, so that a doubtful form needs no
            context to be worth a finding.
    """

    text: str
    known: Known
    names: Names
    ours: bool = False

    @cached_property
    def lowered(self) -> str:
        """The text in lower case; not every character need be in its place."""
        return self.text.lower()

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links that dial or open a text message, in order."""
        return tuple(links(self.text))

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Numbers, codes and addresses, in order; of two at one place the more telling."""
        finders = (
            numbers.in_digits,
            numbers.in_letters,
            numbers.in_words,
            numbers.codes,
            addresses.addresses,
        )
        found = [spot for find in finders for spot in find(self.text, self.known)]
        return apart(sorted(found, key=_telling_first))

    @cached_property
    def dialed(self) -> tuple[Spot, ...]:
        """Numbers and codes, in order."""
        return tuple(spot for spot in self.spots if spot.kind in _DIALLED)

    @cached_property
    def _starts(self) -> list[int]:
        return [spot.start for spot in self.dialed]

    @cached_property
    def _link_starts(self) -> list[int]:
        return [link.start for link in self.links]

    def dialled_in(self, start: int, end: int) -> tuple[Spot, ...]:
        """Return the numbers and codes that begin in a stretch of text."""
        return self.dialed[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def links_in(self, start: int, end: int) -> tuple[Link, ...]:
        """Return the links that begin in a stretch of text."""
        first = bisect_left(self._link_starts, start)
        return self.links[first : bisect_left(self._link_starts, end)]

    def link_at(self, place: int) -> Link | None:
        """Return the link that a place stands in, or None."""
        index = bisect_left(self._link_starts, place + 1) - 1
        if index < 0 or self.links[index].end <= place:
            return None
        return self.links[index]


def _telling_first(spot: Spot) -> tuple[bool, int, int]:
    """Rank spots: a known number may stand in the address of a page, which says nothing to us."""
    return spot.judged.standing == Standing.UNKNOWN, spot.start, -spot.end
