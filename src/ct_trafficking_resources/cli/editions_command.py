"""``ct-resources editions``: list the editions of the package."""

from __future__ import annotations

import click

from ct_trafficking_resources.cli import options
from ct_trafficking_resources.codec import encode
from ct_trafficking_resources.editions import available_editions


@click.command("editions")
@options.as_format
def command(form: str) -> None:
    """List the editions of the package, oldest first, with their digests."""
    editions = available_editions()
    if form == "json":
        options.print_json([{**encode(one), "pin": one.pin} for one in editions])
        return
    for one in editions:
        click.echo(f"{one.number}  {one.status}, {one.released}, review by {one.review_by}")
        click.echo(f"    {one.pin}")
        if one.withdrawn is not None:
            click.echo(f"    withdrawn: {one.withdrawn} Use {one.replaced_by}.")
