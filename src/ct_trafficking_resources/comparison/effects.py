"""Which attribute has which effect, most harmful effect first.

Every attribute of a record stands in a table here; a test holds the tables and
the model together, so that no new attribute changes unseen.
"""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class Effect(StrEnum):
    """What a change means for the person who uses the value, most harmful first."""

    NUMBER = "number"
    CODE = "code"
    ADDRESS = "address"
    WITHDRAWN = "withdrawn"
    ADDED = "added"
    RENAMED = "renamed"
    OPERATOR = "operator"
    SERVICE = "service"
    HOURS = "hours"
    LANGUAGES = "languages"
    OFFICE = "office"
    MEMBERSHIP = "membership"
    WORDING = "wording"
    EVIDENCE = "evidence"


HEADINGS = {
    Effect.NUMBER: "Number changed",
    Effect.CODE: "Code or keyword changed",
    Effect.ADDRESS: "Web or e-mail address changed",
    Effect.WITHDRAWN: "Withdrawn",
    Effect.ADDED: "Added",
    Effect.RENAMED: "New name",
    Effect.OPERATOR: "Run by someone else",
    Effect.SERVICE: "What it does, for whom, and what stays private",
    Effect.HOURS: "Hours changed",
    Effect.LANGUAGES: "Languages changed",
    Effect.OFFICE: "Office address changed",
    Effect.MEMBERSHIP: "Part in a task force",
    Effect.WORDING: "Wording or order only",
    Effect.EVIDENCE: "Evidence only",
}

UNSEEN = frozenset({Effect.WORDING, Effect.EVIDENCE})
"""Effects that no one who reaches for help has to know of."""

OF_VALUE = {
    "e164": Effect.NUMBER,
    "n11": Effect.NUMBER,
    "short-code": Effect.CODE,
    "url": Effect.ADDRESS,
    "email": Effect.ADDRESS,
}
"""Effect of another value, by its kind; of a kind not known here, `Effect.NUMBER`."""

OF_CONTACT = {
    "mode": Effect.NUMBER,
    "kind": Effect.NUMBER,
    "value": Effect.NUMBER,
    "extension": Effect.NUMBER,
    "menu": Effect.NUMBER,
    "relay_to": Effect.NUMBER,
    "keyword": Effect.CODE,
    "accepted_keywords": Effect.CODE,
    "vanity": Effect.CODE,
    "hours": Effect.HOURS,
    "valid_from": Effect.HOURS,
    "valid_to": Effect.HOURS,
    "languages": Effect.LANGUAGES,
    "interpreter_languages": Effect.LANGUAGES,
    "interpreter_count": Effect.LANGUAGES,
    "purposes": Effect.SERVICE,
    "carrier_charges": Effect.SERVICE,
    "paired_with": Effect.SERVICE,
    "id": Effect.WORDING,
    "display": Effect.WORDING,
    "label": Effect.WORDING,
    "note": Effect.WORDING,
    "shared_with": Effect.EVIDENCE,
    "check_first": Effect.EVIDENCE,
    "evidence": Effect.EVIDENCE,
}
"""Effect of each attribute of a contact point."""

OF_RECORD = {
    "id": Effect.RENAMED,
    "name": Effect.RENAMED,
    "audiences": Effect.SERVICE,
    "purposes": Effect.SERVICE,
    "coverage": Effect.SERVICE,
    "answered_by": Effect.SERVICE,
    "immigration_enforcement": Effect.SERVICE,
    "tips_only": Effect.SERVICE,
    "mandated_reporters": Effect.SERVICE,
    "anonymous": Effect.SERVICE,
    "confidentiality": Effect.SERVICE,
    "status": Effect.SERVICE,
    "citation": Effect.SERVICE,
    "effective": Effect.SERVICE,
    "town": Effect.SERVICE,
    "operators": Effect.OPERATOR,
    "memberships": Effect.MEMBERSHIP,
    "addresses": Effect.OFFICE,
    "contacts": Effect.WORDING,  # here only their order; each is compared on its own
    "rank": Effect.WORDING,
    "short_name": Effect.WORDING,
    "former_names": Effect.WORDING,
    "summary": Effect.WORDING,
    "note": Effect.WORDING,
    "type": Effect.WORDING,
    "parent": Effect.WORDING,
    "parent_name": Effect.WORDING,
    "planning_region": Effect.WORDING,
    "hosts": Effect.WORDING,
    "status_note": Effect.WORDING,
    "founded": Effect.WORDING,
    "announced": Effect.WORDING,
    "evidence": Effect.EVIDENCE,
}
"""Effect of each attribute of a help channel, organization, task force or law."""
