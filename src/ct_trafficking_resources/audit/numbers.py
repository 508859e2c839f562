"""Telephone numbers in text, however they are written.

Grouped by anything, spelled with letters, spelled out in words; codes for text
messages and numbers of three digits where the words beside them say so. What is
found is judged by its digits alone; `phonenumbers` is asked only where it
matters whether an unknown number is one at all (`phone.is_number_at`).

All patterns are bounded, and begin where the character before cannot be part
of the same run, so that the time grows with the length of the text.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import attrs

from ct_trafficking_resources.audit import policy
from ct_trafficking_resources.audit.known import Standing
from ct_trafficking_resources.audit.spots import Spot
from ct_trafficking_resources.phone import TOLL_FREE_PREFIXES, ascii_digits, digits_of, spell
from ct_trafficking_resources.policy import CONNECTICUT_AREA_CODES
from ct_trafficking_resources.vocabulary import ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.audit.known import Known

_NATIONAL = 10
_FEWEST, _MOST = 9, 12
_USUAL = [3, 3, 4]
_GROUPS = 3
"""A number has so many groups behind its country code."""

_TABLE = 60
"""A run of more digits is a table; only known numbers are looked for in it."""

_GAP = (
    "(?:[ \\t.()\\[\\]/\\-"
    "\u00a0\u00ad\u00b7\u2002\u2003\u2007\u2009-\u200d\u2010-\u2015\u202f\u2060\u2212\u3000\ufe63\uff08\uff09\uff0d]"
    "|&(?:nbsp|shy|ndash|minus|hyphen|#[0-9]{2,5}|#x[0-9a-fA-F]{2,4});"
    r"|\\u(?:00[aA]0|00[aA][dD]|201[0-3])|\\x[aA]0|%20)"
)
"""What stands between the digits of a number, also in other scripts and written out."""

_RUN = re.compile(
    rf"\d(?:(?<![\dA-Za-z_]\d)|(?<=\\[nrt]\d)|(?<=_\d)(?:(?<!\w_\d)|(?<!\w__\d)(?<=__\d)))"
    rf"(?>{_GAP}{{0,4}}\d){{8,}}"
)
_PLAIN = re.compile(rf"[0-9]{{1,2}}\.[0-9]+\Z|[0-9]{{{_MOST + 1},}}\Z")
"""A decimal number, or digits too many: no need to take them apart."""

_GROUP = re.compile(rf"(\d+)(?:{_GAP}*|\Z)")
_GLUED = re.compile(r"(?!x[0-9]|ext)[A-Za-z]|_+[^\W_]")
"""Letters right behind a number make it part of something else, unless they begin an extension."""

_PREFIXES = "|".join(sorted(TOLL_FREE_PREFIXES | CONNECTICUT_AREA_CODES))
_VANITY = re.compile(
    rf"(?:{_PREFIXES})(?:(?<![0-9A-Za-z_][0-9]{{3}})|(?<![0-9A-Za-z_]1[0-9]{{3}})(?<=1[0-9]{{3}}))"
    r"\)?[\-. ]{0,3}(?=[0-9A-Za-z\-. ]{0,8}[A-Za-z]{3})[0-9A-Za-z]"
    r"(?:(?:[\-. ]?[0-9A-Za-z]){6}|(?:-?[0-9A-Za-z]){6,9})(?![0-9A-Za-z])"
)
_CAPITALS = re.compile(r"-[0-9A-Z]*[A-Z]{2}[0-9A-Z\-]*\Z")
_LEAD = re.compile(r"(?:\+?1[\-. ]{0,2})?\(?\Z")
_LONGEST_LEAD = len("+1. (")
_WORDS = {
    "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "hundred": "00",
}  # fmt: skip
_WORD = f"(?ai:{'|'.join(_WORDS)})"
_SPELT_START = re.compile(rf"(?ai:eight)[\s,.\-]{{1,3}}{_WORD}(?![A-Za-z])")
_SPELT = re.compile(rf"(?<![A-Za-z]){_WORD}(?:[\s,.\-]{{1,3}}{_WORD}){{6,12}}(?![A-Za-z])")
_SPELT_REACH = 80
_CODE = re.compile(
    r"[0-9](?<![0-9A-Za-z_#$.\-][0-9])(?:[0-9]{4,5}|[0-9]{2}-[0-9]{3})(?![0-9A-Za-z_\-]|\.[0-9])"
)
_CODE_SENTENCE = re.compile(
    r"(?:(?:text|txt|sms|send)\b[^\n]{0,40}\b(?:to|at)|sms(?:to)?:"
    r"|(?:(?:sms|text|short)_?(?:code|number|to)|text|sms)[^\w\n]{1,4})\W{0,3}\Z",
    re.IGNORECASE,
)
_N11 = re.compile(r"(?<![0-9A-Za-z_.\-])([0-9])-?([0-9])-?([0-9])(?![0-9A-Za-z_\-]|[.,][0-9])")


def in_digits(text: str, known: Known) -> Iterator[Spot]:
    """Yield the numbers in a text that are written in digits, and what might be one."""
    for run in _RUN.finditer(text):
        if _PLAIN.match(run[0]):
            continue
        for start, end, national in _in_run(text, *run.span(), known):
            if not _is_part(text, start, end):
                yield _spot(national, _opening(text, start), end, known)


def _is_part(text: str, start: int, end: int) -> bool:
    """Tell whether digits are part of a word; between underscores they may be emphasized."""
    opened, closed = text.startswith("_", max(0, start - 1)), text.startswith("_", end)
    return (opened and not closed) or _GLUED.match(text, end) is not None


def in_letters(text: str, known: Known) -> Iterator[Spot]:
    """Yield the numbers that are spelled with letters, such as 1-800-THE-LOST, if they are ours."""
    return (spot for spot in _lettered(text, known) if spot.judged.standing != Standing.UNKNOWN)


def unknown_letters(text: str, known: Known) -> Iterator[Spot]:
    """Yield the numbers that are spelled with capitals behind a hyphen, and that no record has."""
    for spot in _lettered(text, known):
        if spot.judged.standing == Standing.UNKNOWN and _CAPITALS.search(
            text, spot.start, spot.end
        ):
            yield spot


def _lettered(text: str, known: Known) -> Iterator[Spot]:
    for match in _VANITY.finditer(text):
        lead = _LEAD.search(text, max(0, match.start() - _LONGEST_LEAD), match.start())
        spot = _spot(spell(match[0])[:_NATIONAL], match.start(), match.end(), known)
        yield attrs.evolve(spot, start=lead.start() if lead else spot.start)


def in_words(text: str, known: Known) -> Iterator[Spot]:
    """Yield numbers that are spelled out, if they are ours; all toll-free ones have an eight."""
    if "eight" not in text.lower():
        return
    done = 0
    for hit in _SPELT_START.finditer(text):
        if hit.start() < done:
            continue
        match = _SPELT.search(text, max(done, hit.start() - _SPELT_REACH), hit.end() + _SPELT_REACH)
        if match is None:
            continue
        done = match.end()
        words = re.split(r"[\s,.\-]+", match[0].lower())
        spot = _spot(
            _national("".join(_WORDS[word] for word in words)), match.start(), match.end(), known
        )
        if spot.judged.standing != Standing.UNKNOWN:
            yield spot


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
    """Yield numbers such as 911, where the text speaks of dialing."""
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


class _Group(NamedTuple):
    """Digits that stand together in a run."""

    start: int
    end: int
    digits: str


def _in_run(text: str, start: int, end: int, known: Known) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and national digits of the numbers in a run of digits and gaps.

    Known numbers are cut out where groups begin and end; what is left between
    them is one candidate if it has the length of a number.
    """
    spans = [one.span(1) for one in _GROUP.finditer(text, start, end)]
    groups = [_Group(first, last, ascii_digits(text[first:last])) for first, last in spans]
    joined = "".join(group.digits for group in groups)
    offsets = accumulate((len(group.digits) for group in groups), initial=0)
    index_at = {offset: index for index, offset in enumerate(offsets)}
    rest, offset, index = 0, 0, 0
    while index < len(groups):
        length = _exact_at(joined, offset, index_at, known)
        if length:
            after = index_at[offset + length]
            if len(joined) <= _TABLE:
                yield from _left(groups[rest:index], known)
            digits = digits_of(joined[offset : offset + length])
            yield groups[index].start, groups[after - 1].end, digits
            offset, index, rest = offset + length, after, after
        else:
            offset, index = offset + len(groups[index].digits), index + 1
    if len(joined) <= _TABLE:
        yield from _left(groups[rest:], known)


