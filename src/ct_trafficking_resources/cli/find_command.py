"""``ct-resources find``: the help channels that fit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from ct_trafficking_resources.cli import options
from ct_trafficking_resources.cli.list_command import print_record
from ct_trafficking_resources.clock import ZONE
from ct_trafficking_resources.codec import encode
from ct_trafficking_resources.editions import load
from ct_trafficking_resources.search import fitting
from ct_trafficking_resources.vocabulary import Audience, Mode, Purpose

if TYPE_CHECKING:
    from datetime import datetime


@click.command("find")
@click.option("--audience", type=options.choice(Audience), help="Whom it is for.")
@click.option("--purpose", type=options.choice(Purpose), help="What it is for.")
@click.option("--mode", type=options.choice(Mode), help="How it is reached.")
@click.option("--language", metavar="TAG", help="BCP 47 tag, such as es.")
@click.option(
    "--open-at",
    type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    help=f"A moment in Connecticut's time ({ZONE}).",
)
@click.option("--town", help="A town of Connecticut.")
@options.edition
@options.as_format
def command(  # noqa: PLR0913, PLR0917 - click gives options by name
    audience: str | None,
    purpose: str | None,
    mode: str | None,
    language: str | None,
    open_at: datetime | None,
    town: str | None,
    edition: str | None,
    form: str,
) -> int:
    """Find help channels, most fitting first. Exit status 1 if none fits.

    Each line shows the contact that fits best: a number to call, where it is not
    said otherwise.
    """
    at = open_at.replace(tzinfo=ZoneInfo(ZONE)) if open_at else None
    channels = load(edition).find(
        audience=audience,
        purpose=purpose,
        mode=mode,
        language=language,
        open_at=at,
        town=town,
    )
    if form == "json":
        options.print_json([encode(channel) for channel in channels])
    for channel in channels if form == "text" else ():
        ways = fitting(channel, purpose, mode, language, at)
        _, _, contact = min(ways, key=lambda way: (way[2].mode != Mode.VOICE, *way[:2]))
        print_record(channel, contact)
    if not channels:
        click.echo("No help channel fits all of that.", err=True)
    return 0 if channels else 1
