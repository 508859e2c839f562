"""The tables of a spreadsheet, one a sheet; and what is looked for before it is opened.

An .xlsx file is a ZIP of XML. A small one can unpack to gigabytes, refer to
files elsewhere, or hold formulas and programs. So sizes are read from the ZIP's
own list (`zipfile` unpacks no more than it declares); then each XML part is run
through expat once, which finds document types, links, formulas, and how far the
cells reach. Only then does openpyxl (the ``xlsx`` extra) read it.
"""

from __future__ import annotations

import io
import re
import warnings
import zlib
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from ct_trafficking_resources.checks.findings import Finding, Place, Severity
from ct_trafficking_resources.checks.rules import rule
from ct_trafficking_resources.errors import MissingExtra, quote
from ct_trafficking_resources.updates.form import TABLES, UNREAD
from ct_trafficking_resources.updates.tables import FORMULA, OUTSIDE, Grid, Row, Tables, cell_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipInfo

    from ct_trafficking_resources.checks.rules import Rule
    from ct_trafficking_resources.updates.reading import Limits

# --- what is inside --------------------------------------------------------------------

_SAVE = "Open the form, choose Save As, pick Excel Workbook (.xlsx), and send that file."
_SMALL = 100_000
"""Bytes below which it does not matter how well a part packs."""

_REFUSED_PARTS = (
    ("xl/externalLinks/", "links to other workbooks", "In Excel: Data, Edit Links, Break Link."),
    ("xl/connections.xml", "a connection to a data source", "In Excel: Data, Connections, Remove."),
    ("xl/queryTables/", "a connection to a data source", "In Excel: Data, Connections, Remove."),
    ("xl/embeddings/", "an embedded file", "Delete the embedded file."),
    ("xl/activeX/", "a program (ActiveX)", "Delete the control."),
    ("xl/macrosheets/", "a macro sheet", "Delete the sheet."),
)
_RELATIONS = ".rels"
_LINK = "/hyperlink"
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml\Z")
_COORDINATE = re.compile(r"(?P<letters>[A-Z]{1,3})[0-9]{1,7}\Z")
_ROW = re.compile(r"[0-9]{1,7}\Z")
_CONTENT = frozenset({"v", "is", "f"})
_ENCRYPTED = 0x1


class Extent(NamedTuple):
    """How far the filled cells of a sheet reach.

    Attributes:
        rows: Number of the last row with content.
        columns: Number of the last column with content.
        formulas: Names of the first cells with a formula.
    """

    rows: int
    columns: int
    formulas: tuple[str, ...]


class _Refused(Exception):
    """The file is refused."""

    def __init__(self, rule: Rule[Any], message: str, hint: str | None = None) -> None:
        super().__init__(rule, message, hint)
        self.rule, self.message, self.hint = rule, message, hint


def _look_inside(data: bytes, limits: Limits) -> dict[str, Extent]:
    """Return the path of each sheet's part, and how far its cells reach.

    What must not be opened is refused.
    """
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive.infolist(), limits)
            return dict(_check_xml(archive, limits))
    except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as problem:
        raise _Refused(DAMAGED, _damaged(problem)) from problem


def _damaged(problem: Exception) -> str:
    return f"The workbook is damaged ({quote(str(problem))})."


BOMB = rule(
    "CTR030",
    Severity.ERROR,
    "A workbook does not unpack to too much.",
    reason="A small file can unpack to gigabytes.",
    hint=_SAVE,
)(_look_inside)
DAMAGED = rule(
    "CTR031",
    Severity.ERROR,
    "A workbook is whole.",
    reason="What a damaged one says is not certain.",
    hint=_SAVE,
)(_look_inside)
LEADS_OUTSIDE = rule(
    "CTR032",
    Severity.ERROR,
    "A workbook refers to nothing outside of it and holds no program.",
    reason="What it shows must be what it holds.",
    hint=_SAVE,
)(_look_inside)


