"""The card as a tool that a language model calls.

What it answers with is what `prompt` lets through: typed values, no prose.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.cards.composition import card
from ct_trafficking_resources.cards.phrases import card_languages
from ct_trafficking_resources.cards.prompt import NOT_FOUND, contacts, rules
from ct_trafficking_resources.cards.selection import POLICIES
from ct_trafficking_resources.errors import ResourceError
from ct_trafficking_resources.vocabulary import Audience, Mode, Purpose

if TYPE_CHECKING:
    from ct_trafficking_resources.edition.directory import Directory


def tool_schema() -> dict[str, Any]:
    """Return the description of a tool for function calling.

    ``parameters`` is a JSON Schema; some services call that key
    ``input_schema``. Answer the call with `call_tool`.
    """
    return {
        "name": "connecticut_trafficking_contacts",
        "description": (
            "Checked contacts for help with human trafficking in Connecticut: the emergency"
            " number, the national hotline, and further lines for one reader. Use it whenever a"
            " person may need help or wants to report. Repeat what it returns verbatim."
        ),
        "parameters": {
            "type": "object",
            "properties": {
                "audience": {
                    "type": "string",
                    "enum": [str(audience) for audience in Audience],
                    "description": "Who needs the contacts. "
                    + " ".join(f"{audience}: {POLICIES[audience].reason}" for audience in Audience),
                },
                "language": {
                    "type": "string",
                    "enum": list(card_languages()),
                    "description": "Language of the person.",
                },
                "purpose": {
                    "type": "string",
                    "enum": [str(purpose) for purpose in Purpose],
                    "description": "One need, if only that is asked about.",
                },
                "mode": {
                    "type": "string",
                    "enum": [str(mode) for mode in Mode if mode != Mode.EMAIL],
                    "description": "One way of reaching a line, if only that can be used.",
                },
            },
            "required": ["audience"],
            "additionalProperties": False,
        },
    }


def call_tool(arguments: Mapping[str, Any], directory: Directory | None = None) -> dict[str, Any]:
    """Answer a model's call of the tool.

    A call that does not fit the schema is answered too: with the reason, and
    with 911 and the hotline.

    Args:
        arguments: What the model gave, decoded from JSON.
        directory: Where the lines are taken from; ``load()`` if None.
    """
    known = tool_schema()["parameters"]["properties"]
    asked = arguments if isinstance(arguments, Mapping) else {"": arguments}
    status = "OK" if set(asked) <= set(known) else NOT_FOUND
    try:
        made = card(
            directory=directory,
            **{key: asked[key] for key in known if asked.get(key) not in (None, "")},
        )
    except (ResourceError, TypeError):
        status, made = NOT_FOUND, card(directory=directory, purpose=Purpose.TRAFFICKING_HELP)
    listed = contacts(made)
    return {
        "status": status,
        "verbatim_only": True,
        "edition": made.pin,
        "edition_status": made.status,
        "review_by": made.review_by.isoformat(),
        "rules": rules(listed),
        "contacts": listed,
    }
