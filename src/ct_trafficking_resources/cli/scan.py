"""``ct-resources scan``: find contacts in files, and say which are wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.cli import options
from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.words import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ct_trafficking_resources.checks.findings import Finding

_STDIN = "-"
_EVERY = 200


@click.command("scan")
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, allow_dash=True),
    metavar="PATH...",
)
@options.as_report
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A JSON report of an earlier scan: what it names is not reported again.",
)
@click.option(
    "--fail-on",
    type=options.choice(Severity),
    default=Severity.WARNING.value,
    show_default=True,
    help="The least severity that makes the exit status 1.",
)
@click.option(
    "--hand-typed",
    is_flag=True,
    help="Also name what is right but typed in by hand, and what gives it.",
)
@options.edition
def scan_command(  # noqa: PLR0913 - click gives options by name
    *,
    paths: tuple[str, ...],
    form: str,
    baseline: Path | None,
    fail_on: str,
    hand_typed: bool,
    edition: str | None,
) -> int:
    """Find contacts in files and folders, and say which are wrong.

    What git ignores is passed over, and so are binary files; links are not
    followed. PATH - reads standard input.
    """
    from ct_trafficking_resources.audit import baseline as earlier

    before = earlier.read_file(baseline) if baseline else None
    found = _findings(paths, edition, hand_typed=hand_typed)
    findings = tuple(found if before is None else earlier.new(found, before))
    options.print_findings(findings, form, title="Audit")
    worst = list(Severity)
    failing = worst[: worst.index(Severity(fail_on)) + 1]
    return 1 if any(finding.severity in failing for finding in findings) else 0


def _findings(
    paths: tuple[str, ...], edition: str | None, *, hand_typed: bool
) -> Iterator[Finding]:
    from ct_trafficking_resources.audit.scanning import scan, scan_stream

    directory = load(edition)
    width = options.status_width()
    show = _progress(width) if width else None
    for path in paths:
        if path == _STDIN:
            if sys.stdin is None:  # closed by the caller
                raise click.ClickException("There is no standard input to read.")
            stream = sys.stdin.buffer
            yield from scan_stream(stream, "<stdin>", directory, hand_typed=hand_typed)
        else:
            yield from scan([path], directory, hand_typed=hand_typed, progress=show)
    if show is not None:
        click.echo(f"\r{'':{width}}\r", err=True, nl=False)


def _progress(width: int) -> Callable[[str], None]:
    """Return what shows, on one line of the terminal, how far the scan is."""
    seen = 0

    def show(name: str) -> None:
        nonlocal seen
        seen += 1
        if seen % _EVERY == 1:
            line = visible(f"{seen} files, {click.format_filename(name)}")
            click.echo(f"\r{line[:width]:{width}}", err=True, nl=False)

    return show
