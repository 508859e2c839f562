"""The records: frozen, slotted, keyword-only, tuples inside.

What every look-up needs is in `channels` (with `evidence` and `contacts`
below it); the rest is imported when it is first used, because building a
class costs more than reading a record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ct_trafficking_resources.lazy import importer
from ct_trafficking_resources.model.channels import (
    Coverage,
    FormerName,
    HelpChannel,
    Hotline,
    Operator,
)
from ct_trafficking_resources.model.contacts import ContactPoint
from ct_trafficking_resources.model.evidence import Evidence, Source
from ct_trafficking_resources.model.hours import Hours

if TYPE_CHECKING:
    from ct_trafficking_resources.model.editions import EditionInfo
    from ct_trafficking_resources.model.history import Misprint, Tombstone, Value
    from ct_trafficking_resources.model.opening_hours import OpeningHours
    from ct_trafficking_resources.model.organizations import (
        Address,
        Law,
        Membership,
        Organization,
        TaskForce,
    )

    Record: TypeAlias = HelpChannel | Organization | TaskForce | Law

__all__ = [
    "Address",
    "ContactPoint",
    "Coverage",
    "EditionInfo",
    "Evidence",
    "FormerName",
    "HelpChannel",
    "Hotline",
    "Hours",
    "Law",
    "Membership",
    "Misprint",
    "OpeningHours",
    "Operator",
    "Organization",
    "Record",
    "Source",
    "TaskForce",
    "Tombstone",
    "Value",
]

_HOME = {
    "EditionInfo": "editions",
    "Misprint": "history",
    "OpeningHours": "opening_hours",
    "Tombstone": "history",
    "Value": "history",
    "Address": "organizations",
    "Law": "organizations",
    "Membership": "organizations",
    "Organization": "organizations",
    "TaskForce": "organizations",
    "Record": "organizations",
}


if not TYPE_CHECKING:  # pragma: no branch - to a type checker, a misspelt name is an error
    __getattr__ = importer(__name__, _HOME)
