"""Tombstones and misprints: always the newest that the installed package knows.

They stand apart from the editions, so that an app pinned to an old edition
still learns what must not be shown any more.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources import resources
from ct_trafficking_resources.codec import decode

if TYPE_CHECKING:
    from ct_trafficking_resources.model import Misprint, Tombstone


class History(NamedTuple):
    """What is no longer true, and what never was.

    Attributes:
        tombstones: Sorted by id.
        misprints: Sorted by id.
    """

    tombstones: tuple[Tombstone, ...]
    misprints: tuple[Misprint, ...]

    def tombstone(self, id: str) -> Tombstone | None:
        """Return the tombstone of a withdrawn record, or None."""
        return next((stone for stone in self.tombstones if stone.id == id), None)


@cache
def installed() -> History:
    """Return the history that came with the installed package."""
    return History(
        tombstones=_read("tombstones.json"),
        misprints=_read("misprints.json"),
    )


def _read(name: str) -> tuple[Any, ...]:
    return tuple(map(decode, json.loads(resources.read(name))["records"]))
