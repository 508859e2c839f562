"""A partner's own records as a form, and the way back."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

from ct_trafficking_resources import load
from ct_trafficking_resources.checks import schemas, strict_json
from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.errors import UnknownRecord, UnknownTerm, WithdrawnRecord
from ct_trafficking_resources.updates.edits import own_records
from ct_trafficking_resources.updates.form import TABLES, WORDS, as_typed
from ct_trafficking_resources.updates.reading import read
from ct_trafficking_resources.updates.template import TemplateForm, blank_update, template

FILLED = {"role": "Records clerk", "submitted_on": "2026-11-23"}
ORGANIZATIONS = [one.id for one in load().organizations]
READ = ("json", "csv", "xlsx")


def without_evidence(value):
    if isinstance(value, dict):
        return {key: without_evidence(one) for key, one in value.items() if key != "evidence"}
    return [without_evidence(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("organization", ORGANIZATIONS)
@pytest.mark.parametrize("form", READ)
def test_a_form_that_comes_back_untouched_says_what_is_shown_today(organization, form):
    submission = read(template(organization, form), name=f"form.{form}")
    assert submission.findings == ()
    assert submission.stored_forms == ()
    records = [without_evidence(encode(one)) for one in own_records(organization, load())]
    assert submission.document["records"] == records
    assert submission.document["edition"] == load().edition
    assert submission.document["submitted_by"] == organization


@pytest.mark.parametrize("organization", ORGANIZATIONS)
def test_a_form_that_is_filled_in_passes_the_schema(organization):
    update = {**blank_update(organization), **FILLED}
    text = strict_json.read(json.dumps(update).encode(), "x")
    assert schemas.check("update", text) == ()


def test_a_form_that_is_not_filled_in_asks_for_role_and_date():
    text = strict_json.read(template("pd-bridgeport"), "x")
    assert {one.place.pointer for one in schemas.check("update", text)} == {
        "/role",
        "/submitted_on",
    }


def test_own_records_are_the_organization_and_the_channels_it_runs_today():
    def ids(organization):
        return [one.id for one in own_records(organization, load())]

    assert ids("ct-dcf") == ["ct-dcf", "ct-dcf-careline"]
    hotline = "national-human-trafficking-hotline"
    assert ids("compass-connections") == ["compass-connections", hotline]
    assert ids("polaris") == ["polaris"]


def test_no_form_for_who_is_not_there():
    with pytest.raises(UnknownRecord, match="Did you mean 'pd-bridgeport'"):
        template("pd-bridgport")
    with pytest.raises(WithdrawnRecord):
        template("international-institute-of-connecticut")
    with pytest.raises(UnknownTerm, match="xlsx"):
        template("pd-bridgeport", "xls")


def test_no_form_has_evidence_or_the_name_of_a_source():
    for form in TemplateForm:
        if form is not TemplateForm.XLSX:
            assert b'"evidence"' not in template("pd-bridgeport", form)


# --- the workbook ---------------------------------------------------------------


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(template("ct-dcf", "xlsx")))


def heads(sheet):
    return {cell.value: cell.column for cell in sheet[1]}


def test_every_cell_is_text(book):
    for table in TABLES:
        for row in book[table.title].iter_rows():
            for cell in row:
                assert cell.number_format == "@"
                assert cell.value is None or cell.data_type == "s"


def test_what_only_the_curators_change_is_locked(book):
    for table in TABLES:
        sheet = book[table.title]
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        for index, column in enumerate(table.columns, 1):
            assert sheet.cell(1, index).protection.locked
            if sheet.max_row > 1:
                assert sheet.cell(2, index).protection.locked == (
                    column.locked and not (column.title == "Record" and not sheet.cell(2, 1).value)
                )


def test_new_rows_are_open_and_may_name_their_record(book):
    sheet = book["Contacts"]
    column = heads(sheet)
    last = sheet.max_row
    assert sheet.cell(last, column["Number or address"]).value is None
    assert not sheet.cell(last, column["Number or address"]).protection.locked
    assert not sheet.cell(last, column["Record"]).protection.locked
    assert sheet.cell(last, column["Id"]).protection.locked


def rules_of(sheet):
    return {
        sheet.cell(1, next(iter(rule.sqref.ranges)).min_col).value: rule
        for rule in sheet.data_validations.dataValidation
    }


def test_closed_lists_are_drop_downs(book):
    rules = rules_of(book["Contacts"])
    sheet, _, cells = rules["How"].formula1.partition("!")
    assert sheet == WORDS
    assert book[WORDS].sheet_state == "hidden"
    words = [cell.value for (cell,) in book[WORDS][cells.replace("$", "")]]
    assert words[:3] == ["voice", "text", "chat"]
    assert rules["How"].type == "list"
    assert rules["Record"].formula1 == '"ct-dcf,ct-dcf-careline"'
    assert rules["For"].type is None
    assert "trafficking-help" in rules["For"].prompt


def test_every_column_says_what_to_write(book):
    for table in TABLES:
        if book[table.title].max_row > 1:
            rules = rules_of(book[table.title])
            for column in table.columns:
                assert rules[column.title].prompt
                assert len(rules[column.title].prompt) <= 255
                assert rules[column.title].showInputMessage


def test_the_workbook_says_for_whom_and_from_which_edition_it_was_drawn(book):
    assert book["Read me"]["A1"].value == f"Drawn for ct-dcf from edition {load().edition}."
    assert book["Update"]["A2"].value == load().edition


def test_text_that_looks_like_a_formula_is_written_as_text():
    from ct_trafficking_resources.updates.template import workbook

    update = blank_update("pd-bridgeport")
    update["records"][0]["note"] = "=1+1"
    update["records"][0]["contacts"] = [
        {"id": f"c{n}", "mode": "voice", "kind": "n11", "value": "911"} for n in range(3)
    ]
    update["records"] *= 40
    book = openpyxl.load_workbook(io.BytesIO(workbook(update)))
    sheet = book["Organization"]
    assert sheet.cell(2, heads(sheet)["Note"]).data_type == "s"
    assert "Record" in rules_of(book["Contacts"])
    assert rules_of(book["Contacts"])["Record"].type is None


# --- CSV ------------------------------------------------------------------------


@pytest.mark.parametrize("organization", ORGANIZATIONS)
def test_no_cell_of_a_csv_form_is_a_formula_or_a_bare_number_that_excel_rewrites(organization):
    text = template(organization, "csv").decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            assert not cell.startswith(("=", "@", "+", "-", "\t"))
            assert not (cell.isdigit() and cell.startswith("0"))


def test_a_page_is_drawn_for_an_organization_without_contacts_or_addresses():
    bare = [one.id for one in load().organizations if not one.contacts and not one.addresses]
    assert b"Add an address" in template(bare[0], "html")


def test_a_csv_form_opens_in_excel_as_utf_8():
    assert template("ct-dcf", "csv").startswith(b"\xef\xbb\xbf")


# --- numbers as they are typed ------------------------------------------------------


@pytest.mark.parametrize(
    ("contact", "typed"),
    [
        ({"mode": "voice", "kind": "e164", "value": "+12035552368"}, "203-555-2368"),
        ({"mode": "text", "kind": "short-code", "value": "233733"}, "233733"),
        ({"mode": "web", "kind": "url", "value": "https://a.org/"}, "https://a.org/"),
    ],
)
def test_how_it_is_shown_follows_and_is_not_written_apart(contact, typed):
    row = as_typed({**contact, "display": "anything"})
    assert (row["value"], row["display"]) == (typed, None)
