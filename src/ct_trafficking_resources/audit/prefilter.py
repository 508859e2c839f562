"""Whether a file can matter at all, told from its bytes in a few fast passes.

Most files of a source tree hold no contact. The passes here are single calls
into C (`bytes.translate`, a search for a fixed string), so that such files cost
about as much as reading them. A file that passes is looked at for real; what
is passed over here is not looked at, so each finder has its pass.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ct_trafficking_resources.audit import policy
from ct_trafficking_resources.audit.addresses import relevant_host
from ct_trafficking_resources.audit.known import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ct_trafficking_resources.audit.known import Known
    from ct_trafficking_resources.audit.names import Gate, Names

_DIGIT, _CAPITAL, _SPACE, _REST = b"0A x"
_SHAPE = bytes(
    _DIGIT
    if byte in b"0123456789"
    else _CAPITAL
    if byte in b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    else _SPACE
    if byte in b" \t"
    else _REST
    for byte in range(256)
)
"""What sort of character a byte is; the shape of a text has one sign for each sort."""

_GAPS = b"-.()/[]" + bytes(range(0x80, 0x100))
"""What is taken out of the shape; with it non-breaking hyphens and spaces in UTF-8."""

_RUNS = (b"0" * 9, b"00 00000", b"00 000 00", b"00 0000 00", b"0 0 0 0 0 0 0")
"""Nine digits, in the groups that people write: nine, because one may be missing."""

_WIDE_MARKS = (
    re.compile(rb"&(?:nbsp|shy|ndash|minus|hyphen|#x?[0-9a-f]{2,5});[0-9]"),
    re.compile(rb"\\u(?:00a[0d]|201[0-3])[0-9]"),
)
_WIDE = re.compile(rb"&(?:nbsp|shy|ndash|minus|hyphen|#x?[0-9a-f]{2,5});|\\u(?:00a[0d]|201[0-3])")
"""Gaps that are written out: entities of HTML, escapes of programming languages."""

_OTHER_EIGHTS = (b"\xef\xbc\x98", b"\xd9\xa8", b"\xdb\xb8")
"""The digit eight, fullwidth and Arabic, in UTF-8: it is in every toll-free number."""

_CODE_SHAPE = b"0" * 5
_CODES = tuple(
    re.compile(before + rb"[\"'* ]{0,3}([0-9]{5,6})(?![0-9A-Za-z])")
    for before in (b" to ", b" at ", b"sms:", b"smsto:")
)
_TOLL_FREE = re.compile(
    rb"8(?:00|33|44|55|66|77|88)\)?[-. ]{0,3}(?=[0-9a-z.-]{0,10}[a-z])[0-9a-z][0-9a-z.-]{6}"
)
_LOCAL_SHAPE = b"000000AAAA"
_SHORT_LINK = b":+1"
"""What a link to a number of three digits looks like that will not dial."""

_SPELT = re.compile(
    rb"eight[\s,.-]{1,3}(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|hundred)(?![a-z])"
)
"""Numbers in words; all toll-free numbers and those of 860 have an eight."""


Anchors: TypeAlias = tuple[tuple[bytes, tuple[tuple[bytes, ...], ...]], ...]
"""Words to search for, each with the words of the phrases that have it."""


class Relevance(NamedTuple):
    """What a text must be looked through for.

    Attributes:
        runs: Numbers written in digits.
        vanity: Numbers spelt with letters.
        spelt: Numbers spelt out in words.
        codes: Codes for text messages; also where one can explain a phrase.
        links: Links to numbers of three digits; links to others are looked for
            with the numbers.
        addresses: Hosts, pages and e-mail addresses.
        phrases: Former names and phrases that are known to be wrong.
    """

    runs: bool = True
    vanity: bool = True
    spelt: bool = True
    codes: bool = True
    links: bool = True
    addresses: bool = True
    phrases: bool = True


EVERYTHING = Relevance()
"""For text whose bytes were not looked at."""


class Prefilter:
    """Tells of a file whether it must be looked at."""

    def __init__(self, known: Known, names: Names) -> None:
        """Collect what to look for."""
        self._known = known
        on_topic = [one for one in names.gates if _is_on_topic(one)]
        self._topic_words = tuple(word.encode() for word in policy.TOPIC_WORDS)
        self._topic_anchors = _covering(map(_words_of, on_topic))
        self._anchors = _covering(_words_of(one) for one in names.gates if not _is_on_topic(one))
        self._code_words = tuple(code.encode() for code in sorted(known.all_codes))

    def relevance(self, data: bytes) -> Relevance:
        """Tell what text in UTF-8 or an encoding like it must be looked through for."""
        lowered = data.lower()
        shape = data.translate(_SHAPE, _GAPS)
        phrases = self._has_phrase(lowered)
        return Relevance(
            runs=any(run in shape for run in _RUNS)
            or (not data.isascii() and any(eight in data for eight in _OTHER_EIGHTS))
            or _has_wide_number(lowered),
            vanity=_LOCAL_SHAPE in shape or _TOLL_FREE.search(lowered) is not None,
            spelt=_SPELT.search(lowered) is not None,
            codes=phrases or (_CODE_SHAPE in shape and self._has_code(data)),
            links=_SHORT_LINK in data,
            addresses=relevant_host(lowered, self._known),
            phrases=phrases,
        )

    def _has_code(self, data: bytes) -> bool:
        return any(code in data for code in self._code_words) or any(
            self._known.code(match[1].decode()).standing != Standing.UNKNOWN
            for pattern in _CODES
            for match in pattern.finditer(data)
        )

    def _has_phrase(self, lowered: bytes) -> bool:
        return _any_of(self._anchors, lowered) or (
            any(word in lowered for word in self._topic_words)
            and _any_of(self._topic_anchors, lowered)
        )


def _is_on_topic(gate: Gate) -> bool:
    """Tell whether a text that passes a gate must hold one of the words of the topic."""
    return gate.beside == policy.TOPIC_WORDS or any(
        topic in word for topic in policy.TOPIC_WORDS for word in gate.anchors
    )


def _words_of(gate: Gate) -> tuple[str, ...]:
    """Return the words of which all must be there."""
    return (*gate.anchors, *(gate.beside if len(gate.beside) == 1 else ()))


def _any_of(anchors: Anchors, lowered: bytes) -> bool:
    return any(
        first in lowered and any(all(word in lowered for word in words) for words in others)
        for first, others in anchors
    )


def _has_wide_number(lowered: bytes) -> bool:
    if not any(mark.search(lowered) for mark in _WIDE_MARKS):
        return False
    shape = _WIDE.sub(b"", lowered).translate(_SHAPE, _GAPS)
    return any(run in shape for run in _RUNS)


def _covering(phrases: Iterable[tuple[str, ...]]) -> Anchors:
    """Return few words of which every phrase has one, each with the words of its phrases.

    A search for one word is quick; a search for each phrase would be many.
    """
    left = {tuple(word.encode() for word in words) for words in phrases}
    covering = []
    while left:
        counted = Counter(word for words in left for word in words)
        first = max(counted, key=lambda word: (counted[word], len(word), word))
        covered = {words for words in left if first in words}
        covering.append((first, tuple(sorted(covered))))
        left -= covered
    return tuple(covering)
