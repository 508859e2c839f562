"""What is left of a text when gaps and the commonest letters are taken out.

About half: what is searched for in it is found in half the time. What stands in
a text, squeezed, stands in the squeezed text, however its words and groups of
digits were parted; so what is not in the squeezed text is not in the text.
"""

from __future__ import annotations

import re

_COMMON = b"ors"
"""Letters that tell least. Vowels would shorten words too much, and the letters
of hexadecimal numbers, and of "to" and "at", keep the digits beside them apart."""

_KEPT = b"\n\r,:+&%\\|@!?$~^`" + b"0123456789abcdefghijklmnpqtuvwxyz"
"""Letters, and what parts one number from the next; all the rest can stand
within a number, or beside it, as well as between words."""

_LEFT_OUT = bytes(byte for byte in range(256) if chr(byte).lower().encode("latin-1") not in _KEPT)
_LOWER = bytes(range(256)).lower()

_WRITTEN_GAP = re.compile(
    rb"&(?:nbsp|shy|ndash|minus|hyphen|#[0-9]{2,5}|#x[0-9a-fA-F]{2,4});"
    rb"|\\(?:u(?:00[aA][0dD]|201[0-3])|x[aA]0)|%20"
)
"""Gaps that are written out: entities of HTML, escapes of programming languages and of links."""

_TRACES = (
    (b"&", re.compile(rb"&(?:(?:nbp|hy|ndah|minu|hyphen)[0-9]|[0-9]{3}|x[0-9a-f]{2,4}[0-9])")),
    (b"\\", re.compile(rb"\\(?:u(?:00a[0d]|201[0-3])|xa0)[0-9]")),
    (b"%", re.compile(rb"%20[0-9]")),
)
"""What is left of them in a squeezed text before a digit."""


def squeezed(data: bytes) -> bytes:
    """Return what is left of a text when gaps and the commonest letters are taken out."""
    return data.translate(_LOWER, _LEFT_OUT)


def has_written_gaps(left: bytes) -> bool:
    """Tell whether a squeezed text may come from one with gaps that are written out."""
    return any(mark in left and trace.search(left) for mark, trace in _TRACES)


def without_written_gaps(data: bytes) -> bytes:
    """Return a text without the gaps in it that are written out."""
    return _WRITTEN_GAP.sub(b"", data)
