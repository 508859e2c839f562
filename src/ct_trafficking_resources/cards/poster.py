"""A page to print and hang up: large type, the number, and a code to scan.

Made for a wall that is read from two metres and photographed in a second. The
page is HTML with print rules for one sheet; a browser prints it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ct_trafficking_resources.cards import phrases
from ct_trafficking_resources.cards.html import item, stylesheet, whole_page
from ct_trafficking_resources.cards.wording import wording
from ct_trafficking_resources.errors import MissingExtra, UnknownTerm
from ct_trafficking_resources.model.channels import EMERGENCY
from ct_trafficking_resources.vocabulary import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.cards.composition import Card
    from ct_trafficking_resources.cards.html import HtmlText
    from ct_trafficking_resources.cards.phrases import Way
    from ct_trafficking_resources.cards.selection import Entry
    from ct_trafficking_resources.cards.wording import Wording

SIZES = {"letter": "8.5in 11in", "a4": "210mm 297mm"}
"""Sheets, as CSS writes them."""

MODES = frozenset({Mode.VOICE, Mode.TEXT, Mode.RELAY, Mode.TTY, Mode.CHAT})
"""Ways that stand on a sheet: a form is not filled in from a wall."""

ELEMENTS = frozenset({"svg", "path"})
ATTRIBUTES = frozenset(
    {"class", "viewbox", "role", "aria-label", "d", "stroke", "xmlns", "transform", "fill"}
)
"""What the code to scan adds to the elements of a page."""


def render(card: Card, *, size: str, qr: bool) -> HtmlText:
    """Return a page to print; see `Card.poster`."""
    if size not in SIZES:
        raise UnknownTerm("poster size", size, tuple(SIZES))
    words = wording(card.language)
    body = "\n".join(_sheet(card, words, qr=qr))
    style = f"@page {{ size: {SIZES[size]}; margin: 0; }}\n{stylesheet('poster')}"
    return whole_page(
        f'<section class="ctr-poster ctr-{size}" lang="{card.language}">\n{body}\n</section>',
        language=card.language,
        title=words[f"title.{card.audience}"],
        style=style,
    )


def _sheet(card: Card, words: Wording, *, qr: bool) -> Iterator[str]:
    yield f"<h1>{escape(words[f'title.{card.audience}'])}</h1>"
    yield f'<p class="ctr-lead">{escape(words[f"lead.{card.audience}"])}</p>'
    main = True
    for entry in card.first:
        if entry.channel.id == EMERGENCY:
            number = phrases.ways(entry, words)[0]
            asked = escape(phrases.heading(entry, words))
            yield f'<p class="ctr-now"><span>{asked}</span> <span>{_said(number)}</span></p>'
        else:
            yield from _line(entry, card, words, main=main, qr=qr and main)
            main = False
    yield '<p class="ctr-foot">'
    yield f"<strong>{escape(words['poster.not_the_notice'])}</strong>"
    yield f"<span>{escape(' '.join(phrases.dates(card, words)))}</span></p>"


def _line(entry: Entry, card: Card, words: Wording, *, main: bool, qr: bool) -> Iterator[str]:
    """Yield a line; one sheet has one main line and one code, or nobody sees either."""
    every = phrases.ways(entry, words)
    live = tuple(way for way in every if way.contact.mode in MODES) or every
    ways = live if main else phrases.shortest(live)
    calls = [way for way in ways if way.contact.mode == Mode.VOICE]
    yield f'<section class="{"ctr-hotline" if main else "ctr-beside"}">'
    yield f"<h2>{escape(phrases.large_title(entry, words))}</h2>"
    yield f'<p class="ctr-facts">{escape(phrases.large_facts(entry, words))}</p>'
    yield from _list("ctr-calls", calls)
    if qr and calls and calls[0].uri:
        yield _code(calls[0].uri, calls[0].shown, words)
    yield from _list("ctr-others", [way for way in ways if way not in calls])
    if main:
        said = " ".join(phrases.answers(entry.channel, card, words))
        yield f'<p class="ctr-answers">{escape(said)}</p>'
    yield "</section>"


def _list(name: str, ways: list[Way]) -> Iterator[str]:
    if not ways:
        return
    yield f'<ul class="{name}">'
    yield from (item(way, _said(way)) for way in ways)
    yield "</ul>"


def _said(way: Way) -> str:
    return f"{escape(way.verb)} <strong>{escape(way.shown)}</strong>"


def _code(uri: str, shown: str, words: Wording) -> str:
    """Return the code that calls a number, with the number in text below it."""
    try:
        import segno
    except ImportError as error:
        raise MissingExtra("qr", "segno", "or leave the code out (qr=False, --no-qr)") from error
    label = f"{words['poster.scan']}: {shown}"
    drawn: str = segno.make(uri, error="m", micro=False).svg_inline(
        border=4, omitsize=True, svgclass="ctr-code", lineclass=None
    )
    named = drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1)
    said = f"<span>{escape(words['poster.scan'])}:</span> <strong>{escape(shown)}</strong>"
    return f'<p class="ctr-scan">{named}{said}</p>'
