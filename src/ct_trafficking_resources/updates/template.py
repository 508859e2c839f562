"""A partner's own records as a form to edit."""

from __future__ import annotations

import csv
import io
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.editions import load
from ct_trafficking_resources.publishing.canonical import record_text
from ct_trafficking_resources.updates.instructions import INSTRUCTIONS
from ct_trafficking_resources.updates.json_reader import FOR_PEOPLE
from ct_trafficking_resources.updates.own_records import as_submitted, own_records
from ct_trafficking_resources.updates.table import READ_ME, TABLES
from ct_trafficking_resources.updates.table_reading import SCHEMA
from ct_trafficking_resources.updates.table_writing import rows_of
from ct_trafficking_resources.vocabulary import known_term

if TYPE_CHECKING:
    from collections.abc import Callable

    from ct_trafficking_resources.directory import Directory


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
    from ct_trafficking_resources.updates.xlsx_form import workbook

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
