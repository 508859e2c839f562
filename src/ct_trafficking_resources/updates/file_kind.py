"""What kind of file a partner sent, told by its content, and what is refused.

The name decides only where the content cannot. Formats that are refused are
data: how they begin, what they are, and the way out.
"""

from __future__ import annotations

import io
import re
from enum import StrEnum, unique
from typing import NamedTuple

from ct_trafficking_resources.findings import Finding, Place, error_at


@unique
class Form(StrEnum):
    """The forms in which an update is read."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


class _Refused(NamedTuple):
    """A format that is not read, and what to do instead."""

    what: str
    way_out: str


_UNPACK = "Unpack it and send the form inside, as .json, .csv or .xlsx."
_ARCHIVE = _Refused("an archive", _UNPACK)
_SAVE_XLSX = "Open it, choose Save As, and pick Excel Workbook (.xlsx)."
_OLD_EXCEL = _Refused(
    "an old Excel file (.xls), or a workbook with a password",
    f"Take the password off. {_SAVE_XLSX}",
)
_YAML = _Refused(
    "YAML, which turns +18883737888 into a plain number and 02134 into another one",
    "Save the same content as JSON: `ct-resources template ORGANIZATION -o form.json`.",
)
_MACROS = _Refused("a workbook with macros", _SAVE_XLSX)

_BEGINNINGS = (
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ\x00", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (b"\xd0\xcf\x11\xe0", _OLD_EXCEL),
    (b"%PDF", _Refused("a PDF", "Send the form itself, not a print of it.")),
    (b"{\\rtf", _Refused("a text document", "Send the form itself, as .json, .csv or .xlsx.")),
    (b"%YAML", _YAML),
    (b"---", _YAML),
)
_TAR = (257, b"ustar")

_INSIDE = (
    ("xl/vbaProject.bin", _MACROS),
    ("xl/workbook.bin", _Refused("a binary workbook (.xlsb)", _SAVE_XLSX)),
    ("content.xml", _Refused("an OpenDocument file", _SAVE_XLSX)),
    ("Index/Document.iwa", _Refused("an Apple Numbers or Pages file", "Export it to Excel.")),
    (
        "word/document.xml",
        _Refused("a Word document", "Send the form itself, as .json, .csv or .xlsx."),
    ),
)
"""Files inside a ZIP that give away what it is."""

_YAML_NAME = re.compile(r"\.ya?ml\Z", re.IGNORECASE)
_TABLE_NAME = re.compile(r"\.(?:csv|tsv|tab|txt)\Z", re.IGNORECASE)
_JSON_NAME = re.compile(r"\.json\Z", re.IGNORECASE)
_TABLE_START = re.compile(rb'"?\[\0?[a-z]|sep=')
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(data: bytes, name: str) -> Form | Finding:
    """Return the form of a file, or the finding that refuses it.

    Args:
        data: Its bytes; at least one.
        name: Its name.
    """
    if data.startswith(b"PK"):
        return _zipped(data, name)
    for beginning, refused in _BEGINNINGS:
        if data.startswith(beginning):
            return _refuse(name, refused)
    if data.startswith(_TAR[1], _TAR[0]):
        return _refuse(name, _ARCHIVE)
    return _text(data, name)


def _zipped(data: bytes, name: str) -> Form | Finding:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(io.BytesIO(data)) as archive:
            inside = set(archive.namelist())
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        return _refuse(name, _Refused("a damaged ZIP file", _SAVE_XLSX))
    for part, refused in _INSIDE:
        if part in inside:
            return _refuse(name, refused)
    return Form.XLSX if "[Content_Types].xml" in inside else _refuse(name, _ARCHIVE)


def _text(data: bytes, name: str) -> Form | Finding:
    if _YAML_NAME.search(name):
        return _refuse(name, _YAML)
    if _JSON_NAME.search(name):
        return Form.JSON
    start = data
    for mark in _BOMS:
        start = start.removeprefix(mark)
    start = start.lstrip(b" \t\r\n\0")[:200].lower()
    if start.startswith(b"<"):
        page = _Refused(
            "a web page",
            "Open it in a browser, fill in the form, press Save, and send the file that it saves.",
        )
        return _refuse(name, page)
    if _TABLE_NAME.search(name) or _TABLE_START.match(start):
        return Form.CSV
    if start.startswith((b"{", b"[")):
        return Form.JSON
    unknown = _Refused("of no kind that is read", "Send the form as .json, .csv or .xlsx.")
    return _refuse(name, unknown)


def _refuse(name: str, refused: _Refused) -> Finding:
    return error_at("CTR012", Place(file=name), f"The file is {refused.what}.", refused.way_out)
