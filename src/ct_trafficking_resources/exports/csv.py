"""A table for people: one row a contact point, safe to open in a spreadsheet.

A cell that a spreadsheet would run as a formula, or damage as a number, gets an
apostrophe in front. To read a cell back, take one leading apostrophe away.

Which fields have a column stands with the field, in the model.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ct_trafficking_resources.exports import contents
from ct_trafficking_resources.exports.contents import contacts_of
from ct_trafficking_resources.model import ContactPoint, Coverage, HelpChannel, Hours
from ct_trafficking_resources.model.base import having
from ct_trafficking_resources.words import hours

if TYPE_CHECKING:
    from ct_trafficking_resources.exports.contents import Contactable, Selection

_IN_ORDER = (
    "record_kind",
    "record_id",
    "record_name",
    "contact_id",
    "mode",
    "contact",
    "link",
    "label",
    "extension",
    "keyword",
    "vanity",
    "menu",
    "hours",
    "languages",
    "interpreters",
    "purposes",
    "audiences",
    "places",
    "answered_by",
    "tips_only",
    "immigration_enforcement",
    "note",
    "evidence_level",
    "evidence_up_to",
    "source",
    "edition",
)
"""Readers may go by the place of a column, so a new one goes to the end."""

_OF_CONTACT = having(ContactPoint, "csv")
_OF_CHANNEL = having(HelpChannel, "csv")
COLUMNS = tuple(dict.fromkeys((*_IN_ORDER, *_OF_CONTACT.values(), *_OF_CHANNEL.values())))

_NEEDS_APOSTROPHE = re.compile("[=+\\-@\uff1d\uff0b\uff0d\uff20']|0[0-9]").match
"""What starts a formula (CWE-1236; full-width forms too), an apostrophe of the text's
own, so that reading back is exact, and digits whose leading zero would be lost."""


def render(selection: Selection) -> str:
    """Return the table with a header row (RFC 4180, every cell quoted)."""
    import csv
    from io import StringIO

    text = StringIO(newline="")
    # Quotes keep a cell whole where a spreadsheet splits at semicolons or tabs.
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in selection.reachable:
        for contact in contacts_of(record):
            row = _row(record, contact)
            row["edition"] = selection.directory.edition
            writer.writerow([_cell(row.get(column) or "") for column in COLUMNS])
    return text.getvalue()


def _row(record: Contactable, contact: ContactPoint) -> dict[str, str | None]:
    row = {
        "record_kind": record.kind,
        "record_id": record.id,
        "record_name": record.name,
        "link": contact.uri,
        **{column: _text(getattr(contact, name)) for name, column in _OF_CONTACT.items()},
        "interpreters": contents.interpreters(contact),
        "evidence_level": contact.evidence.level,
        "evidence_up_to": contact.evidence.newest.isoformat(),
        "source": contact.evidence.sources[0].url,
    }
    if isinstance(record, HelpChannel):
        row |= {column: _text(getattr(record, name)) for name, column in _OF_CHANNEL.items()}
        row["purposes"] = _text(contact.purposes or record.purposes)
    return row


def _text(value: object) -> str | None:
    """Return what stands in a cell for a value of a record."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, Hours):
        return hours(value, contents.HOURS)
    if isinstance(value, Coverage):
        return "; ".join(contents.coverage(value))
    return None if value is None else str(value)


def _cell(text: str) -> str:
    text = contents.plain(text)
    return f"'{text}" if _NEEDS_APOSTROPHE(text) else text
