"""``ct-resources schema``: print a JSON Schema, or list them."""

from __future__ import annotations

import json

import click

from ct_trafficking_resources import schemas
from ct_trafficking_resources.cli import options


@click.command("schema")
@click.argument("name", required=False)
@options.as_format
def command(name: str | None, form: str) -> None:
    """Print the JSON Schema NAME, or list the schemas there are."""
    if name is not None:
        click.echo(schemas.schema_text(name), nl=False)
    elif form == "json":
        options.print_json(schemas.schema_names())
    else:
        for one in schemas.schema_names():
            click.echo(f"{one:20} {json.loads(schemas.schema_text(one))['title']}")
