"""Read what a partner sent: a file in, an update with the place of every value out.

A file comes from outside. It may be a folder, a pipe that never ends, or a file
that someone is still writing; so it is opened without waiting, looked at, and
read up to the limit and no further. What kind of file it is, its content says;
the name decides only where the content cannot. JSON is read here; tables are read
in `tables` and `workbook`. At the end, what people typed is put into the form
that is stored (`normalize`).

Whether the update fits the schema and may go in is for the checks.
"""

from __future__ import annotations

import io
import os
import re
from enum import StrEnum, unique
from hashlib import sha256
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from ct_trafficking_resources.checks import strict_json
from ct_trafficking_resources.checks.findings import Place, Severity
from ct_trafficking_resources.checks.rules import Found, first, rule
from ct_trafficking_resources.checks.strict_json import CHECK, TOO_LARGE, open_file
from ct_trafficking_resources.errors import NotReadable
from ct_trafficking_resources.model.base import brief
from ct_trafficking_resources.updates.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.checks.rules import Rule
    from ct_trafficking_resources.checks.strict_json import JsonText
    from ct_trafficking_resources.updates.normalize import StoredForm

_JSON = strict_json.Limits(size=1_000_000, keys=100, items=200, findings=100)


@attrs.frozen(kw_only=True)
class Limits:
    """What a submitted file may be at most; what is larger is refused.

    Attributes:
        size: Bytes of the file, whatever its kind. Fifty times what is needed.
        json: The limits of a JSON document. Arrays in the schema of an update
            hold 169 items at most (the towns).
        unpacked: Bytes that a spreadsheet may unpack to. A parser of
            spreadsheets reads about 10 MB a second.
        ratio: How many times smaller packing may make it. Sheets pack to a
            tenth; a bomb packs to a thousandth.
        parts: Files inside a spreadsheet.
        elements: XML elements inside a spreadsheet. The largest form has 2,100.
        rows: Rows of a table with its headings.
        columns: Columns of a table.
        cell: Characters in a cell; the longest text of the schema has 1,000.
        findings: Findings that are shown; more help nobody.
    """

    size: int = 1_000_000
    json: strict_json.Limits = _JSON
    unpacked: int = 10_000_000
    ratio: int = 100
    parts: int = 200
    elements: int = 100_000
    rows: int = 2_000
    columns: int = 60
    cell: int = 4_000
    findings: int = 100


_DEFAULT = Limits()


