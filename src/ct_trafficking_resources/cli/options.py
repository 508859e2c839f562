"""Options that several commands share."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ct_trafficking_resources.publishing.files import replace_file

if TYPE_CHECKING:
    from datetime import date, datetime
    from enum import StrEnum


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


def _file(_context: click.Context, _option: click.Parameter, path: Path | None) -> Path | None:
    return None if path == Path("-") else path


output = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    callback=_file,
    help="Write this file, as a whole or not at all, instead of printing.",
)

records = click.option(
    "--records",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
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
