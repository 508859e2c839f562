"""``ct-resources freshness``: say how old every value is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ct_trafficking_resources.cli import options
from ct_trafficking_resources.editions import load
from ct_trafficking_resources.freshness import FreshnessState, check_freshness

if TYPE_CHECKING:
    from datetime import date


@click.command("freshness")
@options.on
@click.option(
    "--fail-on",
    type=click.Choice([FreshnessState.DUE.value, FreshnessState.STALE.value]),
    help="Exit status 1 if a value is in this state or a worse one.",
)
@click.option("--all", "everything", is_flag=True, help="List the fresh values as well.")
@options.edition
@options.as_format
def command(
    on: date | None,
    fail_on: str | None,
    everything: bool,  # noqa: FBT001 - click gives options by name
    edition: str | None,
    form: str,
) -> int:
    """Say how old every value is, and when a person must look at it again."""
    report = check_freshness(on, load(edition))
    if form == "json":
        options.print_json(report.to_dict())
    else:
        for value in report.at_least(FreshnessState.FRESH if everything else FreshnessState.DUE):
            click.echo(str(value))
        counts = ", ".join(f"{len(report.of(state))} {state.value}" for state in FreshnessState)
        overdue = f", overdue by {report.overdue_by} days" if report.overdue_by else ""
        click.echo(
            f"Edition {report.edition} on {report.on}: {counts};"
            f" review of the edition by {report.review_by}{overdue}.",
            err=True,
        )
    return 1 if fail_on is not None and report.at_least(fail_on) else 0
