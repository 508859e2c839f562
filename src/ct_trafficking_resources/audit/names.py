"""Names of services and bodies, and phrases that are known to be wrong.

Names that a record has or had, and the phrases of misprints and tombstones,
matched as whole words with any white space between them. Matching is done in
small pieces of text around numbers, or where the rarest words of a phrase were
seen, never over a whole source tree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import attrs

from ct_trafficking_resources.audit import policy
from ct_trafficking_resources.edition.directory import written_history
from ct_trafficking_resources.model import HelpChannel, Law, Organization, Tombstone
from ct_trafficking_resources.vocabulary import (
    Area,
    OrganizationType,
    Purpose,
    TombstoneSubject,
    ValueKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.model import Misprint, Record

_ACRONYM = re.compile(r"\(([A-Z]{4,})\)")
_GAP = " ... "
KIN = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}
"""Letters that are the same to a search without regard to case."""

_PLAIN = str.maketrans({one: letter for letter, kin in KIN.items() for one in kin})


@attrs.frozen(kw_only=True)
class Named:
    """A name found in a text."""

    record: str
    start: int
    end: int


@attrs.frozen(kw_only=True)
class Phrase:
    """Words that are worth a finding.

    Attributes:
        words: The words; `` ... `` stands for any others in the same sentence.
        anchors: Lower-case words that a text with them must hold.
        source: The misprint or tombstone that says so.
        record: Id of the record whose former name it is, or None.
        beside: Lower-case words of which one must stand nearby; empty if the
            phrase can mean nothing else.
    """

    words: str
    anchors: tuple[str, ...]
    source: Misprint | Tombstone
    record: str | None = None
    beside: tuple[str, ...] = ()

    @property
    def is_name(self) -> bool:
        """Whether it is a former name, not a wrong value."""
        return isinstance(self.source, Tombstone) and self.source.value is None

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds the words as whole words."""
        return whole_words(self.words, any_case=not self.words.isupper())

    def may_be_in(self, text: str, lowered: str) -> bool:
        """Tell whether a text, given also in lower case, has the words that must be there."""
        return all(word in lowered for word in self.anchors) and (
            not self.words.isupper() or all(word in text for word in self.words.split())
        )

    def is_meant(self, text: str, start: int, end: int) -> bool:
        """Tell whether what stands around a match shows that it is what it seems."""
        if not self.beside:
            return True
        before = text[max(0, start - policy.AROUND) : start].lower()
        after = text[end : end + policy.AROUND].lower()
        return any(
            word in before or word in after or word in text[start:end].lower()
            for word in self.beside
        )


class Gate(NamedTuple):
    """Lower-case words that a text must hold to be worth a closer look.

    Attributes:
        anchors: All of these.
        beside: And one of these, if there are any.
    """

    anchors: tuple[str, ...]
    beside: tuple[str, ...]


class Names:
    """The names in a directory, ready to be found."""

    def __init__(self, directory: Directory) -> None:
        """Collect the names; callers use `names_of`."""
        self._records: dict[str, str] = {}
        for record in directory:
            for name in _names(record):
                self._records.setdefault(_folded(name), record.id)
        self._withdrawn = written_history(directory).tombstones
        for stone in self._withdrawn:
            if stone.subject == TombstoneSubject.NAME and stone.record:
                for name in _spellings(stone.name):
                    self._records.setdefault(_folded(name), stone.record)
        channels = {channel.id for channel in directory.channels}
        self.of_channels = tuple(name for name, id in self._records.items() if id in channels)
        self._longest_first = tuple(sorted(self._records, key=len, reverse=True))
        self.phrases = tuple(self._phrases(directory))
        self.former_operators = {
            channel.id: names
            for channel in directory.channels
            if (names := tuple(_former_operators(directory, channel)))
        }
        self.gates = tuple(
            [Gate(phrase.anchors, phrase.beside) for phrase in self.phrases]
            + [
                Gate((name.lower(),), _beside(directory.channel(id)))
                for id, names in self.former_operators.items()
                for name in names
            ]
        )

    def find(self, text: str, start: int, end: int) -> Iterator[Named]:
        """Yield the names in a stretch of text."""
        pattern = whole_words(*self._longest_first)
        for match in pattern.finditer(text, max(0, start), end):
            if " " in match[0] or not match[0].islower():
                record = self._records[_folded(match[0])]
                yield Named(record=record, start=match.start(), end=match.end())

    def speaks_of(self, text: str, start: int, end: int, records: frozenset[str]) -> bool:
        """Tell whether a stretch of text names one of the records."""
        return any(one.record in records for one in self.find(text, start, end))

    def _phrases(self, directory: Directory) -> Iterator[Phrase]:
        records = {record.id: record for record in directory}
        for misprint in directory.misprints:
            if misprint.wrong.kind == ValueKind.PHRASE:
                about = [one.record for one in self.find(misprint.wrong.value, 0, _ALL)]
                record = records.get(about[0] if about else misprint.record or "")
                wrong = misprint.wrong.value
                others = (one for one in misprint.printed if wrong.lower() not in one.lower())
                for words in (wrong, *others):
                    yield _phrase(words, misprint, beside=_beside(record))
        for stone, written in zip(directory.tombstones, self._withdrawn, strict=True):
            if stone.value is not None and stone.value.kind == ValueKind.PHRASE:
                record = records.get(stone.record or "")
                yield _phrase(stone.value.value, stone, beside=_beside(record))
            elif stone.subject in {TombstoneSubject.NAME, TombstoneSubject.RECORD}:
                successor = records.get(stone.successor or stone.record or "")
                for name in _spellings(written.name):
                    yield _phrase(
                        name,
                        stone,
                        record=successor.id if successor else None,
                        beside=_beside_name(name, successor),
                    )


