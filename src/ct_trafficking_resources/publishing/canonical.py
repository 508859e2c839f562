"""The one way in which a document is written.

Records are written for people: indented, keys in the order of the model.
Editions are written for machines and for diffs: one record a line.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def record_text(document: Mapping[str, Any]) -> str:
    """Return the text of a record file."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def shipped_text(document: Mapping[str, Any]) -> str:
    """Return the text of a file that is shipped: one record a line."""
    lines = ",\n".join(f"{_line(key)}:{_section(value)}" for key, value in document.items())
    return f"{{\n{lines}\n}}\n"


def _section(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(map(_line, value)) + "\n]"
    return _line(value)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
