"""How the JSON formats are written: one record a line, safe in a page.

``<``, ``>``, ``&`` and everything outside ASCII are escaped, U+2028 and U+2029
with it. So no text can end a script element, and no mark that turns the
direction of text stands in the source.
"""

from __future__ import annotations

from json import JSONEncoder
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.exports.wording import plain
from ct_trafficking_resources.layout import lay_out

if TYPE_CHECKING:
    from collections.abc import Mapping


def filled(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document without the members that say nothing."""
    return {key: value for key, value in document.items() if value not in (None, "", [], ())}


def json_text(document: Mapping[str, Any]) -> str:
    """Return a document as JSON, the items of its lists one a line."""
    text = lay_out(_cleaned(document), JSONEncoder(separators=(",", ":")))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _cleaned(value: Any) -> Any:
    """Return a value whose texts hold nothing that the schemas refuse."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, list) else value
