"""``ct-resources template``: a partner's own records as a form to edit."""

from __future__ import annotations

from pathlib import Path

import click

from ct_trafficking_resources.cli import options

_FORMS = ("json", "csv", "xlsx", "html")


@click.command("template")
@click.argument("organization", metavar="ORG")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write it; its ending says in which form. Standard output if not given.",
)
@click.option(
    "--form",
    type=click.Choice(_FORMS),
    help="The form, where the ending does not say it. html is a page that works offline.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@options.edition
def command(
    organization: str,
    output: Path | None,
    form: str | None,
    force: bool,  # noqa: FBT001 - click gives options by name
    edition: str | None,
) -> None:
    """Draw the records of ORG as a form that its staff edit and send back.

    ORG is the id of an organization, as `ct-resources list partners` shows it.
    """
    from ct_trafficking_resources.editions import load
    from ct_trafficking_resources.updates.template import template

    ending = output.suffix.lower().removeprefix(".") if output else ""
    form = form or (ending if ending in _FORMS else None) or ("json" if not output else None)
    if form is None:
        raise click.UsageError(f"Name the file .{', .'.join(_FORMS)}, or give --form.")
    if form == "xlsx" and output is None:
        raise click.UsageError("A spreadsheet is not printed; give -o FILE.xlsx.")
    if output and output.exists() and not force:
        raise click.UsageError(f"{output} is there already; --force writes over it.")
    data = template(organization, form, load(edition))
    if output is None:
        click.echo(data, nl=False)
    else:
        output.write_bytes(data)
        click.echo(f"wrote {output}", err=True)
