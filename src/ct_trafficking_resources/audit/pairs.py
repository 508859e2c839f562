"""Many words looked for at once, quickly: two letters are read as one character.

The search for a set of characters is one loop in C, whatever the words; single
letters are too common for it, pairs are rare enough. A word stands in the pairs
of a text in one of two ways, beginning with a pair or in the middle of one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_COMMONEST = (
    b"in et te nt at de ti el en le th al ta an ec ne it ea ed nd me lf ct he un ee na ef "
    b"ac la li ng id pe ma ge ue tt ae ce tu mg ex fi fa di pa ei em am il ie ll ve pt nc "
    b"ad ca ag gi ep ut ty ul ha im ch ni gt da cn va ic cl mp tc ai if fm hi lu qu pl cm "
    b"e: nn ev bl wi ew ft ck ua be fe ap nf ab tp ke lt tf vi xt ld eq pp dd nu eu ba pi "
    b"md ig du mi eb dt yp td fu up tm yt ay cu ip ff iv tn dc bu aa ht eg ci um lc py fl "
    b"tl cd ub ib wa ia au ui np uc fc ey we tb ly pu ga f: t: dl eh ii nv dn ak gu bj nl "
    b"dp ze bi je iz mu av tw df hn xc dw lp nm fn db xa ki dm ja xp gn af :: cc ye tv lb "
    b"yn aw pn mb lg lw yu wh xe mm hu by ln gh "
).split()
"""Pairs in squeezed source code, those that are met most at the beginning; others are rarer."""

_RANK = {pair: rank for rank, pair in enumerate(_COMMONEST)}

_SHORTEST = 3
"""A shorter word need not have a pair of its own."""

_FLAT = 20
"""The commonest pairs are met about as often as one another, others by their rank."""

_EACH = 0.01
"""What a word costs by being one more that is compared."""

_ASCII = range(1, 128)


def paired(text: bytes) -> str:
    """Return ASCII text with each two letters as one character, without an odd last one."""
    return text.decode("utf-16-le", errors="ignore")


class Words:
    """Words that are looked for together."""

    def __init__(self, words: Collection[bytes]) -> None:
        """Make what finds words in ASCII."""
        self._short = tuple(word for word in words if len(word) < _SHORTEST)
        self._words: dict[str, list[bytes]] = defaultdict(list)
        ways = []
        for word in {*words} - {*self._short}:
            for pair, way in _ways(word):
                self._words[paired(pair)].append(word)
                ways.append((_rank(pair), way))
        # What is met most is compared first.
        self._pattern = re.compile("|".join(way for _, way in sorted(ways)) or "(?!)")
        self._reach = max(map(len, words), default=0)

    def found(self, text: bytes) -> set[bytes]:
        """Return the words that stand in a text in ASCII."""
        found = {word for word in self._short if word in text}
        for match in self._pattern.finditer(paired(text)):
            at = 2 * match.start()
            piece = text[max(0, at - self._reach) : at + self._reach]
            found.update(word for word in self._words[match[0]] if word in piece)
        return found


def _ways(word: bytes) -> Iterator[tuple[bytes, str]]:
    """Yield the ways in which a word can stand in pairs: its rarest pair, a pattern for it."""
    for begin in range(2):
        pairs = _pairs(word, begin)
        rarest = max(range(len(pairs)), key=lambda at: _rank(pairs[at]))
        before = _ending_with(word[0]) * begin + "".join(map(_pair, pairs[: rarest + 1]))
        behind = "".join(map(_pair, pairs[rarest + 1 :]))
        if (len(word) - begin) % 2:
            behind += _beginning_with(word[-1])
        yield pairs[rarest], f"{_pair(pairs[rarest])}(?<={before})(?={behind})"


def cost(word: bytes) -> float:
    """Return, in no unit, how much work it is to look for a word: its pairs are met elsewhere."""
    if len(word) < _SHORTEST:
        return 1.0
    ranks = (max(map(_rank, _pairs(word, begin))) for begin in range(2))
    return _EACH + sum(1 / (_FLAT + rank) for rank in ranks)


def _pairs(word: bytes, begin: int) -> list[bytes]:
    return [word[at : at + 2] for at in range(begin, len(word) - 1, 2)]


def _rank(pair: bytes) -> int:
    """Return the place of a pair in the list, by which the rarest is chosen."""
    return _RANK.get(pair, len(_RANK))


def _pair(letters: bytes) -> str:
    return re.escape(paired(letters))


def _ending_with(letter: int) -> str:
    """Return what finds the pairs whose second letter it is: they follow one another."""
    return f"[{chr(letter << 8)}-{chr(letter << 8 | 0xFF)}]"


@lru_cache(maxsize=128)
def _beginning_with(letter: int) -> str:
    """Return what finds the pairs whose first letter it is; the last may have been left out."""
    return rf"(?:[{''.join([chr(letter | other << 8) for other in _ASCII])}]|\Z)"
