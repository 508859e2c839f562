"""How a shipped file is laid out: JSON, one record a line.

A diff then shows which record changed, and a look-up parses one line of the
file and not all of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SECTIONS = {
    "task_forces": "task force",
    "organizations": "organization",
    "channels": "help channel",
    "laws": "law",
}
"""The sections of an edition, each with the kind of record that it holds."""

_SEPARATORS = (",", ":")
_RECORD = b'{"kind":"'
_ID = 7
"""Place of the id among the parts of a record's line, split at the quotes."""


def write(document: Mapping[str, Any]) -> bytes:
    """Return the bytes of a shipped file: the same for the same document."""
    return lay_out(document, json.JSONEncoder(ensure_ascii=False, separators=_SEPARATORS)).encode()


def lay_out(document: Mapping[str, Any], encoder: json.JSONEncoder) -> str:
    """Return the text of a document, the items of its sections one a line."""
    lines = ",\n".join(
        f"{encoder.encode(key)}:{_section(value, encoder)}" for key, value in document.items()
    )
    return f"{{\n{lines}\n}}\n"


def _section(value: Any, encoder: json.JSONEncoder) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(map(encoder.encode, value)) + "\n]"
    return encoder.encode(value)


def skim(data: bytes) -> dict[str, Any]:
    """Return the document of a file that `write` wrote, its records unparsed.

    A record is the bytes of its line; `parse` makes a document of it.
    """
    head: list[bytes] = []
    sections: dict[str, list[bytes]] = {}
    records: list[bytes] = []
    for line in data.splitlines():
        if line.startswith(_RECORD):
            records.append(line)
        elif line.endswith(b":["):
            records = sections[line.split(b'"')[1].decode()] = []
        elif line.startswith(b'"'):
            head.append(line.removesuffix(b","))
    return {**json.loads(b"{%s}" % b",".join(head)), **sections}


def parse(record: bytes | dict[str, Any]) -> dict[str, Any]:
    """Return the document of a record, be it still the bytes of its line or not."""
    return json.loads(record.removesuffix(b",")) if isinstance(record, bytes) else record


def id_of(record: bytes | dict[str, Any]) -> str:
    """Return the id of a record without parsing its line."""
    if isinstance(record, bytes):
        return record.split(b'"', _ID + 1)[_ID].decode()
    id: str = record["id"]
    return id


def is_dated(record: bytes | dict[str, Any]) -> bool:
    """Tell whether a value of a record, or of a whole file, begins or ends on a day.

    The bytes are not parsed: inside a string the quotes would be escaped.
    """
    if isinstance(record, bytes):
        return b'"valid_' in record  # valid_from, valid_to
    contacts = record.get("contacts", ())
    return any("valid_from" in contact or "valid_to" in contact for contact in contacts)
