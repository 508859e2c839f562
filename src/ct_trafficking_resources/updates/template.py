"""A partner's own records as a form to edit: JSON, CSV, a workbook, or a page.

What a form asks and says is in `form`; here it is drawn.

In the workbook each table has a sheet, and a hidden sheet has the words to pick
from. Every cell is text, so that no program turns ``+1888...`` into a number or
drops the zero that a ZIP code begins with. What only the curators change is
locked, without a password: that guards against slips, not against intent.

The page works offline and saves the update as JSON. It is static: no server, no
remote asset, nothing sent and nothing kept; its content security policy allows
its own script and style and no connection. The script makes the checks that a
browser can. What it checks with (patterns, lengths, closed lists, area codes) is
taken from the schemas and from this library, so that it cannot drift from them.
"""

from __future__ import annotations

import csv
import io
import json
from base64 import b64encode
from enum import StrEnum, unique
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.checks.schemas import BASE, schema_text
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.errors import MissingExtra
from ct_trafficking_resources.phone import TOLL_FREE_PREFIXES, spell
from ct_trafficking_resources.policy import CONNECTICUT_AREA_CODES
from ct_trafficking_resources.publishing.folder import record_text
from ct_trafficking_resources.updates.edits import as_submitted, own_records
from ct_trafficking_resources.updates.form import (
    ADDRESSES,
    CHANNELS,
    CONTACTS,
    DATE,
    DAY,
    HOURS,
    INSTRUCTIONS,
    LIST,
    ORGANIZATION,
    READ_ME,
    RECORD,
    SOURCES,
    TABLES,
    UPDATE,
    WORDS,
    as_typed,
    rows_of,
    text_of,
)
from ct_trafficking_resources.updates.reading import FOR_PEOPLE
from ct_trafficking_resources.updates.tables import SCHEMA, cell_name
from ct_trafficking_resources.vocabulary import Day, known_term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.updates.form import Column, Table


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
    writer.writerows([text] for text in INSTRUCTIONS)
    for table in TABLES:
        writer.writerow([])
        writer.writerow([f"[{table.title}]"])
        writer.writerow([column.title for column in table.columns])
        writer.writerows(rows_of(table, update))
    return text.getvalue().encode("utf-8-sig")


# --- the workbook ----------------------------------------------------------------------

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
    gray = "Grey cells are for the curators; white cells are yours."
    sheets = (f"{table.title}: {table.about}" for table in TABLES)
    for number, text in enumerate((drawn, *INSTRUCTIONS, gray, *sheets), 1):
        cell = _put(sheet, number, 0, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(bold=True)
    _protect(sheet)


def _draw_words(sheet: Any) -> dict[tuple[str, ...], str]:
    """Write the closed lists; return where each one stands."""
    ranges: dict[tuple[str, ...], str] = {}
    lists = dict.fromkeys(column.words for table in TABLES for column in table.columns)
    for index, words in enumerate(filter(None, lists)):
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
            validation = _validation(column, update, words)
            sheet.add_data_validation(validation)
            validation.add(f"{cell_name(2, index)}:{cell_name(last, index)}")
    sheet.freeze_panes = "A2"
    _protect(sheet)


def _validation(
    column: Column, update: Mapping[str, Any], words: Mapping[tuple[str, ...], str]
) -> Any:
    """Return the validation of a column: what it may hold, and what to write."""
    from openpyxl.worksheet.datavalidation import DataValidation

    source = words[column.words] if column.words and not column.several else None
    if column is RECORD:
        ids = ",".join(record["id"] for record in update["records"])
        source = f'"{ids}"' if len(ids) < _LISTED else None
    about = f"{column.about} One or more of: {', '.join(column.words)}." * column.several
    validation = DataValidation(
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
    validation.showDropDown = False
    return validation


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


# --- the page --------------------------------------------------------------------------

_COMMON = f"{BASE}common#/$defs/"
_VALUES = ("e164", "short_code", "n11", "url", "email", "clock", "closing_time")
"""Forms of values that the script tells apart by itself."""

_FORMS = {HOURS: "hours", LIST: "list", DATE: "date", DAY: "date"}


def page(update: Mapping[str, Any]) -> bytes:
    """Return the page of an update."""
    script = storage.part("form.js", "data/update-form").decode()
    style = storage.part("form.css", "data/update-form").decode()
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}';"
        " base-uri 'none'; form-action 'none'"
    )
    name = escape(update["records"][0]["name"])
    text = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>Update of {name}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>What we show about {name}</h1>\n"
        f"<p>Drawn from edition {escape(update['edition'])}. This page works without a network"
        " and sends nothing.</p>\n"
        f"<ul>\n{_lines(f'<li>{escape(text)}</li>' for text in INSTRUCTIONS)}</ul>\n"
        "<noscript><p>The form needs JavaScript. Without it, ask the curators for the form as a"
        " spreadsheet.</p></noscript>\n"
        f'<div id="form" hidden>\n{_lines(_sections(update))}</div>\n</main>\n'
        f"{_lines(_blanks())}"
        f'<script type="application/json" id="settings">{_settings(update)}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )
    return text.encode()


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _lines(parts: Iterable[str]) -> str:
    return "".join(f"{part}\n" for part in parts)


