"""``ct-resources release``: make a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ct_trafficking_resources.cli import options
from ct_trafficking_resources.cli.findings import print_findings
from ct_trafficking_resources.clock import today

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command("release")
@click.argument("edition")
@options.records
@options.data
@options.changelog
@options.on
@click.option("--check", is_flag=True, help="Write nothing; say whether it could be released.")
@options.as_format
def command(  # noqa: PLR0913, PLR0917 - click gives options by name
    edition: str,
    records: Path,
    data: Path,
    changelog: Path,
    on: date | None,
    check: bool,  # noqa: FBT001
    form: str,
) -> int:
    """Release the records as EDITION: all checks, the edition, the index, the changelog.

    The number is written without zeros in front, is new, and goes forward.
    Nothing is written unless all is right. Editions that are shipped stay as
    they are, byte for byte.
    """
    from ct_trafficking_resources.publishing import release

    result = release.release(edition, records, data, changelog, on or today())
    if not result.findings and not check:
        release.write(result)
        click.echo(f'Set __version__ = "{edition}", commit, and tag it.', err=True)
    print_findings(result.findings, form)
    return 1 if result.findings else 0
