"""The form as one page that works offline and saves the update as JSON.

The page is static: no server, no remote asset, nothing sent and nothing kept;
its content security policy allows its own script and style and no connection.
The script makes the checks that a browser can; what it checks with (patterns,
lengths, closed lists, area codes) is taken from the schemas and from the policy
of this library, so that it cannot drift from them.
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.checks.schemas import BASE, schema_text
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.phone import CONNECTICUT_AREA_CODES, TOLL_FREE_PREFIXES, spell
from ct_trafficking_resources.updates import form
from ct_trafficking_resources.updates.form import (
    ADDRESSES,
    CHANNELS,
    CONTACTS,
    INSTRUCTIONS,
    ORGANIZATION,
    SOURCES,
    UPDATE,
    as_typed,
    text_of,
)
from ct_trafficking_resources.vocabulary import Day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ct_trafficking_resources.updates.form import Column, Table

_COMMON = f"{BASE}common#/$defs/"
_VALUES = ("e164", "short_code", "n11", "url", "email", "clock", "closing_time")
"""Forms of values that the script tells apart by itself."""

_SHOWN = {
    UPDATE.title: ("role", "submitted_on"),
    SOURCES.title: ("url", "title", "kind", "date", "read", "says"),
    CONTACTS.title: (
        "mode",
        "value",
        "label",
        "extension",
        "vanity",
        "keyword",
        "menu",
        "purposes",
        "hours",
        "languages",
        "note",
    ),
    ORGANIZATION.title: ("name", "short_name", "summary", "hosts", "note"),
    CHANNELS.title: ("name", "short_name", "summary", "confidentiality", "note"),
    ADDRESSES.title: ("text", "purpose"),
}
"""What a partner edits on the page; the rest is passed on as it is."""

_REQUIRED = frozenset({"role", "submitted_on", "title", "kind", "read", "name", "summary", "text"})
_LONG = frozenset({"summary", "note", "confidentiality"})
_DAYS = frozenset({"submitted_on", "read"})
_FORMS = {form.HOURS: "hours", form.LIST: "list", form.DATE: "date"}


def page(update: Mapping[str, Any]) -> str:
    """Return the page of an update.

    Args:
        update: The update that changes nothing.
    """
    script = storage.read("form.js", folder="data/update-form").decode()
    style = storage.read("form.css", folder="data/update-form").decode()
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}';"
        " base-uri 'none'; form-action 'none'"
    )
    name = escape(update["records"][0]["name"])
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>Update of {name}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>What we show about {name}</h1>\n"
        f"<p>Drawn from edition {escape(update['edition'])}. This page works without a network"
        " and sends nothing.</p>\n"
        f"<ul>\n{_lines(f'<li>{escape(one)}</li>' for one in INSTRUCTIONS)}</ul>\n"
        "<noscript><p>The form needs JavaScript. Without it, ask the curators for the form as a"
        " spreadsheet.</p></noscript>\n"
        f'<div id="form" hidden>\n{_lines(_sections(update))}</div>\n</main>\n'
        f"{_lines(_blanks())}"
        f'<script type="application/json" id="settings">{_settings(update)}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _lines(parts: Iterable[str]) -> str:
    return "".join(f"{one}\n" for one in parts)


# --- what the script needs to know ----------------------------------------------


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


# --- what is shown ---------------------------------------------------------------


def _columns(table: Table) -> list[Column]:
    shown = _SHOWN[table.title]
    return [column for column in table.columns if column.path[-1] in shown]


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
    marks += " required" * (key in _REQUIRED)
    return (
        f'<div class="field"><label for="{id}">{escape(column.title)}</label>'
        f'<p class="about" id="{id}-about">{escape(column.about)}</p>{_says(id)}'
        f"{_input(column, text, marks)}</div>"
    )


def _says(id: str) -> str:
    kinds = ("error", "warning", "stored")
    return "".join(f'<p class="{kind}" id="{id}-{kind}"></p>' for kind in kinds)


def _input(column: Column, text: str, marks: str) -> str:
    key = column.path[-1]
    if column.words:
        options = "".join(
            f'<option value="{word}"{" selected" * (word == text)}>{word}</option>'
            for word in ("", *column.words)
        )
        return f"<select {marks}>{options}</select>"
    if key in _LONG:
        return f'<textarea {marks} rows="3">{escape(text)}</textarea>'
    kind = "date" if key in _DAYS else "text"
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
