"""An update as a spreadsheet: one sheet a table.

Read with openpyxl (the ``xlsx`` extra), after `xlsx_guard` has looked inside.
"""

from __future__ import annotations

import io
import warnings
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.errors import MissingExtra
from ct_trafficking_resources.findings import Finding, Place, error_at, quote
from ct_trafficking_resources.updates.table import TABLES, UNREAD
from ct_trafficking_resources.updates.table_reading import Grid, Row, Tables, cell_name
from ct_trafficking_resources.updates.xlsx_guard import guard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.updates.limits import Limits
    from ct_trafficking_resources.updates.xlsx_guard import Extent

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

    guarded = guard(data, file, limits)
    if guarded.findings:
        return Tables((), guarded.findings)
    sheets = _Sheets(file, limits)
    with warnings.catch_warnings():
        # It warns of every feature of a spreadsheet that it does not keep.
        warnings.simplefilter("ignore")
        try:
            workbook = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            grids = tuple(sheets.grids(workbook, guarded.extents))
        except Exception as problem:  # noqa: BLE001 - it raises whatever a damaged file leads it to
            sheets.wrong(
                "CTR031",
                Place(file=file),
                f"The workbook is damaged ({quote(str(problem))}).",
                "Open it, choose Save As, pick Excel Workbook (.xlsx), and send that file.",
            )
            grids = ()
    return Tables(grids, tuple(sheets.findings))


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
            self.wrong(
                "CTR033",
                Place(file=self.file, sheet=title, cell=cell),
                "The cell holds a formula.",
                "Type the value itself, or paste it as a value.",
            )
        too_far = extent.rows > self.limits.rows or extent.columns > self.limits.columns
        if too_far:
            cell = cell_name(extent.rows, extent.columns - 1)
            self.wrong(
                "CTR044",
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
            cells = [self._text(sheet.title, number, index, one) for index, one in enumerate(row)]
            while cells and not cells[-1].strip():
                cells.pop()
            if cells:
                yield Row(number, tuple(cells))

    def _text(self, title: str, row: int, column: int, cell: Any) -> str:
        value = cell.value
        if cell.data_type == "e":
            self.wrong(
                "CTR034",
                Place(file=self.file, sheet=title, cell=cell_name(row, column)),
                f"The cell shows an error, {quote(value)}.",
                "Type the value itself.",
            )
            return ""
        return _plain(value)

    def wrong(self, rule: str, place: Place, message: str, hint: str) -> None:
        """Note what is wrong."""
        self.findings.append(error_at(rule, place, message, hint))


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
