"""What several commands share: options, and how things are printed.

A terminal gets what it can show (width, weight of type, links), a file is
written as a whole, and findings are printed in every form that `reports` has.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ct_trafficking_resources.checks import reports
from ct_trafficking_resources.publishing.folder import replace_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from enum import StrEnum

    from ct_trafficking_resources.cards.text import Piece
    from ct_trafficking_resources.checks.findings import Finding


def choice(vocabulary: type[StrEnum]) -> click.Choice[str]:
    """Return the click type for the words of a vocabulary."""
    return click.Choice([member.value for member in vocabulary])


edition = click.option(
    "--edition",
    metavar="EDITION",
    help="An edition or a pin EDITION@sha256:HEX; the newest if not given.",
)

as_format = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)

as_report = click.option(
    "--format",
    "form",
    type=click.Choice(list(reports.FORMS)),
    default="text",
    show_default=True,
    help="How to print the findings.",
)


def _file(_context: click.Context, _option: click.Parameter, path: Path | None) -> Path | None:
    return None if path == Path("-") else path


output = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    callback=_file,
    help="Write this file, as a whole or not at all, instead of printing.",
)


def _folder(_context: click.Context, _option: click.Parameter, path: Path) -> Path:
    if not path.is_dir():
        raise click.BadParameter(f"{str(path)!r} is no folder.")
    return path


records = click.option(
    "--records",
    type=click.Path(path_type=Path, file_okay=False),
    callback=_folder,
    default=Path("records"),
    show_default=True,
    help="The records folder.",
)

data = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("src/ct_trafficking_resources/data"),
    show_default=True,
    help="Where the shipped files stand.",
)

changelog = click.option(
    "--changelog",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("CHANGELOG.md"),
    show_default=True,
    help="The changelog, whose data part is made from the editions.",
)


def _day(_context: click.Context, _option: click.Parameter, moment: datetime | None) -> date | None:
    return moment.date() if moment else None


on = click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=_day,
    metavar="DATE",
    help="The day to look at it, YYYY-MM-DD; today in Connecticut if not given.",
)


def put(text: str, output: Path | None) -> None:
    """Write a text to a file, or print it; in UTF-8, whatever the terminal has."""
    if output is None:
        click.echo(text.encode(), nl=False)
    else:
        replace_file(output, text.encode())


def print_json(value: Any) -> None:
    """Print a value as JSON, readable.

    A stream in another encoding than UTF-8 gets ASCII, which JSON in any of
    them is.
    """
    ascii_only = "utf" not in sys.stdout.encoding.lower()
    click.echo(json.dumps(value, ensure_ascii=ascii_only, indent=2))


LETTER = 72
"""Columns where there is no terminal, as in a letter."""

_WEIGHTS = {"title": "1", "heading": "1;4", "need": "1", "contact": "1"}
"""Weight, not color: it is seen on every background, and by everyone."""


def is_terminal() -> bool:
    """Tell whether marks may be printed: a terminal that is not a dumb one."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Return the columns of the terminal, or those of a letter if there is none."""
    return shutil.get_terminal_size((LETTER, 24)).columns if sys.stdout.isatty() else LETTER


def status_width() -> int:
    """Return the columns for a line about what is going on; 0 where none is wanted."""
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return 0
    try:
        columns = os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return min(columns or 80, 79) - 1


def paint(piece: Piece) -> str:
    """Return a piece with its weight (unless NO_COLOR is set) and its link (OSC 8)."""
    weight = None if os.environ.get("NO_COLOR") else _WEIGHTS.get(piece.role)
    shown = f"\x1b[{weight}m{piece.text}\x1b[0m" if weight else piece.text
    return f"\x1b]8;;{piece.uri}\x1b\\{shown}\x1b]8;;\x1b\\" if piece.uri else shown


def print_findings(
    findings: Sequence[Finding],
    form: str,
    *,
    title: str = "Findings",
) -> None:
    """Print findings in one of the forms that `reports` has."""
    click.echo(reports.render(form, findings, title=title), nl=False)
