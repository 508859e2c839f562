"""Findings in the forms that people and other programs read.

One file a form. A report is text made from findings: nothing is read, written
or coloured here. Every form takes the same arguments, so that `render` can be
given the name of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.errors import UnknownTerm
from ct_trafficking_resources.reports.as_github import report as github
from ct_trafficking_resources.reports.as_json import report as json
from ct_trafficking_resources.reports.as_markdown import report as markdown
from ct_trafficking_resources.reports.as_sarif import report as sarif
from ct_trafficking_resources.reports.as_text import report as text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ct_trafficking_resources.findings import Finding, RuleText

__all__ = ["FORMS", "github", "json", "markdown", "render", "sarif", "text"]

FORMS = {
    "text": text,
    "json": json,
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
    rules: Iterable[RuleText] = (),
) -> str:
    """Return a report in the form of that name.

    Args:
        form: A key of `FORMS`.
        findings: In the order in which they are shown.
        title: What was checked, for the forms that have a heading.
        rules: What the rules say, for the forms that explain them.

    Raises:
        UnknownTerm: There is no such form.
    """
    if form not in FORMS:
        raise UnknownTerm("report", form, tuple(FORMS))
    return FORMS[form](findings, title=title, rules=rules)
