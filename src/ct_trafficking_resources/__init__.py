"""Contact data of the Connecticut Human Trafficking Task Force's partners and
of the help channels open to people in Connecticut, with evidence and dates.

Here are the names that most users import. The other records are in `model`, the
other vocabularies in `vocabulary`, the other exceptions in `errors`.
docs/compatibility.md lists all that is public.

Each name is imported when it is first used (PEP 562), so that importing the
package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.lazy import importer

__version__ = "2026.11.0"

_NAMES = {
    "audit": ("audit_text", "check_reply", "is_known"),
    "cards": ("Card", "card"),
    "changes": ("Change", "Comparison", "compare"),
    "checks.findings": ("Finding", "Severity"),
    "edition.directory": ("Directory",),
    "edition.loading": ("available_editions", "load"),
    "errors": (
        "DigestMismatch",
        "MissingContact",
        "RefusedData",
        "ResourceError",
        "UnknownEdition",
        "UnknownRecord",
        "UnknownTerm",
        "WithdrawnEditionWarning",
        "WithdrawnRecord",
    ),
    "exports": ("export",),
    "freshness": ("FreshnessReport", "check_freshness"),
    "lock": ("Lock", "check_lock", "make_lock", "read_lock"),
    "model": ("ContactPoint", "HelpChannel", "Organization", "Record", "TaskForce"),
    "override": ("apply_override",),
    "updates.apply": ("apply_update",),
    "updates.bulk": ("check_line", "check_lines"),
    "updates.check": ("UpdateReport", "check_update"),
    "vocabulary": ("Audience", "Mode", "Purpose"),
}
"""Module by module, the public names that it is the home of."""

_HOME = {name: home for home, names in _NAMES.items() for name in names}
__all__ = ["__version__", *_HOME]  # noqa: PLE0604 # pyright: ignore[reportUnsupportedDunderAll]

if TYPE_CHECKING:
    # From the table above, by `python docs/generate.py`.
    from ct_trafficking_resources.audit import (
        audit_text as audit_text,
        check_reply as check_reply,
        is_known as is_known,
    )
    from ct_trafficking_resources.cards import Card as Card, card as card
    from ct_trafficking_resources.changes import (
        Change as Change,
        Comparison as Comparison,
        compare as compare,
    )
    from ct_trafficking_resources.checks.findings import Finding as Finding, Severity as Severity
    from ct_trafficking_resources.edition.directory import Directory as Directory
    from ct_trafficking_resources.edition.loading import (
        available_editions as available_editions,
        load as load,
    )
    from ct_trafficking_resources.errors import (
        DigestMismatch as DigestMismatch,
        MissingContact as MissingContact,
        RefusedData as RefusedData,
        ResourceError as ResourceError,
        UnknownEdition as UnknownEdition,
        UnknownRecord as UnknownRecord,
        UnknownTerm as UnknownTerm,
        WithdrawnEditionWarning as WithdrawnEditionWarning,
        WithdrawnRecord as WithdrawnRecord,
    )
    from ct_trafficking_resources.exports import export as export
    from ct_trafficking_resources.freshness import (
        FreshnessReport as FreshnessReport,
        check_freshness as check_freshness,
    )
    from ct_trafficking_resources.lock import (
        Lock as Lock,
        check_lock as check_lock,
        make_lock as make_lock,
        read_lock as read_lock,
    )
    from ct_trafficking_resources.model import (
        ContactPoint as ContactPoint,
        HelpChannel as HelpChannel,
        Organization as Organization,
        Record as Record,
        TaskForce as TaskForce,
    )
    from ct_trafficking_resources.override import apply_override as apply_override
    from ct_trafficking_resources.updates.apply import apply_update as apply_update
    from ct_trafficking_resources.updates.bulk import (
        check_line as check_line,
        check_lines as check_lines,
    )
    from ct_trafficking_resources.updates.check import (
        UpdateReport as UpdateReport,
        check_update as check_update,
    )
    from ct_trafficking_resources.vocabulary import (
        Audience as Audience,
        Mode as Mode,
        Purpose as Purpose,
    )
    # end
else:  # to a type checker, a misspelled name is an error
    __getattr__ = importer(__name__, _HOME)


def __dir__() -> list[str]:
    return sorted(__all__)