def _settings(update: Mapping[str, Any]) -> str:
    rules = {name: _about(_schema("common")["$defs"][name]) for name in _VALUES}
    for table in (UPDATE, SOURCES, CONTACTS, ORGANIZATION, CHANNELS, ADDRESSES):
        for column in _columns(table):
            name, rule = _rule(table, column)
            rules.setdefault(name, rule)
    settings = {
        "update": update,
        "rules": rules,
        "tollFree": sorted(TOLL_FREE_PREFIXES),
        "localCodes": sorted(CONNECTICUT_AREA_CODES),
        "keypad": {letter: spell(letter) for letter in map(chr, range(ord("A"), ord("Z") + 1))},
        "days": list(Day),
    }
    # No text of a record may end the script element.
    return json.dumps(settings, ensure_ascii=True).replace("<", "\\u003c")


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(schema_text(name))
    return schema


_SCHEMAS = {
    UPDATE.title: "update",
    SOURCES.title: "source",
    CONTACTS.title: "contact-point",
    ORGANIZATION.title: "organization",
    CHANNELS.title: "help-channel",
    ADDRESSES.title: "organization",
}


def _rule(table: Table, column: Column) -> tuple[str, dict[str, Any]]:
    """Return what the schema asks of a column's values, under a name."""
    properties = _schema(_SCHEMAS[table.title])["properties"]
    if table is ADDRESSES:
        properties = properties["addresses"]["items"]["properties"]
    key = column.path[-1]
    schema = properties[key]
    schema = schema.get("items", schema.get("oneOf", [schema])[0])
    name = schema.get("$ref", "")
    if name.startswith(_COMMON):
        name = name.removeprefix(_COMMON)
        return name, _about(_schema("common")["$defs"][name])
    return key, _about(schema)


def _about(schema: Mapping[str, Any]) -> dict[str, Any]:
    known = {key: schema[key] for key in ("pattern", "maxLength") if key in schema}
    return {**known, "about": schema.get("description", "")}


def _columns(table: Table) -> list[Column]:
    return [column for column in table.columns if column.on_page]


def _sections(update: Mapping[str, Any]) -> Iterator[str]:
    yield (
        '<div id="summary" role="alert" tabindex="-1" aria-labelledby="summary-title" hidden>'
        '<h2 id="summary-title">There is a problem</h2><ul></ul></div>'
    )
    yield _box(UPDATE, "You", "you", {}, {"part": "update"})
    for index, record in enumerate(update["records"]):
        yield from _record(index, record)
    yield "<h2>Sources</h2>"
    yield f"<p>{escape(SOURCES.about)}</p>"
    yield '<div><button type="button" data-add="new-source">Add a source</button></div>'
    yield '<button type="button" id="save">Save the file</button>'
    yield '<p id="status" role="status"></p>'


