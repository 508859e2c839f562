"""Many words looked for at once, quickly: two letters are read as one character.

The search for a set of characters is one loop in C, whatever the words; single
letters are too common for it, pairs are rare enough. A word stands in the pairs
of a text in one of two ways, beginning with a pair or in the middle of one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_COMMONEST = (
    b"in et te nt at ti de el en le th al ta an ec ne ea it ed me nd he lf ct un ef ee "
    b"na ac la li ng id pe ma ge ce tt ae ue tu mg ex fi fa di ei pa em il ie am ll ve "
    b"pt nc ad ca ag gi ep ut im ha ul ty ch ni gt da ic tc va cn cl mp ai if fm pl lu "
    b"hi qu nn wi ev ew bl ua ck be cm fe ft nf ab tp ke ap lt vi ld xt eq pp nu tf dd "
    b"eu ba pi du mi md eb ig td dt yp up tm ff fu yt ay cu ip iv tn dc bu aa eg tl ci "
    b"cd um lc ht fl ia ib py ub wa au ui np fc ey we ly tb pu ga dl nv uc dn eh ii nl "
    b"gu ak"
).split()[::-1]
"""Pairs in squeezed source code, those that are met most at the end; others are rarer."""

_SHORTEST = 3
"""A shorter word need not have a pair of its own."""

_ASCII = range(128)


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
        for word in sorted({*words} - {*self._short}):
            for pair, way in _ways(word):
                self._words[pair].append(word)
                ways.append(way)
        self._pattern = re.compile("|".join(ways) or "(?!)")
        self._reach = max(map(len, words), default=0)

    def found(self, text: bytes) -> set[bytes]:
        """Return the words that stand in a text in ASCII."""
        found = {word for word in self._short if word in text}
        for match in self._pattern.finditer(paired(text)):
            at = 2 * match.start()
            piece = text[max(0, at - self._reach) : at + self._reach]
            found.update(word for word in self._words[match[0]] if word in piece)
        return found


def _ways(word: bytes) -> Iterator[tuple[str, str]]:
    """Yield the ways in which a word can stand in pairs: its rarest pair, a pattern for it."""
    for begin in range(2):
        pairs = [word[at : at + 2] for at in range(begin, len(word) - 1, 2)]
        rarest = min(range(len(pairs)), key=lambda at: _commonness(pairs[at]))
        before = _ending_with(word[0]) * begin + "".join(map(_pair, pairs[: rarest + 1]))
        behind = "".join(map(_pair, pairs[rarest + 1 :]))
        if (len(word) - begin) % 2:
            behind += _beginning_with(word[-1])
        yield paired(pairs[rarest]), f"{_pair(pairs[rarest])}(?<={before})(?={behind})"


def _commonness(pair: bytes) -> int:
    """Return the place of a pair in the list, by which the rarest is chosen."""
    return _COMMONEST.index(pair) if pair in _COMMONEST else -1


def _pair(letters: bytes) -> str:
    return re.escape(paired(letters))


def _ending_with(letter: int) -> str:
    """Return what finds the pairs whose second letter it is: they follow one another."""
    return f"[{chr(letter << 8)}-{chr(letter << 8 | 0xFF)}]"


def _beginning_with(letter: int) -> str:
    """Return what finds the pairs whose first letter it is; the last may have been left out."""
    pairs = "".join(re.escape(chr(letter | other << 8)) for other in _ASCII)
    return rf"(?:[{pairs}]|\Z)"
