"""Findings in the forms that people and other programs read.

Text for a terminal, Markdown for the summary of a job or a comment on a change,
annotations of GitHub Actions, JSON (also what a baseline of the audit is read
from), and SARIF 2.1.0 for code scanning services. A report is text made from
findings: nothing is read, written or colored here. Every form takes the same
arguments, so that `render` can be given the name of one.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import attrs

import ct_trafficking_resources
from ct_trafficking_resources import words
from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import all_rules
from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.errors import UnknownTerm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ct_trafficking_resources.checks.findings import Finding, Place
    from ct_trafficking_resources.checks.rules import Rule


def by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings there are of each severity, worst first."""
    counted = Counter(finding.severity for finding in findings)
    return {severity.value: counted[severity] for severity in Severity}


def in_words(findings: Iterable[Finding]) -> str:
    """Return the same as a phrase, such as ``2 errors, 1 note``."""
    parts = [
        words.counted(count, severity) for severity, count in by_severity(findings).items() if count
    ]
    return ", ".join(parts) or "no findings"


def text(
    findings: Sequence[Finding],
    *,
    title: str = "Findings",
) -> str:
    """Return each finding with its hint, and a last line that counts them.

    The first line of a finding has the form ``file:line:column: severity
    rule: message``, which editors turn into links.
    """
    lines = [line for finding in findings for line in _lines(finding)]
    return "\n".join([*lines, f"{title}: {in_words(findings)}.", ""])


def _lines(finding: Finding) -> Iterator[str]:
    yield words.visible(f"{finding.place}: {finding.severity} {finding.rule}: {finding.message}")
    yield words.visible(f"    {finding.hint}")
    if finding.expression is not None:
        yield words.visible(f"    {finding.expression}")


def json_text(
    findings: Sequence[Finding],
    *,
    title: str = "Findings",
) -> str:
    """Return the findings and how many there are of each severity.

    Everything outside ASCII is escaped, so that no lone surrogate in the name
    of a file can make the text impossible to encode.
    """
    document = {
        "title": title,
        "counts": by_severity(findings),
        "findings": [encode(finding) for finding in findings],
    }
    return json.dumps(document, indent=2) + "\n"


def markdown(
    findings: Sequence[Finding],
    *,
    title: str = "Findings",
) -> str:
    """Return a heading, a line that counts the findings, and a table of them."""
    lines = [f"## {words.markdown(title)}", "", f"{in_words(findings).capitalize()}."]
    if findings:
        lines += ["", "| severity | rule | place | what is wrong | what to do |"]
        lines += ["| --- | --- | --- | --- | --- |"]
        lines += map(_row, findings)
    return "\n".join([*lines, ""])


def _row(finding: Finding) -> str:
    cells = (
        finding.severity,
        finding.rule,
        str(finding.place),
        finding.message,
        " ".join(part for part in (finding.hint, finding.expression) if part),
    )
    return f"| {' | '.join(map(words.markdown, cells))} |"


_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def github(
    findings: Sequence[Finding],
    *,
    title: str = "Findings",  # noqa: ARG001 - all forms are called alike
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
        f"{key}={_escape_command(str(value), ':,')}"
        for key, value in where.items()
        if value is not None
    )
    message = f"{finding.message} {finding.hint}"
    if place.within:
        message = f"{place.within}: {message}"
    return f"::{_COMMANDS[finding.severity]} {properties}::{_escape_command(message)}"


def _escape_command(text: str, more: str = "") -> str:
    """Escape what ends a command or a property, with the percent sign first."""
    for one in f"%{more}":
        text = text.replace(one, f"%{ord(one):02X}")
    return words.visible(text)


_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"


def sarif(
    findings: Sequence[Finding],
    *,
    title: str = "Findings",
) -> str:
    """Return a log with one run, which describes the rules that its results refer to.

    A name of a file that is not absolute is taken to be relative to the root
    of the sources.
    """
    named = {finding.rule for finding in findings}
    described = [_rule(rule) for rule in all_rules() if rule.id in named]
    indexes = {rule["id"]: index for index, rule in enumerate(described)}
    run = {
        "tool": {
            "driver": {
                "name": "ct-trafficking-resources",
                "version": ct_trafficking_resources.__version__,
                "rules": described,
            }
        },
        "automationDetails": {"id": f"{title}/"},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, indexes) for finding in findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: Rule[Any]) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.reason},
        "help": {"text": rule.reason},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _result(finding: Finding, indexes: dict[str, int]) -> dict[str, Any]:
    artifact = _artifact(finding.place.file)
    location: dict[str, Any] = {"artifactLocation": artifact}
    region = _region(finding.place)
    if region:
        location["region"] = region
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": finding.severity.value,
        "message": {
            "text": words.visible(f"{_cell(finding.place)}{finding.message} {finding.hint}")
        },
        "locations": [{"physicalLocation": location, **_logical(finding.place)}],
    }
    if finding.rule in indexes:
        result["ruleIndex"] = indexes[finding.rule]
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
    # SARIF wants each of them once.
    names = dict.fromkeys(words.visible(name) for name in (cell, place.pointer) if name)
    return {"logicalLocations": [{"fullyQualifiedName": name} for name in names]} if names else {}


def _fix(finding: Finding, artifact: dict[str, str], region: dict[str, int]) -> dict[str, Any]:
    return {
        "description": {"text": words.visible(finding.hint)},
        "artifactChanges": [
            {
                "artifactLocation": artifact,
                "replacements": [
                    {"deletedRegion": region, "insertedContent": {"text": finding.replacement}}
                ],
            }
        ],
    }


FORMS = {
    "text": text,
    "json": json_text,
    "sarif": sarif,
    "github": github,
    "markdown": markdown,
}
"""Name of a form to the function that makes it."""


def render(
    form: str,
    findings: Sequence[Finding],
    *,
    title: str = "Findings",
) -> str:
    """Return a report in the form of that name.

    Args:
        form: A key of `FORMS`.
        findings: In the order in which they are shown.
        title: What was checked, for the forms that have a heading.

    Raises:
        UnknownTerm: There is no such form.
    """
    if form not in FORMS:
        raise UnknownTerm("report", form, tuple(FORMS))
    return FORMS[form](findings, title=title)
