"""What the digits of a text can mean, told from its runs of digits alone.

A text is squeezed first: gaps and the commonest letters are taken out. About
half is left, and what is searched for in it is found in half the time. What
stands in a text stands, squeezed, in the squeezed text, however its words and
groups of digits were parted; so what is not in the squeezed text is not in the
text.

In a squeezed text a number is part of one run of digits, maybe with other
digits on both sides; a code that a sentence says to text to begins its run. One
slip leaves the first five or the last five of ten digits as they are, or swaps
the two in the middle: so the numbers of others are told apart by a search for
those, without taking their runs to pieces.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from ct_trafficking_resources.audit import policy
from ct_trafficking_resources.audit.numbers import codes
from ct_trafficking_resources.audit.pairs import Words
from ct_trafficking_resources.phone import near_miss, near_misses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ct_trafficking_resources.audit.known import Known
    from ct_trafficking_resources.audit.names import Names

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


_SIGNS = bytes(ord("0") if chr(byte) in "0123456789" else byte for byte in range(256))
"""All digits as one: a search for a fixed string finds a run."""

_SHORTEST = b"0" * 5
_RUN = re.compile(_SHORTEST + b"0*")
_CODES = range(5, 7)
_NUMBERS = range(9, 12)
"""How many digits codes have, and numbers with one too few or too many."""

_HALF = 5
_TAIL = 6
"""So many of the last letters of a name tell it from other words well enough."""

_BEFORE = policy.BESIDE_NAME + _TAIL
_SENTENCE = 4 * (policy.BESIDE + 1)
"""In bytes, of which a character has four at most."""

_TEXTING = (b"text", b"txt", b"send", b"sms", b"short")
"""Of these a sentence has one that says to text or send, if it has no letters like theirs."""

_LOOKS = 100
"""So many sentences are looked at before a text is read as a whole."""


class Runs(NamedTuple):
    """The runs of five digits or more in a text.

    Attributes:
        left: The squeezed text.
        spans: Where they begin and end in it.
        longest: How many digits the longest has.
    """

    left: bytes
    spans: tuple[tuple[int, int], ...]
    longest: int

    def texts(self, fewest: int) -> list[bytes]:
        """Return the runs of so many digits or more."""
        return [self.left[start:end] for start, end in self.spans if end - start >= fewest]

    def before(self, fewest: int, reach: int) -> list[bytes]:
        """Return what stands before the runs of so many digits or more, within reach."""
        return [
            self.left[max(0, start - reach) : start]
            for start, end in self.spans
            if end - start >= fewest
        ]


def runs(left: bytes) -> Runs:
    """Return the runs of five digits or more in a squeezed text."""
    signs = left.translate(_SIGNS)
    if _SHORTEST not in signs:
        return Runs(left, (), 0)
    spans = tuple([match.span() for match in _RUN.finditer(signs)])
    return Runs(left, spans, max([end - start for start, end in spans]))


class Digits:
    """Tells what the runs of digits in a text can mean."""

    def __init__(self, known: Known, names: Names) -> None:
        """Collect what to look for."""
        self._known = known
        self._codes = {
            code: [_standing_alone(form) for form in _forms(code)]
            for code in (one.encode() for one in known.all_codes)
        }
        near = {one.encode() for code in known.codes for one in near_misses(code)}
        self._near_codes = tuple(
            _one_of(b" " + one for one in near if len(one) == length) for length in _CODES
        )
        self._stored = known.stored
        self._firsts: dict[str, set[str]] = {number[:_HALF]: set() for number in known.stored}
        self._lasts: dict[str, set[str]] = {}
        for number in known.all_numbers:
            for first in (number[:_HALF], _swapped(number)[:_HALF]):
                self._firsts.setdefault(first, set()).add(number)
            self._lasts.setdefault(number[-_HALF:], set()).add(number)
        self._halves = _one_of(half.encode() for half in (*self._firsts, *self._lasts))
        tails = {
            squeezed(name.encode()).rstrip(b"0123456789")[-_TAIL:] for name in names.of_channels
        }
        self._tails = Words(tails)

    def has_number(self, runs: Runs) -> bool:
        """Tell whether a run can hold a number that is known or close, or one under a name.

        Under the name of a channel, an unknown number is worth a finding.
        """
        if runs.longest < _NUMBERS[0]:
            return False
        numbers = b" ".join(runs.texts(_NUMBERS[0]))
        match = self._halves.search(numbers)
        while match is not None:
            if self._is_known(numbers, *match.span()):
                return True
            match = self._halves.search(numbers, match.start() + 1)
        before = b"|".join(runs.before(_NUMBERS[1], _BEFORE)).translate(None, b"\r\n")
        return bool(self._tails.found(before))

    def _is_known(self, numbers: bytes, start: int, end: int) -> bool:
        """Tell whether a number that begins or ends with a half is more than unknown."""
        half = numbers[start:end].decode()
        begun = [numbers[start : start + length] for length in _NUMBERS]
        ended = [numbers[max(0, end - length) : end] for length in _NUMBERS]
        return self._is_close(begun, self._firsts.get(half)) or self._is_close(
            ended, self._lasts.get(half)
        )

    def _is_close(self, windows: list[bytes], rights: set[str] | None) -> bool:
        """Tell whether a window is stored or a slip away, if a half has been met at all."""
        return rights is not None and any(
            one in self._stored or any(near_miss(one, right) for right in rights)
            for one in map(bytes.decode, windows)
        )

    def has_code(self, runs: Runs, data: bytes) -> bool:
        """Tell whether a text holds a code that is known, or one that is close in a sentence.

        Args:
            runs: The runs of digits in the text.
            data: The text, in lower case.
        """
        if not runs.spans:
            return False
        texts = runs.texts(_CODES[0])
        joined = b"".join([b" " + text for text in texts])
        known = chain.from_iterable(forms for code, forms in self._codes.items() if code in joined)
        if any(form.search(data) for form in known):
            return True
        begun = {code for pattern in self._near_codes for code in pattern.findall(joined)}
        return bool(begun) and self._is_sent_to(begun, data)

    def _is_sent_to(self, begun: set[bytes], data: bytes) -> bool:
        """Tell whether a sentence says to text to a code that is close to a known one."""
        if data.isascii() and not any(word in data for word in _TEXTING):
            return False
        places = chain.from_iterable(_places(code[1:], data) for code in sorted(begun))
        for at in islice(places, _LOOKS):
            piece = data[max(0, at - _SENTENCE) : at + _SENTENCE].decode(errors="replace")
            if any(codes(piece, self._known)):
                return True
        return next(places, None) is not None


def _forms(code: bytes) -> tuple[bytes, bytes]:
    """Return a code as it is and with a hyphen in the middle."""
    return code, code[:3] + b"-" + code[3:]


def _standing_alone(form: bytes) -> re.Pattern[bytes]:
    """Return what finds a code by itself; it begins with what is quickly looked for."""
    return re.compile(
        rb"%s(?<![0-9a-z_#$.\-]%s)(?![0-9a-z_\-])" % (re.escape(form), re.escape(form))
    )


def _places(code: bytes, data: bytes) -> Iterator[int]:
    """Yield where a code stands, as it is or with a hyphen in the middle."""
    for form in _forms(code):
        at = data.find(form)
        while at >= 0:
            yield at
            at = data.find(form, at + 1)


def _swapped(number: str) -> str:
    """Return a number with the two digits in the middle swapped."""
    left, right = number[_HALF - 1 : _HALF], number[_HALF : _HALF + 1]
    return number[: _HALF - 1] + right + left + number[_HALF + 1 :]


def _one_of(words: Iterable[bytes]) -> re.Pattern[bytes]:
    """Return what finds one of many words of the same length."""
    return re.compile(_branches(sorted(set(words))) or b"(?!)")


def _branches(words: list[bytes]) -> bytes:
    """Return a pattern for one of many words, branching digit by digit."""
    behind: dict[bytes, list[bytes]] = {}
    for word in filter(None, words):
        behind.setdefault(word[:1], []).append(word[1:])
    if not behind:
        return b""
    return b"(?:%s)" % b"|".join(first + _branches(rest) for first, rest in behind.items())
