"""Why a value is believed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import attrs

from ct_trafficking_resources.model.base import Part

if TYPE_CHECKING:
    from ct_trafficking_resources.vocabulary import Confidence, EvidenceLevel, SourceKind


def first_day(partial: str) -> dt.date:
    """Return the first day of a date given as YYYY, YYYY-MM or YYYY-MM-DD.

    The earliest reading is the careful one: it never makes evidence younger.
    """
    return dt.date.fromisoformat((partial + "-01-01")[: len("YYYY-MM-DD")])


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Source(Part):
    """A page that says something, and when it said it.

    Attributes:
        url: Where it was read, or None if it was kept without its address.
        title: Title of the page.
        kind: Whose page it is.
        date: The source's own date, as exact as it gives it (YYYY, YYYY-MM or
            YYYY-MM-DD), or None where the page shows none.
        date_inferred: The date was worked out, not printed.
        read: The day the page was read.
        says: The words that carry the value.
    """

    url: str | None
    title: str
    kind: SourceKind | str
    date: str | None = None
    date_inferred: bool = False
    read: dt.date
    says: str | None = None

    @property
    def as_of(self) -> dt.date:
        """The day its age is counted from: its own, else the day it was read."""
        return first_day(self.date) if self.date else self.read


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Evidence(Part):
    """Why a value is believed.

    Attributes:
        level: How strong the evidence is.
        confidence: How far the curators trust it.
        sources: At least one, strongest or newest first.
        note: Disagreements and gaps.
    """

    level: EvidenceLevel | str
    confidence: Confidence | str
    sources: tuple[Source, ...]
    note: str | None = None

    @property
    def newest(self) -> dt.date:
        """The day that the age of the value is counted from."""
        return max(source.as_of for source in self.sources)

    @property
    def newest_dated(self) -> str | None:
        """The newest date that a source itself carries, or None."""
        return max((source.date for source in self.sources if source.date), default=None)
