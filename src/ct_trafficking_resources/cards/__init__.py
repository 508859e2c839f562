"""Who should see what, in which words; one module an output form.

`selection` holds the rules as data and applies them, `phrases` gives the words,
`composition` makes the card, and each further module is one form of it, or the
tool that hands it out. Numbers always come from contact points of a directory;
nothing here knows one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.cards.composition import Card, card
from ct_trafficking_resources.cards.phrases import card_languages as languages
from ct_trafficking_resources.lazy import importer

if TYPE_CHECKING:
    from ct_trafficking_resources.cards.html import HtmlText, stylesheet
    from ct_trafficking_resources.cards.text import SmsText
    from ct_trafficking_resources.cards.tool import call_tool, tool_schema

__all__ = [
    "Card",
    "HtmlText",
    "SmsText",
    "call_tool",
    "card",
    "languages",
    "stylesheet",
    "tool_schema",
]

_HOME = {
    "HtmlText": "html",
    "SmsText": "text",
    "call_tool": "tool",
    "stylesheet": "html",
    "tool_schema": "tool",
}

if not TYPE_CHECKING:  # pragma: no branch - to a type checker, a misspelled name is an error
    __getattr__ = importer(__name__, _HOME)
