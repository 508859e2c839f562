"""Whether a file can matter at all, told from its bytes in a few fast passes.

Most files of a source tree hold no contact. The passes here are loops in C over
the bytes or over what is left of them when gaps and common letters are taken
out, so that such files cost little more than reading them. A pass may say yes
too often, never too rarely: a file that passes is looked at for real, what is
passed over here is not looked at. What runs of digits say is left to `digits`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from ct_trafficking_resources.audit import policy
from ct_trafficking_resources.audit.addresses import relevant_host
from ct_trafficking_resources.audit.digits import (
    Digits,
    has_written_gaps,
    runs,
    squeezed,
    without_written_gaps,
)
from ct_trafficking_resources.audit.links import may_have_links
from ct_trafficking_resources.audit.names import KIN
from ct_trafficking_resources.audit.numbers import in_letters
from ct_trafficking_resources.audit.pairs import Words, cost
from ct_trafficking_resources.phone import TOLL_FREE_PREFIXES
from ct_trafficking_resources.policy import CONNECTICUT_AREA_CODES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ct_trafficking_resources.audit.known import Known
    from ct_trafficking_resources.audit.names import Gate, Names

_ASCII = bytes(range(128))
_OTHER_DIGIT = re.compile(r"\d")
_KIN = {one: letter.encode() for letter, kin in KIN.items() for one in kin}
"""Letters that are ASCII to a search without regard to case: to that of names and phrases."""

_SPELT = re.compile(
    rb"g(?<=eig)ht[\s,.\x80-\xff-]{1,9}"
    rb"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|hundred)(?![a-z])"
)
"""Numbers in words, with up to three gaps, of which other scripts' have three bytes.

It begins with the rarest letter: one letter is quicker to look for than a word."""

_COMMENT = squeezed(policy.IGNORE.encode())
_EIGHT = squeezed(b"eight")
"""All toll-free numbers and those of 860 have one."""

_LOOKS, _APART = 100, 400
"""So many of what may be numbers with letters are looked at, and one more in so many bytes,
before a text is read as a whole."""

_VANITY_REACH = 40
"""A number that is spelled with letters is shorter."""


class Prefilter:
    """Tells of a file whether it must be looked at."""

    def __init__(self, known: Known, names: Names) -> None:
        """Collect what to look for."""
        self._known = known
        self._digits = Digits(known, names)
        prefixes = _vanity_prefixes(known)
        self._vanity = tuple(_vanity_patterns(prefixes))
        self._vanity_left = tuple(_prefixes_left(prefixes))
        self._gates = _by_word(names.gates)
        self._words = Words((*map(squeezed, self._gates), _EIGHT, _COMMENT))

    def matters(self, data: bytes) -> bool:
        """Tell whether text in UTF-8 or an encoding like it must be looked at."""
        lowered = plain = data.lower()
        if not data.isascii():
            others = _beyond_ascii(data)
            if _OTHER_DIGIT.search(others):
                return True
            for letter, other in _KIN.items():
                if letter in others:
                    plain = plain.replace(letter.encode(), other)
        left = squeezed(plain)
        if has_written_gaps(left):
            left = squeezed(without_written_gaps(plain))
        found = runs(left)
        words = self._words.found(left)
        return (
            _COMMENT in words
            or may_have_links(data)
            or relevant_host(lowered, self._known)
            or self._has_phrase(plain, words)
            or (_EIGHT in words and _SPELT.search(lowered) is not None)
            or (any(one.search(left) for one in self._vanity_left) and self._has_vanity(lowered))
            or self._digits.has_code(found, lowered)
            or self._digits.has_number(found)
        )

    def _has_vanity(self, lowered: bytes) -> bool:
        matches = chain.from_iterable(one.finditer(lowered) for one in self._vanity)
        for match in islice(matches, _LOOKS + len(lowered) // _APART):
            if any(in_letters(_around(lowered, match.start()), self._known)):
                return True
        return next(matches, None) is not None

    def _has_phrase(self, lowered: bytes, words: set[bytes]) -> bool:
        return bool(words) and any(
            squeezed(word) in words
            and word in lowered
            and any(_opens(gate, lowered) for gate in gates)
            for word, gates in self._gates.items()
        )


def _beyond_ascii(data: bytes) -> str:
    """Return the other characters of a text."""
    return data.translate(None, _ASCII).decode("utf-8", errors="replace")


def _vanity_prefixes(known: Known) -> list[str]:
    local = CONNECTICUT_AREA_CODES & {number[:3] for number in known.stored}
    return sorted(local | TOLL_FREE_PREFIXES)


def _prefixes_left(prefixes: Iterable[str]) -> Iterator[re.Pattern[bytes]]:
    """Yield what finds a prefix in a squeezed text, where letters may all be taken out."""
    for first, rest in _by_first(prefixes):
        yield re.compile(rf"{first}(?:{rest})".encode())


def _vanity_patterns(prefixes: Iterable[str]) -> Iterator[re.Pattern[bytes]]:
    """Yield what finds the beginnings of numbers with letters."""
    for first, rest in _by_first(prefixes):
        pattern = rf"{first}(?:{rest})\)?[\-. ]{{0,3}}(?=[0-9a-z\-. ]{{0,8}}[a-z]{{3}})[0-9a-z]"
        yield re.compile(pattern.encode())


def _by_first(prefixes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield first digits with what may follow: a search for one first digit is quick."""
    for first, some in groupby(prefixes, key=itemgetter(0)):
        yield first, "|".join(prefix[1:] for prefix in some)


def _around(lowered: bytes, at: int) -> str:
    """Return a piece of text; what is not ASCII matters as little as elsewhere in a number."""
    return lowered[max(0, at - _VANITY_REACH) : at + _VANITY_REACH].decode("latin-1")


def _opens(gate: Gate, lowered: bytes) -> bool:
    """Tell whether a text holds what a gate asks for."""
    return all(word.encode() in lowered for word in gate.anchors) and (
        not gate.beside or any(word.encode() in lowered for word in gate.beside)
    )


def _by_word(gates: Iterable[Gate]) -> dict[bytes, list[Gate]]:
    """Return few words with their gates: a text that opens a gate holds one of its words."""
    left = list(gates)
    found: dict[bytes, list[Gate]] = defaultdict(list)
    while left:
        counted = Counter(words for gate in left for words in _asked_for(gate))
        best = min(counted, key=lambda words: (_cost(words) / counted[words], words))
        for word in best:
            found[word.encode()] += [gate for gate in left if best in _asked_for(gate)]
        left = [gate for gate in left if best not in _asked_for(gate)]
    return found


def _cost(words: tuple[str, ...]) -> float:
    return sum(cost(squeezed(word.encode())) for word in words)


def _asked_for(gate: Gate) -> set[tuple[str, ...]]:
    """Return the words that a gate asks for; of those that stand together, it takes any."""
    return {*((word,) for word in gate.anchors), *([gate.beside] if gate.beside else [])}
