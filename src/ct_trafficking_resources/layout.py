"""How a shipped file is laid out: JSON, one record a line.

A diff then shows which record changed, and a look-up parses one line of the
file and not all of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_RECORD = '{"kind":"'
_ID = 7
"""Place of the id among the parts of a record's line, split at the quotes."""


def write(document: Mapping[str, Any]) -> bytes:
    """Return the bytes of a shipped file: the same for the same document."""
    lines = ",\n".join(f"{_line(key)}:{_section(value)}" for key, value in document.items())
    return f"{{\n{lines}\n}}\n".encode()


def _section(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(map(_line, value)) + "\n]"
    return _line(value)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def skim(data: bytes) -> dict[str, Any]:
    """Return the document of a file that `write` wrote, its records unparsed.

    A record is the text of its line; `parse` makes a document of it.
    """
    head: list[str] = []
    sections: dict[str, list[str]] = {}
    section = ""
    for line in data.decode().split("\n"):
        if line.startswith(_RECORD):
            sections[section].append(line.removesuffix(","))
        elif line.endswith(":["):
            section = line.split('"')[1]
            sections[section] = []
        elif line.startswith('"'):
            head.append(line.removesuffix(","))
    return {**json.loads(f"{{{','.join(head)}}}"), **sections}


def parse(record: str | dict[str, Any]) -> dict[str, Any]:
    """Return the document of a record, be it still the text of its line or not."""
    return json.loads(record) if isinstance(record, str) else record


def id_of(record: str | dict[str, Any]) -> str:
    """Return the id of a record without parsing its line."""
    id: str = record.split('"', _ID + 1)[_ID] if isinstance(record, str) else record["id"]
    return id
