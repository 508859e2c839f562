"""A card as Markdown (CommonMark), for documents, issues and chat clients."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ct_trafficking_resources.cards import phrases
from ct_trafficking_resources.cards.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.cards.composition import Card
    from ct_trafficking_resources.cards.phrases import Way
    from ct_trafficking_resources.cards.selection import Entry
    from ct_trafficking_resources.cards.wording import Wording

_MARKS = re.compile(r"[\\`*_\[\]<>|~@:!#]|&(?=[#\w])|(?<=www)\.", re.IGNORECASE)
"""What begins markup inside a line, and what GitHub would turn into a link.

Hyphens are left alone, so that a number can be searched for and copied."""


def escape(text: str) -> str:
    """Return plain text so that Markdown shows it as it is."""
    return _MARKS.sub(r"\\\g<0>", text)


def render(card: Card) -> str:
    """Return the card as Markdown; see `Card.markdown`."""
    return "\n".join(_lines(card, wording(card.language))) + "\n"


def _lines(card: Card, words: Wording) -> Iterator[str]:
    yield f"# {words[f'title.{card.audience}']}"
    yield f"\n{words[f'lead.{card.audience}']}"
    for entry in card.first:
        yield f"\n## {escape(phrases.large_title(entry, words))}\n"
        if below := phrases.large_facts(entry, words):
            yield f"{escape(below)}\n"
        yield from (f"- {_way(way)}" for way in phrases.ways(entry, words))
    if card.more:
        yield f"\n## {words['heading.more']}\n"
        for entry in card.more:
            yield from _more(entry, words)
    if said := phrases.hotline_answers(card, words):
        yield f"\n## {words['heading.answers']}\n"
        yield said
    yield f"\n## {words['heading.safety']}\n"
    yield words[f"safety.{card.audience}"]
    yield f"\n*{' '.join(phrases.dates(card, words))}*"


def _more(entry: Entry, words: Wording) -> Iterator[str]:
    name, facts = escape(phrases.name(entry.channel, words)), phrases.facts(entry, words)
    yield f"- **{phrases.heading(entry, words)}**: {name}. {facts}".rstrip()
    # By four spaces: readers older than CommonMark do not see two.
    yield from (f"    - {_way(way)}" for way in phrases.ways(entry, words))


def _way(way: Way) -> str:
    shown = escape(way.shown)
    link = f"[{shown}](<{way.uri}>)" if way.uri else shown
    return f"{way.verb} {link}" + (f" ({escape(way.detail)})" if way.detail else "")
