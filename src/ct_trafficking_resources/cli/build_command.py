"""``ct-resources build``: check the records folder, and write the candidate."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ct_trafficking_resources.cli import options
from ct_trafficking_resources.cli.findings import as_report, print_findings
from ct_trafficking_resources.clock import today
from ct_trafficking_resources.publishing.files import replace_file

if TYPE_CHECKING:
    from datetime import date

_DATA = ("ct_trafficking_resources", "data")


def _outside_the_data(
    _context: click.Context, _option: click.Parameter, path: Path | None
) -> Path | None:
    """Refuse a file below the data folder of the package, in whatever checkout it stands."""
    if path is not None and any(one.parts[-2:] == _DATA for one in path.resolve().parents):
        raise click.BadParameter(
            f"{path.resolve()} is below the data folder of the package. Only `ct-resources release`"
            " writes there; give another place."
        )
    return path


@click.command("build")
@options.records
@options.on
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_outside_the_data,
    metavar="FILE",
    help="Write the candidate to FILE.",
)
@click.option(
    "--format-records",
    is_flag=True,
    help="First rewrite record files that are not in canonical form.",
)
@as_report
def command(
    *,
    records: Path,
    on: date | None,
    output: Path | None,
    format_records: bool,
    form: str,
) -> int:
    """Check the records folder; with -o, write the candidate that it gives.

    A candidate is an edition file that is not released: its number ends in 999.
    `ct_trafficking_resources.load` takes it with its SHA-256. What is shipped
    stays as it is; only `ct-resources release` adds to it.
    """
    from ct_trafficking_resources.publishing import build

    if format_records:
        for name in build.format_records(records):
            click.echo(f"rewrote {name}", err=True)
    result = build.build(records, on or today())
    if result.candidate is not None and output is not None:
        replace_file(output, result.candidate)
        digest = sha256(result.candidate).hexdigest()
        click.echo(f"wrote the candidate to {output}, SHA-256 {digest}", err=True)
    print_findings(result.findings, form, title="Records")
    return 1 if result.findings else 0
