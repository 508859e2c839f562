"""How findings are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ct_trafficking_resources.cli.options import print_json
from ct_trafficking_resources.codec import encode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ct_trafficking_resources.findings import Finding


def print_findings(findings: Sequence[Finding], form: str) -> None:
    """Print findings for a person or as JSON."""
    if form == "json":
        print_json({"findings": [encode(finding) for finding in findings]})
        return
    for finding in findings:
        click.echo(f"{finding.place}: {finding.severity} {finding.rule}: {finding.message}")
        click.echo(f"    {finding.hint}")
    click.echo(f"{len(findings)} findings." if findings else "All is right.", err=True)
