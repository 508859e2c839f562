"""Contact data of the Connecticut Human Trafficking Task Force's partners and
of the help channels open to people in Connecticut, with evidence and dates.

The names below are the public interface; each is imported when it is first
used (PEP 562), so that importing the package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.lazy import importer

if TYPE_CHECKING:
    from ct_trafficking_resources.audit import (
        audit_text as audit_text,
        check_reply as check_reply,
        is_known as is_known,
    )
    from ct_trafficking_resources.cards import Card as Card, card as card
    from ct_trafficking_resources.changes import (
        Change as Change,
        Comparison as Comparison,
        Effect as Effect,
        compare as compare,
    )
    from ct_trafficking_resources.checks.findings import (
        Finding as Finding,
        Place as Place,
        Severity as Severity,
    )
    from ct_trafficking_resources.checks.schemas import (
        schema_names as schema_names,
        schema_path as schema_path,
        schema_registry as schema_registry,
    )
    from ct_trafficking_resources.edition.directory import Directory as Directory
    from ct_trafficking_resources.edition.loading import (
        available_editions as available_editions,
        load as load,
    )
    from ct_trafficking_resources.errors import (
        BadConfirmation as BadConfirmation,
        DamagedData as DamagedData,
        DigestMismatch as DigestMismatch,
        ExpiredOverride as ExpiredOverride,
        ImpossibleDay as ImpossibleDay,
        MissingContact as MissingContact,
        MissingExtra as MissingExtra,
        NewerSchema as NewerSchema,
        RefusedData as RefusedData,
        ResourceError as ResourceError,
        UnknownEdition as UnknownEdition,
        UnknownRecord as UnknownRecord,
        UnknownTerm as UnknownTerm,
        WithdrawnEditionWarning as WithdrawnEditionWarning,
        WithdrawnRecord as WithdrawnRecord,
    )
    from ct_trafficking_resources.exports import ExportFormat as ExportFormat, export as export
    from ct_trafficking_resources.freshness import (
        Freshness as Freshness,
        FreshnessReport as FreshnessReport,
        FreshnessState as FreshnessState,
        check_freshness as check_freshness,
    )
    from ct_trafficking_resources.lock import (
        Lock as Lock,
        check_lock as check_lock,
        make_lock as make_lock,
        read_lock as read_lock,
    )
    from ct_trafficking_resources.model import (
        Address as Address,
        ContactPoint as ContactPoint,
        Coverage as Coverage,
        EditionInfo as EditionInfo,
        Evidence as Evidence,
        FormerName as FormerName,
        HelpChannel as HelpChannel,
        Hotline as Hotline,
        Hours as Hours,
        Law as Law,
        Membership as Membership,
        Misprint as Misprint,
        OpeningHours as OpeningHours,
        Operator as Operator,
        Organization as Organization,
        Record as Record,
        Source as Source,
        TaskForce as TaskForce,
        Tombstone as Tombstone,
        Value as Value,
    )
    from ct_trafficking_resources.override import apply_override as apply_override
    from ct_trafficking_resources.updates.apply import (
        Application as Application,
        apply_update as apply_update,
    )
    from ct_trafficking_resources.updates.bulk import (
        check_line as check_line,
        check_lines as check_lines,
    )
    from ct_trafficking_resources.updates.check import check_update as check_update
    from ct_trafficking_resources.updates.report import UpdateReport as UpdateReport
    from ct_trafficking_resources.vocabulary import (
        AnsweredBy as AnsweredBy,
        Area as Area,
        Audience as Audience,
        Confidence as Confidence,
        Day as Day,
        EvidenceLevel as EvidenceLevel,
        Harm as Harm,
        MembershipRole as MembershipRole,
        MembershipStatus as MembershipStatus,
        Mode as Mode,
        OrganizationType as OrganizationType,
        Purpose as Purpose,
        SourceKind as SourceKind,
        TaskForceStatus as TaskForceStatus,
        TombstoneSubject as TombstoneSubject,
        ValueKind as ValueKind,
        WithdrawalReason as WithdrawalReason,
    )

__version__ = "2026.11.0"

_NAMES = {
    "audit": ("audit_text", "check_reply", "is_known"),
    "cards": ("Card", "card"),
    "changes": ("Change", "Comparison", "Effect", "compare"),
    "edition.directory": ("Directory",),
    "edition.loading": ("available_editions", "load"),
    "errors": (
        "BadConfirmation",
        "DamagedData",
        "DigestMismatch",
        "ExpiredOverride",
        "ImpossibleDay",
        "MissingContact",
        "MissingExtra",
        "NewerSchema",
        "RefusedData",
        "ResourceError",
        "UnknownEdition",
        "UnknownRecord",
        "UnknownTerm",
        "WithdrawnEditionWarning",
        "WithdrawnRecord",
    ),
    "exports": ("ExportFormat", "export"),
    "checks.findings": ("Finding", "Place", "Severity"),
    "freshness": ("Freshness", "FreshnessReport", "FreshnessState", "check_freshness"),
    "lock": ("Lock", "check_lock", "make_lock", "read_lock"),
    "model": (
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
    ),
    "override": ("apply_override",),
    "checks.schemas": ("schema_names", "schema_path", "schema_registry"),
    "updates.apply": ("Application", "apply_update"),
    "updates.bulk": ("check_line", "check_lines"),
    "updates.check": ("check_update",),
    "updates.report": ("UpdateReport",),
    "vocabulary": (
        "AnsweredBy",
        "Area",
        "Audience",
        "Confidence",
        "Day",
        "EvidenceLevel",
        "Harm",
        "MembershipRole",
        "MembershipStatus",
        "Mode",
        "OrganizationType",
        "Purpose",
        "SourceKind",
        "TaskForceStatus",
        "TombstoneSubject",
        "ValueKind",
        "WithdrawalReason",
    ),
}
"""Module by module, the public names that it is the home of."""

_HOME = {name: home for home, names in _NAMES.items() for name in names}
__all__ = ["__version__", *_HOME]  # noqa: PLE0604 # pyright: ignore[reportUnsupportedDunderAll]


if not TYPE_CHECKING:  # pragma: no branch - to a type checker, a misspelt name is an error
    __getattr__ = importer(__name__, _HOME)


def __dir__() -> list[str]:
    return sorted(__all__)