def _record(index: int, record: Mapping[str, Any]) -> Iterator[str]:
    table = ORGANIZATION if record["kind"] == ORGANIZATION.kind else CHANNELS
    name = escape(record["name"])
    mark = {"record": str(index)}
    yield f"<h2>{name}</h2>"
    yield _box(table, "About it", f"r{index}", record, {"part": "record", **mark})
    yield f"<h3>Ways to reach {name}</h3>\n<div>"
    for place, contact in enumerate(record.get("contacts", ())):
        data = {"part": "contact", **mark, "index": str(place)}
        legend = f"{contact.get('label') or contact['mode']}: {contact['display']}"
        yield _box(CONTACTS, legend, f"r{index}-c{place}", as_typed(contact), data)
    yield _add("new-contact", f"Add a way to reach {name}", index)
    yield "</div>"
    if table is ORGANIZATION:
        yield f"<h3>Addresses of {name}</h3>\n<div>"
        for place, address in enumerate(record.get("addresses", ())):
            data = {"part": "address", **mark, "index": str(place)}
            yield _box(ADDRESSES, address["text"], f"r{index}-a{place}", address, data)
        yield _add("new-address", "Add an address", index)
        yield "</div>"


def _add(blank: str, words: str, index: int) -> str:
    return f'<button type="button" data-add="{blank}" data-record="{index}">{words}</button>'


def _blanks() -> Iterator[str]:
    """Yield the boxes that the buttons add."""
    for table, part in ((CONTACTS, "contact"), (ADDRESSES, "address"), (SOURCES, "source")):
        box = _box(table, f"New {part}", f"new-{part}", {}, {"part": part, "record": ""})
        yield f'<template id="new-{part}">{box}</template>'


def _box(
    table: Table, legend: str, prefix: str, row: Mapping[str, Any], data: Mapping[str, str]
) -> str:
    """Return the fields of one row."""
    marks = "".join(f' data-{key}="{escape(value)}"' for key, value in data.items())
    fields = _lines(
        _field(f"{prefix}-{column.path[-1]}", table, column, text_of(column, row))
        for column in _columns(table)
    )
    removable = data["part"] not in {"update", "record"}
    remove = f'<button type="button" data-remove>Take out {escape(legend)}</button>\n'
    return (
        f"<fieldset{marks}>\n<legend>{escape(legend)}</legend>\n{fields}{remove * removable}"
        "</fieldset>"
    )


def _field(id: str, table: Table, column: Column, text: str) -> str:
    key = column.path[-1]
    rule = "" if column.words else _rule(table, column)[0]
    form = "words" if column.several else _FORMS.get(column.form, "text")
    marks = (
        f'id="{id}" data-key="{key}" data-form="{form}" data-rule="{rule}"'
        f' data-initial="{escape(text)}"'
    )
    if column.several:
        return _choices(id, column, text, marks)
    marks += f' aria-describedby="{id}-about {id}-error {id}-warning {id}-stored"'
    # A new contact point may be left empty.
    marks += " required" * (column.required and table is not CONTACTS)
    return (
        f'<div class="field"><label for="{id}">{escape(column.title)}</label>'
        f'<p class="about" id="{id}-about">{escape(column.about)}</p>{_says(id)}'
        f"{_input(column, text, marks)}</div>"
    )


def _says(id: str) -> str:
    kinds = ("error", "warning", "stored")
    return "".join(f'<p class="{kind}" id="{id}-{kind}"></p>' for kind in kinds)


def _input(column: Column, text: str, marks: str) -> str:
    if column.words:
        options = "".join(
            f'<option value="{word}"{" selected" * (word == text)}>{word}</option>'
            for word in ("", *column.words)
        )
        return f"<select {marks}>{options}</select>"
    if column.long:
        return f'<textarea {marks} rows="3">{escape(text)}</textarea>'
    kind = "date" if column.form is DAY else "text"
    return f'<input type="{kind}" {marks} value="{escape(text)}" autocomplete="off">'


def _choices(id: str, column: Column, text: str, marks: str) -> str:
    chosen = text.split(", ")
    boxes = "".join(
        f'<label class="choice"><input type="checkbox" value="{word}"'
        f"{' checked' * (word in chosen)}> {word}</label>"
        for word in column.words
    )
    return (
        f'<fieldset class="field" {marks}><legend>{escape(column.title)}</legend>'
        f"<p>{escape(text)}</p>{_says(id)}<details><summary>Change</summary>"
        f'<div class="choices">{boxes}</div></details></fieldset>'
    )


_DRAW: dict[TemplateForm, Callable[[dict[str, Any]], bytes]] = {
    TemplateForm.JSON: _json,
    TemplateForm.CSV: _csv,
    TemplateForm.XLSX: workbook,
    TemplateForm.HTML: page,
}