_ALL = 10_000


def _phrase(
    words: str,
    source: Misprint | Tombstone,
    *,
    record: str | None = None,
    beside: tuple[str, ...] = (),
) -> Phrase:
    return Phrase(
        words=words,
        anchors=_anchors(words),
        source=source,
        record=record,
        beside=beside,
    )


def _beside(record: Record | None, phrase: str = "") -> tuple[str, ...]:
    """Return the words of which one shows that a phrase is about a record.

    For the hotline, for laws and where nothing else is known that is the
    subject, for the police their name, for others what their names consist of.
    """
    if record is None or isinstance(record, Law) or Purpose.TRAFFICKING_HELP in _purposes(record):
        return policy.TOPIC_WORDS
    if getattr(record, "type", None) == OrganizationType.POLICE_DEPARTMENT:
        return policy.POLICE_WORDS
    words = [word for word in re.findall(r"\w+", record.name.lower()) if not word.isdigit()]
    telling = [
        word
        for word in words
        if len(word) > policy.SHORT_NAME
        and word not in policy.COMMON_WORDS
        and word not in phrase.lower()
    ]
    short = record.short_name or ""
    return (*telling[:1], *([short] if short.isdigit() else ())) or policy.TOPIC_WORDS


def _beside_name(name: str, record: Record | None) -> tuple[str, ...]:
    """Return the words of which one must stand beside a former name to be sure of it."""
    if len(name.split()) < policy.LONG_NAME and not name.isupper():
        return _beside(record, name)
    if record is None or _is_national(record) or policy.PLACE_WORDS[0] in name.lower():
        return ()
    return policy.PLACE_WORDS


def _purposes(record: Record) -> tuple[str, ...]:
    return getattr(record, "purposes", ())


def _is_national(record: Record) -> bool:
    if isinstance(record, HelpChannel):
        return record.coverage.area == Area.NATION
    return isinstance(record, Organization) and record.type == OrganizationType.FEDERAL_AGENCY


def _names(record: Record) -> Iterator[str]:
    """Yield what a record is called and was called, as far as it can be told from others."""
    if isinstance(record, Law):
        return
    yield record.name
    if record.name.startswith("National "):
        yield record.name.removeprefix("National ")
    short = record.short_name
    if short and (" " in short or len(short) >= policy.SHORT_NAME):
        yield short
    for former in getattr(record, "former_names", ()):
        yield from _spellings(former.name)


def _spellings(name: str) -> Iterator[str]:
    """Yield the ways to write a former name: with and without its acronym or its form of company.

    A name whose brackets hold words, or that goes on behind them, describes
    something rather than naming it; it is left as it stands.
    """
    acronym = _ACRONYM.search(name)
    if acronym is None or acronym.end() < len(name):
        yield name
        return
    yield name[: acronym.start()].strip().removesuffix(", Inc.")
    yield acronym[1]


def _former_operators(directory: Directory, channel: HelpChannel) -> Iterator[str]:
    """Yield the names of those who ran a channel and no longer do, the longest first."""
    for operator in channel.operators:
        if operator.until is None:
            continue
        organization = directory.get(operator.organization or "", None)
        former = getattr(organization, "former_names", ())
        names = {operator.name, *(one.name for one in former)}
        yield from sorted(names, key=len, reverse=True)


@lru_cache(maxsize=512)
def whole_words(*names: str, any_case: bool = True) -> re.Pattern[str]:
    """Return what finds the first of the names that fits, with any white space in it.

    Compiled when it is first needed: most texts need none. The pattern begins
    with a set of letters, and only what follows disregards case: for a set as
    it stands, Python searches in a fast loop.
    """
    behind: dict[str, list[str]] = defaultdict(list)
    for name in names:
        first = name[0].lower() + name[0].upper() if any_case else name[0]
        rest = _words(name).removeprefix(re.escape(name[0]))
        behind[re.escape(first + KIN.get(first[0], ""))].append(rest)
    if not behind:
        return re.compile("(?!)")
    firsts = "".join(behind)
    case = "i" if any_case else ""
    rests = "|".join(f"(?<=[{first}])(?{case}:{'|'.join(some)})" for first, some in behind.items())
    return re.compile(rf"[{firsts}](?<!\w[{firsts}])(?<!\w-[{firsts}])(?:{rests})(?!\w|-\w)")


def _folded(name: str) -> str:
    return " ".join(name.translate(_PLAIN).lower().split())


def _words(words: str) -> str:
    parts = words.rstrip(".").split(_GAP)
    return r"[^.!?]{0,120}?".join(r"\s+".join(map(re.escape, part.split())) for part in parts)


def _anchors(words: str) -> tuple[str, ...]:
    """Return the words that must be there; all of it where no word is telling."""
    whole = re.sub(r"[(),]", " ", words.lower().rstrip(".").replace(_GAP, " ")).split()
    telling = {
        word
        for word in whole
        if len(word) > policy.SHORT_NAME
        or (len(word) == policy.SHORT_NAME and any(map(str.isdigit, word)))
    }
    return tuple(sorted(telling or {" ".join(whole)}))
