"""The words for organizations, task forces and memberships.

The words for what was withdrawn and what was never right.

How a value was confirmed.

The days of the week.
"""

from __future__ import annotations

from enum import StrEnum


class OrganizationType(StrEnum):
    """What sort of body an organization is."""

    FEDERAL_AGENCY = "federal-agency"
    STATE_AGENCY = "state-agency"
    POLICE_DEPARTMENT = "police-department"
    PROSECUTOR = "prosecutor"
    NONPROFIT = "nonprofit"


class MembershipRole(StrEnum):
    """What an organization does in a task force."""

    CONVENER = "convener"
    LEAD = "lead"
    MEMBER = "member"
    SERVICE_PARTNER = "service-partner"


class MembershipStatus(StrEnum):
    """What is known about a membership today."""

    NAMED_AT_LAUNCH = "named-at-launch"
    NAMED_LATER = "named-later"
    CONFIRMED = "confirmed"


class TaskForceStatus(StrEnum):
    """Whether a task force is at work."""

    ACTIVE = "active"
    UNCONFIRMED = "unconfirmed"
    ENDED = "ended"


class TombstoneSubject(StrEnum):
    """What a tombstone is about."""

    RECORD = "record"
    VALUE = "value"
    NAME = "name"
    OPERATOR = "operator"


class WithdrawalReason(StrEnum):
    """Why something was withdrawn."""

    RENAMED = "renamed"
    REPLACED = "replaced"
    MERGED = "merged"
    OPERATOR_CHANGED = "operator-changed"
    CONFLICTING = "conflicting"
    UNCONFIRMED = "unconfirmed"
    DANGEROUS = "dangerous"


class Harm(StrEnum):
    """What a misprint does to the person who uses it."""

    WRONG_DESTINATION = "wrong-destination"
    MISLEADING = "misleading"
    COSMETIC = "cosmetic"


class ConfirmedBy(StrEnum):
    """How a person at the partner was asked, by a way known before the change came."""

    TELEPHONE = "telephone-on-record"
    EMAIL = "email-on-record"
    IN_PERSON = "in-person"
    LETTER = "letter"


class Day(StrEnum):
    """Days of the week, Monday first."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
