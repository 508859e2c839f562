"""A card as HTML: headings, lists and links, and nothing that moves.

No script, no image, no address of another server but the links themselves.
Only `ELEMENTS` with `ATTRIBUTES` are ever written; everything else is escaped.
A part of a page carries classes and no style, so that it takes the look of the
page around it and needs no exception from a content security policy.

A page to print and hang up: large type, the number, and a code to scan.

Made for a wall that is read from two metres and photographed in a second. The
page is HTML with print rules for one sheet; a browser prints it.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from ct_trafficking_resources.cards import phrases
from ct_trafficking_resources.cards.phrases import wording
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.errors import MissingExtra, UnknownTerm
from ct_trafficking_resources.model.channels import EMERGENCY
from ct_trafficking_resources.vocabulary import Mode, Purpose
from ct_trafficking_resources.web import PLAIN_HOST
from ct_trafficking_resources.words import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.cards.composition import Card
    from ct_trafficking_resources.cards.phrases import Way, Wording
    from ct_trafficking_resources.cards.selection import Entry

ELEMENTS = frozenset(
    {"html", "head", "meta", "title", "style", "body", "main", "section"}
    | {"h1", "h2", "h3", "h4", "h5", "p", "ul", "li", "a", "span", "strong", "wbr"}
)
ATTRIBUTES = frozenset({"lang", "charset", "name", "content", "class", "href", "rel", "aria-label"})

_ADDRESS = re.compile(rf"{PLAIN_HOST}(?:/[A-Za-z0-9._~/-]*)?\Z")
_DEEPEST = 4


_NUMBER = re.compile(r"[0-9][0-9-]{3,}[0-9]")
"""A number that is broken over two lines is read as another number."""

_WHOLE = r'<span class="ctr-whole">\g<0></span>'


@cache
def stylesheet(name: str = "card") -> str:
    """Return the style that goes with the classes of a card, or of a ``poster``."""
    return storage.part(f"{name}.css", "cards/styles").decode()


class HtmlText(str):
    """HTML that templates take as it is.

    Jinja2 asks any value for ``__html__``; Django asks only text.
    """

    __slots__ = ()

    def __html__(self) -> str:
        """Return itself: it is escaped already."""
        return str(self)


def render(
    card: Card, *, page: bool, title: str | None, exit_to: str | None, heading: int
) -> HtmlText:
    """Return the card as HTML; see `Card.html`."""
    if exit_to is not None and not _ADDRESS.match(exit_to):
        raise ValueError(f"exit_to is no plain https address: {exit_to[:80]!r}")
    if not 1 <= heading <= _DEEPEST:
        raise ValueError(f"heading is a level from 1 to {_DEEPEST}, not {heading}")
    words = wording(card.language)
    body = "\n".join(_section(card, words, 1 if page else heading, exit_to))
    if not page:
        return HtmlText(body)
    return whole_page(
        body, language=card.language, title=title or words["page.title"], style=stylesheet()
    )


def whole_page(body: str, *, language: str, title: str, style: str) -> HtmlText:
    """Return a page around a body."""
    return HtmlText(
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(one_line(title))}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _section(card: Card, words: Wording, level: int, exit_to: str | None) -> Iterator[str]:
    yield f'<section class="ctr-card" lang="{card.language}">'
    if exit_to is not None:
        yield from _exit(exit_to, words)
    yield f'<h{level} class="ctr-title">{escape(words[f"title.{card.audience}"])}</h{level}>'
    yield _paragraph("ctr-lead", phrases.lead(card, words))
    below = level + 1
    for entry in card.first:
        yield from _first(entry, words, below)
    if card.more:
        yield f'<section class="ctr-more"><h{below}>{escape(words["heading.more"])}</h{below}>'
        yield "<ul>"
        for entry in card.more:
            yield from _more(entry, words)
        yield "</ul></section>"
    if said := phrases.hotline_answers(card, words):
        yield _part(below, words["heading.answers"], said)
    yield _part(below, words["heading.safety"], words[f"safety.{card.audience}"])
    yield _paragraph("ctr-dates", " ".join(phrases.dates(card, words)))
    yield "</section>"


def _exit(address: str, words: Wording) -> Iterator[str]:
    """Yield the exit link after GOV.UK's "Exit this page", without its script."""
    yield (
        f'<p class="ctr-exit"><a href="{escape(address)}" rel="nofollow noreferrer">'
        f'<span class="ctr-hidden">{escape(words["page.exit_emergency"])}: </span>'
        f"{escape(words['page.exit'])}</a> <span>{escape(words['page.exit_limits'])}</span></p>"
    )


def _first(entry: Entry, words: Wording, level: int) -> Iterator[str]:
    now = entry.need == Purpose.EMERGENCY
    yield f'<section class="{"ctr-now" if now else "ctr-hotline"}">'
    yield f"<h{level}>{escape(phrases.large_title(entry, words))}</h{level}>"
    if below := phrases.large_facts(entry, words):
        yield _paragraph("ctr-facts", below)
    yield "<ul>"
    yield from _ways(entry, words)
    yield "</ul></section>"


def _more(entry: Entry, words: Wording) -> Iterator[str]:
    yield f"<li><strong>{escape(phrases.heading(entry, words))}</strong>"
    yield f"<span>{escape(phrases.about(entry, words))}</span>"
    yield "<ul>"
    yield from _ways(entry, words)
    yield "</ul></li>"


def _ways(entry: Entry, words: Wording) -> Iterator[str]:
    name = phrases.name(entry.channel, words)
    for way in phrases.ways(entry, words):
        yield item(way, _link(way, name))


def item(way: Way, said: str) -> str:
    """Return a way as an item of a list, with what else to know.

    Args:
        way: The way.
        said: What to do and where, as HTML.
    """
    detail = f" <span>{_NUMBER.sub(_WHOLE, escape(way.detail))}</span>" if way.detail else ""
    return f'<li class="ctr-{escape(str(way.contact.mode))}">{said}{detail}</li>'


def _link(way: Way, name: str) -> str:
    """Return a link whose name begins with what is seen (WCAG 2.5.3)."""
    label = escape(f"{way.verb} {way.shown}")
    if way.uri is None:
        return f"<span>{label}</span>"
    # An address that is wider than a telephone is broken where one reads it in parts.
    seen = label.replace("/", "/<wbr>")
    away = ' rel="nofollow noreferrer"' if way.uri.startswith("https:") else ""
    return f'<a href="{escape(way.uri)}"{away} aria-label="{label}, {escape(name)}">{seen}</a>'


def _part(level: int, title: str, said: str) -> str:
    return (
        f'<section class="ctr-part"><h{level}>{escape(title)}</h{level}>'
        f"<p>{escape(said)}</p></section>"
    )


def _paragraph(name: str, text: str) -> str:
    return f'<p class="{name}">{escape(text)}</p>'


SIZES = {"letter": "8.5in 11in", "a4": "210mm 297mm"}
"""Sheets, as CSS writes them."""

MODES = frozenset({Mode.VOICE, Mode.TEXT, Mode.RELAY, Mode.TTY, Mode.CHAT})
"""Ways that stand on a sheet: a form is not filled in from a wall."""

POSTER_ELEMENTS = frozenset({"svg", "path"})
POSTER_ATTRIBUTES = frozenset(
    {"class", "viewbox", "role", "aria-label", "d", "stroke", "xmlns", "transform", "fill"}
)
"""What the code to scan adds to the elements of a page."""


def render_poster(card: Card, *, size: str, qr: bool) -> HtmlText:
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
    yield f'<p class="ctr-lead">{escape(phrases.lead(card, words))}</p>'
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
