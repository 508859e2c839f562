"""The words for what was withdrawn and what was never right."""

from __future__ import annotations

from enum import StrEnum


class TombstoneSubject(StrEnum):
    """What a tombstone is about."""

    RECORD = "record"
    VALUE = "value"
    NAME = "name"
    OPERATOR = "operator"


class WithdrawalReason(StrEnum):
    """Why something was withdrawn."""

    RENAMED = "renamed"
    REPLACED = "replaced"
    MERGED = "merged"
    OPERATOR_CHANGED = "operator-changed"
    CONFLICTING = "conflicting"
    UNCONFIRMED = "unconfirmed"
    DANGEROUS = "dangerous"


class Harm(StrEnum):
    """What a misprint does to the person who uses it."""

    WRONG_DESTINATION = "wrong-destination"
    MISLEADING = "misleading"
    COSMETIC = "cosmetic"
