"""All records but help channels: organizations, task forces, laws, tombstones, misprints.

Beside them stands what only few look-ups need: the opening hours of a week, what a
person confirmed, and what the index knows about an edition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeAlias

import attrs

from ct_trafficking_resources.model.base import (
    CHECK_FIRST,
    FOR_CURATORS,
    FORMER_NAMES,
    NOTE,
    OF_EVIDENCE,
    OF_HOURS,
    OF_SERVICE,
    OF_WORDING,
    PART_NOTE,
    RECORD_ID,
    RECORD_NAME,
    SHORT_NAME,
    SINCE,
    SUMMARY,
    UNTIL,
    Part,
    about,
)
from ct_trafficking_resources.model.channels import HelpChannel, Reachable
from ct_trafficking_resources.vocabulary.records import Day

if TYPE_CHECKING:
    from datetime import date

    from ct_trafficking_resources.model.base import Coverage, Evidence, FormerName, PartialDate
    from ct_trafficking_resources.model.channels import ContactPoint
    from ct_trafficking_resources.vocabulary import (
        ConfirmedBy,
        Harm,
        MembershipRole,
        MembershipStatus,
        OrganizationType,
        TaskForceStatus,
        TombstoneSubject,
        ValueKind,
        WithdrawalReason,
    )


_TIES_RECORDS = "it ties records together"


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

    task_force: str = attrs.field(
        metadata=about(effect="membership", key=True, column=("Task force", FOR_CURATORS, 36))
    )
    role: MembershipRole | str = attrs.field(
        metadata=about(
            effect="membership",
            key=True,
            column=("Part", "convener, lead, member or service-partner."),
        )
    )
    status: MembershipStatus | str = attrs.field(
        metadata=about(
            effect="membership", column=("Status", "confirmed if you are a member today.")
        )
    )
    since: PartialDate | None = attrs.field(
        default=None, metadata=about(effect="wording", column=SINCE)
    )
    until: PartialDate | None = attrs.field(
        default=None, metadata=about(effect="membership", column=UNTIL)
    )
    named_as: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="wording", text="name", column=("Named as", "The name that it was listed under.")
        ),
    )
    note: str | None = attrs.field(default=None, metadata=PART_NOTE)
    evidence: Evidence = attrs.field(metadata=OF_EVIDENCE)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Address(Part):
    """A public office; never a shelter or a private address.

    Attributes:
        text: The address as printed.
        purpose: Which office it is.
        check_first: A person must look at this one first before a release.
        evidence: Why it is believed.
    """

    text: str = attrs.field(
        metadata=about(
            effect="office", text="value", key=True, column=("Address", "As you print it.", 50)
        )
    )
    purpose: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="wording",
            text="prose",
            column=("Which office", "Such as Police headquarters.", 30),
        ),
    )
    check_first: bool = attrs.field(default=False, metadata=CHECK_FIRST)
    evidence: Evidence = attrs.field(metadata=OF_EVIDENCE)


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

    id: str = attrs.field(metadata=RECORD_ID)
    name: str = attrs.field(metadata=RECORD_NAME)
    short_name: str | None = attrs.field(default=None, metadata=SHORT_NAME)
    former_names: tuple[FormerName, ...] = attrs.field(default=(), metadata=FORMER_NAMES)
    type: OrganizationType | str = attrs.field(
        metadata=about(
            effect="wording",
            curated="it decides which area codes are usual",
            column=("Type", FOR_CURATORS),
        )
    )
    summary: str = attrs.field(metadata=SUMMARY)
    parent: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="wording", curated=_TIES_RECORDS, column=("Parent record", FOR_CURATORS)
        ),
    )
    parent_name: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="wording",
            text="name",
            curated=_TIES_RECORDS,
            column=("Parent", "The body that it is part of.", 30),
        ),
    )
    town: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="service",
            text="value",
            curated="it decides whom a person in that town is sent to",
            column=("Town", "The town that it serves."),
        ),
    )
    planning_region: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="wording",
            text="value",
            curated="it decides whom a person in that region is sent to",
            column=("Planning region", "The region of that town."),
        ),
    )
    memberships: tuple[Membership, ...] = attrs.field(
        default=(),
        metadata=about(effect="membership", curated="the task force says who belongs to it"),
    )
    addresses: tuple[Address, ...] = attrs.field(
        default=(), metadata=about(effect="office", believed="a person goes there")
    )
    contacts: tuple[ContactPoint, ...] = attrs.field(default=(), metadata=OF_WORDING)
    hosts: tuple[str, ...] = attrs.field(
        default=(),
        metadata=about(
            effect="wording",
            typed=True,
            address="host",
            column=(
                "Web hosts",
                "Host names that are yours, such as www.example.gov, with commas between.",
                30,
            ),
        ),
    )
    note: str | None = attrs.field(default=None, metadata=NOTE)
    evidence: Evidence = attrs.field(metadata=OF_EVIDENCE)


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

    id: str = attrs.field(metadata=RECORD_ID)
    name: str = attrs.field(metadata=RECORD_NAME)
    short_name: str | None = attrs.field(default=None, metadata=SHORT_NAME)
    summary: str = attrs.field(metadata=SUMMARY)
    status: TaskForceStatus | str = attrs.field(metadata=OF_SERVICE)
    status_note: str | None = attrs.field(
        default=None, metadata=about(effect="wording", text="prose")
    )
    founded: PartialDate | None = attrs.field(default=None, metadata=OF_WORDING)
    announced: PartialDate | None = attrs.field(default=None, metadata=OF_WORDING)
    coverage: Coverage = attrs.field(metadata=OF_SERVICE)
    contacts: tuple[ContactPoint, ...] = attrs.field(default=(), metadata=OF_WORDING)
    note: str | None = attrs.field(default=None, metadata=NOTE)
    evidence: Evidence = attrs.field(metadata=OF_EVIDENCE)


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

    id: str = attrs.field(metadata=RECORD_ID)
    name: str = attrs.field(metadata=RECORD_NAME)
    citation: str = attrs.field(metadata=OF_SERVICE)
    summary: str = attrs.field(metadata=SUMMARY)
    effective: PartialDate | None = attrs.field(default=None, metadata=OF_SERVICE)
    note: str | None = attrs.field(default=None, metadata=NOTE)
    evidence: Evidence = attrs.field(metadata=OF_EVIDENCE)


Record: TypeAlias = HelpChannel | Organization | TaskForce | Law
"""Anything that has an id of its own and can be looked up in a directory."""


_DAYS = tuple(Day)
_MINUTES_A_DAY = 24 * 60


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Confirmation(Part):
    """What a person at the partner said when asked about a change.

    Attributes:
        what: None for the value of the contact point whose evidence it stands in.
            In the evidence of a record: ``hosts`` for one of its hosts, ``first``
            for the contact point that stands first.
        value: The value, typed again as it was heard.
        role: The role of the person who was asked; never a name.
        way: How they were asked.
        day: The day they were asked.
    """

    what: str | None = attrs.field(default=None, metadata=OF_EVIDENCE)
    value: str = attrs.field(metadata=about(effect="evidence", typed=True))
    role: str = attrs.field(metadata=OF_EVIDENCE)
    way: ConfirmedBy | str = attrs.field(metadata=OF_EVIDENCE)
    day: date = attrs.field(metadata=OF_EVIDENCE)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class OpeningHours(Part):
    """One span on some days of the week (schema.org OpeningHoursSpecification).

    Attributes:
        days: Days on which the span begins.
        opens: HH:MM on the 24-hour clock.
        closes: HH:MM, or 24:00; at or before *opens* it means the next day.
    """

    days: tuple[Day | str, ...] = attrs.field(metadata=OF_HOURS)
    opens: str = attrs.field(metadata=OF_HOURS)
    closes: str = attrs.field(metadata=OF_HOURS)

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
    withdrawn: PartialDate | None = None
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


CLASSES = (Confirmation, OpeningHours, Membership, Address, Organization, TaskForce, Law)
"""What the records of an edition are made of, beside what a help channel is made of."""
