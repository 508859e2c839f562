"""``ct-resources export``: the directory in a format that other programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ct_trafficking_resources.cli import options
from ct_trafficking_resources.editions import load
from ct_trafficking_resources.exports import ExportFormat, export

if TYPE_CHECKING:
    from pathlib import Path


@click.command("export")
@click.argument("format", type=options.choice(ExportFormat))
@options.output
@click.option(
    "--record",
    "records",
    multiple=True,
    metavar="ID",
    help="Only this record; may be given several times.",
)
@click.option(
    "--neutral-name",
    metavar="NAME",
    help="For vcard: the name that the cards carry instead of the real one.",
)
@options.edition
def command(
    format: str,
    output: Path | None,
    records: tuple[str, ...],
    neutral_name: str | None,
    edition: str | None,
) -> None:
    """Print the directory as jsonld, vcard, hsds, csv or json."""
    try:
        text = export(
            format,
            load(edition),
            records=records or None,
            neutral_name=neutral_name,
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    options.put(text, output)
