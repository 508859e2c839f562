"""Findings as SARIF 2.1.0 (OASIS), which code scanning services read."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import attrs

import ct_trafficking_resources
from ct_trafficking_resources.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ct_trafficking_resources.findings import Finding, Place, RuleText

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"
_LEVELS = frozenset({"error", "warning", "note"})
"""SARIF's levels have the names of our severities."""


def report(
    findings: Sequence[Finding],
    *,
    title: str = "Findings",
    rules: Iterable[RuleText] = (),
) -> str:
    """Return a log with one run; *rules* describe what the results refer to.

    A name of a file that is not absolute is taken to be relative to the root
    of the sources.
    """
    described = {rule.id: _rule(rule) for rule in rules}
    run = {
        "tool": {
            "driver": {
                "name": "ct-trafficking-resources",
                "version": ct_trafficking_resources.__version__,
                "rules": list(described.values()),
            }
        },
        "automationDetails": {"id": f"{title}/"},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, list(described)) for finding in findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: RuleText) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.reason},
        "help": {"text": rule.reason},
    }
    severity = getattr(rule, "severity", None)
    if severity in _LEVELS:
        described["defaultConfiguration"] = {"level": str(severity)}
    return described


def _result(finding: Finding, described: list[str]) -> dict[str, Any]:
    artifact = _artifact(finding.place.file)
    location: dict[str, Any] = {"artifactLocation": artifact}
    region = _region(finding.place)
    if region:
        location["region"] = region
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": finding.severity.value,
        "message": {"text": visible(f"{_cell(finding.place)}{finding.message} {finding.hint}")},
        "locations": [{"physicalLocation": location, **_logical(finding.place)}],
    }
    if finding.rule in described:
        result["ruleIndex"] = described.index(finding.rule)
    if finding.replacement is not None and "endColumn" in region:
        result["fixes"] = [_fix(finding, artifact, region)]
    return result


def _artifact(file: str) -> dict[str, str]:
    path = PurePath(_nameable(file))
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix(), errors="surrogateescape"), "uriBaseId": _ROOT}


def _nameable(file: str) -> str:
    """Return a name that an address can hold; that of any file on disk as it is."""
    try:
        file.encode(errors="surrogateescape")
    except UnicodeEncodeError:  # half a character that no byte stands for
        return file.encode(errors="backslashreplace").decode()
    return file


def _region(place: Place) -> dict[str, int]:
    parts = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {key: value for key, value in parts.items() if value is not None}


def _cell(place: Place) -> str:
    """Return the cell in words: viewers show the message, and no part of a spreadsheet."""
    within = attrs.evolve(place, pointer="").within
    return f"{within}: " if within else ""


def _logical(place: Place) -> dict[str, Any]:
    """Return the places that are not lines and columns: a cell, a JSON Pointer."""
    cell = "!".join(part for part in (place.sheet, place.cell) if part)
    names = [visible(name) for name in (cell, place.pointer) if name]
    return {"logicalLocations": [{"fullyQualifiedName": name} for name in names]} if names else {}


def _fix(finding: Finding, artifact: dict[str, str], region: dict[str, int]) -> dict[str, Any]:
    return {
        "description": {"text": visible(finding.hint)},
        "artifactChanges": [
            {
                "artifactLocation": artifact,
                "replacements": [
                    {"deletedRegion": region, "insertedContent": {"text": finding.replacement}}
                ],
            }
        ],
    }
