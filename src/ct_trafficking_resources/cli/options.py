"""Options that several commands share."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
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


def print_json(value: Any) -> None:
    """Print a value as JSON, readable.

    A stream in another encoding than UTF-8 gets ASCII, which JSON in any of
    them is.
    """
    ascii_only = "utf" not in sys.stdout.encoding.lower()
    click.echo(json.dumps(value, ensure_ascii=ascii_only, indent=2))