def _exact_at(joined: str, offset: int, index_at: dict[int, int], known: Known) -> int:
    """Return how many digits from *offset* on are a known or wrong number, in whole groups."""
    for length in (_NATIONAL + 1, _NATIONAL):
        stop = offset + length
        if length > _NATIONAL and not joined.startswith("1", offset):
            continue
        if stop in index_at and joined[stop - _NATIONAL : stop] in known.stored:
            return length
    return 0


def _left(groups: list[_Group], known: Known) -> Iterator[tuple[int, int, str]]:
    """Yield the numbers in what is left of a run: all of it, or what other digits stand beside.

    Other digits are hours or another number: "24/7 1-888-373-7889".
    """
    whole = _national("".join(group.digits for group in groups))
    fits = _FEWEST <= len(whole) <= _MOST
    parts = () if fits and known.number(whole).standing != Standing.UNKNOWN else _grouped(groups)
    near: list[tuple[int, int, str]] = []
    usual: list[tuple[int, int, str]] = []
    done = 0
    for first, last in parts:
        part = groups[first:last]
        value = _national("".join(group.digits for group in part))
        is_near = known.number(value).standing == Standing.NEAR_MISS
        is_usual = [len(group.digits) for group in part[-len(_USUAL) :]] == _USUAL
        if first >= done and (is_near or is_usual):
            (near if is_near else usual).append((part[0].start, part[-1].end, value))
            done = last
    if near or not fits:
        yield from near or usual
    else:
        yield groups[0].start, groups[-1].end, whole


def _grouped(groups: list[_Group]) -> Iterator[tuple[int, int]]:
    """Yield first and last of the groups that are written as a number is: 1 888 373 7889."""
    for first, group in enumerate(groups):
        area = first + (group.digits == "1")
        length = 0
        for last in range(area, min(area + _GROUPS, len(groups))):
            size = len(groups[last].digits)
            length += size
            if size == 1:
                break
            if _NATIONAL <= length <= _NATIONAL + 1:
                yield first, last + 1


def _opening(text: str, start: int) -> int:
    """Return where a number begins if a plus or a bracket stands before its digits."""
    while start and text[start - 1] in "+(\uff0b\uff08":
        start -= 1
    return start


def _national(digits: str) -> str:
    """Return digits without the country code; no area code begins with 1."""
    return digits[1:] if len(digits) >= _NATIONAL and digits[0] == "1" else digits


def _spot(digits: str, start: int, end: int, known: Known) -> Spot:
    return Spot(
        kind=ValueKind.E164, value=digits, start=start, end=end, judged=known.number(digits)
    )
