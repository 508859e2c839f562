"""What numbers of the North American Numbering Plan are, as data with reasons.

Only what the stored values need. What people type is read with phonenumbers,
in the updates and the audit.
"""

from __future__ import annotations

CONNECTICUT_AREA_CODES = frozenset({"203", "475", "860", "959"})
"""203 and 475 in the south-west, 860 and 959 in the rest of the state."""

TOLL_FREE_PREFIXES = frozenset({"800", "833", "844", "855", "866", "877", "888"})
"""Toll-free prefixes in use (47 CFR 52.101); each prefix is another number."""

_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
"""ITU-T E.161."""


def digits_of(text: str) -> str:
    """Return the national digits in a number as printed or as stored."""
    digits = "".join([character for character in text if character in "0123456789"])
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits  # noqa: PLR2004


def spell(letters: str) -> str:
    """Return the digits that letters stand for on a keypad."""
    return digits_of(letters.upper().translate(_KEYPAD))


def is_premium(e164: str) -> bool:
    """Tell whether a call costs extra: 900, and 976 as exchange."""
    return e164[2:5] == "900" or e164[5:8] == "976"


def is_fictitious(e164: str) -> bool:
    """Tell whether a number is kept for fiction: 555-0100 to 555-0199."""
    return e164[5:10] == "55501"
