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

_WRITTEN = (
    (b"&", rb"&(?:nbsp|shy|ndash|minus|hyphen|#[0-9]{2,5}|#x[0-9a-fA-F]{2,4});"),
    (b"\\", rb"\\(?:u(?:00[aA][0dD]|201[0-3])|x[aA]0)"),
    (b"%", rb"%20"),
)
"""Gaps that are written out: entities of HTML, escapes of programming languages and of links."""

_NUMBER_BEHIND = rb"(?=[^0-9A-Za-z\n]{0,12}[0-9])"
_BEFORE_NUMBER = tuple((mark, re.compile(gap + _NUMBER_BEHIND)) for mark, gap in _WRITTEN)
_WRITTEN_GAP = re.compile(b"|".join(gap for _, gap in _WRITTEN))


def squeezed(data: bytes) -> bytes:
    """Return what is left of a text when gaps and the commonest letters are taken out."""
    return data.translate(_LOWER, _LEFT_OUT)


def without_written_gaps(data: bytes) -> bytes:
    """Return a text without the gaps that are written out, if one stands in a number."""
    if any(mark in data and gap.search(data) for mark, gap in _BEFORE_NUMBER):
        return _WRITTEN_GAP.sub(b"", data)
    return data
