"""A finding: one thing that a check has to say.

Checks return findings; how they are shown is the business of `reports`.
"""

from __future__ import annotations

from enum import StrEnum, unique
from typing import Protocol

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
        end_line: Line of the end, or None if only the start is known.
        end_column: Column just after the last character (as in SARIF), or None.
    """

    file: str
    pointer: str = ""
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None

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
        found: The text that it is about, or None.
        record: Id of the record that it is about, or None.
        replacement: What to put in place of *found*, or None if it takes thought.
        expression: Python that gives the right value, with the package imported
            as ``ctr``, or None.
    """

    rule: str
    severity: Severity
    place: Place
    message: str
    hint: str
    found: str | None = None
    record: str | None = None
    replacement: str | None = None
    expression: str | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.severity} {self.rule}: {self.message} {self.hint}"


class RuleText(Protocol):
    """What a report says about a rule; every kind of rule in the package has it."""

    @property
    def id(self) -> str:
        """Id, stable across versions."""
        ...

    @property
    def title(self) -> str:
        """What must hold."""
        ...

    @property
    def reason(self) -> str:
        """Why."""
        ...
