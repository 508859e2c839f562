"""Organizations, the task forces they belong to, and the laws they work by."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeAlias

import attrs

from ct_trafficking_resources.model.base import Part
from ct_trafficking_resources.model.channels import HelpChannel
from ct_trafficking_resources.model.contacts import Reachable

if TYPE_CHECKING:
    from ct_trafficking_resources.model.channels import Coverage, FormerName
    from ct_trafficking_resources.model.contacts import ContactPoint
    from ct_trafficking_resources.model.evidence import Evidence
    from ct_trafficking_resources.vocabulary import (
        MembershipRole,
        MembershipStatus,
        OrganizationType,
        TaskForceStatus,
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
