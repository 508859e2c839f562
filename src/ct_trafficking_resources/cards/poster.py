"""A page to print and hang up: large type, the number, and a code to scan.

Made for a wall that is read from two metres and photographed in a second. The
page is HTML with print rules for one sheet; a browser prints it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ct_trafficking_resources.cards import phrases
from ct_trafficking_resources.cards.html import stylesheet, whole_page
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
    for entry in card.always:
        if entry.channel.id == EMERGENCY:
            number = phrases.ways(entry, words)[0]
            yield (
                f'<p class="ctr-now">{escape(phrases.heading(entry, words))}'
                f" <strong>{_said(number)}</strong></p>"
            )
        else:
            yield from _hotline(entry, words, qr=qr)
    yield '<p class="ctr-foot">'
    yield f"<strong>{escape(words['poster.not_the_notice'])}</strong>"
    yield f"<span>{escape(' '.join(phrases.dates(card, words)))}</span></p>"


def _hotline(entry: Entry, words: Wording, *, qr: bool) -> Iterator[str]:
    ways = phrases.ways(entry, words)
    yield '<section class="ctr-hotline">'
    yield f"<h2>{escape(phrases.name(entry.channel, words))}</h2>"
    yield f'<p class="ctr-facts">{escape(phrases.facts(entry, words))}</p>'
    voice = next((way for way in ways if way.contact.mode == Mode.VOICE), None)
    code = _code(voice.uri, voice.shown, words) if qr and voice and voice.uri else ""
    yield f'<section class="ctr-reach">{code}<ul>'
    for way in ways:
        detail = f" <span>{escape(way.detail)}</span>" if way.detail else ""
        yield f'<li class="ctr-{escape(str(way.contact.mode))}">{_said(way)}{detail}</li>'
    yield "</ul></section>"
    yield f'<p class="ctr-answers">{escape(" ".join(phrases.answers(entry.channel, words)))}</p>'
    yield "</section>"


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
    return f'<p class="ctr-scan">{named}<span>{escape(label)}</span></p>'
