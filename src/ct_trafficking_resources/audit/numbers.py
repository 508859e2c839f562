"""Telephone numbers in text, however they are written.

Grouped by anything, spelt with letters, spelt out in words; codes for text
messages and numbers of three digits where the words beside them say so. What is
found is judged by its digits alone; `phonenumbers` is asked only where it
matters whether an unknown number is one at all (`is_number`).

All patterns are bounded, and begin where the character before cannot be part
of the same run, so that the time grows with the length of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from ct_trafficking_resources.audit import policy
from ct_trafficking_resources.audit.known import Standing
from ct_trafficking_resources.audit.spots import Spot
from ct_trafficking_resources.telephone import (
    CONNECTICUT_AREA_CODES,
    TOLL_FREE_PREFIXES,
    digits_of,
    spell,
)
from ct_trafficking_resources.vocabulary import ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.audit.known import Known

_NATIONAL = 10
_FEWEST, _MOST = 9, 12
_TABLE = 60
"""A run of more digits is a table; only known numbers are looked for in it."""

_GAP = (
    r"(?:[ \t.()\[\]/\-]|&(?:nbsp|shy|ndash|minus|hyphen|#[0-9]{2,5}|#x[0-9a-fA-F]{2,4});"
    r"|\\u(?:00[aA]0|00[aA][dD]|201[0-3])|\\x[aA]0|%20)"
)
_START = r"(?:(?<![0-9A-Za-z_])|(?<=\\[nrt]))"
_RUN = re.compile(rf"{_START}[0-9](?>{_GAP}{{0,4}}[0-9]){{8,}}")
_GROUP = re.compile(rf"[0-9]+(?:({_GAP}*)|\Z)")
_PREFIXES = "|".join(sorted(TOLL_FREE_PREFIXES | CONNECTICUT_AREA_CODES))
_VANITY = re.compile(
    rf"{_START}(?:1[\-. ]{{0,2}})?\(?(?:{_PREFIXES})\)?[\-. ]{{0,3}}"
    r"(?=[0-9\-. ]{0,12}[A-Za-z])"
    r"[0-9A-Za-z](?:(?:[\-. ]?[0-9A-Za-z]){6}(?![0-9A-Za-z])|[\-]?[0-9A-Za-z](?:-?[0-9A-Za-z]){5,8}(?![0-9A-Za-z]))"
)
_WORDS = {
    "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "hundred": "00",
}  # fmt: skip
_WORD = "|".join(_WORDS)
_SPELT = re.compile(
    rf"(?<![A-Za-z])(?:{_WORD})(?:[\s,.\-]{{1,3}}(?:{_WORD})){{6,12}}(?![A-Za-z])", re.IGNORECASE
)
_CODE = re.compile(r"(?<![0-9A-Za-z_#$.\-])(?:[0-9]{5,6}|[0-9]{3}-[0-9]{3})(?![0-9A-Za-z_\-]|\.[0-9])")
_CODE_SENTENCE = re.compile(
    r"(?:(?:text|txt|sms|send)\b[^\n]{0,40}\b(?:to|at)|sms(?:to)?:|(?:text|sms)[^\w\n]{1,4})\W{0,3}\Z",
    re.IGNORECASE,
)
_N11 = re.compile(r"(?<![0-9A-Za-z_.\-])([0-9])-?([0-9])-?([0-9])(?![0-9A-Za-z_\-]|[.,][0-9])")


def numbers(text: str, known: Known) -> Iterator[Spot]:
    """Yield the telephone numbers in a text, and what might be one."""
    for run in _RUN.finditer(text):
        for spot in _in_run(text, run.start(), run.end(), known):
            yield attrs.evolve(spot, start=_opening(text, spot.start))
    for match in _VANITY.finditer(text):
        digits = spell(match[0])[:_NATIONAL]
        judged = known.number(digits)
        if judged.standing != Standing.UNKNOWN:
            yield _spot(digits, match.start(), match.end(), known)
    for match in _SPELT.finditer(text):
        words = re.split(r"[\s,.\-]+", match[0].lower())
        digits = digits_of("".join(_WORDS[word] for word in words))
        if known.number(digits).standing != Standing.UNKNOWN:
            yield _spot(digits, match.start(), match.end(), known)


def codes(text: str, known: Known) -> Iterator[Spot]:
    """Yield the codes for text messages, where the text speaks of texting."""
    for match in _CODE.finditer(text):
        digits = match[0].replace("-", "")
        judged = known.code(digits)
        if judged.standing == Standing.UNKNOWN:
            continue
        before = text[max(0, match.start() - policy.BESIDE) : match.start()]
        if judged.standing == Standing.NEAR_MISS:
            meant = _CODE_SENTENCE.search(before)
        else:
            after = text[match.end() : match.end() + policy.BESIDE]
            meant = policy.TEXTING.search(before.rpartition("\n")[2]) or policy.TEXTING.search(
                after.partition("\n")[0]
            )
        if meant:
            yield Spot(
                kind=ValueKind.SHORT_CODE,
                value=digits,
                start=match.start(),
                end=match.end(),
                judged=judged,
            )


def unknown_codes(text: str, known: Known) -> Iterator[Spot]:
    """Yield the codes that a sentence tells to text to, and that no record has."""
    for match in _CODE.finditer(text):
        before = text[max(0, match.start() - policy.BESIDE) : match.start()]
        digits = match[0].replace("-", "")
        if _CODE_SENTENCE.search(before) and known.code(digits).standing == Standing.UNKNOWN:
            yield Spot(
                kind=ValueKind.SHORT_CODE, value=digits, start=match.start(), end=match.end()
            )


def three_digits(text: str, known: Known) -> Iterator[Spot]:
    """Yield numbers such as 911, where the text speaks of dialling."""
    for match in _N11.finditer(text):
        judged = known.n11("".join(match.groups()))
        before = text[max(0, match.start() - 12) : match.start()]
        if judged.standing != Standing.UNKNOWN and policy.DIALLING.search(before):
            yield Spot(
                kind=ValueKind.N11,
                value="".join(match.groups()),
                start=match.start(),
                end=match.end(),
                judged=judged,
            )


def is_number(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch of text is a telephone number that can exist.

    The matcher of phonenumbers looks at what stands around it, so that dates,
    prices and parts of longer numbers are none.
    """
    from phonenumbers import PhoneNumberMatcher

    around = text[max(0, start - 24) : end + 24]
    return any(PhoneNumberMatcher(around, "US"))


