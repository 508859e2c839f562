"""What all records and their parts share: equality, hash, repr and digest.

They are the same as attrs would generate, written once: generating them anew
for each class is half the cost of importing the model. So every class here is
declared with ``eq=False, repr=False`` and derives from `Part`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

if TYPE_CHECKING:
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

        from ct_trafficking_resources.model.content import canonical_json, encode

        return sha256(canonical_json(encode(cast("attrs.AttrsInstance", self)))).hexdigest()

    def __repr__(self) -> str:
        """Return the attributes that are set; evidence only as three dots."""
        shown = (
            f"{field.name}={'...' if field.name == 'evidence' else repr(value)}"
            for field, value in zip(self.__attrs_attrs__, self._values(), strict=True)
            if value != field.default
        )
        return f"{type(self).__name__}({', '.join(shown)})"
