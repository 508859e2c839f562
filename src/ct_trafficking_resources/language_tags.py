"""Language tags: what has their form, and which language they name (BCP 47)."""

from __future__ import annotations

from typing import Any

_LONGEST_PART = 8
_REGION, _SCRIPT = 2, 4


def canonical(tag: Any) -> str | None:
    """Return a language tag in its usual case, or None if it is none.

    Case makes no difference to what a tag means (RFC 5646, section 2.1.1).
    """
    if not isinstance(tag, str) or not tag.isascii():
        return None
    first, *rest = tag.lower().split("-")
    if not (first.isalpha() and len(first) in {2, 3}):
        return None
    if not all(part.isalnum() and len(part) <= _LONGEST_PART for part in rest):
        return None
    return "-".join([first, *map(_in_usual_case, rest)])


def primary(tag: str) -> str:
    """Return the language of a tag in its usual case, without script and region.

    Regions and scripts make no difference: who reads ``es-MX`` is understood by
    staff who speak ``es``.
    """
    return tag.partition("-")[0]


def _in_usual_case(part: str) -> str:
    if len(part) == _REGION:
        return part.upper()
    return part.capitalize() if len(part) == _SCRIPT else part
