"""The words for organizations, task forces and memberships."""

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
