"""Who should see what, in which words; one module an output form.

`policy` holds the rules as data, `selection` applies them, `wording` and
`phrases` give the words, and each further module is one form. Numbers always
come from contact points of a directory; nothing here knows one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.cards.composition import Card, card
from ct_trafficking_resources.cards.wording import languages

if TYPE_CHECKING:
    from ct_trafficking_resources.cards.html import HtmlText, stylesheet
    from ct_trafficking_resources.cards.prompt import call_tool, tool_schema
    from ct_trafficking_resources.cards.sms import SmsText

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
    "SmsText": "sms",
    "call_tool": "prompt",
    "stylesheet": "html",
    "tool_schema": "prompt",
}


def __getattr__(name: str) -> object:
    try:
        home = _HOME[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
