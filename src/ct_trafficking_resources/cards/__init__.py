"""Who should see what, in which words; one module an output form.

`policy` holds the rules as data, `selection` applies them, `wording` and
`phrases` give the words, and each further module is one form. Numbers always
come from contact points of a directory; nothing here knows one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.cards.composition import Card, card
from ct_trafficking_resources.cards.phrases import card_languages as languages
from ct_trafficking_resources.lazy import importer

if TYPE_CHECKING:
    from ct_trafficking_resources.cards.html import HtmlText, stylesheet
    from ct_trafficking_resources.cards.prompt import call_tool, tool_schema
    from ct_trafficking_resources.cards.text import SmsText

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
    "call_tool": "prompt",
    "stylesheet": "html",
    "tool_schema": "prompt",
}

__getattr__ = importer(__name__, _HOME)
