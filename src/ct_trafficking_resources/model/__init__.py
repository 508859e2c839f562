"""The records: frozen, slotted, keyword-only, tuples inside.

What every look-up needs is in `base` and `channels`; the rest is imported when it
is first used, because building a class costs more than reading a record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ct_trafficking_resources.lazy import importer
from ct_trafficking_resources.model.base import Coverage, Evidence, FormerName, Source
from ct_trafficking_resources.model.channels import (
    ContactPoint,
    HelpChannel,
    Hotline,
    Hours,
    Operator,
)

if TYPE_CHECKING:
    from ct_trafficking_resources.model.organizations import (
        Address,
        Confirmation,
        EditionInfo,
        Law,
        Membership,
        Misprint,
        OpeningHours,
        Organization,
        TaskForce,
        Tombstone,
        Value,
    )

    Record: TypeAlias = HelpChannel | Organization | TaskForce | Law

__all__ = [
    "Address",
    "Confirmation",
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
    "Confirmation": "organizations",
    "EditionInfo": "organizations",
    "Misprint": "organizations",
    "OpeningHours": "organizations",
    "Tombstone": "organizations",
    "Value": "organizations",
    "Address": "organizations",
    "Law": "organizations",
    "Membership": "organizations",
    "Organization": "organizations",
    "TaskForce": "organizations",
    "Record": "organizations",
}


if not TYPE_CHECKING:  # pragma: no branch - to a type checker, a misspelled name is an error
    __getattr__ = importer(__name__, _HOME)
