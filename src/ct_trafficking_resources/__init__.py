"""Contact data of the Connecticut Human Trafficking Task Force's partners and
of the help channels open to people in Connecticut, with evidence and dates.

The names below are the public interface; each is imported when it is first
used (PEP 562), so that importing the package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "2026.11.0"

_HOME = {
    "available_editions": "editions",
    "load": "editions",
    "Directory": "directory",
    "card": "cards",
    "Card": "cards",
    "Address": "model",
    "ContactPoint": "model",
    "Coverage": "model",
    "EditionInfo": "model",
    "Evidence": "model",
    "FormerName": "model",
    "HelpChannel": "model",
    "Hotline": "model",
    "Hours": "model",
    "Law": "model",
    "Membership": "model",
    "Misprint": "model",
    "Operator": "model",
    "Organization": "model",
    "OpeningHours": "model",
    "Record": "model",
    "Source": "model",
    "TaskForce": "model",
    "Tombstone": "model",
    "Value": "model",
    "AnsweredBy": "vocabulary",
    "Area": "vocabulary",
    "Audience": "vocabulary",
    "Confidence": "vocabulary",
    "Day": "vocabulary",
    "EvidenceLevel": "vocabulary",
    "Harm": "vocabulary",
    "MembershipRole": "vocabulary",
    "MembershipStatus": "vocabulary",
    "Mode": "vocabulary",
    "OrganizationType": "vocabulary",
    "Purpose": "vocabulary",
    "SourceKind": "vocabulary",
    "TaskForceStatus": "vocabulary",
    "TombstoneSubject": "vocabulary",
    "ValueKind": "vocabulary",
    "WithdrawalReason": "vocabulary",
    "DamagedData": "errors",
    "DigestMismatch": "errors",
    "MissingContact": "errors",
    "RefusedData": "errors",
    "ResourceError": "errors",
    "UnknownEdition": "errors",
    "UnknownRecord": "errors",
    "UnknownTerm": "errors",
    "WithdrawnRecord": "errors",
    "Finding": "findings",
    "Place": "findings",
    "Severity": "findings",
    "schema_names": "schemas",
    "schema_path": "schemas",
    "schema_registry": "schemas",
}

__all__ = ["__version__", *_HOME]



def __getattr__(name: str) -> object:
    """Import the public *name* from its module and keep it."""
    try:
        home = _HOME[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
