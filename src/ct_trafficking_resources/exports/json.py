"""The records themselves as JSON, with the link of each contact point.

It is the edition as the schemas describe it, less what must not be shown, plus
``pin`` and, in each contact point, ``uri``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.exports.labels import json_text
from ct_trafficking_resources.exports.selection import LICENSE, is_safe

if TYPE_CHECKING:
    from ct_trafficking_resources.exports.selection import Contactable, Selection


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
            "task_forces": list(map(_with_links, selection.task_forces)),
            "organizations": list(map(_with_links, selection.organizations)),
            "channels": list(map(_with_links, selection.channels)),
            "laws": list(map(encode, selection.laws)),
        }
    )


def _with_links(record: Contactable) -> dict[str, Any]:
    document = encode(record)
    if record.contacts:
        document["contacts"] = [
            {**encoded, "uri": contact.uri}
            for contact, encoded in zip(record.contacts, document["contacts"], strict=True)
            if is_safe(contact)
        ]
    return document
