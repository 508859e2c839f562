"""Documents to the rows of the table form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.updates.normalise import (
    NotReadable,
    is_dialled,
    read_address,
    read_number,
    shown_address,
)
from ct_trafficking_resources.updates.table import CONTACTS, RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ct_trafficking_resources.updates.table import Column, Table


def rows_of(table: Table, document: Mapping[str, Any]) -> list[list[str]]:
    """Return the rows of one table, without its header.

    Args:
        table: The table.
        document: An update.
    """
    return [
        [text_of(column, row) for column in table.columns] for row in _documents(table, document)
    ]


def _documents(table: Table, update: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if table.kind:
        yield from (one for one in update["records"] if one["kind"] == table.kind)
    elif table.part:
        for record in update["records"]:
            for part in record.get(table.key, ()):
                typed = as_typed(part) if table is CONTACTS else part
                yield {**typed, RECORD.path[0]: record["id"]}
    elif table.key:
        yield from update[table.key]
    else:
        yield update


def text_of(column: Column, row: Mapping[str, Any]) -> str:
    """Return the text of one cell, for the document of its row."""
    value: Any = row
    for key in column.path:
        value = value.get(key) if value else None
    return "" if value is None else column.form.write(value)


def as_typed(contact: Mapping[str, Any]) -> dict[str, Any]:
    """Return a contact point as a person types it: one number, as it is shown.

    How it is shown is written apart only where it does not follow.
    """
    value, display = contact["value"], contact["display"]
    if is_dialled(contact["mode"]):
        try:
            number = read_number(display)
        except NotReadable:
            return dict(contact)
        if (number.value, number.display) != (value, display) or number.extension or number.vanity:
            return dict(contact)
        return {**contact, "value": display, "display": None}
    follows = read_address(contact["mode"], value)[1] == value and shown_address(value) == display
    return {**contact, "display": None} if follows else dict(contact)
