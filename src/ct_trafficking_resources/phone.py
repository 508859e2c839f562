"""What numbers of the North American Numbering Plan are, as data with reasons.

Only what the stored values need. What people type is read with phonenumbers,
in the updates and the audit.

Numbers that are almost another number.

A syntax check cannot catch the most dangerous mistake: ``+18003737888`` is a
valid toll-free number, and not the hotline. What can be caught is a number that
is one slip away from one that is known.
"""

from __future__ import annotations

from enum import StrEnum, unique
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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


_PREFIX = 3
_DIGITS = "0123456789"


@unique
class Slip(StrEnum):
    """How a number was made from another one."""

    TOLL_FREE_PREFIX = "toll-free-prefix"
    SWAPPED_DIGITS = "swapped-digits"
    ONE_DIGIT = "one-digit"
    DROPPED_DIGIT = "dropped-digit"
    EXTRA_DIGIT = "extra-digit"


def slip(digits: str, right: str) -> Slip | None:
    """Return the slip that leads from *right* to *digits*, or None.

    Equal digits are no slip. Slips are looked for in the order of `Slip`; the
    first that explains the difference is returned.

    Args:
        digits: National digits as someone wrote them.
        right: National digits of a known number or code.
    """
    if digits == right:
        return None
    if len(digits) == len(right):
        return _same_length(digits, right)
    if len(digits) == len(right) - 1 and _one_left_out(digits, right):
        return Slip.DROPPED_DIGIT
    if len(digits) == len(right) + 1 and _one_left_out(right, digits):
        return Slip.EXTRA_DIGIT
    return None


def slips(right: str) -> Iterator[str]:
    """Yield the digits that one slip makes of others.

    Args:
        right: National digits of a known number or code.
    """
    for place, digit in enumerate(right):
        before, after = right[:place], right[place + 1 :]
        yield before + after
        yield from (before + other + after for other in _DIGITS if other != digit)
        yield from (before + other + digit + after for other in _DIGITS)
        if after and after[0] != digit:
            yield before + after[0] + digit + after[1:]
    yield from (right + other for other in _DIGITS)
    if right[:_PREFIX] in TOLL_FREE_PREFIXES:
        others = sorted(TOLL_FREE_PREFIXES - {right[:_PREFIX]})
        yield from (prefix + right[_PREFIX:] for prefix in others)


def _same_length(digits: str, right: str) -> Slip | None:
    prefixes = {digits[:_PREFIX], right[:_PREFIX]}
    if digits[_PREFIX:] == right[_PREFIX:] and prefixes <= TOLL_FREE_PREFIXES:
        return Slip.TOLL_FREE_PREFIX
    wrong = [place for place, digit in enumerate(digits) if digit != right[place]]
    if len(wrong) == 1:
        return Slip.ONE_DIGIT
    first, last = wrong[0], wrong[-1]
    if last == first + 1 and digits[first] == right[last] and digits[last] == right[first]:
        return Slip.SWAPPED_DIGITS
    return None


def _one_left_out(short: str, long: str) -> bool:
    """Tell whether *short* is *long* without one of its digits."""
    place = next((i for i, digit in enumerate(short) if digit != long[i]), len(short))
    return short[place:] == long[place + 1 :]
