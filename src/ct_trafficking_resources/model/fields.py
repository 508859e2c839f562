"""The fields of all classes by what their metadata says; `base.having` asks of one class.

Whoever works on documents knows a text by its key alone: a key means the same in
every class that has it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from ct_trafficking_resources.model import base, channels, organizations
from ct_trafficking_resources.model.base import having, per_class

if TYPE_CHECKING:
    from collections.abc import Mapping

CLASSES: tuple[Any, ...] = (*channels.CLASSES, *organizations.CLASSES)
"""The classes of records and of their parts."""

_BY_NAME = {cls.__name__: cls for cls in CLASSES}
BY_KIND = {cls.kind: cls for cls in CLASSES if isinstance(getattr(cls, "kind", None), str)}
"""The class of each kind of record."""


def keys(trait: str, *values: str) -> frozenset[str]:
    """Return the names of the fields that have a trait, in whatever class; see `base.having`."""
    return base.keys(CLASSES, trait, *values)


@per_class
def parts(cls: type) -> Mapping[str, type]:
    """Return the fields of a class that hold parts, and the class of the parts."""
    found = {}
    for field in attrs.fields(cls):
        for name in re.findall(r"\w+", str(field.type)):
            if name in _BY_NAME:
                found[field.name] = _BY_NAME[name]
    return found


@per_class
def lists(cls: type) -> Mapping[str, type]:
    """Return the fields of a class that hold parts with evidence of their own."""
    return {
        name: part
        for name, part in parts(cls).items()
        if any(field.name == "evidence" for field in attrs.fields(part))
    }


def identity(cls: type, document: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what tells an item of a list from the others.

    Args:
        cls: The class of the items.
        document: One item.
    """
    return tuple(document.get(key) for key in having(cls, "key"))
