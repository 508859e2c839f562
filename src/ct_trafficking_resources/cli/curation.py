"""The commands for curators: from a partner's form to a release.

`template` draws the form, `validate` checks what comes back, `apply` puts it into
the records; `build` checks the records, `checklist` lists what a person must look
at, `release` makes an edition.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.cli import options
from ct_trafficking_resources.clock import today
from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.errors import NotReadable
from ct_trafficking_resources.publishing.checklist import checklist, markdown
from ct_trafficking_resources.publishing.folder import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.updates.apply import Application
    from ct_trafficking_resources.updates.bulk import Line
    from ct_trafficking_resources.updates.check import UpdateReport

# --- template ------------------------------------------------------------------------------------

_TEMPLATES = ("json", "csv", "xlsx", "html")


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
    type=click.Choice(_TEMPLATES),
    help="The form, where the ending does not say it. html is a page that works offline.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@options.edition
def template_command(
    organization: str,
    output: Path | None,
    form: str | None,
    force: bool,  # noqa: FBT001 - click gives options by name
    edition: str | None,
) -> None:
    """Draw the records of ORG as a form that its staff edit and send back.

    ORG is the id of an organization, as `ct-resources list partners` shows it.
    """
    from ct_trafficking_resources.updates.template import template

    ending = output.suffix.lower().removeprefix(".") if output else ""
    form = form or (ending if ending in _TEMPLATES else None) or ("json" if not output else None)
    if form is None:
        raise click.UsageError(f"Name the file .{', .'.join(_TEMPLATES)}, or give --form.")
    if form == "xlsx" and output is None:
        raise click.UsageError("A spreadsheet is not printed; give -o FILE.xlsx.")
    if output and output.exists() and not force:
        raise click.UsageError(f"{output} is there already; --force writes over it.")
    data = template(organization, form, load(edition))
    if output is None:
        click.echo(data, nl=False)
    else:
        replace_file(output, data)
        click.echo(f"wrote {output}", err=True)


# --- validate ------------------------------------------------------------------------------------

_LINES = (".jsonl", ".ndjson")
_MOST = 1_000
"""Findings of a stream that are printed; the others are counted."""

submitted_by = click.option(
    "--submitted-by",
    metavar="ORG",
    help="The organization that the file came from, as you know it from how it arrived.",
)


def _confirmed(
    _context: click.Context, _option: click.Parameter, typed: tuple[tuple[str, str, str, str], ...]
) -> tuple[dict[str, str], ...]:
    from ct_trafficking_resources.updates.evidence import from_words

    return tuple(from_words(*words) for words in typed)


confirm = click.option(
    "--confirm",
    "confirmed",
    type=(str, str, str, str),
    multiple=True,
    metavar="RECORD/CONTACT=VALUE ROLE WAY DAY",
    callback=_confirmed,
    help="What you confirmed with the partner, as you heard it; the role of the person you asked;"
    " how you asked (telephone-on-record, email-on-record, in-person or letter); the day. May be"
    " repeated.",
)


@click.command("validate")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(allow_dash=False), metavar="FILE..."
)
@submitted_by
@confirm
@options.as_report
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
def validate_command(  # noqa: PLR0913 - click gives options by name
    *,
    files: tuple[str, ...],
    submitted_by: str | None,
    confirmed: tuple[dict[str, str], ...],
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


def print_update(report: UpdateReport, form: str) -> None:
    """Print the check of one update in one of the forms that `reports` has."""
    from ct_trafficking_resources.updates.report import report_markdown, report_text

    if form == "json":
        options.print_json(report.to_dict())
    elif form == "text":
        click.echo(report_text(report), nl=False)
    elif form == "markdown":
        click.echo(report_markdown(report), nl=False)
    else:
        options.print_findings(report.findings, form, title="Updates")


def _validate_updates(  # noqa: PLR0913, PLR0917 - what the options say
    files: list[str],
    form: str,
    submitted_by: str | None,
    confirmed: tuple[dict[str, str], ...],
    edition: str | None,
    on: date | None,
) -> bool:
    from ct_trafficking_resources.updates.check import check_update

    directory = load(edition)
    found = [
        check_update(file, submitted_by, directory, on=on, confirmed=confirmed) for file in files
    ]
    if form == "json" and len(found) > 1:
        options.print_json([report.to_dict() for report in found])
    elif form == "sarif":
        findings = [finding for report in found for finding in report.findings]
        options.print_findings(findings, form, title="Updates")
    else:
        for report in found:
            print_update(report, form)
    return all(report.ok for report in found)


def _validate_lines(file: str, form: str, jobs: int, on: date | None, *, schema_only: bool) -> bool:
    from ct_trafficking_resources.checks.strict_json import open_file
    from ct_trafficking_resources.updates.bulk import check_lines

    counts: Counter[Severity] = Counter()
    try:
        handle = open_file(file, pipes=True)
    except NotReadable as error:
        raise click.ClickException(f"{file}: {error.message} {error.hint}") from error
    with os.fdopen(handle, "rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        lines = _with_bar(
            check_lines(stream, file, jobs=jobs, on=on, schema_only=schema_only), size
        )
        found = _counted(lines, counts)
        shown = tuple(islice(found, _MOST))
        options.print_findings(shown, form, title=file)
        for _ in found:
            pass  # the rest is counted
    total = counts.total()
    if total > len(shown):
        click.echo(f"{total - len(shown):,} more findings are not shown.", err=True)
    click.echo(
        f"{file}: {', '.join(f'{counts[severity]:,} {severity.value}s' for severity in Severity)}.",
        err=True,
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
    with click.progressbar(length=size, label="Checking", file=sys.stderr, width=0) as bar:
        for line in lines:
            bar.update(line.size)
            yield line


def _is_terminal() -> bool:
    return options.status_width() > 0


# --- apply ---------------------------------------------------------------------------------------


@click.command("apply")
@click.argument("file", type=click.Path())
@options.records
@submitted_by
@confirm
@options.as_report
@options.on
@click.option("--dry-run", is_flag=True, help="Write nothing; print the diff.")
def apply_command(  # noqa: PLR0913 - click gives options by name
    *,
    file: str,
    records: Path,
    submitted_by: str | None,
    confirmed: tuple[dict[str, str], ...],
    form: str,
    on: date | None,
    dry_run: bool,
) -> int:
    """Check the update in FILE and put it into the records: everything, or nothing.

    What it changes gets the update as its evidence, and the update is kept in
    records/updates. Apps see the change with the next release. Exit status 1 if
    it was refused.
    """
    from ct_trafficking_resources.updates.apply import apply_update

    done = apply_update(
        file,
        records,
        submitted_by=submitted_by,
        confirmed=confirmed,
        on=on,
        dry_run=dry_run,
    )
    _print(done, form)
    if dry_run and form == "text":
        click.echo(done.diff(), nl=False)
    if done.written:
        click.echo(f"wrote {', '.join(done.files)} in {records}", err=True)
        click.echo("This is a candidate until the next `ct-resources release`.", err=True)
    return 0 if done.ok else 1


def _print(done: Application, form: str) -> None:
    """Print one document, whatever speaks in it: the update, or the records around it."""
    if form == "json":
        options.print_json(done.to_dict())
    elif form == "sarif":
        options.print_findings(done.findings, form, title="Updates")
    else:
        if done.report is not None:
            print_update(done.report, form)
        if done.beside:
            options.print_findings(done.beside, form, title="Records")


# --- build, release ------------------------------------------------------------------------------

_DATA = ("ct_trafficking_resources", "data")


def _outside_the_data(
    _context: click.Context, _option: click.Parameter, path: Path | None
) -> Path | None:
    """Refuse a file below the data folder of the package, in whatever checkout it stands."""
    if path is not None and any(parent.parts[-2:] == _DATA for parent in path.resolve().parents):
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
@options.as_report
def build_command(
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
    options.print_findings(result.findings, form, title="Records")
    return 1 if result.findings else 0


@click.command("release")
@click.argument("edition")
@options.records
@options.data
@options.changelog
@options.on
@click.option("--check", is_flag=True, help="Write nothing; say whether it could be released.")
@options.as_format
def release_command(  # noqa: PLR0913, PLR0917 - click gives options by name
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
    if result.folder.finished:
        click.echo("A run that was stopped had begun a change; it is finished now.", err=True)
    if result.files and not check:
        release.write(result)
        click.echo(f'Set __version__ = "{edition}", commit, and tag it.', err=True)
    options.print_findings(result.findings, form)
    return 1 if result.findings else 0


# --- checklist -----------------------------------------------------------------------------------


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
def checklist_command(
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