def _check_parts(parts: list[ZipInfo], limits: Limits) -> None:
    if len(parts) > limits.parts:
        raise _Refused(BOMB, f"The workbook has {len(parts):,} parts.")
    if len({part.filename for part in parts}) != len(parts):
        raise _Refused(DAMAGED, "The workbook has a part twice.")
    total = sum(part.file_size for part in parts)
    if total > limits.unpacked:
        raise _Refused(
            BOMB,
            f"The workbook unpacks to {total:,} bytes; at most {limits.unpacked:,} are read.",
            "Delete pictures, other sheets and empty rows; or copy the values into a new form.",
        )
    for part in parts:
        if part.file_size > max(_SMALL, part.compress_size * limits.ratio):
            raise _Refused(
                BOMB,
                f"A part of the workbook unpacks to {part.file_size // part.compress_size:,}"
                " times its size.",
                "Copy the values into a new form.",
            )
        if part.flag_bits & _ENCRYPTED or part.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise _Refused(DAMAGED, "The workbook is encrypted or packed in an unusual way.")
        for beginning, what, hint in _REFUSED_PARTS:
            if part.filename.startswith(beginning):
                raise _Refused(LEADS_OUTSIDE, f"The workbook holds {what}.", hint)


def _check_xml(archive: ZipFile, limits: Limits) -> list[tuple[str, Extent]]:
    extents = []
    elements = 0
    for part in archive.infolist():
        name = part.filename
        if name.endswith((".xml", _RELATIONS)):
            look = _Look(name, limits, elements)
            try:
                look.parse(archive.read(part))
            except (expat.ExpatError, LookupError, ValueError) as problem:  # of its encoding
                raise _Refused(DAMAGED, f"The workbook is damaged ({problem}).") from None
            elements = look.elements
            if _SHEET_PART.match(name):
                extents.append((name, look.extent()))
    return extents


