"""``ct-resources checklist``: list what a person must look at before a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ct_trafficking_resources.checklist import checklist, markdown
from ct_trafficking_resources.cli import options
from ct_trafficking_resources.clock import today
from ct_trafficking_resources.codec import encode
from ct_trafficking_resources.editions import load

if TYPE_CHECKING:
    from datetime import date


@click.command("checklist")
@options.on
@click.option("--all", "everything", is_flag=True, help="List every value.")
@options.edition
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    show_default=True,
    help="How to print it.",
)
def command(
    on: date | None,
    everything: bool,  # noqa: FBT001 - click gives options by name
    edition: str | None,
    form: str,
) -> None:
    """List what a person must look at before a release, most harmful first.

    Each item names the page to open and what to compare. Nothing is called.
    """
    directory, on = load(edition), on or today()
    items = checklist(directory, on, everything=everything)
    if form == "json":
        options.print_json([encode(item) for item in items])
    else:
        click.echo(markdown(items, directory.edition, on))
