"""The words for help channels, contact points and their evidence."""

from __future__ import annotations

from enum import StrEnum


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


DIALLED = frozenset({ValueKind.E164, ValueKind.SHORT_CODE, ValueKind.N11})
"""Kinds of value that are digits."""


class Audience(StrEnum):
    """Whom a help channel is for."""

    VICTIM = "victim"
    PUBLIC = "public"
    CHILD = "child"
    MANDATED_REPORTER = "mandated-reporter"
    WORKER = "worker"
    SERVICE_PROVIDER = "service-provider"


VICTIMS = frozenset({Audience.VICTIM, Audience.CHILD, Audience.WORKER})
"""Whom a wrong or careless contact can harm first."""


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


OFFICE_PURPOSES = frozenset(
    {
        Purpose.GENERAL_INFORMATION,
        Purpose.TRAINING,
        Purpose.INVESTIGATIONS,
        Purpose.CRIME_TIPS,
        Purpose.POLICE_NON_EMERGENCY,
    }
)
"""What an organization's contact point may be for without being help itself."""


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
