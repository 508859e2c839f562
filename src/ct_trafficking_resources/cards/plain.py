"""A card as plain types, for JSON and for templates of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.cards import phrases
from ct_trafficking_resources.cards.wording import wording

if TYPE_CHECKING:
    from ct_trafficking_resources.cards.composition import Card
    from ct_trafficking_resources.cards.phrases import Way
    from ct_trafficking_resources.cards.selection import Entry
    from ct_trafficking_resources.cards.wording import Wording


def to_dict(card: Card) -> dict[str, Any]:
    """Return the card as plain types; see `Card.to_dict`."""
    words = wording(card.language)
    return {
        "audience": str(card.audience),
        "language": card.language,
        "wording_review": words.review,
        "edition": card.edition,
        "pin": card.pin,
        "status": card.status,
        "review_by": card.review_by.isoformat(),
        "on": card.on.isoformat() if card.on else None,
        "title": words[f"title.{card.audience}"],
        "lead": words[f"lead.{card.audience}"],
        "safety": words[f"safety.{card.audience}"],
        "entries": [_entry(entry, card, words) for entry in card.entries],
        "dates": list(phrases.dates(card, words)),
    }


def _entry(entry: Entry, card: Card, words: Wording) -> dict[str, Any]:
    channel = entry.channel
    return {
        "id": channel.id,
        "name": phrases.name(channel, words),
        "need": str(entry.need),
        "heading": phrases.heading(entry, words),
        "facts": phrases.facts(entry, words),
        "answers": list(phrases.answers(channel, card, words)),
        "answered_by": channel.answered_by and str(channel.answered_by),
        "mandated_reporters": channel.mandated_reporters,
        "anonymous": channel.anonymous,
        "contacts": [_contact(way) for way in phrases.ways(entry, words)],
    }


def _contact(way: Way) -> dict[str, Any]:
    contact = way.contact
    return {
        "id": contact.id,
        "mode": str(contact.mode),
        "kind": str(contact.kind),
        "value": contact.value,
        "display": way.shown,
        "uri": way.uri,
        "instruction": way.verb,
        "detail": way.detail,
        "keyword": contact.keyword,
        "always_open": contact.hours.always_open if contact.hours else None,
        "languages": list(contact.languages),
        "interpreter_languages": list(contact.interpreter_languages),
        "evidence_level": str(contact.evidence.level),
        "evidence_newest": contact.evidence.newest.isoformat(),
    }
