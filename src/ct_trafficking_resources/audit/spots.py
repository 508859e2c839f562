"""Places in a text: those that hold a contact, or may, and which of them stand apart."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Protocol, TypeVar

import attrs

from ct_trafficking_resources.audit.known import UNKNOWN, Judgement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ct_trafficking_resources.vocabulary import ValueKind


@attrs.frozen(kw_only=True)
class Spot:
    """A place in a text that holds a contact, or may.

    Attributes:
        kind: What form the contact has.
        value: National digits, code, host, or address in lower case.
        start: Where it begins.
        end: Where it ends.
        judged: What the value is by itself.
    """

    kind: ValueKind
    value: str
    start: int
    end: int
    judged: Judgement = attrs.field(default=UNKNOWN, repr=False)


class Stretch(Protocol):
    """Anything about a stretch of a text."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


Some = TypeVar("Some", bound=Stretch)


def apart(ranked: Iterable[Some]) -> tuple[Some, ...]:
    """Return, in the order of the text, what overlaps nothing that comes before it in rank."""
    kept: dict[int, Some] = {}
    starts: list[int] = []
    for one in ranked:
        index = bisect_right(starts, one.start)
        before = kept[starts[index - 1]].end if index else 0
        after = starts[index] if index < len(starts) else one.end
        if before <= one.start and one.end <= after:
            starts.insert(index, one.start)
            kept[one.start] = one
    return tuple([kept[start] for start in starts])
