"""A card as HTML: headings, lists and links, and nothing that moves.

No script, no image, no address of another server but the links themselves.
Only `ELEMENTS` with `ATTRIBUTES` are ever written; everything else is escaped.
A part of a page carries classes and no style, so that it takes the look of the
page around it and needs no exception from a content security policy.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from ct_trafficking_resources import resources
from ct_trafficking_resources.cards import phrases
from ct_trafficking_resources.cards.wording import wording
from ct_trafficking_resources.vocabulary import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.cards.composition import Card
    from ct_trafficking_resources.cards.phrases import Way
    from ct_trafficking_resources.cards.selection import Entry
    from ct_trafficking_resources.cards.wording import Wording

ELEMENTS = frozenset(
    {"html", "head", "meta", "title", "style", "body", "main", "section"}
    | {"h1", "h2", "h3", "h4", "h5", "p", "ul", "li", "a", "span", "strong", "wbr"}
)
ATTRIBUTES = frozenset({"lang", "charset", "name", "content", "class", "href", "rel", "aria-label"})

_ADDRESS = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[A-Za-z0-9._~/-]*)?\Z")
_DEEPEST = 4


_NUMBER = re.compile(r"[0-9][0-9-]{3,}[0-9]")
"""A number that is broken over two lines is read as another number."""

_WHOLE = r'<span class="ctr-whole">\g<0></span>'


@cache
def stylesheet(name: str = "card") -> str:
    """Return the style that goes with the classes of a card, or of a ``poster``."""
    return resources.read(f"{name}.css", folder="cards/styles").decode()


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
        f"<title>{escape(phrases.clean(title))}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _section(card: Card, words: Wording, level: int, exit_to: str | None) -> Iterator[str]:
    yield f'<section class="ctr-card" lang="{card.language}">'
    if exit_to is not None:
        yield from _exit(exit_to, words)
    yield f'<h{level} class="ctr-title">{escape(words[f"title.{card.audience}"])}</h{level}>'
    yield _paragraph("ctr-lead", words[f"lead.{card.audience}"])
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
