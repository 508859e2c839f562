"""The form as a workbook: one sheet a table, and one with the words to pick from.

Every cell is text, so that no program turns ``+1888...`` into a number or drops
the zero that a ZIP code begins with. What only the curators change is locked,
without a password: it guards against slips, not against intent.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.errors import MissingExtra
from ct_trafficking_resources.updates.instructions import INSTRUCTIONS
from ct_trafficking_resources.updates.table import READ_ME, RECORD, TABLES, WORDS
from ct_trafficking_resources.updates.table_reading import cell_name
from ct_trafficking_resources.updates.table_writing import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ct_trafficking_resources.updates.table import Column, Table

_TEXT = "@"
_GREY = "FFE7E6E6"
_WIDE = 100
_PROMPT = 255
_LISTED = 250
"""Characters of a list that Excel takes in a cell's own rule."""


def workbook(update: Mapping[str, Any]) -> bytes:
    """Return the workbook of an update.

    Raises:
        MissingExtra: openpyxl is not installed.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtra("xlsx", "openpyxl", "or use the form as .json or .csv") from error
    book = openpyxl.Workbook()
    book.properties.creator = "ct-trafficking-resources"
    book.properties.title = f"Update of {update['submitted_by']}, edition {update['edition']}"
    _draw_instructions(book.active, update)
    words = _draw_words(book.create_sheet(WORDS))
    for place, table in enumerate(TABLES, 1):
        sheet = book.create_sheet(table.title, place)
        _draw_table(sheet, table, update, words)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _draw_instructions(sheet: Any, update: Mapping[str, Any]) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.title = READ_ME
    sheet.column_dimensions["A"].width = _WIDE
    drawn = f"Drawn for {update['submitted_by']} from edition {update['edition']}."
    grey = "Grey cells are for the curators; white cells are yours."
    sheets = (f"{table.title}: {table.about}" for table in TABLES)
    for number, text in enumerate((drawn, *INSTRUCTIONS, grey, *sheets), 1):
        cell = _put(sheet, number, 0, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(bold=True)
    _protect(sheet)


def _draw_words(sheet: Any) -> dict[tuple[str, ...], str]:
    """Write the closed lists; return where each one stands."""
    ranges: dict[tuple[str, ...], str] = {}
    lists = dict.fromkeys(column.words for table in TABLES for column in table.columns)
    for index, words in enumerate(one for one in lists if one):
        for number, word in enumerate(words, 1):
            _put(sheet, number, index, word)
        letter = cell_name(1, index)[:-1]
        ranges[words] = f"{WORDS}!${letter}$1:${letter}${len(words)}"
    sheet.sheet_state = "hidden"
    _protect(sheet)
    return ranges


def _draw_table(
    sheet: Any,
    table: Table,
    update: Mapping[str, Any],
    words: Mapping[tuple[str, ...], str],
) -> None:
    from openpyxl.styles import Font

    rows = rows_of(table, update)
    last = len(rows) + 1 + table.spare
    for index, column in enumerate(table.columns):
        head = _put(sheet, 1, index, column.title)
        head.font = Font(bold=True)
        sheet.column_dimensions[head.column_letter].width = column.width
        for number in range(2, last + 1):
            is_spare = number > len(rows) + 1
            text = "" if is_spare else rows[number - 2][index]
            cell = _put(sheet, number, index, text)
            _style(cell, locked=column.locked and not (is_spare and column is RECORD))
        if last > 1:
            rule = _rule(column, update, words)
            sheet.add_data_validation(rule)
            rule.add(f"{cell_name(2, index)}:{cell_name(last, index)}")
    sheet.freeze_panes = "A2"
    _protect(sheet)


def _rule(column: Column, update: Mapping[str, Any], words: Mapping[tuple[str, ...], str]) -> Any:
    """Return the rule of a column: what it may hold, and what to write."""
    from openpyxl.worksheet.datavalidation import DataValidation

    source = words[column.words] if column.words and not column.several else None
    if column is RECORD:
        ids = ",".join(one["id"] for one in update["records"])
        source = f'"{ids}"' if len(ids) < _LISTED else None
    about = f"{column.about} One or more of: {', '.join(column.words)}." * column.several
    rule = DataValidation(
        type="list" if source else None,
        formula1=source,
        allow_blank=True,
        showErrorMessage=True,
        showInputMessage=True,
        promptTitle=column.title,
        prompt=_clip(about or column.about),
        errorTitle=column.title,
        error=_clip(column.about),
    )
    rule.showDropDown = False
    return rule


def _clip(text: str) -> str:
    return text if len(text) <= _PROMPT else f"{text[: _PROMPT - 3]}..."


def _put(sheet: Any, row: int, column: int, text: str) -> Any:
    """Write text into a cell, as text whatever it looks like."""
    cell = sheet.cell(row, column + 1)
    cell.number_format = _TEXT
    if text:
        cell.value = text
        cell.data_type = "s"
    return cell


def _style(cell: Any, *, locked: bool) -> None:
    from openpyxl.styles import Alignment, PatternFill, Protection

    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.protection = Protection(locked=locked)
    if locked:
        cell.fill = PatternFill("solid", start_color=_GREY)


def _protect(sheet: Any) -> None:
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
