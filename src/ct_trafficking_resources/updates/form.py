"""The form that a partner fills in, as tables: one row a contact point, one a source.

A spreadsheet has one sheet a table; a CSV file has the tables below each other,
each under its name in square brackets. A column is a field of the model: its
heading, what to write, and whether only the curators change it stand there, and
what its cells hold follows from the field's type. A cell is text; an empty one
means that there is no value. `template` draws the tables and `tables` reads them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from ct_trafficking_resources import phone, vocabulary
from ct_trafficking_resources.errors import NotReadable, quote
from ct_trafficking_resources.model import HelpChannel, Organization, Source
from ct_trafficking_resources.model.base import having
from ct_trafficking_resources.model.fields import parts
from ct_trafficking_resources.phone import is_dialed
from ct_trafficking_resources.words import read_hours, write_hours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
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
    return [item.strip() for item in _BETWEEN.split(text) if item.strip()]


TEXT = CellForm(_same, _same)
DATE = CellForm(_same, _read_date)
"""As exact as it is known."""
DAY = CellForm(str, _read_date)
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
    return CellForm(", ".join, lambda text: [_known(vocabulary, word) for word in _read_list(text)])


def _known(vocabulary: type[StrEnum], text: str) -> str:
    """Return the word as the vocabulary spells it; others are left to the schema."""
    word = re.sub(r"[\s_-]+", "-", text.lower())
    return word if word in vocabulary._value2member_map_ else text


_ANSWERS = {FLAG: ("yes",), ANSWER: ("yes", "no")}
_WIDTH = 20
_LONG = 40
"""Characters from which on prose is drawn with several lines."""


class Column(NamedTuple):
    """One column.

    Attributes:
        title: Its heading.
        path: Where its value stands in the document of the row.
        about: What to write, for the person who fills it in.
        form: What its cells hold.
        words: The words it may hold, if they are a closed list.
        several: It may hold several of them.
        locked: Only the curators change it.
        empty: What an empty cell means.
        width: How wide it is drawn, in characters.
        required: A row without it is not whole.
        long: It is drawn with several lines.
        on_page: It is on the web page; what is not is passed on as it is.
        since: The first edition whose forms have it; empty if all have it.
    """

    title: str
    path: tuple[str, ...]
    about: str
    form: CellForm = TEXT
    words: tuple[str, ...] = ()
    several: bool = False
    locked: bool = False
    empty: Any = ABSENT
    width: int = _WIDTH
    required: bool = False
    long: bool = False
    on_page: bool = False
    since: str = ""


class Table(NamedTuple):
    """One table.

    Attributes:
        title: Its heading, and the name of its sheet.
        key: Where its rows stand in the document, or in the record of the row.
        kind: The kind of record that each row is, if rows are records.
        part: Each row is a part of the record that its first column names.
        about: What it is for.
        columns: Its columns.
        spare: How many empty rows are drawn below.
    """

    title: str
    key: str
    about: str
    columns: tuple[Column, ...]
    kind: str | None = None
    part: bool = False
    spare: int = 0


_OF_TYPE = {
    "str": TEXT,
    "int": COUNT,
    "bool": FLAG,
    "bool | None": ANSWER,
    "date": DAY,
    "dt.date": DAY,
    "PartialDate": DATE,
    "Hours": HOURS,
    "tuple[str, ...]": LIST,
}
"""What the cells of a field hold, by its type; a word of a vocabulary has a form of its own."""

_VOCABULARY = re.compile(r"(?P<several>tuple\[)?(?P<name>\w+) \| str\b")


def columns_of(cls: type, path: tuple[str, ...] = (), *, curated: bool = False) -> list[Column]:
    """Return the columns of a record or of a part of one, in the order of the model.

    Args:
        cls: Its class.
        path: Where it stands in the document of the row.
        curated: Only the curators change it as a whole.
    """
    columns = []
    for field in attrs.fields(cls):
        locked = curated or "curated" in field.metadata or field.name == "id"
        way = (*path, field.name)
        part = parts(cls).get(field.name)
        if "column" in field.metadata:
            columns.append(_column(field, way, locked=locked))
        elif part is not None and not str(field.type).startswith("tuple["):
            columns += columns_of(part, way, curated=locked)
    return columns


def _column(field: attrs.Attribute[Any], path: tuple[str, ...], *, locked: bool) -> Column:
    title, about, *width = field.metadata["column"]
    kind = str(field.type)
    may_be_none = kind.endswith(" | None")
    is_needed = field.default is attrs.NOTHING
    words: tuple[str, ...] = ()
    several = False
    if of_vocabulary := _VOCABULARY.match(kind):
        terms = getattr(vocabulary, of_vocabulary["name"])
        several = of_vocabulary["several"] is not None
        words, form = tuple(terms), (words_of if several else word_of)(terms)
    else:
        form = _OF_TYPE[kind if kind in _OF_TYPE else kind.removesuffix(" | None")]
        words = _ANSWERS.get(form, ())
    wide = int(*width or (_WIDTH,))
    return Column(
        title=title,
        path=path,
        about=about,
        form=form,
        words=words,
        several=several,
        locked=locked,
        empty=None if is_needed and may_be_none else ABSENT,
        width=wide,
        required=is_needed and not may_be_none,
        long=field.metadata.get("text") == "prose" and wide >= _LONG,
        on_page=not locked and field.metadata.get("page", True),
        since=field.metadata.get("since", ""),
    )


def _records(title: str, cls: Any, about: str) -> Table:
    """Return the table whose rows are records."""
    return Table(title, "records", about, tuple(columns_of(cls)), kind=cls.kind)


def _parts(title: str, cls: type, key: str, about: str, spare: int) -> Table:
    """Return the table whose rows are the parts that records of a class have under a key."""
    curated = key in having(cls, "curated")
    columns = columns_of(parts(cls)[key], curated=curated)
    return Table(title, key, about, (RECORD, *columns), part=True, spare=0 if curated else spare)


RECORD = Column("Record", ("record",), "Which record the row belongs to.", locked=True)

UPDATE = Table(
    "Update",
    "",
    "Who sends this, and when. Write a role, never a person's name.",
    (
        Column("Edition", ("edition",), "The edition that this form shows.", locked=True),
        Column("Submitted by", ("submitted_by",), "Your organization's id.", locked=True, width=30),
        Column(
            "Role",
            ("role",),
            "Your role, such as Records clerk. Never a name.",
            width=30,
            required=True,
            on_page=True,
        ),
        Column(
            "Submitted on",
            ("submitted_on",),
            "Today, as 2026-11-23.",
            DAY,
            required=True,
            on_page=True,
        ),
    ),
)

SOURCES = Table(
    "Sources",
    "sources",
    "Public pages that show the new values. What a victim may use needs two.",
    tuple(columns_of(Source)),
    spare=10,
)
ORGANIZATION = _records("Organization", Organization, "Your organization as we show it.")
CHANNELS = _records("Help channels", HelpChannel, "The services that you run.")
CONTACTS = _parts(
    "Contacts",
    HelpChannel,
    "contacts",
    "One row for each way to reach you. To take one out, empty its white cells; add rows below.",
    10,
)
ADDRESSES = _parts(
    "Addresses",
    Organization,
    "addresses",
    "Public offices. Never a shelter, never a private address.",
    4,
)
MEMBERSHIPS = _parts("Memberships", Organization, "memberships", "Your part in task forces.", 1)
OPERATORS = _parts(
    "Operators",
    HelpChannel,
    "operators",
    "Who runs each service and who did, today's first.",
    2,
)
FORMER_NAMES = _parts(
    "Former names",
    Organization,
    "former_names",
    "Names that were used before, newest first.",
    2,
)

TABLES = (
    UPDATE,
    SOURCES,
    CONTACTS,
    ORGANIZATION,
    CHANNELS,
    ADDRESSES,
    MEMBERSHIPS,
    OPERATORS,
    FORMER_NAMES,
)
"""In the order in which they are drawn: what a partner fills in comes first."""

READ_ME = "Read me"
WORDS = "Words"
UNREAD = frozenset({READ_ME, WORDS})
"""Tables that are drawn for people and passed over by the reader."""


def rows_of(table: Table, document: Mapping[str, Any]) -> list[list[str]]:
    """Return the rows of one table, without its header.

    Args:
        table: The table.
        document: An update.
    """
    return [
        [text_of(column, row) for column in table.columns] for row in _documents(table, document)
    ]


def _documents(table: Table, update: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if table.kind:
        yield from (record for record in update["records"] if record["kind"] == table.kind)
    elif table.part:
        for record in update["records"]:
            for part in record.get(table.key, ()):
                typed = as_typed(part) if table is CONTACTS else part
                yield {**typed, RECORD.path[0]: record["id"]}
    elif table.key:
        yield from update[table.key]
    else:
        yield update


def text_of(column: Column, row: Mapping[str, Any]) -> str:
    """Return the text of one cell, for the document of its row."""
    value: Any = row
    for key in column.path:
        value = value.get(key) if value else None
    return "" if value is None else column.form.write(value)


def as_typed(contact: Mapping[str, Any]) -> dict[str, Any]:
    """Return a contact point as a person types it: a number as it is shown.

    How it is shown follows from the value, so it is not written apart.
    """
    typed = {**contact, "display": None}
    if is_dialed(contact["mode"]):
        typed["value"] = phone.display(contact["kind"], contact["value"])
    return typed


INSTRUCTIONS = (
    (
        "This is what we show about your organization. Change what is no longer true, and send the"
        " file back to the curators who sent it to you."
    ),
    (
        "Write your role, such as Records clerk, and today's date. Never write the name of a"
        " person, a personal number, or the address of a shelter."
    ),
    (
        "Under Sources, name the public pages that show what you changed, and copy the words that"
        " carry it. A number, code or address that a person in danger may use needs two pages of"
        " different organizations."
    ),
    (
        "Write numbers as you print them: 203-555-0123, (203) 555-0123 ext 4, 203-576-TIPS. One"
        " number in each place."
    ),
    (
        "Leave empty what you cannot say. Empty hours mean that nobody has said, not that it is"
        " closed."
    ),
    "Do not call, text or chat with a crisis line to check it. Ask the people who run it.",
    "What has not changed may stay as it is.",
)
"""One sentence a thought; each form shows all of them."""
