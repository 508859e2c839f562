"""A place in a text that holds a contact, or may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ct_trafficking_resources.audit.known import UNKNOWN, Judgement

if TYPE_CHECKING:
    from ct_trafficking_resources.vocabulary import ValueKind

_ASCII = str.maketrans(
    {
        **{chr(start + digit): str(digit) for start in (0xFF10, 0x0660, 0x06F0) for digit in range(10)},
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", " "),
        "\uff08": "(",
        "\uff09": ")",
        "\uff0b": "+",
    }
)
"""Digits, hyphens and spaces of other scripts, each to one character of ASCII."""


def plain(text: str) -> str:
    """Return a text of the same length whose digits, hyphens and spaces are ASCII."""
    return text if text.isascii() else text.translate(_ASCII)


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
