"""An update as one CSV file: tables below each other, each under ``[Its name]``.

Written for what spreadsheet programs save: commas, semicolons or tabs between
the cells; UTF-8 with or without mark, UTF-16 with one, or Windows-1252.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from ct_trafficking_resources.findings import Finding, Place, Severity, error_at
from ct_trafficking_resources.updates.table_reading import Grid, Row, Tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.updates.limits import Limits

_NAME = re.compile(r"\[(?P<title>[^\[\]]{1,40})\]\Z")
_HEADER = re.compile(
    r'^"?\[Update\]"?[^\r\n]*(?:\r\n|\r|\n)(?P<header>[^\r\n]*)', re.MULTILINE | re.IGNORECASE
)
_SEP = re.compile(r"sep=(?P<sign>[,;\t])[^\r\n]*(?:\r\n|\r|\n)", re.IGNORECASE)
_SIGNS = (",", ";", "\t")
_SAVE = "Save it again as CSV UTF-8."
_ENCODINGS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read_csv(data: bytes, file: str, limits: Limits) -> Tables:
    """Read the tables of a CSV file.

    Args:
        data: Its bytes.
        file: The file as the caller named it.
        limits: What it may be at most.
    """
    reader = _Reader(file, limits)
    text = reader.decode(data)
    grids = () if text is None else tuple(reader.tables(text))
    return Tables(grids, tuple(reader.findings))


class _Reader:
    """Reads one file and gathers what is wrong with it."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file = file
        self.limits = limits
        self.findings: list[Finding] = []

    def decode(self, data: bytes) -> str | None:
        encoding = next((name for mark, name in _ENCODINGS if data.startswith(mark)), "utf-8")
        text: str | None
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as problem:
            text = self._windows(data, problem.start) if encoding == "utf-8" else None
        if text is None:
            self._error("CTR002", 1, "The file is not text in a known encoding.", _SAVE)
            return None
        nul = text.find("\0")
        if nul >= 0:
            self._error("CTR002", _line(text, nul), "The file holds a NUL byte.", _SAVE)
            return None
        return text

    def _windows(self, data: bytes, offset: int) -> str | None:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            return None
        self.findings.append(
            Finding(
                rule="CTR016",
                severity=Severity.NOTE,
                place=Place(file=self.file, line=_line(text, offset)),
                message="The file is not UTF-8; it was read as Windows-1252.",
                hint=f"Look at letters with accents. If they are wrong: {_SAVE}",
            )
        )
        return text

    def tables(self, text: str) -> Iterator[Grid]:
        title: str | None = None
        start: int | None = None
        rows: list[Row] = []
        for row in self._rows(text):
            name = _NAME.match(row.cells[0].strip()) if row.cells else None
            if name and not any(row.cells[1:]):
                if title is not None:
                    yield Grid(file=self.file, title=title, line=start, rows=tuple(rows))
                title, start, rows = name["title"], row.line, []
            elif title is not None and any(row.cells):
                rows.append(row)
                if len(rows) > self.limits.rows:
                    message = f"The table has more than {self.limits.rows:,} rows."
                    self._error("CTR044", row.line or 1, message, "Delete the others.")
                    return
            elif any(row.cells):
                self._error(
                    "CTR020",
                    row.line or 1,
                    "The file does not begin with a table of the form.",
                    "Its first line is [Update]; `ct-resources template ORGANIZATION -o form.csv`"
                    " draws it anew.",
                )
                return
        if title is not None:
            yield Grid(file=self.file, title=title, line=start, rows=tuple(rows))

    def _rows(self, text: str) -> Iterator[Row]:
        sep = _SEP.match(text)
        skipped = 1 if sep else 0
        body = text[sep.end() :] if sep else text
        sign = sep["sign"] if sep else _sign(body)
        reader = csv.reader(io.StringIO(body, newline=""), delimiter=sign, strict=True)
        line, number = skipped, 0
        while True:
            first_line, number = line + 1, number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as problem:
                self._error("CTR020", first_line, *_words(str(problem)))
                return
            line = reader.line_num + skipped
            while cells and not cells[-1].strip():
                cells.pop()
            if len(cells) > self.limits.columns:
                message = f"More than {self.limits.columns} columns."
                self._error("CTR044", first_line, message, "Delete what belongs to no column.")
                return
            yield Row(number, tuple(cells), first_line)

    def _error(self, rule: str, line: int, message: str, hint: str) -> None:
        self.findings.append(error_at(rule, Place(file=self.file, line=line), message, hint))


def _sign(text: str) -> str:
    """Return what stands between the cells: what is most often in the first header."""
    header = _HEADER.search(text)
    return max(_SIGNS, key=(header["header"] if header else text).count)


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _words(problem: str) -> tuple[str, str]:
    if "unexpected end" in problem:
        return "A quotation mark that is opened in this row is never closed.", "Close it."
    if "field larger" in problem:
        return (
            "A cell of more than 131,072 characters, or a quotation mark not closed.",
            "Shorten it.",
        )
    return f"The row cannot be read: {problem}.", "A quotation mark inside a cell is written twice."
