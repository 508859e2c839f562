"""``ct-resources card``, and ``ct-resources`` alone: the right lines for one reader."""

from __future__ import annotations

from datetime import datetime, timezone

import click

from ct_trafficking_resources.cards import card, text
from ct_trafficking_resources.cards.wording import wording
from ct_trafficking_resources.cli import options, terminal
from ct_trafficking_resources.model.channels import HOTLINE
from ct_trafficking_resources.vocabulary import Audience


@click.command("card")
@click.option(
    "--audience", type=options.choice(Audience), default="victim", show_default=True, help="Who reads it."
)
@click.option("--lang", default="en", show_default=True, help="Language of the words: en, es.")
@options.edition
def command(audience: str = "victim", lang: str = "en", edition: str | None = None) -> None:
    """Print the card: the right lines for one reader."""
    today = datetime.now(timezone.utc).astimezone().date()
    made = card(audience, lang, options.directory_of(edition), on=today)
    paint = terminal.paint if terminal.is_terminal() else text.plain
    click.echo(text.render(made, width=terminal.width(), paint=paint))
    click.echo(wording(made.language).fill("date.sources", command=f"ct-resources show {HOTLINE}"))
