"""Contact data of the Connecticut Human Trafficking Task Force's partners and
of the help channels open to people in Connecticut, with evidence and dates.

The names below are the public interface; each is imported when it is first
used (PEP 562), so that importing the package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ct_trafficking_resources.audit import (
        audit_text as audit_text,
    )
    from ct_trafficking_resources.audit import (
        check_reply as check_reply,
    )
    from ct_trafficking_resources.audit import (
        is_known as is_known,
    )
    from ct_trafficking_resources.cards import (
        Card as Card,
    )
    from ct_trafficking_resources.cards import (
        card as card,
    )
    from ct_trafficking_resources.comparison import (
        Change as Change,
    )
    from ct_trafficking_resources.comparison import (
        Comparison as Comparison,
    )
    from ct_trafficking_resources.comparison import (
        Effect as Effect,
    )
    from ct_trafficking_resources.comparison import (
        compare as compare,
    )
    from ct_trafficking_resources.directory import (
        Directory as Directory,
    )
    from ct_trafficking_resources.editions import (
        available_editions as available_editions,
    )
    from ct_trafficking_resources.editions import (
        load as load,
    )
    from ct_trafficking_resources.errors import (
        BadConfirmation as BadConfirmation,
    )
    from ct_trafficking_resources.errors import (
        DamagedData as DamagedData,
    )
    from ct_trafficking_resources.errors import (
        DigestMismatch as DigestMismatch,
    )
    from ct_trafficking_resources.errors import (
        ExpiredOverride as ExpiredOverride,
    )
    from ct_trafficking_resources.errors import (
        ImpossibleDay as ImpossibleDay,
    )
    from ct_trafficking_resources.errors import (
        MissingContact as MissingContact,
    )
    from ct_trafficking_resources.errors import (
        MissingExtra as MissingExtra,
    )
    from ct_trafficking_resources.errors import (
        NewerSchema as NewerSchema,
    )
    from ct_trafficking_resources.errors import (
        RefusedData as RefusedData,
    )
    from ct_trafficking_resources.errors import (
        ResourceError as ResourceError,
    )
    from ct_trafficking_resources.errors import (
        UnknownEdition as UnknownEdition,
    )
    from ct_trafficking_resources.errors import (
        UnknownRecord as UnknownRecord,
    )
    from ct_trafficking_resources.errors import (
        UnknownTerm as UnknownTerm,
    )
    from ct_trafficking_resources.errors import (
        WithdrawnEditionWarning as WithdrawnEditionWarning,
    )
    from ct_trafficking_resources.errors import (
        WithdrawnRecord as WithdrawnRecord,
    )
    from ct_trafficking_resources.exports import (
        ExportFormat as ExportFormat,
    )
    from ct_trafficking_resources.exports import (
        export as export,
    )
    from ct_trafficking_resources.findings import (
        Finding as Finding,
    )
    from ct_trafficking_resources.findings import (
        Place as Place,
    )
    from ct_trafficking_resources.findings import (
        Severity as Severity,
    )
    from ct_trafficking_resources.freshness import (
        Freshness as Freshness,
    )
    from ct_trafficking_resources.freshness import (
        FreshnessReport as FreshnessReport,
    )
    from ct_trafficking_resources.freshness import (
        FreshnessState as FreshnessState,
    )
    from ct_trafficking_resources.freshness import (
        check_freshness as check_freshness,
    )
    from ct_trafficking_resources.lock import (
        Lock as Lock,
    )
    from ct_trafficking_resources.lock import (
        check_lock as check_lock,
    )
    from ct_trafficking_resources.lock import (
        make_lock as make_lock,
    )
    from ct_trafficking_resources.lock import (
        read_lock as read_lock,
    )
    from ct_trafficking_resources.model import (
        Address as Address,
    )
    from ct_trafficking_resources.model import (
        ContactPoint as ContactPoint,
    )
    from ct_trafficking_resources.model import (
        Coverage as Coverage,
    )
    from ct_trafficking_resources.model import (
        EditionInfo as EditionInfo,
    )
    from ct_trafficking_resources.model import (
        Evidence as Evidence,
    )
    from ct_trafficking_resources.model import (
        FormerName as FormerName,
    )
    from ct_trafficking_resources.model import (
        HelpChannel as HelpChannel,
    )
    from ct_trafficking_resources.model import (
        Hotline as Hotline,
    )
    from ct_trafficking_resources.model import (
        Hours as Hours,
    )
    from ct_trafficking_resources.model import (
        Law as Law,
    )
    from ct_trafficking_resources.model import (
        Membership as Membership,
    )
    from ct_trafficking_resources.model import (
        Misprint as Misprint,
    )
    from ct_trafficking_resources.model import (
        OpeningHours as OpeningHours,
    )
    from ct_trafficking_resources.model import (
        Operator as Operator,
    )
    from ct_trafficking_resources.model import (
        Organization as Organization,
    )
    from ct_trafficking_resources.model import (
        Record as Record,
    )
    from ct_trafficking_resources.model import (
        Source as Source,
    )
    from ct_trafficking_resources.model import (
        TaskForce as TaskForce,
    )
    from ct_trafficking_resources.model import (
        Tombstone as Tombstone,
    )
    from ct_trafficking_resources.model import (
        Value as Value,
    )
    from ct_trafficking_resources.overrides import (
        apply_override as apply_override,
    )
    from ct_trafficking_resources.schemas import (
        schema_names as schema_names,
    )
    from ct_trafficking_resources.schemas import (
        schema_path as schema_path,
    )
    from ct_trafficking_resources.schemas import (
        schema_registry as schema_registry,
    )
    from ct_trafficking_resources.updates.apply import (
        Application as Application,
    )
    from ct_trafficking_resources.updates.apply import (
        apply_update as apply_update,
    )
    from ct_trafficking_resources.updates.bulk import (
        check_line as check_line,
    )
    from ct_trafficking_resources.updates.bulk import (
        check_lines as check_lines,
    )
    from ct_trafficking_resources.updates.check import (
        check_update as check_update,
    )
    from ct_trafficking_resources.updates.report import (
        UpdateReport as UpdateReport,
    )
    from ct_trafficking_resources.vocabulary import (
        AnsweredBy as AnsweredBy,
    )
    from ct_trafficking_resources.vocabulary import (
        Area as Area,
    )
    from ct_trafficking_resources.vocabulary import (
        Audience as Audience,
    )
    from ct_trafficking_resources.vocabulary import (
        Confidence as Confidence,
    )
    from ct_trafficking_resources.vocabulary import (
        Day as Day,
    )
    from ct_trafficking_resources.vocabulary import (
        EvidenceLevel as EvidenceLevel,
    )
    from ct_trafficking_resources.vocabulary import (
        Harm as Harm,
    )
    from ct_trafficking_resources.vocabulary import (
        MembershipRole as MembershipRole,
    )
    from ct_trafficking_resources.vocabulary import (
        MembershipStatus as MembershipStatus,
    )
    from ct_trafficking_resources.vocabulary import (
        Mode as Mode,
    )
    from ct_trafficking_resources.vocabulary import (
        OrganizationType as OrganizationType,
    )
    from ct_trafficking_resources.vocabulary import (
        Purpose as Purpose,
    )
    from ct_trafficking_resources.vocabulary import (
        SourceKind as SourceKind,
    )
    from ct_trafficking_resources.vocabulary import (
        TaskForceStatus as TaskForceStatus,
    )
    from ct_trafficking_resources.vocabulary import (
        TombstoneSubject as TombstoneSubject,
    )
    from ct_trafficking_resources.vocabulary import (
        ValueKind as ValueKind,
    )
    from ct_trafficking_resources.vocabulary import (
        WithdrawalReason as WithdrawalReason,
    )

__version__ = "2026.11.0"

_HOME = {
    "available_editions": "editions",
    "load": "editions",
    "apply_override": "overrides",
    "Application": "updates.apply",
    "apply_update": "updates.apply",
    "check_line": "updates.bulk",
    "check_lines": "updates.bulk",
    "check_update": "updates.check",
    "UpdateReport": "updates.report",
    "check_freshness": "freshness",
    "check_lock": "lock",
    "compare": "comparison",
    "make_lock": "lock",
    "read_lock": "lock",
    "Directory": "directory",
    "audit_text": "audit",
    "check_reply": "audit",
    "is_known": "audit",
    "card": "cards",
    "Card": "cards",
    "export": "exports",
    "ExportFormat": "exports",
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
    "BadConfirmation": "errors",
    "DamagedData": "errors",
    "DigestMismatch": "errors",
    "MissingContact": "errors",
    "MissingExtra": "errors",
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
    "Change": "comparison",
    "Comparison": "comparison",
    "Effect": "comparison",
    "Freshness": "freshness",
    "FreshnessReport": "freshness",
    "FreshnessState": "freshness",
    "Lock": "lock",
    "ExpiredOverride": "errors",
    "ImpossibleDay": "errors",
    "NewerSchema": "errors",
    "WithdrawnEditionWarning": "errors",
}

__all__ = ["__version__", *_HOME]  # noqa: PLE0604 # pyright: ignore[reportUnsupportedDunderAll]


if not TYPE_CHECKING:  # pragma: no branch - to a type checker, a misspelt name is an error

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
