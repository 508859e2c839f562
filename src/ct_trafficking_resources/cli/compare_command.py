"""``ct-resources compare``: say what changed from one edition to another."""

from __future__ import annotations

import warnings

import click

from ct_trafficking_resources.cli import options
from ct_trafficking_resources.comparison import compare
from ct_trafficking_resources.editions import load
from ct_trafficking_resources.errors import WithdrawnEditionWarning


@click.command("compare")
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--ids",
    metavar="ID,ID",
    help="Only these records: does anything my app shows change? Exit status 1 if so.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
def command(old: str, new: str | None, ids: str | None, form: str) -> int:
    """Say what changed from edition OLD to NEW, by effect; NEW is the newest if not given.

    With --ids, the exit status is 1 if something changed that is more than
    wording, order or evidence.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", WithdrawnEditionWarning)  # history is what is asked for
        comparison = compare(load(old), load(new))
    if ids is not None:
        comparison = comparison.only(id.strip() for id in ids.split(","))
    if form == "json":
        options.print_json(comparison.to_dict())
    else:
        text = comparison.text() if form == "text" else comparison.markdown()
        click.echo(text, nl=False)
    return 1 if ids is not None and comparison.seen else 0
