"""How findings are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ct_trafficking_resources import reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ct_trafficking_resources.findings import Finding, RuleText

as_report = click.option(
    "--format",
    "form",
    type=click.Choice(list(reports.FORMS)),
    default="text",
    show_default=True,
    help="How to print the findings.",
)


def print_findings(
    findings: Sequence[Finding],
    form: str,
    *,
    title: str = "Findings",
    rules: Iterable[RuleText] = (),
) -> None:
    """Print findings in one of the forms that `reports` has."""
    click.echo(reports.render(form, findings, title=title, rules=rules), nl=False)
