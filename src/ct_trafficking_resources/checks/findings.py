"""A finding: one thing that a check has to say.

Checks return findings; how they are shown is the business of `reports`.
"""

from __future__ import annotations

from enum import StrEnum, unique
from typing import Any

import attrs

from ct_trafficking_resources.model.base import brief


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
        line: Line, counted from 1; None in a spreadsheet.
        column: Column in characters, counted from 1; None in a table.
        end_line: Line of the end, or None if only the start is known.
        end_column: Column just after the last character (as in SARIF), or None.
        sheet: Sheet of a spreadsheet.
        cell: Cell of a table, such as ``C17``.
    """

    file: str
    pointer: str = ""
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    sheet: str | None = None
    cell: str | None = None

    @property
    def within(self) -> str:
        """Sheet, cell and pointer in words; empty where line and column say it all."""
        sheet = f"sheet {self.sheet}" if self.sheet else ""
        cell = f"cell {self.cell}" if self.cell else ""
        return " ".join(part for part in (sheet, cell, self.pointer) if part)

    def __str__(self) -> str:
        position = "".join(f":{one}" for one in (self.line, self.column) if one)
        return " ".join(part for part in (f"{self.file}{position}", self.within) if part)


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

    __repr__ = brief

    def __str__(self) -> str:
        return f"{self.place}: {self.severity} {self.rule}: {self.message} {self.hint}"

    def __reduce__(self) -> tuple[object, ...]:
        """Return how it is pickled: what was revoked since is not offered any more."""
        fields = [field.name for field in attrs.fields(Finding)]
        return _restored, ({name: getattr(self, name) for name in fields},)


def _restored(values: dict[str, Any]) -> Finding:
    """Return an unpickled finding; of what is revoked it names what its text holds."""
    from ct_trafficking_resources.edition.history import WITHDRAWN, index
    from ct_trafficking_resources.edition.revocation import repeated

    gone = index().revoked - repeated(values["found"] or "", index().revoked)
    changed: dict[str, str | None] = {
        name: WITHDRAWN if name in {"message", "hint"} else None
        for name in ("message", "hint", "replacement", "expression")
        if values[name] and repeated(values[name], gone)
    }
    return Finding(**{**values, **changed})
