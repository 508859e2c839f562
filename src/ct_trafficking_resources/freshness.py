"""How old every value is, and by when a person must look at it again.

The age of a value counts from its newest evidence; an undated source counts
from the day it was read. Memberships and operators are facts of a date and do
not age. The intervals are those of `policy`.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Any

import attrs

from ct_trafficking_resources.clock import plain_day, today
from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.errors import ImpossibleDay
from ct_trafficking_resources.model import ContactPoint
from ct_trafficking_resources.model.base import brief, encode
from ct_trafficking_resources.policy import REVIEW_CLASSES, review_class
from ct_trafficking_resources.vocabulary import known_term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.model import (
        Address,
        Evidence,
        HelpChannel,
        Organization,
        Record,
        TaskForce,
    )


@unique
class FreshnessState(StrEnum):
    """How fresh a value is."""

    FRESH = "fresh"
    DUE = "due"
    STALE = "stale"


@attrs.frozen(kw_only=True)
class Freshness:
    """How fresh one value is.

    Attributes:
        record: Id of the record.
        name: Name of the record.
        contact: Id of the contact point, or None for an office address.
        value: The value, as it is written for people.
        review_class: Name of the class that sets the interval.
        reason: Why the interval is what it is.
        newest: The day that its age is counted from.
        newest_dated: The newest date that a source itself carries, or None.
        review_by: The day by which a person must look at it.
        age: Days since *newest*.
        overdue_by: Days since *review_by*; 0 before it.
        state: Fresh, due or stale.
    """

    record: str
    name: str
    contact: str | None
    value: str
    review_class: str
    reason: str
    newest: date
    newest_dated: str | None
    review_by: date
    age: int
    overdue_by: int
    state: FreshnessState

    __repr__ = brief

    def __str__(self) -> str:
        overdue = f", overdue by {self.overdue_by} days" if self.overdue_by else ""
        return (
            f"{self.state} {self.record} {self.contact or 'office'} {self.value}:"
            f" newest evidence {self.newest}, review by {self.review_by}{overdue}"
        )


@attrs.frozen(kw_only=True)
class FreshnessReport:
    """How fresh an edition is on a day.

    Attributes:
        edition: Its number.
        on: The day.
        review_by: The day by which a person must have reviewed the edition.
        overdue_by: Days since then; 0 before it.
        values: Every value, the worst first.
    """

    edition: str
    on: date
    review_by: date
    overdue_by: int
    values: tuple[Freshness, ...]

    __repr__ = brief

    @property
    def state(self) -> FreshnessState:
        """The state of the worst value."""
        return max(
            (value.state for value in self.values), key=_BADNESS.index, default=FreshnessState.FRESH
        )

    def of(self, state: FreshnessState | str) -> tuple[Freshness, ...]:
        """Return the values in one state."""
        wanted = known_term(FreshnessState, state)
        return tuple(value for value in self.values if value.state is wanted)

    def at_least(self, state: FreshnessState | str) -> tuple[Freshness, ...]:
        """Return the values in a state or a worse one."""
        limit = _BADNESS.index(known_term(FreshnessState, state))
        return tuple(value for value in self.values if _BADNESS.index(value.state) >= limit)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON types."""
        return {**encode(self), "state": self.state.value}


_BADNESS = tuple(FreshnessState)


def check_freshness(on: date | None = None, directory: Directory | None = None) -> FreshnessReport:
    """Return how old each value is on a day, and when its review is due.

    The age of a value is the age of its newest evidence in the directory. The
    review intervals, in days, are listed in docs/freshness.md.

    Args:
        on: The day; today in Connecticut if None.
        directory: The edition to look at; ``load()`` if None.

    Returns:
        The report: one entry for each contact point and address, worst first.

    Raises:
        ImpossibleDay: The edition was not released yet on that day. The clock
            may be wrong, and a wrong clock must not make old data look fresh.

    Example:
        >>> from datetime import date
        >>> import ct_trafficking_resources as ctr
        >>> from ct_trafficking_resources.testing import fictional_directory
        >>> report = ctr.check_freshness(on=date(2001, 6, 1), directory=fictional_directory())
        >>> worst = report.values[0]
        >>> str(worst.state), worst.newest.isoformat(), worst.overdue_by  # days
        ('due', '2001-02-03', 28)
    """
    directory = load() if directory is None else directory
    on = today() if on is None else plain_day(on)
    if on < directory.released:
        raise ImpossibleDay(on, directory.edition, directory.released)
    values = [_freshness(record, contact, part, on) for record, contact, part in dated(directory)]
    classes = [one.name for one in REVIEW_CLASSES]
    values.sort(key=lambda one: (-_BADNESS.index(one.state), classes.index(one.review_class)))
    return FreshnessReport(
        edition=directory.edition,
        on=on,
        review_by=directory.review_by,
        overdue_by=max(0, (on - directory.review_by).days),
        values=tuple(values),
    )


def dated(
    directory: Directory,
) -> Iterator[
    tuple[HelpChannel | Organization | TaskForce, ContactPoint | None, ContactPoint | Address]
]:
    """Yield every value that ages: its record, its contact point if it is one, and itself."""
    records: tuple[HelpChannel | Organization | TaskForce, ...] = (
        *directory.channels,
        *directory.organizations,
        *directory.task_forces,
    )
    for record in records:
        for contact in record.contacts:
            yield record, contact, contact
        for address in getattr(record, "addresses", ()):
            yield record, None, address


def _freshness(
    record: Record, contact: ContactPoint | None, part: ContactPoint | Address, on: date
) -> Freshness:
    kind = review_class(record, contact)
    evidence: Evidence = part.evidence
    newest = evidence.newest
    review_by = newest + timedelta(days=kind.review_after)
    age = (on - newest).days
    state = FreshnessState.FRESH
    if age >= kind.review_after:
        state = FreshnessState.STALE if age >= kind.stale_after else FreshnessState.DUE
    return Freshness(
        record=record.id,
        name=record.name,
        contact=contact.id if contact else None,
        value=part.display if isinstance(part, ContactPoint) else part.text,
        review_class=kind.name,
        reason=kind.reason,
        newest=newest,
        newest_dated=evidence.newest_dated,
        review_by=review_by,
        age=age,
        overdue_by=max(0, (on - review_by).days),
        state=state,
    )