class _Look:
    """One pass over an XML part."""

    def __init__(self, part: str, limits: Limits, elements: int) -> None:
        """Begin a pass; *elements* were seen in other parts."""
        self.elements = elements
        self.is_relations = part.endswith(_RELATIONS)
        self.is_sheet = _SHEET_PART.match(part) is not None
        self.limits = limits
        self.row = self.column = 0
        self.last_row = self.last_column = 0
        self.depth = 0
        self.formulas: list[str] = []

    def parse(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(data, True)  # noqa: FBT003 - expat's own interface

    def extent(self) -> Extent:
        return Extent(self.last_row, self.last_column, tuple(self.formulas[:10]))

    def _doctype(self, *_: object) -> None:
        raise _Refused(
            LEADS_OUTSIDE, "The workbook holds a document type, which no program writes."
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.elements > self.limits.elements:
            raise _Refused(BOMB, "The workbook has too many cells.")
        if self.depth > self.limits.json.depth:
            raise _Refused(DAMAGED, "The workbook's XML is nested too deeply.")
        local = name.rpartition(" ")[2]
        if self.is_relations:
            self._relation(attributes)
        elif self.is_sheet:
            self._cell(local, attributes)

    def _end(self, _name: str) -> None:
        self.depth -= 1

    def _relation(self, attributes: dict[str, str]) -> None:
        is_link = attributes.get("Type", "").endswith(_LINK)
        if attributes.get("TargetMode") == "External" and not is_link:
            raise _Refused(
                LEADS_OUTSIDE,
                "The workbook refers to something outside of it.",
                "Delete linked pictures and data, or copy the values into a new form.",
            )

    def _cell(self, local: str, attributes: dict[str, str]) -> None:
        if local == "row":
            self.row = _row_number(attributes.get("r"), self.row + 1)
            self.column = 0
        elif local == "c":
            self.column = _column_number(attributes.get("r"), self.column + 1)
        elif local in _CONTENT:
            self.last_row = max(self.last_row, self.row)
            self.last_column = max(self.last_column, self.column)
            if local == "f":
                self.formulas.append(cell_name(self.row, self.column - 1))


def _row_number(text: str | None, follows: int) -> int:
    if text is None:
        return follows
    if not _ROW.match(text) or int(text) < follows:
        raise _Refused(DAMAGED, "The workbook has rows without a proper number.")
    return int(text)


def _column_number(text: str | None, follows: int) -> int:
    if text is None:
        return follows
    match = _COORDINATE.match(text)
    if match is None:
        raise _Refused(DAMAGED, "The workbook has a cell without a proper name.")
    number = 0
    for letter in match["letters"]:
        number = number * 26 + ord(letter) - ord("A") + 1
    if number < follows:
        raise _Refused(DAMAGED, "The workbook has cells that are not in order.")
    return number


# --- the tables ------------------------------------------------------------------------

_DRAWN = {table.title for table in TABLES}


def read_xlsx(data: bytes, file: str, limits: Limits) -> Tables:
    """Read the tables of a spreadsheet.

    Args:
        data: Its bytes.
        file: The file as the caller named it.
        limits: What it may be at most.

    Raises:
        MissingExtra: openpyxl is not installed.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtra("xlsx", "openpyxl", "or use the form as .json or .csv") from error

    try:
        extents = _look_inside(data, limits)
    except _Refused as refused:
        finding = refused.rule.finding(Place(file=file), refused.message, refused.hint)
        return Tables((), (finding,))
    sheets = _Sheets(file, limits)
    with warnings.catch_warnings():
        # It warns of every feature of a spreadsheet that it does not keep.
        warnings.simplefilter("ignore")
        try:
            workbook = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            grids = tuple(sheets.grids(workbook, extents))
        except Exception as problem:  # noqa: BLE001 - it raises whatever a damaged file leads it to
            hint = "Open it, choose Save As, pick Excel Workbook (.xlsx), and send that file."
            sheets.add(DAMAGED, Place(file=file), _damaged(problem), hint)
            grids = ()
    return Tables(grids, tuple(sheets.findings))


ERROR_SHOWN = rule(
    "CTR034",
    Severity.ERROR,
    "No cell shows an error.",
    reason="Its value is lost.",
    hint="Type the value itself.",
)(read_xlsx)


class _Sheets:
    """Reads the sheets of a workbook and gathers what is wrong with their cells."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file = file
        self.limits = limits
        self.findings: list[Finding] = []

    def grids(self, workbook: Any, extents: dict[str, Extent]) -> Iterator[Grid]:
        for sheet in workbook.worksheets:
            part = sheet._worksheet_path.lstrip("/")  # noqa: SLF001 - said nowhere else
            extent = extents[part]
            if sheet.title in UNREAD or (sheet.title not in _DRAWN and not extent.rows):
                continue
            if self._fits(sheet.title, extent):
                rows = tuple(self._rows(sheet, extent))
                yield Grid(file=self.file, title=sheet.title, sheet=sheet.title, rows=rows)

    def _fits(self, title: str, extent: Extent) -> bool:
        for cell in extent.formulas:
            self.add(
                FORMULA,
                Place(file=self.file, sheet=title, cell=cell),
                "The cell holds a formula.",
                "Type the value itself, or paste it as a value.",
            )
        too_far = extent.rows > self.limits.rows or extent.columns > self.limits.columns
        if too_far:
            cell = cell_name(extent.rows, extent.columns - 1)
            self.add(
                OUTSIDE,
                Place(file=self.file, sheet=title, cell=cell),
                f"The filled cells reach to row {extent.rows:,} and column {extent.columns:,}.",
                "Empty the cells outside the table.",
            )
        return not too_far and not extent.formulas

    def _rows(self, sheet: Any, extent: Extent) -> Iterator[Row]:
        if not extent.rows:
            return
        rows = sheet.iter_rows(max_row=extent.rows, max_col=extent.columns)
        for number, row in enumerate(rows, 1):
            cells = [self._text(sheet.title, number, index, cell) for index, cell in enumerate(row)]
            while cells and not cells[-1].strip():
                cells.pop()
            if cells:
                yield Row(number, tuple(cells))

    def _text(self, title: str, row: int, column: int, cell: Any) -> str:
        value = cell.value
        if cell.data_type == "e":
            self.add(
                ERROR_SHOWN,
                Place(file=self.file, sheet=title, cell=cell_name(row, column)),
                f"The cell shows an error, {quote(value)}.",
            )
            return ""
        return _plain(value)

    def add(self, broken: Rule[Any], place: Place, message: str, hint: str | None = None) -> None:
        """Add a finding."""
        self.findings.append(broken.finding(place, message, hint))


def _plain(value: object) -> str:
    """Return the text of a cell, however the spreadsheet program has typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)
