"""What a rule is, and what it looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import attrs

from ct_trafficking_resources.model import Law

if TYPE_CHECKING:
    from datetime import date

    from ct_trafficking_resources.model import (
        ContactPoint,
        Evidence,
        HelpChannel,
        Misprint,
        Organization,
        Record,
        TaskForce,
        Tombstone,
    )


@attrs.frozen(kw_only=True)
class Records:
    """The records that are looked at together.

    Attributes:
        by_id: Help channels, organizations, task forces and laws.
        tombstones: What was withdrawn.
        misprints: Known wrong forms.
        on: The day they are looked at.
    """

    by_id: dict[str, Record]
    tombstones: tuple[Tombstone, ...] = ()
    misprints: tuple[Misprint, ...] = ()
    on: date

    def reachable(self) -> Iterator[HelpChannel | Organization | TaskForce]:
        """Yield the records that have contact points."""
        for record in self.by_id.values():
            if not isinstance(record, Law):
                yield record

    def contacts(self) -> Iterator[Located]:
        """Yield every contact point with its record and its JSON Pointer."""
        for record in self.reachable():
            for index, contact in enumerate(record.contacts):
                yield Located(record, f"/contacts/{index}", contact)


class Located(NamedTuple):
    """A contact point, and where it stands.

    Attributes:
        record: The record it belongs to.
        pointer: JSON Pointer within the record.
        contact: The contact point.
    """

    record: HelpChannel | Organization | TaskForce
    pointer: str
    contact: ContactPoint


class Problem(NamedTuple):
    """What is wrong, and where.

    Attributes:
        record: Id of the record.
        pointer: JSON Pointer within the record.
        message: What is wrong, in a sentence.
        hint: What to do about it.
    """

    record: str
    pointer: str
    message: str
    hint: str


Check: TypeAlias = Callable[[Records], Iterable[Problem]]


@attrs.frozen(kw_only=True, eq=False)
class Rule:
    """One rule; equal to itself alone.

    Attributes:
        id: Stable across versions.
        title: What must hold.
        reason: Why.
        across: It compares records with each other; the others can be asked of
            one record alone.
        check: Yields what breaks it.
    """

    id: str
    title: str
    reason: str
    across: bool = False
    check: Check


def rule(id: str, title: str, reason: str, *, across: bool = False) -> Callable[[Check], Rule]:
    """Make a rule of the function below it."""
    return lambda check: Rule(id=id, title=title, reason=reason, across=across, check=check)


def evidences(records: Records) -> Iterator[tuple[str, str, Evidence]]:
    """Yield every piece of evidence with its record id and JSON Pointer."""
    everything = (*records.by_id.values(), *records.tombstones, *records.misprints)
    for record in everything:
        yield record.id, "/evidence", record.evidence
        for part in ("contacts", "memberships", "addresses", "operators"):
            for index, item in enumerate(getattr(record, part, ())):
                yield record.id, f"/{part}/{index}/evidence", item.evidence
