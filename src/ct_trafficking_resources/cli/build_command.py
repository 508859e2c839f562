"""``ct-resources build``: check the records folder and write the edition."""

from __future__ import annotations

from pathlib import Path

import click

from ct_trafficking_resources.cli.findings import as_report, print_findings

_DATA = Path("src/ct_trafficking_resources/data")


@click.command("build")
@click.option(
    "--records",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path("records"),
    show_default=True,
    help="The records folder.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=_DATA,
    show_default=True,
    help="Where the shipped files stand.",
)
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
def command(records: Path, data: Path, check: bool, format_records: bool, form: str) -> int:  # noqa: FBT001 - click gives options by name
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
            findings = build.differences(result.shipped, data)
        else:
            build.write(result.shipped, data)
    print_findings(findings, form, title="Records")
    return 1 if findings else 0
