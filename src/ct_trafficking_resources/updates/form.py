"""What a cell of the table form can hold, and how it is written and read.

A cell is text. Each form turns a value of the document into the text of a cell
and back; an empty cell means that there is no value.

The update as tables: one row a contact point, one a source, one an address.

A spreadsheet has one sheet a table; a CSV file has the tables below each other,
each under its name in square brackets. Which columns there are, what they are
called and who may change them is data here; `table_writing` and `table_reading`
go by it.

Documents to the rows of the table form.

What the form says to the person who fills it in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources import web
from ct_trafficking_resources.errors import NotReadable, quote
from ct_trafficking_resources.phone import read_number
from ct_trafficking_resources.updates.normalize import (
    is_dialled,
    read_address,
    read_hours,
    write_hours,
)
from ct_trafficking_resources.vocabulary import (
    AnsweredBy,
    Area,
    Audience,
    MembershipRole,
    MembershipStatus,
    Mode,
    OrganizationType,
    Purpose,
    SourceKind,
)

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
    """

    title: str
    path: tuple[str, ...]
    about: str
    form: CellForm = TEXT
    words: tuple[str, ...] = ()
    several: bool = False
    locked: bool = False
    empty: Any = ABSENT
    width: int = 20


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


def _one_of(title: str, key: str, about: str, words: type[StrEnum], **more: Any) -> Column:
    return Column(title, (key,), about, word_of(words), tuple(words), **more)


def _some_of(title: str, key: str, about: str, words: type[StrEnum], **more: Any) -> Column:
    return Column(title, (key,), about, words_of(words), tuple(words), several=True, **more)


def _flag(title: str, key: str, about: str, **more: Any) -> Column:
    return Column(title, (key,), about, FLAG, ("yes",), **more)


def _answer(title: str, key: str, about: str, **more: Any) -> Column:
    return Column(title, (key,), about, ANSWER, ("yes", "no"), **more)


RECORD = Column("Record", ("record",), "Which record the row belongs to.", locked=True)
_CURATORS = "For the curators; leave it as it is."
_NOTE = Column("Note", ("note",), "What a reader should know, in plain words.", width=40)
_SINCE = Column("Since", ("since",), "As exact as you know it: 2015, 2015-11 or 2015-11-04.", DATE)
_UNTIL = Column("Until", ("until",), "The same; empty if it still holds.", DATE)
_CHECK_FIRST = _flag("Check first", "check_first", _CURATORS, locked=True)
_ID = Column("Record", ("id",), _CURATORS, locked=True)
_NAMES = (
    Column("Name", ("name",), "Its name today.", width=36),
    Column("Short name", ("short_name",), "A short form in common use."),
)
_SUMMARY = Column("Summary", ("summary",), "What it does, in a sentence or two.", width=50)

UPDATE = Table(
    "Update",
    "",
    "Who sends this, and when. Write a role, never a person's name.",
    (
        Column("Edition", ("edition",), "The edition that this form shows.", locked=True),
        Column("Submitted by", ("submitted_by",), "Your organization's id.", locked=True, width=30),
        Column("Role", ("role",), "Your role, such as Records clerk. Never a name.", width=30),
        Column("Submitted on", ("submitted_on",), "Today, as 2026-11-23.", DATE),
    ),
)

SOURCES = Table(
    "Sources",
    "sources",
    "Public pages that show the new values. What a victim may use needs two.",
    (
        Column(
            "Address of the page",
            ("url",),
            "Copy it from the browser.",
            empty=None,
            width=50,
        ),
        Column("Title", ("title",), "The title of the page.", width=36),
        _one_of(
            "Whose page",
            "kind",
            "official: a government body. operator: your own. partner: this letter.",
            SourceKind,
        ),
        Column(
            "Date of the page",
            ("date",),
            "As exact as the page gives it; empty if it shows none.",
            DATE,
        ),
        _flag("Date inferred", "date_inferred", "yes if the date is not printed on the page."),
        Column("Read on", ("read",), "The day you looked, as 2026-11-23.", DATE),
        Column("What it says", ("says",), "The words that carry the value.", width=50),
    ),
    spare=10,
)

ORGANIZATION = Table(
    "Organization",
    "records",
    "Your organization as we show it.",
    (
        _ID,
        *_NAMES,
        _one_of("Type", "type", _CURATORS, OrganizationType, locked=True),
        _SUMMARY,
        Column("Parent record", ("parent",), _CURATORS, locked=True),
        Column("Parent", ("parent_name",), "The body that it is part of.", width=30),
        Column("Town", ("town",), "The town that it serves."),
        Column("Planning region", ("planning_region",), "The region of that town."),
        Column(
            "Web hosts",
            ("hosts",),
            "Host names that are yours, such as www.example.gov, with commas between.",
            LIST,
            width=30,
        ),
        _NOTE,
    ),
    kind="organization",
)

CHANNELS = Table(
    "Help channels",
    "records",
    "The services that you run.",
    (
        _ID,
        *_NAMES,
        _SUMMARY,
        _some_of("Audiences", "audiences", _CURATORS, Audience, locked=True, width=30),
        _some_of("Purposes", "purposes", _CURATORS, Purpose, locked=True, width=30),
        Column(
            "Area",
            ("coverage", "area"),
            "nation, state or towns.",
            word_of(Area),
            tuple(Area),
        ),
        Column(
            "Towns",
            ("coverage", "towns"),
            "With commas between; only if the area is towns.",
            LIST,
        ),
        _one_of("Answered by", "answered_by", "Who answers.", AnsweredBy),
        _flag(
            "Immigration enforcement",
            "immigration_enforcement",
            "yes if it also takes tips for immigration enforcement.",
        ),
        _flag("Tips only", "tips_only", "yes if it takes information and gives no help."),
        _answer(
            "Mandated reporters",
            "mandated_reporters",
            "yes if the staff must report some matters.",
        ),
        _answer("Anonymous", "anonymous", "yes if a person need not give a name."),
        Column(
            "Confidentiality",
            ("confidentiality",),
            "What stays private and what does not.",
            width=40,
        ),
        Column("Rank", ("rank",), _CURATORS, COUNT, locked=True),
        _NOTE,
    ),
    kind="help-channel",
)

