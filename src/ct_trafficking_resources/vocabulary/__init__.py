"""The words for help channels, contact points and their evidence.

The closed vocabularies of the data, as string enums.

A member equals its plain string, so ``contact.mode == "voice"`` and
``contact.mode is Mode.VOICE`` both hold. The words are those of the schemas in
``schemas/``; a test keeps the two alike. A word that only a newer edition
knows stays a plain string (see `term`).

What every look-up needs is in `channels`; the rest is imported when it is
first used, as in `model`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from ct_trafficking_resources.errors import UnknownTerm
from ct_trafficking_resources.lazy import importer

if TYPE_CHECKING:
    from ct_trafficking_resources.vocabulary.records import (
        ConfirmedBy,
        Day,
        Harm,
        MembershipRole,
        MembershipStatus,
        OrganizationType,
        TaskForceStatus,
        TombstoneSubject,
        WithdrawalReason,
    )


class Mode(StrEnum):
    """How a contact point is used."""

    VOICE = "voice"
    TEXT = "text"
    CHAT = "chat"
    RELAY = "relay"
    TTY = "tty"
    WEB = "web"
    WEB_FORM = "web-form"
    EMAIL = "email"


class ValueKind(StrEnum):
    """What form a value has.

    ``host`` and ``phrase`` occur in tombstones and misprints only.
    """

    E164 = "e164"
    SHORT_CODE = "short-code"
    N11 = "n11"
    URL = "url"
    EMAIL = "email"
    HOST = "host"
    PHRASE = "phrase"


DIALED = frozenset({ValueKind.E164, ValueKind.SHORT_CODE, ValueKind.N11})
"""Kinds of value that are digits."""

ADDRESSED = frozenset({ValueKind.URL, ValueKind.EMAIL})
"""Kinds of value that have a host."""


class Audience(StrEnum):
    """Whom a help channel is for."""

    VICTIM = "victim"
    PUBLIC = "public"
    CHILD = "child"
    MANDATED_REPORTER = "mandated-reporter"
    WORKER = "worker"
    SERVICE_PROVIDER = "service-provider"


class Purpose(StrEnum):
    """What a help channel or a contact point is for."""

    EMERGENCY = "emergency"
    TRAFFICKING_HELP = "trafficking-help"
    TRAFFICKING_REPORT = "trafficking-report"
    CHILD_PROTECTION = "child-protection"
    MISSING_CHILD = "missing-child"
    CHILD_EXPLOITATION = "child-exploitation"
    IMAGE_REMOVAL = "image-removal"
    CRISIS_SUPPORT = "crisis-support"
    DOMESTIC_VIOLENCE = "domestic-violence"
    SEXUAL_ASSAULT = "sexual-assault"
    RUNAWAY_YOUTH = "runaway-youth"
    LEGAL_HELP = "legal-help"
    VICTIM_SERVICES = "victim-services"
    WAGES_AND_WORK = "wages-and-work"
    BASIC_NEEDS = "basic-needs"
    RELAY = "relay"
    GENERAL_INFORMATION = "general-information"
    POLICE_NON_EMERGENCY = "police-non-emergency"
    CRIME_TIPS = "crime-tips"
    INVESTIGATIONS = "investigations"
    TRAINING = "training"


class AnsweredBy(StrEnum):
    """Who answers a help channel."""

    NONPROFIT = "nonprofit"
    STATE_AGENCY = "state-agency"
    FEDERAL_AGENCY = "federal-agency"
    LAW_ENFORCEMENT = "law-enforcement"
    EMERGENCY_SERVICES = "emergency-services"
    RELAY_OPERATOR = "relay-operator"
    LEGAL_AID = "legal-aid"


class Area(StrEnum):
    """How far a service reaches.

    There is no county: Connecticut's counties stopped being county
    equivalents in 2022.
    """

    NATION = "nation"
    STATE = "state"
    TOWNS = "towns"


class EvidenceLevel(StrEnum):
    """How strong the evidence for a value is, strongest first."""

    PARTNER_CONFIRMED = "partner-confirmed"
    CORROBORATED = "corroborated"
    OFFICIAL = "official"
    SINGLE_SOURCE = "single-source"


class Confidence(StrEnum):
    """How far the curators trust the evidence."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class SourceKind(StrEnum):
    """Whose page a source is."""

    OFFICIAL = "official"
    OPERATOR = "operator"
    PRESS = "press"
    THIRD_PARTY = "third-party"
    PARTNER = "partner"


__all__ = [
    "DIALED",
    "AnsweredBy",
    "Area",
    "Audience",
    "Confidence",
    "ConfirmedBy",
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
    "ConfirmedBy": "records",
    "Day": "records",
    "Harm": "records",
    "MembershipRole": "records",
    "MembershipStatus": "records",
    "OrganizationType": "records",
    "TaskForceStatus": "records",
    "TombstoneSubject": "records",
    "WithdrawalReason": "records",
}

_E = TypeVar("_E", bound="StrEnum")


if not TYPE_CHECKING:  # pragma: no branch - to a type checker, a misspelled name is an error
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
