"""Findings as annotations of GitHub Actions, one workflow command a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.findings import Severity
from ct_trafficking_resources.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ct_trafficking_resources.findings import Finding, RuleText

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def report(
    findings: Sequence[Finding],
    *,
    title: str = "Findings",  # noqa: ARG001 - all forms are called alike
    rules: Iterable[RuleText] = (),  # noqa: ARG001 - all forms are called alike
) -> str:
    """Return one annotation a finding; nothing for no findings."""
    return "".join(f"{_annotation(finding)}\n" for finding in findings)


def _annotation(finding: Finding) -> str:
    place = finding.place
    where = {
        "file": place.file,
        "line": place.line,
        "col": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "title": finding.rule,
    }
    properties = ",".join(
        f"{key}={_escape(str(value), ':,')}" for key, value in where.items() if value is not None
    )
    message = f"{finding.message} {finding.hint}"
    if place.within:
        message = f"{place.within}: {message}"
    return f"::{_COMMANDS[finding.severity]} {properties}::{_escape(message)}"


def _escape(text: str, more: str = "") -> str:
    """Escape what ends a command or a property, with the percent sign first."""
    for one in f"%{more}":
        text = text.replace(one, f"%{ord(one):02X}")
    return visible(text)
