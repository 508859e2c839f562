"""What a cell of the table form can hold, and how it is written and read.

A cell is text. Each form turns a value of the document into the text of a cell
and back; an empty cell means that there is no value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources.findings import quote
from ct_trafficking_resources.updates.hours_text import read_hours, write_hours
from ct_trafficking_resources.updates.normalise import NotReadable

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum

_YES = frozenset({"yes", "y", "true", "x"})
_NO = frozenset({"no", "n", "false"})
_BETWEEN = re.compile(r"[,;\n]")
_NUMBER = re.compile(r"[0-9]{1,9}\Z")
_US_DATE = re.compile(r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4})\Z")

ABSENT: Any = object()
"""What reading gives where the document has no key."""


class CellForm(NamedTuple):
    """One form that a cell can have.

    Attributes:
        write: Value to text; never called for a value that is absent.
        read: Text that is not empty to value, or `ABSENT`.
    """

    write: Callable[[Any], str]
    read: Callable[[str], Any]


def _same(text: str) -> str:
    return text


def _read_flag(text: str) -> Any:
    return _read_answer(text) or ABSENT


def _read_answer(text: str) -> bool:
    word = text.lower()
    if word in _YES | _NO:
        return word in _YES
    raise NotReadable(
        f"{quote(text)} is neither yes nor no.", "Write yes or no, or leave it empty."
    )


def _write_answer(value: Any) -> str:
    return "yes" if value else "no"


def _read_count(text: str) -> int:
    if _NUMBER.match(text):
        return int(text)
    raise NotReadable(f"{quote(text)} is not a whole number.", "Write digits only.")


def _read_date(text: str) -> str:
    """Return a date; the American form is rewritten, all others are left."""
    american = _US_DATE.match(text)
    if american is None:
        return text
    return f"{american['year']}-{int(american['month']):02}-{int(american['day']):02}"


def _read_list(text: str) -> list[str]:
    return [one.strip() for one in _BETWEEN.split(text) if one.strip()]


TEXT = CellForm(_same, _same)
DATE = CellForm(_same, _read_date)
LIST = CellForm(", ".join, _read_list)
COUNT = CellForm(str, _read_count)
HOURS = CellForm(write_hours, read_hours)
FLAG = CellForm(_write_answer, _read_flag)
"""Yes, or nothing: no is how the document says that it is not so."""
ANSWER = CellForm(_write_answer, _read_answer)
"""Yes, no, or nothing: no source says."""


def word_of(vocabulary: type[StrEnum]) -> CellForm:
    """Return the form of a cell with one word of a vocabulary."""
    return CellForm(_same, lambda text: _known(vocabulary, text))


def words_of(vocabulary: type[StrEnum]) -> CellForm:
    """Return the form of a cell with several words of a vocabulary."""
    return CellForm(", ".join, lambda text: [_known(vocabulary, one) for one in _read_list(text)])


def _known(vocabulary: type[StrEnum], text: str) -> str:
    """Return the word as the vocabulary spells it; others are left to the schema."""
    word = re.sub(r"[\s_-]+", "-", text.lower())
    return word if word in vocabulary._value2member_map_ else text
