"""What all records and their parts share: equality, hash, repr and digest.

They are the same as attrs would generate, written once: generating them anew
for each class is half the cost of importing the model. So every class here is
declared with ``eq=False, repr=False`` and derives from `Part`.

What a record says, as a document and in canonical form.

The canonical form is RFC 8785 (JSON Canonicalization Scheme). For these data
it is simple, because a record holds strings, integers and booleans only: keys
in order (they are ASCII), no white space, UTF-8, and nothing escaped but the
quotation mark, the backslash and control characters.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, cast

import attrs


class Part:
    """A record or a part of one: equal if its class and attributes are."""

    __slots__ = ()

    __attrs_attrs__: ClassVar[tuple[attrs.Attribute[object], ...]]

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, field.name) for field in self.__attrs_attrs__)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical content, in lower-case hexadecimal.

        It covers everything that is seen of the record, its evidence included,
        so that an app can log exactly what it showed. The canonical form is
        RFC 8785.
        """
        from hashlib import sha256

        return sha256(canonical_json(encode(cast("attrs.AttrsInstance", self)))).hexdigest()

    def __repr__(self) -> str:
        """Return the attributes that are set; evidence only as three dots."""
        shown = (
            f"{field.name}={'...' if field.name == 'evidence' else repr(value)}"
            for field, value in zip(self.__attrs_attrs__, self._values(), strict=True)
            if value != field.default
        )
        return f"{type(self).__name__}({', '.join(shown)})"


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
