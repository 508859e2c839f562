"""Look into a spreadsheet file before anything opens it.

An .xlsx file is a ZIP of XML. A small one can unpack to gigabytes, refer to
files elsewhere, or hold formulas and programs. Sizes are read from the ZIP's
own list (`zipfile` unpacks no more than it declares); then each XML part is
run through expat once, which finds document types, links, formulas, and how
far the cells reach.
"""

from __future__ import annotations

import io
import re
import zlib
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from ct_trafficking_resources.findings import Finding, Place, error_at, quote
from ct_trafficking_resources.updates.table_reading import cell_name

if TYPE_CHECKING:
    from zipfile import ZipInfo

    from ct_trafficking_resources.updates.limits import Limits

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


class Guarded(NamedTuple):
    """What the look inside found.

    Attributes:
        findings: Why the file is not opened; empty if it may be.
        extents: Path of each sheet's part to how far its cells reach.
    """

    findings: tuple[Finding, ...]
    extents: dict[str, Extent]


class _Refused(Exception):
    """The file is refused."""

    def __init__(self, rule: str, message: str, hint: str = _SAVE) -> None:
        super().__init__(rule, message, hint)
        self.rule, self.message, self.hint = rule, message, hint


def guard(data: bytes, file: str, limits: Limits) -> Guarded:
    """Look into a spreadsheet file.

    Args:
        data: Its bytes.
        file: The file as the caller named it.
        limits: What it may be at most.
    """
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive.infolist(), limits)
            extents = dict(_check_xml(archive, limits))
    except _Refused as refused:
        rule, message, hint = refused.rule, refused.message, refused.hint
    except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as problem:
        rule, message, hint = "CTR031", f"The workbook is damaged ({quote(str(problem))}).", _SAVE
    else:
        return Guarded((), extents)
    return Guarded((error_at(rule, Place(file=file), message, hint),), {})


def _check_parts(parts: list[ZipInfo], limits: Limits) -> None:
    if len(parts) > limits.parts:
        raise _Refused("CTR030", f"The workbook has {len(parts):,} parts.")
    if len({part.filename for part in parts}) != len(parts):
        raise _Refused("CTR031", "The workbook has a part twice.")
    total = sum(part.file_size for part in parts)
    if total > limits.unpacked:
        raise _Refused(
            "CTR030",
            f"The workbook unpacks to {total:,} bytes; at most {limits.unpacked:,} are read.",
            "Delete pictures, other sheets and empty rows; or copy the values into a new form.",
        )
    for part in parts:
        if part.file_size > max(_SMALL, part.compress_size * limits.ratio):
            raise _Refused(
                "CTR030",
                f"A part of the workbook unpacks to {part.file_size // part.compress_size:,}"
                " times its size.",
                "Copy the values into a new form.",
            )
        if part.flag_bits & _ENCRYPTED or part.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise _Refused("CTR031", "The workbook is encrypted or packed in an unusual way.")
        for beginning, what, hint in _REFUSED_PARTS:
            if part.filename.startswith(beginning):
                raise _Refused("CTR032", f"The workbook holds {what}.", hint)


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
                raise _Refused("CTR031", f"The workbook is damaged ({problem}).") from None
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
        raise _Refused("CTR032", "The workbook holds a document type, which no program writes.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.elements > self.limits.elements:
            raise _Refused("CTR030", "The workbook has too many cells.")
        if self.depth > self.limits.json.depth:
            raise _Refused("CTR031", "The workbook's XML is nested too deeply.")
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
                "CTR032",
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
        raise _Refused("CTR031", "The workbook has rows without a proper number.")
    return int(text)


def _column_number(text: str | None, follows: int) -> int:
    if text is None:
        return follows
    match = _COORDINATE.match(text)
    if match is None:
        raise _Refused("CTR031", "The workbook has a cell without a proper name.")
    number = 0
    for letter in match["letters"]:
        number = number * 26 + ord(letter) - ord("A") + 1
    if number < follows:
        raise _Refused("CTR031", "The workbook has cells that are not in order.")
    return number
