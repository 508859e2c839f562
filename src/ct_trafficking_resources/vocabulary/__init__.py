"""The closed vocabularies of the data, as string enums.

A member equals its plain string, so ``contact.mode == "voice"`` and
``contact.mode is Mode.VOICE`` both hold. The words are those of the schemas in
``schemas/``; a test keeps the two alike. A word that only a newer edition
knows stays a plain string (see `term`).

What every look-up needs is in `channels`; the rest is imported when it is
first used, as in `model`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from ct_trafficking_resources.errors import UnknownTerm
from ct_trafficking_resources.lazy import importer
from ct_trafficking_resources.vocabulary.channels import (
    DIALLED,
    OFFICE_PURPOSES,
    VICTIMS,
    AnsweredBy,
    Area,
    Audience,
    Confidence,
    EvidenceLevel,
    Mode,
    Purpose,
    SourceKind,
    ValueKind,
)

if TYPE_CHECKING:
    from enum import StrEnum

    from ct_trafficking_resources.vocabulary.days import Day
    from ct_trafficking_resources.vocabulary.history import (
        Harm,
        TombstoneSubject,
        WithdrawalReason,
    )
    from ct_trafficking_resources.vocabulary.organizations import (
        MembershipRole,
        MembershipStatus,
        OrganizationType,
        TaskForceStatus,
    )

__all__ = [
    "DIALLED",
    "OFFICE_PURPOSES",
    "VICTIMS",
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
    "known_term",
    "term",
]

_HOME = {
    "Day": "days",
    "Harm": "history",
    "MembershipRole": "organizations",
    "MembershipStatus": "organizations",
    "OrganizationType": "organizations",
    "TaskForceStatus": "organizations",
    "TombstoneSubject": "history",
    "WithdrawalReason": "history",
}

_E = TypeVar("_E", bound="StrEnum")


if not TYPE_CHECKING:  # pragma: no branch - to a type checker, a misspelt name is an error
    __getattr__ = importer(__name__, _HOME)


def term(vocabulary: type[_E], word: str) -> _E | str:
    """Return the member of *vocabulary* for *word*, or *word* itself.

    Data of a newer edition may use a word that this version of the library
    does not know; it degrades to its text and never crashes.
    """
    return vocabulary._value2member_map_.get(word, word)  # type: ignore[return-value]


def known_term(vocabulary: type[_E], word: str) -> _E:
    """Return the member of *vocabulary* that a caller asked for.

    Args:
        vocabulary: The enum to look in.
        word: A member or its plain string.

    Raises:
        UnknownTerm: The vocabulary has no such word. The message names the
            words there are and the one that was probably meant.
    """
    try:
        return vocabulary(word)
    except ValueError:
        raise UnknownTerm(vocabulary.__name__, word, tuple(vocabulary)) from None
