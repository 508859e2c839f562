"""A finding: one thing that a check has to say.

Checks return findings; how they are shown is the business of the reporters.
"""

from __future__ import annotations

from enum import StrEnum, unique

import attrs


@unique
class Severity(StrEnum):
    """How much a finding matters, worst first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@attrs.frozen(kw_only=True)
class Place:
    """Where a finding is.

    Attributes:
        file: The file as the caller named it.
        pointer: JSON Pointer (RFC 6901); the empty string is the whole.
        line: Line, counted from 1.
        column: Column in characters, counted from 1.
    """

    file: str
    pointer: str = ""
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        position = f":{self.line}:{self.column}" if self.line else ""
        pointer = f" {self.pointer}" if self.pointer else ""
        return f"{self.file}{position}{pointer}"


@attrs.frozen(kw_only=True)
class Finding:
    """One thing that a check has to say.

    Attributes:
        rule: Id of the rule, stable across versions.
        severity: How much it matters.
        place: Where it is.
        message: What is wrong, in a sentence.
        hint: What to do about it.
    """

    rule: str
    severity: Severity
    place: Place
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.place}: {self.severity} {self.rule}: {self.message} {self.hint}"
