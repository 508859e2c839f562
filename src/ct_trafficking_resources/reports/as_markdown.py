"""Findings as Markdown, for the summary of a job or a comment on a change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ct_trafficking_resources.reports.counting import in_words
from ct_trafficking_resources.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ct_trafficking_resources.findings import Finding, RuleText

_SPECIAL = re.compile(r"([\\`*_\[\]()<>#|~!&@])")
"""What CommonMark, its tables and GitHub's mentions give a meaning."""


def report(
    findings: Sequence[Finding],
    *,
    title: str = "Findings",
    rules: Iterable[RuleText] = (),  # noqa: ARG001 - all forms are called alike
) -> str:
    """Return a heading, a line that counts the findings, and a table of them."""
    lines = [f"## {plain(title)}", "", f"{in_words(findings).capitalize()}."]
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
    return f"| {' | '.join(map(plain, cells))} |"


def plain(text: str) -> str:
    """Return text that Markdown shows as it stands."""
    return _SPECIAL.sub(r"\\\1", visible(text))
