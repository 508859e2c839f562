"""The form as a workbook: one sheet a table, and one with the words to pick from.

Every cell is text, so that no program turns ``+1888...`` into a number or drops
the zero that a ZIP code begins with. What only the curators change is locked,
without a password: it guards against slips, not against intent.

A partner's own records as a form to edit.
"""

from __future__ import annotations

import csv
import io
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.errors import MissingExtra
from ct_trafficking_resources.publishing.folder import record_text
from ct_trafficking_resources.updates.edits import as_submitted, own_records
from ct_trafficking_resources.updates.form import (
    INSTRUCTIONS,
    READ_ME,
    RECORD,
    TABLES,
    WORDS,
    rows_of,
)
from ct_trafficking_resources.updates.reading import FOR_PEOPLE
from ct_trafficking_resources.updates.tables import SCHEMA, cell_name
from ct_trafficking_resources.vocabulary import known_term

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.updates.form import Column, Table

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


@unique
class TemplateForm(StrEnum):
    """The forms that are drawn."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"


def blank_update(organization: str, directory: Directory | None = None) -> dict[str, Any]:
    """Return the update that changes nothing, for the partner to edit.

    Role and date are left empty; the schema asks for them.

    Args:
        organization: Id of the organization that will submit it.
        directory: What is shown today; the newest edition if not given.

    Raises:
        UnknownRecord: There is no such organization.
        WithdrawnRecord: It was withdrawn.
    """
    directory = directory or load()
    records = own_records(organization, directory)
    return {
        "schema": SCHEMA,
        "edition": directory.edition,
        "submitted_by": organization,
        "role": "",
        "submitted_on": "",
        "sources": [],
        "records": [as_submitted(record) for record in records],
    }


def template(
    organization: str, form: TemplateForm | str = "json", directory: Directory | None = None
) -> bytes:
    """Return an organization's own records as a form to edit.

    Args:
        organization: Its id.
        form: ``json``, ``csv``, ``xlsx`` or ``html``.
        directory: What is shown today; the newest edition if not given.

    Raises:
        UnknownRecord: There is no such organization.
        WithdrawnRecord: It was withdrawn.
        UnknownTerm: There is no such form.
        MissingExtra: It is a spreadsheet, and openpyxl is not installed.
    """
    return _DRAW[known_term(TemplateForm, form)](blank_update(organization, directory))


def _json(update: dict[str, Any]) -> bytes:
    return record_text({"schema": update["schema"], FOR_PEOPLE: INSTRUCTIONS, **update}).encode()


def _csv(update: dict[str, Any]) -> bytes:
    """Return the tables below each other, as Excel reads and writes CSV."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([f"[{READ_ME}]"])
    writer.writerows([one] for one in INSTRUCTIONS)
    for table in TABLES:
        writer.writerow([])
        writer.writerow([f"[{table.title}]"])
        writer.writerow([column.title for column in table.columns])
        writer.writerows(rows_of(table, update))
    return text.getvalue().encode("utf-8-sig")


def _xlsx(update: dict[str, Any]) -> bytes:

    return workbook(update)


def _html(update: dict[str, Any]) -> bytes:
    from ct_trafficking_resources.updates.html_form import page

    return page(update).encode()


_DRAW: dict[TemplateForm, Callable[[dict[str, Any]], bytes]] = {
    TemplateForm.JSON: _json,
    TemplateForm.CSV: _csv,
    TemplateForm.XLSX: _xlsx,
    TemplateForm.HTML: _html,
}
