"""What is no longer true, and what never was."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from ct_trafficking_resources.model.base import Part

if TYPE_CHECKING:
    from ct_trafficking_resources.model.evidence import Evidence
    from ct_trafficking_resources.vocabulary import (
        Harm,
        TombstoneSubject,
        ValueKind,
        WithdrawalReason,
    )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Value(Part):
    """A typed value on its own.

    Attributes:
        kind: What form it has.
        value: The value in that form.
    """

    kind: ValueKind | str
    value: str


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Tombstone(Part):
    """What remains of a record or value that is no longer true.

    Attributes:
        id: For a record, the id that the record had.
        subject: What was withdrawn.
        name: What it was called.
        value: The withdrawn value, or None.
        record: Id of the record it belonged to, or None.
        withdrawn: When it ceased to be true (YYYY, YYYY-MM or YYYY-MM-DD), or None.
        reason: Why, as a word.
        explanation: Why, in a sentence.
        successor: Id of the record to use instead, or None.
        replacement: The value to use instead, or None.
        revoked: The value must never be shown, from whatever edition.
        evidence: Why it is believed.
    """

    kind: ClassVar[str] = "tombstone"

    id: str
    subject: TombstoneSubject | str
    name: str
    value: Value | None = None
    record: str | None = None
    withdrawn: str | None = None
    reason: WithdrawalReason | str
    explanation: str
    successor: str | None = None
    replacement: Value | None = None
    revoked: bool = False
    evidence: Evidence


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Misprint(Part):
    """A known wrong form of a value, and what it should have been.

    Attributes:
        id: Given once, never reused.
        wrong: The wrong value.
        printed: The wrong forms as they were seen.
        record: Id of the record that was meant, or None.
        contact: Id of the contact point that was meant, or None.
        right: The value that was meant, or None.
        harm: What it does to the person who uses it.
        explanation: What is wrong, in a sentence.
        evidence: Where it was seen.
    """

    kind: ClassVar[str] = "misprint"

    id: str
    wrong: Value
    printed: tuple[str, ...]
    record: str | None = None
    contact: str | None = None
    right: Value | None = None
    harm: Harm | str
    explanation: str
    evidence: Evidence