def _in_run(text: str, start: int, end: int, known: Known) -> Iterator[Spot]:
    """Yield the numbers in a run of digits and gaps.

    Known numbers are cut out where groups begin and end; what is left between
    them is one candidate if it has the length of a number.
    """
    groups = [(one.start(), one.end() - len(one[1] or "")) for one in _GROUP.finditer(text, start, end)]
    digits = [text[first:last] for first, last in groups]
    joined = "".join(digits)
    begins, place = {}, 0
    for index, group in enumerate(digits):
        begins[place] = index
        place += len(group)
    rest, offset, index = 0, 0, 0
    while index < len(groups):
        length = _exact_at(joined, offset, begins, known)
        if length:
            after = begins.get(offset + length, len(groups))
            yield from _left(groups, digits, rest, index, known, len(joined))
            yield _spot(digits_of(joined[offset : offset + length]), groups[index][0], groups[after - 1][1], known)
            offset, index, rest = offset + length, after, after
        else:
            offset, index = offset + len(digits[index]), index + 1
    yield from _left(groups, digits, rest, index, known, len(joined))


def _exact_at(joined: str, offset: int, begins: dict[int, int], known: Known) -> int:
    """Return how many digits from *offset* on are a known or wrong number, in whole groups."""
    for length in (_NATIONAL + 1, _NATIONAL):
        stop = offset + length
        if length > _NATIONAL and not joined.startswith("1", offset):
            continue
        if (stop in begins or stop == len(joined)) and known.is_stored(joined[stop - _NATIONAL : stop]):
            return length
    return 0


def _left(
    groups: list[tuple[int, int]],
    digits: list[str],
    first: int,
    last: int,
    known: Known,
    total: int,
) -> Iterator[Spot]:
    """Yield the candidate that the groups from *first* to before *last* make, if any."""
    if total > _TABLE:
        return
    value = _national("".join(digits[first:last]))
    if _FEWEST <= len(value) <= _MOST:
        yield _spot(value, groups[first][0], groups[last - 1][1], known)


def _opening(text: str, start: int) -> int:
    """Return where a number begins if a plus or a bracket stands before its digits."""
    while start and text[start - 1] in "+(":
        start -= 1
    return start


def _national(digits: str) -> str:
    """Return digits without the country code; no area code begins with 1."""
    return digits[1:] if len(digits) >= _NATIONAL and digits[0] == "1" else digits


def _spot(digits: str, start: int, end: int, known: Known) -> Spot:
    return Spot(
        kind=ValueKind.E164, value=digits, start=start, end=end, judged=known.number(digits)
    )
