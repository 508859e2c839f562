"""Findings as text for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.reports.counting import in_words
from ct_trafficking_resources.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ct_trafficking_resources.findings import Finding, RuleText


def report(
    findings: Sequence[Finding],
    *,
    title: str = "Findings",
    rules: Iterable[RuleText] = (),  # noqa: ARG001 - all forms are called alike
) -> str:
    """Return each finding with its hint, and a last line that counts them.

    The first line of a finding has the form ``file:line:column: severity
    rule: message``, which editors turn into links.
    """
    lines = [line for finding in findings for line in _lines(finding)]
    return "\n".join([*lines, f"{title}: {in_words(findings)}.", ""])


def _lines(finding: Finding) -> Iterator[str]:
    yield visible(f"{finding.place}: {finding.severity} {finding.rule}: {finding.message}")
    yield visible(f"    {finding.hint}")
    if finding.expression is not None:
        yield visible(f"    {finding.expression}")
