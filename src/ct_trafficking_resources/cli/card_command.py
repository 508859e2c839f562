"""``ct-resources card``, and ``ct-resources`` alone: the right lines for one reader."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from ct_trafficking_resources.cards import card, text
from ct_trafficking_resources.cards.poster import SIZES
from ct_trafficking_resources.cards.wording import wording
from ct_trafficking_resources.cli import options, terminal
from ct_trafficking_resources.editions import load
from ct_trafficking_resources.model.channels import HOTLINE
from ct_trafficking_resources.vocabulary import Audience, Mode, Purpose

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ct_trafficking_resources.cards import Card

_FORMS = ("text", "markdown", "html", "sms", "poster", "prompt", "json")


@click.command("card")
@click.option(
    "--audience",
    type=options.choice(Audience),
    default=Audience.VICTIM.value,
    show_default=True,
    help="Who reads it.",
)
@click.option(
    "--lang", default="en", show_default=True, metavar="TAG", help="Language of the words: en, es."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    default="text",
    show_default=True,
    help="How to print it.",
)
@click.option("--purpose", type=options.choice(Purpose), help="Answer this need only.")
@click.option("--mode", type=options.choice(Mode), help="Show this way of reaching a line only.")
@click.option("--town", help="Leave out lines that do not serve this town.")
@click.option("--open-now", is_flag=True, help="Leave out lines that are known to be closed now.")
@click.option(
    "--style",
    type=click.Choice(text.STYLES),
    default="full",
    show_default=True,
    help="For text: how much.",
)
@click.option(
    "--width",
    type=click.IntRange(text.NARROWEST, 400),
    help="For text: columns; those of the terminal if not given.",
)
@click.option("--exit-to", metavar="URL", help='For html: where an "Exit this page" link leads.')
@click.option("--title", help="For html: the title; the default tells a passer-by nothing.")
@click.option(
    "--size",
    type=click.Choice(tuple(SIZES)),
    default="letter",
    show_default=True,
    help="For poster: the sheet.",
)
@click.option("--no-qr", is_flag=True, help="For poster: without the code to scan.")
@options.edition
@options.output
def command(  # noqa: PLR0913 - click gives options by name
    *,
    audience: str,
    lang: str,
    form: str,
    purpose: str | None,
    mode: str | None,
    town: str | None,
    open_now: bool,
    style: str,
    width: int | None,
    exit_to: str | None,
    title: str | None,
    size: str,
    no_qr: bool,
    edition: str | None,
    output: Path | None,
) -> None:
    """Print the card: the right lines for one reader.

    It always holds 911 and the national hotline.
    """
    now = datetime.now(UTC).astimezone()
    made = card(
        audience,
        lang,
        load(edition),
        purpose=purpose,
        mode=mode,
        town=town,
        open_at=now if open_now else None,
        on=now.date(),
    )
    forms: dict[str, Callable[[], str]] = {
        "text": lambda: _text(made, style, width, to_screen=output is None),
        "markdown": made.markdown,
        "html": lambda: made.html(page=True, title=title, exit_to=exit_to),
        "sms": lambda: f"{made.sms()}\n",
        "poster": lambda: made.poster(size=size, qr=not no_qr),
        "prompt": made.prompt,
        "json": lambda: json.dumps(made.to_dict(), ensure_ascii=False, indent=2) + "\n",
    }
    try:
        printed = forms[form]()
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    options.put(printed, output)
    if form == "sms":
        sms = made.sms()
        click.echo(f"{sms.encoding}, {sms.places} places, parts: {sms.parts}", err=True)


def _text(made: Card, style: str, width: int | None, *, to_screen: bool) -> str:
    """Return the card as text; a person at a terminal also learns where to look further."""
    shown = text.render(
        made,
        width=width or (terminal.width() if to_screen else terminal.LETTER),
        style=style,
        paint=terminal.paint if to_screen and terminal.is_terminal() else None,
    )
    if style != "full":
        return shown.rstrip("\n") + "\n"
    return f"{shown}\n{wording(made.language)['date.sources']}\n  ct-resources show {HOTLINE}\n"