@unique
class Form(StrEnum):
    """The forms in which an update is read."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


@attrs.frozen(kw_only=True)
class Places:
    """Where the values of a document were written.

    Attributes:
        file: The file as the caller named it.
        json: Its text, if it is JSON.
        cells: JSON Pointer to cell, if it consists of tables.
    """

    file: str
    json: JsonText | None = None
    cells: Mapping[str, Place] = attrs.field(factory=dict)

    def of(self, pointer: str) -> Place:
        """Return where the value at a JSON Pointer was written.

        For what the file does not hold, it is the place of the nearest parent.
        """
        if self.json is not None:
            return self.json.place(pointer)
        nearest = pointer
        while nearest and nearest not in self.cells:
            nearest = nearest.rpartition("/")[0]
        return attrs.evolve(self.cells.get(nearest, Place(file=self.file)), pointer=pointer)


@attrs.frozen(kw_only=True)
class Submission:
    """What a partner sent, read.

    Attributes:
        name: The file as the caller named it.
        form: The form it has, or None if it is of no kind that is read.
        sha256: Digest of its bytes in hexadecimal; of nothing if there are none.
        document: The update in its canonical form, or None if the file could
            not be read as one.
        places: Where the values of the document were written.
        findings: What reading found. A document may stand beside findings that
            concern single values: such a value is in the document as it was
            typed, and what else is wrong with it need not be said.
        stored_forms: What is stored in another form than it was typed.
    """

    name: str
    form: Form | None
    sha256: str
    document: dict[str, Any] | None = None
    places: Places = attrs.field(eq=False, repr=False)
    findings: tuple[Finding, ...]
    stored_forms: tuple[StoredForm, ...] = ()

    __repr__ = brief

    @property
    def ok(self) -> bool:
        """Tell whether reading found no error."""
        return all(finding.severity != Severity.ERROR for finding in self.findings)


def read(
    source: str | PathLike[str] | bytes, *, name: str | None = None, limits: Limits = _DEFAULT
) -> Submission:
    """Read what a partner sent.

    Args:
        source: A path, or the bytes of a file.
        name: What to call it in findings; the path if not given.
        limits: What it may be at most.

    Raises:
        MissingExtra: It is a spreadsheet, and openpyxl is not installed.
    """
    name = name or ("update" if isinstance(source, bytes) else fspath(source))
    data = b""
    try:
        data = _bytes_of(source, limits.size)
        form = _form_of(data, name)
    except _Refused as refused:
        return Submission(
            name=name,
            form=None,
            sha256=sha256(data).hexdigest(),
            places=Places(file=name),
            findings=(refused.rule.finding(Place(file=name), refused.message, refused.hint),),
        )
    if form is Form.JSON:
        content = _read_json(data, name, limits)
    else:
        content = _read_tables(data, name, form, limits)
    found = Found(content.places.of, content.findings)
    stored_forms = normalize(content.document, found) if content.document is not None else ()
    return Submission(
        name=name,
        form=form,
        sha256=sha256(data).hexdigest(),
        document=content.document,
        places=content.places,
        findings=first(found.findings(), limits.findings, name),
        stored_forms=(*content.stored_forms, *stored_forms),
    )


class _Refused(Exception):
    """The file is not read any further."""

    def __init__(self, rule: Rule[Any], message: str, hint: str | None = None) -> None:
        super().__init__(rule, message, hint)
        self.rule, self.message, self.hint = rule, message, hint


# --- the file --------------------------------------------------------------------------


def _bytes_of(source: str | PathLike[str] | bytes, most: int) -> bytes:
    """Return the bytes of a file: at least one, and at most *most*."""
    data = source if isinstance(source, bytes) else _read_file(Path(source), most)
    if len(data) > most:
        raise _too_large(len(data), most)
    if not data:
        raise _Refused(EMPTY, "The file is empty.")
    return data


def _read_file(path: Path, most: int) -> bytes:
    try:
        handle = open_file(path)
    except NotReadable as error:
        raise _Refused(UNREADABLE_FILE, error.message, error.hint) from error
    try:
        return _read_handle(handle, most)
    except OSError as error:
        message = f"The file cannot be read: {error.strerror}."
        raise _Refused(UNREADABLE_FILE, message, CHECK) from error
    finally:
        os.close(handle)


def _read_handle(handle: int, most: int) -> bytes:
    before = os.fstat(handle)
    if before.st_size > most:
        raise _too_large(before.st_size, most)
    data = bytearray()
    while len(data) <= most and (piece := os.read(handle, most + 1 - len(data))):
        data += piece
    after = os.fstat(handle)
    if not before.st_size == len(data) == after.st_size or before.st_mtime_ns != after.st_mtime_ns:
        raise _Refused(CHANGING, "The file changed while it was read.")
    return bytes(data)


def _too_large(size: int, most: int) -> _Refused:
    return _Refused(
        TOO_LARGE,
        f"The file has {size:,} bytes; at most {most:,} are read.",
        "Send the form only, without pictures; several organizations send several files.",
    )


UNREADABLE_FILE = rule(
    "CTR010",
    Severity.ERROR,
    "The file is a file that may be read.",
    reason="A pipe may never end; a folder is none.",
)(_bytes_of)
CHANGING = rule(
    "CTR011",
    Severity.ERROR,
    "The file stays as it is while it is read.",
    reason="Half a form is wrong.",
    hint="Close it in other programs, wait until it is copied, then try again.",
)(_bytes_of)
EMPTY = rule(
    "CTR013",
    Severity.ERROR,
    "The file is not empty.",
    reason="It was lost on the way.",
    hint="Save the form again; `ct-resources template ORGANIZATION` draws a new one.",
)(_bytes_of)


# --- what kind of file it is -----------------------------------------------------------


class _Format(NamedTuple):
    """A format that is not read, and what to do instead."""

    what: str
    way_out: str


_UNPACK = "Unpack it and send the form inside, as .json, .csv or .xlsx."
_ARCHIVE = _Format("an archive", _UNPACK)
_SAVE_XLSX = "Open it, choose Save As, and pick Excel Workbook (.xlsx)."
_OLD_EXCEL = _Format(
    "an old Excel file (.xls), or a workbook with a password",
    f"Take the password off. {_SAVE_XLSX}",
)
_YAML = _Format(
    "YAML, which turns +18883737888 into a plain number and 02134 into another one",
    "Save the same content as JSON: `ct-resources template ORGANIZATION -o form.json`.",
)
_MACROS = _Format("a workbook with macros", _SAVE_XLSX)
_WEB_PAGE = _Format(
    "a web page",
    "Open it in a browser, fill in the form, press Save, and send the file that it saves.",
)

_BEGINNINGS = (
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ\x00", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (b"\xd0\xcf\x11\xe0", _OLD_EXCEL),
    (b"%PDF", _Format("a PDF", "Send the form itself, not a print of it.")),
    (b"{\\rtf", _Format("a text document", "Send the form itself, as .json, .csv or .xlsx.")),
    (b"%YAML", _YAML),
    (b"---", _YAML),
)
_TAR = (257, b"ustar")

_INSIDE = (
    ("xl/vbaProject.bin", _MACROS),
    ("xl/workbook.bin", _Format("a binary workbook (.xlsb)", _SAVE_XLSX)),
    ("content.xml", _Format("an OpenDocument file", _SAVE_XLSX)),
    ("Index/Document.iwa", _Format("an Apple Numbers or Pages file", "Export it to Excel.")),
    (
        "word/document.xml",
        _Format("a Word document", "Send the form itself, as .json, .csv or .xlsx."),
    ),
)
"""Files inside a ZIP that give away what it is."""

_YAML_NAME = re.compile(r"\.ya?ml\Z", re.IGNORECASE)
_TABLE_NAME = re.compile(r"\.(?:csv|tsv|tab|txt)\Z", re.IGNORECASE)
_JSON_NAME = re.compile(r"\.json\Z", re.IGNORECASE)
_TABLE_START = re.compile(rb'"?\[\0?[a-z]|sep=')
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def _form_of(data: bytes, name: str) -> Form:
    """Return the form of a file; a format that is not read is refused.

    Args:
        data: Its bytes; at least one.
        name: Its name.
    """
    if data.startswith(b"PK"):
        return _form_of_zip(data)
    for beginning, unread in _BEGINNINGS:
        if data.startswith(beginning):
            raise _other_kind(unread)
    if data.startswith(_TAR[1], _TAR[0]):
        raise _other_kind(_ARCHIVE)
    return _form_of_text(data, name)


OTHER_KIND = rule(
    "CTR012",
    Severity.ERROR,
    "The file is JSON, CSV or an Excel workbook without macros.",
    reason="YAML turns +18883737888 into a number; archives and programs hide what they hold.",
)(_form_of)


def _other_kind(unread: _Format) -> _Refused:
    return _Refused(OTHER_KIND, f"The file is {unread.what}.", unread.way_out)


def _form_of_zip(data: bytes) -> Form:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(io.BytesIO(data)) as archive:
            inside = set(archive.namelist())
    except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise _other_kind(_Format("a damaged ZIP file", _SAVE_XLSX)) from error
    for part, unread in _INSIDE:
        if part in inside:
            raise _other_kind(unread)
    if "[Content_Types].xml" not in inside:
        raise _other_kind(_ARCHIVE)
    return Form.XLSX


def _form_of_text(data: bytes, name: str) -> Form:
    if _YAML_NAME.search(name):
        raise _other_kind(_YAML)
    if _JSON_NAME.search(name):
        return Form.JSON
    start = data
    for mark in _BOMS:
        start = start.removeprefix(mark)
    start = start.lstrip(b" \t\r\n\0")[:200].lower()
    if start.startswith(b"<"):
        raise _other_kind(_WEB_PAGE)
    if _TABLE_NAME.search(name) or _TABLE_START.match(start):
        return Form.CSV
    if start.startswith((b"{", b"[")):
        return Form.JSON
    raise _other_kind(_Format("of no kind that is read", "Send the form as .json, .csv or .xlsx."))


# --- what it says ----------------------------------------------------------------------

FOR_PEOPLE = "instructions"
"""The key that the form has for the person who fills it in; nothing is proposed by it."""


class _Content(NamedTuple):
    """What a file says.

    Attributes:
        places: Where the values of the document were written.
        document: The update as it was typed, or None if the file cannot be read as one.
        findings: What is wrong with the file, and which values cannot be read.
        stored_forms: What is stored in another form than it was typed.
    """

    places: Places
    document: dict[str, Any] | None
    findings: tuple[Finding, ...] = ()
    stored_forms: tuple[StoredForm, ...] = ()


def _read_json(data: bytes, name: str, limits: Limits) -> _Content:
    text = strict_json.read(data, name, limits.json)
    if text.findings:
        return _Content(Places(file=name), None, text.findings)
    if not isinstance(text.document, dict):
        finding = NO_OBJECT.finding(text.place(""), "The file does not hold an update.")
        return _Content(Places(file=name), None, (finding,))
    update = {key: value for key, value in text.document.items() if key != FOR_PEOPLE}
    return _Content(Places(file=name, json=text), update)


NO_OBJECT = rule(
    "CTR014",
    Severity.ERROR,
    "JSON holds one object.",
    reason="An update is one.",
    hint="An update is one JSON object; `ct-resources template ORGANIZATION` draws one.",
)(_read_json)


def _read_tables(data: bytes, name: str, form: Form, limits: Limits) -> _Content:
    # Imported when needed: most of what is checked by programs is JSON.
    from ct_trafficking_resources.updates.tables import read_csv, read_tables
    from ct_trafficking_resources.updates.workbook import read_xlsx

    tables = (read_csv if form is Form.CSV else read_xlsx)(data, name, limits)
    if any(finding.severity == Severity.ERROR for finding in tables.findings):
        return _Content(Places(file=name), None, tables.findings)
    update = read_tables(tables.grids, name, limits)
    return _Content(
        Places(file=name, cells=update.cells),
        update.document,
        (*tables.findings, *update.findings),
        update.stored_forms,
    )
