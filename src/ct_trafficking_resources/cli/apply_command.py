"""``ct-resources apply``: put a partner's update into the records folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ct_trafficking_resources.cli import options
from ct_trafficking_resources.cli.findings import as_report, print_findings
from ct_trafficking_resources.cli.validate_command import (
    confirm,
    print_update,
    rules,
    submitted_by,
)

if TYPE_CHECKING:
    from datetime import date

    from ct_trafficking_resources.updates.apply import Application


@click.command("apply")
@click.argument("file", type=click.Path())
@click.option(
    "--records",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("records"),
    show_default=True,
    help="The records folder.",
)
@submitted_by
@confirm
@as_report
@options.on
@click.option("--dry-run", is_flag=True, help="Write nothing; print the diff.")
def command(  # noqa: PLR0913 - click gives options by name
    *,
    file: str,
    records: Path,
    submitted_by: str | None,
    confirmed: tuple[str, ...],
    form: str,
    on: date | None,
    dry_run: bool,
) -> int:
    """Check the update in FILE and put it into the records: everything, or nothing.

    What it changes gets the update as its evidence, and the update is kept in
    records/updates. Apps see the change with the next release. Exit status 1 if
    it was refused.
    """
    from ct_trafficking_resources.updates.apply import apply_update

    done = apply_update(
        file,
        records,
        submitted_by=submitted_by,
        confirmed=confirmed,
        on=on,
        dry_run=dry_run,
    )
    _print(done, form)
    if dry_run and form == "text":
        click.echo(done.diff(), nl=False)
    if done.written:
        click.echo(f"wrote {', '.join(done.files)} in {records}", err=True)
        click.echo("This is a candidate until the next `ct-resources release`.", err=True)
    return 0 if done.ok else 1


def _print(done: Application, form: str) -> None:
    """Print one document, whatever speaks in it: the update, or the records around it."""
    if form == "json":
        options.print_json(done.to_dict())
    elif form == "sarif":
        print_findings(done.findings, form, title="Updates", rules=rules())
    else:
        if done.report is not None:
            print_update(done.report, form)
        if done.beside:
            print_findings(done.beside, form, title="Records", rules=rules())
