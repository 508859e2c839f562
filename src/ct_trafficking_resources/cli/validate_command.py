"""``ct-resources validate``: check partners' updates, or many records, one a line."""

from __future__ import annotations

import os
import sys
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import click

from ct_trafficking_resources.cli import options
from ct_trafficking_resources.cli.findings import as_report, print_findings
from ct_trafficking_resources.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ct_trafficking_resources.findings import Finding, RuleText
    from ct_trafficking_resources.updates.bulk import Line
    from ct_trafficking_resources.updates.report import UpdateReport

_LINES = (".jsonl", ".ndjson")
_MOST = 1_000
"""Findings of a stream that are printed; the others are counted."""

submitted_by = click.option(
    "--submitted-by",
    metavar="ORG",
    help="The organization that the file came from, as you know it from how it arrived.",
)

confirm = click.option(
    "--confirm",
    "confirmed",
    multiple=True,
    metavar="RECORD/CONTACT=VALUE",
    help="What you confirmed with the partner by a way that you knew before. May be repeated.",
)


@click.command("validate")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(allow_dash=False), metavar="FILE..."
)
@submitted_by
@confirm
@as_report
@options.edition
@options.on
@click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Processes for files of lines; 0 for one a core.",
)
@click.option(
    "--schema-only",
    is_flag=True,
    help="For files of lines: leave out what the schema does not say.",
)
def command(  # noqa: PLR0913 - click gives options by name
    *,
    files: tuple[str, ...],
    submitted_by: str | None,
    confirmed: tuple[str, ...],
    form: str,
    edition: str | None,
    on: date | None,
    jobs: int,
    schema_only: bool,
) -> int:
    """Check partners' updates: may they go in, and what would they change?

    FILE is an update: .json, .csv or .xlsx. A file that ends in .jsonl or
    .ndjson holds one record or update a line; its lines are checked each for
    itself, as a stream. Exit status 1 if there is an error.
    """
    streams = [file for file in files if file.lower().endswith(_LINES)]
    updates = [file for file in files if file not in streams]
    good = (
        _validate_updates(updates, form, submitted_by, confirmed, edition, on) if updates else True
    )
    for file in streams:
        good &= _validate_lines(
            file, form, jobs or os.cpu_count() or 1, on, schema_only=schema_only
        )
    return 0 if good else 1


def rules() -> tuple[RuleText, ...]:
    """Return every rule that a check of an update may name."""
    from ct_trafficking_resources.rules import RULES
    from ct_trafficking_resources.updates.reading_rules import READING_RULES
    from ct_trafficking_resources.updates.rules import TEXT_RULES, UPDATE_RULES

    return (*READING_RULES, *TEXT_RULES, *UPDATE_RULES, *RULES)


def print_update(report: UpdateReport, form: str) -> None:
    """Print the check of one update in one of the forms that `reports` has."""
    from ct_trafficking_resources.updates import wording

    if form == "json":
        options.print_json(report.to_dict())
    elif form in {"text", "markdown"}:
        click.echo(getattr(wording, form)(report), nl=False)
    else:
        print_findings(report.findings, form, title="Updates", rules=rules())


def _validate_updates(  # noqa: PLR0913, PLR0917 - what the options say
    files: list[str],
    form: str,
    submitted_by: str | None,
    confirmed: tuple[str, ...],
    edition: str | None,
    on: date | None,
) -> bool:
    from ct_trafficking_resources.editions import load
    from ct_trafficking_resources.updates.check import check_update

    directory = load(edition)
    found = [
        check_update(file, submitted_by, directory, on=on, confirmed=confirmed) for file in files
    ]
    if form == "json" and len(found) > 1:
        options.print_json([report.to_dict() for report in found])
    elif form == "sarif":
        findings = [finding for report in found for finding in report.findings]
        print_findings(findings, form, title="Updates", rules=rules())
    else:
        for report in found:
            print_update(report, form)
    return all(report.ok for report in found)


def _validate_lines(file: str, form: str, jobs: int, on: date | None, *, schema_only: bool) -> bool:
    from ct_trafficking_resources.updates.bulk import check_lines

    counts: Counter[Severity] = Counter()
    with open(file, "rb") as stream:  # noqa: PTH123 - as click gives it
        size = os.fstat(stream.fileno()).st_size
        lines = _with_bar(
            check_lines(stream, file, jobs=jobs, on=on, schema_only=schema_only), size
        )
        found = _counted(lines, counts)
        shown = tuple(islice(found, _MOST))
        print_findings(shown, form, title=file, rules=rules())
        for _ in found:
            pass  # the rest is counted
    total = counts.total()
    if total > len(shown):
        click.echo(f"{total - len(shown):,} more findings are not shown.", err=True)
    click.echo(
        f"{file}: {', '.join(f'{counts[one]:,} {one.value}s' for one in Severity)}.", err=True
    )
    return not counts[Severity.ERROR]


def _counted(lines: Iterator[Line], counts: Counter[Severity]) -> Iterator[Finding]:
    for line in lines:
        for finding in line.findings:
            counts[finding.severity] += 1
            yield finding


def _with_bar(lines: Iterator[Line], size: int) -> Iterator[Line]:
    """Show on a terminal how far the file is read."""
    if not _is_terminal():
        yield from lines
        return
    with click.progressbar(length=size, label="Checking", file=sys.stderr) as bar:
        for line in lines:
            bar.update(line.size)
            yield line


def _is_terminal() -> bool:
    return sys.stderr.isatty()
