"""A table for people: one row a contact point, safe to open in a spreadsheet.

A cell that a spreadsheet would run as a formula, or damage as a number, gets an
apostrophe in front. To read a cell back, take one leading apostrophe away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ct_trafficking_resources.exports import contents
from ct_trafficking_resources.exports.contents import contacts_of
from ct_trafficking_resources.model import HelpChannel
from ct_trafficking_resources.words import hours

if TYPE_CHECKING:
    from ct_trafficking_resources.exports.contents import Contactable, Selection
    from ct_trafficking_resources.model import ContactPoint

COLUMNS = (
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
    row: dict[str, str | None] = {
        "record_kind": record.kind,
        "record_id": record.id,
        "record_name": record.name,
        "contact_id": contact.id,
        "mode": contact.mode,
        "contact": contact.display,
        "link": contact.uri,
        "label": contact.label,
        "extension": contact.extension,
        "keyword": contact.keyword,
        "vanity": contact.vanity,
        "menu": contact.menu,
        "hours": hours(contact.hours, contents.HOURS) if contact.hours else None,
        "languages": " ".join(contact.languages),
        "interpreters": contents.interpreters(contact),
        "purposes": " ".join(contact.purposes),
        "note": contact.note,
        "evidence_level": contact.evidence.level,
        "evidence_up_to": contact.evidence.newest.isoformat(),
        "source": contact.evidence.sources[0].url,
    }
    return row | _service(record, contact) if isinstance(record, HelpChannel) else row


def _service(channel: HelpChannel, contact: ContactPoint) -> dict[str, str | None]:
    return {
        "purposes": " ".join(contact.purposes or channel.purposes),
        "audiences": " ".join(channel.audiences),
        "places": "; ".join(contents.coverage(channel.coverage)),
        "answered_by": channel.answered_by,
        "tips_only": _yes_no(channel.tips_only),
        "immigration_enforcement": _yes_no(channel.immigration_enforcement),
    }


def _yes_no(fact: bool) -> str:  # noqa: FBT001 - a fact, not a switch
    return "yes" if fact else "no"


def _cell(text: str) -> str:
    text = contents.plain(text)
    return f"'{text}" if _NEEDS_APOSTROPHE(text) else text
