"""Organizations, the task forces they belong to, and the laws they work by.

One span on some days of the week.

What is no longer true, and what never was.

What the index knows about an edition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeAlias

import attrs

from ct_trafficking_resources.model.base import Part
from ct_trafficking_resources.model.channels import HelpChannel, Reachable
from ct_trafficking_resources.vocabulary.records import Day

if TYPE_CHECKING:
    from datetime import date

    from ct_trafficking_resources.model.channels import ContactPoint, Coverage, Evidence, FormerName
    from ct_trafficking_resources.vocabulary import (
        Harm,
        MembershipRole,
        MembershipStatus,
        OrganizationType,
        TaskForceStatus,
        TombstoneSubject,
        ValueKind,
        WithdrawalReason,
    )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Membership(Part):
    """An organization's part in a task force.

    Attributes:
        task_force: Id of the task force.
        role: What it does there.
        status: What is known about the membership today.
        since: First date (YYYY, YYYY-MM or YYYY-MM-DD), or None.
        until: Last date, or None.
        named_as: The name it was listed under, where that differs.
        note: What a reader should know.
        evidence: Why it is believed.
    """

    task_force: str
    role: MembershipRole | str
    status: MembershipStatus | str
    since: str | None = None
    until: str | None = None
    named_as: str | None = None
    note: str | None = None
    evidence: Evidence


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Address(Part):
    """A public office; never a shelter or a private address.

    Attributes:
        text: The address as printed.
        purpose: Which office it is.
        check_first: A person must look at this one first before a release.
        evidence: Why it is believed.
    """

    text: str
    purpose: str | None = None
    check_first: bool = False
    evidence: Evidence


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Organization(Reachable):
    """An agency, department or nonprofit; a *partner* if it has a membership.

    Attributes:
        id: Given once, never reused.
        name: Its name today.
        short_name: A short form in common use, or None.
        former_names: Names used before, newest first.
        type: What sort of body it is.
        summary: What it does here.
        parent: Id of the body it is part of, or None.
        parent_name: The body it is part of, where that has no record.
        town: The town it serves, for a local body.
        planning_region: The town's county equivalent since 2022.
        memberships: Its part in task forces.
        addresses: Public offices.
        contacts: In the order in which they are shown; may be empty.
        hosts: Host names that belong to it.
        note: What a reader should know.
        evidence: Why the record is believed.
    """

    kind: ClassVar[str] = "organization"

    id: str
    name: str
    short_name: str | None = None
    former_names: tuple[FormerName, ...] = ()
    type: OrganizationType | str
    summary: str
    parent: str | None = None
    parent_name: str | None = None
    town: str | None = None
    planning_region: str | None = None
    memberships: tuple[Membership, ...] = ()
    addresses: tuple[Address, ...] = ()
    contacts: tuple[ContactPoint, ...] = ()
    hosts: tuple[str, ...] = ()
    note: str | None = None
    evidence: Evidence


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TaskForce(Reachable):
    """A body that organizations belong to.

    Its members are the organizations whose memberships name it.

    Attributes:
        id: Given once, never reused.
        name: Its name.
        short_name: A short form in common use, or None.
        summary: What it is.
        status: Whether it is at work.
        status_note: What the status rests on.
        founded: Date (YYYY, YYYY-MM or YYYY-MM-DD), or None.
        announced: Date of the public announcement, or None.
        coverage: Where it works.
        contacts: Its own contact points; may be empty.
        note: What a reader should know.
        evidence: Why the record is believed.
    """

    kind: ClassVar[str] = "task-force"

    id: str
    name: str
    short_name: str | None = None
    summary: str
    status: TaskForceStatus | str
    status_note: str | None = None
    founded: str | None = None
    announced: str | None = None
    coverage: Coverage
    contacts: tuple[ContactPoint, ...] = ()
    note: str | None = None
    evidence: Evidence


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Law(Part):
    """A statute or act, as a reference. No legal advice.

    Attributes:
        id: Given once, never reused.
        name: What it is about.
        citation: As lawyers cite it.
        summary: What it says.
        effective: Date (YYYY, YYYY-MM or YYYY-MM-DD), or None.
        note: What a reader should know.
        evidence: Why the record is believed.
    """

    kind: ClassVar[str] = "law"

    id: str
    name: str
    citation: str
    summary: str
    effective: str | None = None
    note: str | None = None
    evidence: Evidence


Record: TypeAlias = HelpChannel | Organization | TaskForce | Law
"""Anything that has an id of its own and can be looked up in a directory."""


_DAYS = tuple(Day)
_MINUTES_A_DAY = 24 * 60


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


@attrs.frozen(kw_only=True, eq=False, repr=False)
class OpeningHours(Part):
    """One span on some days of the week (schema.org OpeningHoursSpecification).

    Attributes:
        days: Days on which the span begins.
        opens: HH:MM on the 24-hour clock.
        closes: HH:MM, or 24:00; at or before *opens* it means the next day.
    """

    days: tuple[Day | str, ...]
    opens: str
    closes: str

    def covers(self, day: int, minute: int) -> bool:
        """Tell whether the span covers a minute of a weekday (Monday is 0)."""
        opens, closes = _minutes(self.opens), _minutes(self.closes)
        if closes <= opens:
            closes += _MINUTES_A_DAY
        yesterday = _DAYS[day - 1]
        return (_DAYS[day] in self.days and opens <= minute < closes) or (
            yesterday in self.days and opens <= minute + _MINUTES_A_DAY < closes
        )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Value(Part):
    """A typed value on its own.

    Attributes:
        kind: What form it has.
        value: The value in that form.
    """

    kind: ValueKind | str
    value: str


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Tombstone(Part):
    """What remains of a record or value that is no longer true.

    Attributes:
        id: For a record, the id that the record had.
        subject: What was withdrawn.
        name: What it was called.
        value: The withdrawn value, or None.
        record: Id of the record it belonged to, or None.
        withdrawn: When it ceased to be true (YYYY, YYYY-MM or YYYY-MM-DD), or None.
        reason: Why, as a word.
        explanation: Why, in a sentence.
        successor: Id of the record to use instead, or None.
        replacement: The value to use instead, or None.
        revoked: The value must never be shown, from whatever edition.
        evidence: Why it is believed.
    """

    kind: ClassVar[str] = "tombstone"

    id: str
    subject: TombstoneSubject | str
    name: str
    value: Value | None = None
    record: str | None = None
    withdrawn: str | None = None
    reason: WithdrawalReason | str
    explanation: str
    successor: str | None = None
    replacement: Value | None = None
    revoked: bool = False
    evidence: Evidence


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Misprint(Part):
    """A known wrong form of a value, and what it should have been.

    Attributes:
        id: Given once, never reused.
        wrong: The wrong value.
        printed: The wrong forms as they were seen.
        record: Id of the record that was meant, or None.
        contact: Id of the contact point that was meant, or None.
        right: The value that was meant, or None.
        harm: What it does to the person who uses it.
        explanation: What is wrong, in a sentence.
        evidence: Where it was seen.
    """

    kind: ClassVar[str] = "misprint"

    id: str
    wrong: Value
    printed: tuple[str, ...]
    record: str | None = None
    contact: str | None = None
    right: Value | None = None
    harm: Harm | str
    explanation: str
    evidence: Evidence


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EditionInfo(Part):
    """What the index knows about an edition.

    Attributes:
        number: CalVer, never zero-padded.
        released: Day of release.
        review_by: Day by which a person must have reviewed it.
        status: ``preview``, ``released`` or ``reconstructed``.
        sha256: SHA-256 of the edition's exact bytes, lower-case hexadecimal.
        withdrawn: Why it must not be shown any more, or None.
        replaced_by: Number of the edition to use instead, or None.
    """

    number: str
    released: date
    review_by: date
    status: str
    sha256: str
    withdrawn: str | None = None
    replaced_by: str | None = None

    @property
    def pin(self) -> str:
        """What to write down so that exactly these bytes are loaded again."""
        return f"{self.number}@sha256:{self.sha256}"
