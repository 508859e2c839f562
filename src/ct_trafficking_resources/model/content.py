"""What a record says, as a document and in canonical form.

The canonical form is RFC 8785 (JSON Canonicalization Scheme). For these data
it is simple, because a record holds strings, integers and booleans only: keys
in order (they are ASCII), no white space, UTF-8, and nothing escaped but the
quotation mark, the backslash and control characters.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, cast

import attrs

_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


def canonical_json(document: Any) -> bytes:
    """Return the canonical form (RFC 8785) of a document without floats."""
    import json

    return json.dumps(
        document, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()


def encode(record: attrs.AttrsInstance) -> dict[str, Any]:
    """Return the document of a record or of a part of one, in the model's order."""
    fields = {
        name: _plain(value)
        for name, default in _defaults(type(record))
        if (value := getattr(record, name)) != default
    }
    kind = getattr(type(record), "kind", None)
    return {"kind": kind, **fields} if isinstance(kind, str) else fields


@cache
def _defaults(cls: type) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in attrs.fields(cls))


def _plain(value: object) -> Any:
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return encode(cast("attrs.AttrsInstance", value)) if attrs.has(type(value)) else value
