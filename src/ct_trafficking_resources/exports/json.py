"""The records themselves as JSON, and how every JSON format is written.

The records are the edition as the schemas describe it, less what must not be
shown, plus ``pin`` and, in each contact point, ``uri``.

JSON is written one record a line, and safe in a page: ``<``, ``>``, ``&`` and
everything outside ASCII are escaped, U+2028 and U+2029 with it. So no text can end
a script element, and no mark that turns the direction of text stands in the source.
"""

from __future__ import annotations

from json import JSONEncoder
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.edition.storage import lay_out
from ct_trafficking_resources.exports.contents import LICENSE, is_safe, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ct_trafficking_resources.exports.contents import Contactable, Selection


def render(selection: Selection) -> str:
    """Return one JSON document."""
    directory = selection.directory
    return json_text(
        {
            "edition": directory.edition,
            "pin": directory.pin,
            "released": directory.released.isoformat(),
            "review_by": directory.review_by.isoformat(),
            "status": directory.status,
            "statement": directory.statement,
            "license": LICENSE,
            "task_forces": list(map(_safe, selection.task_forces)),
            "organizations": list(map(_safe, selection.organizations)),
            "channels": list(map(_safe, selection.channels)),
            "laws": [law.to_dict() for law in selection.laws],
        }
    )


def _safe(record: Contactable) -> dict[str, Any]:
    """Return a record without the contact points whose link no schema allows."""
    document = record.to_dict()
    if record.contacts:
        document["contacts"] = [
            contact.to_dict() for contact in record.contacts if is_safe(contact)
        ]
    return document


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
