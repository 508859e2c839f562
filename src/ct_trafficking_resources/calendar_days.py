"""Days that no calendar has, such as 30 February.

A schema's pattern tells the form of a date and not whether there is such a
day; the records could not be built from one.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.findings import error_at
from ct_trafficking_resources.strict_json import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.findings import Finding
    from ct_trafficking_resources.strict_json import Placed

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def impossible_days(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Yield JSON Pointer and text of each date in a document that is no day."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from impossible_days(item, join(pointer, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from impossible_days(item, join(pointer, index))
    elif isinstance(value, str) and _DAY.match(value):
        try:
            date.fromisoformat(value)
        except ValueError:
            yield pointer, value


def day_findings(text: Placed, document: Any, base: str = "") -> Iterator[Finding]:
    """Yield a finding for each date in a document that is no day.

    Args:
        text: What knows where a value stands.
        document: The document, or a part of it.
        base: JSON Pointer to that part.
    """
    for pointer, day in impossible_days(document, base):
        yield error_at(
            "CTR107", text.place(pointer), f"There is no day {day}.", "Correct the date."
        )