CONTACTS = Table(
    "Contacts",
    "contacts",
    "One row for each way to reach you. To take one out, empty its white cells; add rows below.",
    (
        RECORD,
        Column("Id", ("id",), "Leave it as it is; empty in a new row.", locked=True),
        _one_of(
            "How",
            "mode",
            "voice: a call. text: SMS. chat: on a page. tty: text telephone. relay: through an"
            " operator. web: a page. web-form: a form. email.",
            Mode,
        ),
        Column(
            "Number or address",
            ("value",),
            "As you print it: 203-555-0123, or https://www.example.gov/page.",
            width=40,
        ),
        Column("Shown as", ("display",), "Only if it is shown in another way.", width=30),
        Column("Extension", ("extension",), "Digits dialled after the call is answered."),
        Column("Keyword", ("keyword",), "The word to send, if the text line needs one."),
        Column(
            "Other keywords",
            ("accepted_keywords",),
            "Words that pages print although none is needed.",
            LIST,
        ),
        Column("Number in letters", ("vanity",), "Such as 203-576-TIPS."),
        Column("Menu", ("menu",), "What to choose after the call is answered."),
        Column("Label", ("label",), "What it is called, such as Tip line.", width=30),
        Column("Relay to", ("relay_to",), "Id of the number that the operator is given."),
        Column("Paired with", ("paired_with",), "Id of the contact it is always shown with."),
        _some_of("For", "purposes", "What it is for, with commas between.", Purpose, width=30),
        Column(
            "Hours",
            ("hours",),
            "always, or Mon-Fri 08:30-16:30; Sat 09:00-12:00. Empty if you cannot say.",
            HOURS,
            width=36,
        ),
        Column(
            "Languages",
            ("languages",),
            "Of the staff: en, es, pt-BR, with commas between.",
            LIST,
        ),
        Column(
            "Interpreter languages",
            ("interpreter_languages",),
            "Through an interpreter; mul for many.",
            LIST,
        ),
        Column(
            "Interpreter count",
            ("interpreter_count",),
            "How many languages interpreters cover, at least.",
            COUNT,
        ),
        _flag("Carrier charges", "carrier_charges", "yes if message rates may apply."),
        Column(
            "Shared with",
            ("shared_with",),
            "Records that rightly have the same number.",
            LIST,
            locked=True,
        ),
        _CHECK_FIRST,
        _NOTE,
        Column("Valid from", ("valid_from",), "First day, as 2026-11-23.", DATE),
        Column("Valid to", ("valid_to",), "Last day, as 2026-11-23.", DATE),
    ),
    part=True,
    spare=10,
)

ADDRESSES = Table(
    "Addresses",
    "addresses",
    "Public offices. Never a shelter, never a private address.",
    (
        RECORD,
        Column("Address", ("text",), "As you print it.", width=50),
        Column("Which office", ("purpose",), "Such as Police headquarters.", width=30),
        _CHECK_FIRST,
    ),
    part=True,
    spare=4,
)

MEMBERSHIPS = Table(
    "Memberships",
    "memberships",
    "Your part in task forces.",
    (
        RECORD,
        Column("Task force", ("task_force",), _CURATORS, locked=True, width=36),
        _one_of("Part", "role", "convener, lead, member or service-partner.", MembershipRole),
        _one_of("Status", "status", "confirmed if you are a member today.", MembershipStatus),
        _SINCE,
        _UNTIL,
        Column("Named as", ("named_as",), "The name that it was listed under."),
        _NOTE,
    ),
    part=True,
    spare=1,
)

OPERATORS = Table(
    "Operators",
    "operators",
    "Who runs each service and who did, today's first.",
    (
        RECORD,
        Column("Organization", ("organization",), _CURATORS, locked=True, width=30),
        Column("Name", ("name",), "Its name.", width=36),
        _SINCE,
        _UNTIL,
        _NOTE,
    ),
    part=True,
    spare=2,
)

FORMER_NAMES = Table(
    "Former names",
    "former_names",
    "Names that were used before, newest first.",
    (
        RECORD,
        Column("Name", ("name",), "The name.", width=36),
        Column("Given up", ("until",), "As exact as you know it.", DATE),
        _NOTE,
    ),
    part=True,
    spare=2,
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
        yield from (one for one in update["records"] if one["kind"] == table.kind)
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
    """Return a contact point as a person types it: one number, as it is shown.

    How it is shown is written apart only where it does not follow.
    """
    value, display = contact["value"], contact["display"]
    if is_dialled(contact["mode"]):
        try:
            number = read_number(display)
        except NotReadable:
            return dict(contact)
        if (number.value, number.display) != (value, display) or number.extension or number.vanity:
            return dict(contact)
        return {**contact, "value": display, "display": None}
    follows = read_address(contact["mode"], value)[1] == value and web.display(value) == display
    return {**contact, "display": None} if follows else dict(contact)


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
