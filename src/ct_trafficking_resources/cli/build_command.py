"""``ct-resources build``: check the records folder and write the edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ct_trafficking_resources.cli import options
from ct_trafficking_resources.cli.findings import as_report, print_findings

if TYPE_CHECKING:
    from pathlib import Path


@click.command("build")
@options.records
@options.data
@options.changelog
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; say whether what stands there is what the records give.",
)
@click.option(
    "--format-records",
    is_flag=True,
    help="First rewrite record files that are not in canonical form.",
)
@as_report
def command(  # noqa: PLR0913, PLR0917 - click gives options by name
    records: Path,
    data: Path,
    changelog: Path,
    check: bool,  # noqa: FBT001
    format_records: bool,  # noqa: FBT001
    form: str,
) -> int:
    """Check the records folder and write the edition it gives.

    Nothing is written unless all is right.
    """
    from ct_trafficking_resources.publishing import build

    if format_records and not check:
        for name in build.format_records(records):
            click.echo(f"rewrote {name}", err=True)
    result = build.build(records, data)
    findings = result.findings
    if result.shipped is not None:
        if check:
            findings = build.differences(result.shipped, data, changelog)
        else:
            build.write(result.shipped, data, changelog)
    print_findings(findings, form, title="Records")
    return 1 if findings else 0
