"""What is shown beside a value is the value: the same at every door."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import openpyxl
import pytest

import example_data
import rule_cases
from ct_trafficking_resources.phone import display
from ct_trafficking_resources.testing import fictional_directory
from ct_trafficking_resources.updates.check import check_update
from ct_trafficking_resources.updates.template import template

NUMBER = "203-555-2030"
WRONG = (
    f"Do not call {NUMBER}",
    f"{NUMBER} zero",
    f"{NUMBER}\uff19",
    f"{NUMBER}\u0669",
    f"{NUMBER}, 203-555-2031",
    f"{NUMBER} ext. 4",
    f"\u202e{NUMBER}",
    f"{NUMBER}\u200b",
    f"{NUMBER}\u3164",
    f"{NUMBER} \u5341",
    "203-555-2031",
    "203-555-CENO",
)
"""Read as another number, as more than one, or as more than a number."""
REGROUPED = (
    "(203) 555-2030",
    "203.555.2030",
    "203\u00a0555\u20112030",
    "1-203-555-2030",
    " 2035552030",
)
"""The same number, as people type it: a form puts it right and says so."""

POINTER = "/contacts/0/display"


def records(shown, scratch):
    step = {"op": "replace", "path": f"/records/example-police{POINTER}", "value": shown}
    return rule_cases.records({"patch": [step]}, scratch)


def edition(shown, scratch):
    step = {"op": "replace", "path": f"/records/example-police{POINTER}", "value": shown}
    return rule_cases.edition({"patch": [step]}, scratch)


def _edit(shown):
    old, new = (json.dumps(text, ensure_ascii=False) for text in (NUMBER, shown))
    file = "organizations/example-police.json"
    return {"file": file, "find": f'"display": {old}', "put": f'"display": {new}'}


def build(shown, scratch):
    return rule_cases.folder({"edits": [_edit(shown)]}, scratch)


def release(shown, scratch):
    step = {"op": "replace", "path": f"/records/example-police{POINTER}", "value": shown}
    return rule_cases.released({"patch": [step]}, scratch)


def override(shown, scratch):
    steps = [
        {"op": "replace", "path": "/replace/0/record", "value": "example-police"},
        {"op": "replace", "path": "/replace/0/contact", "value": "voice"},
        {"op": "replace", "path": "/replace/0/from", "value": _value("+12035552030")},
        {
            "op": "replace",
            "path": "/replace/0/to",
            "value": {**_value("+12035559830"), "display": shown.replace("2030", "9830")},
        },
    ]
    return rule_cases.override({"patch": steps}, scratch)


def _value(number):
    return {"kind": "e164", "value": number}


def as_json(shown, scratch):
    step = {"op": "replace", "path": f"/records/0{POINTER}", "value": shown}
    return rule_cases.update({"organization": "example-police", "patch": [step]}, scratch)


def _checked(data):
    return check_update(data, "example-police", _directory(), name="form", on=example_data.ON)


def _directory():
    return example_data.edition(example_data.example())


def as_csv(shown, _scratch):
    text = template("example-police", "csv", _directory()).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    for row in rows:
        if row[:3] == ["example-police", "voice", "voice"]:
            row[4] = shown
        if row[:2] == ["2031.2.0", "example-police"]:
            row[2:] = ["Records clerk", "2026-11-23"]
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return _checked(written.getvalue().encode()).findings


def as_workbook(shown, _scratch):
    book = openpyxl.load_workbook(io.BytesIO(template("example-police", "xlsx", _directory())))
    book["Update"]["C2"], book["Update"]["D2"] = "Records clerk", date(2026, 11, 23)
    assert book["Contacts"]["E1"].value == "Shown as"
    book["Contacts"]["E2"] = shown
    written = io.BytesIO()
    book.save(written)
    return _checked(written.getvalue()).findings


STORED = (records, edition, build, release, override)
TYPED = (as_json, as_csv, as_workbook)


def errors(findings):
    return [finding for finding in findings if finding.severity == "error"]


@pytest.mark.parametrize("shown", WRONG)
@pytest.mark.parametrize("door", [*STORED, *TYPED])
def test_what_is_not_the_value_is_refused_at_every_door(door, shown, tmp_path):
    assert errors(door(shown, tmp_path))


@pytest.mark.parametrize("shown", REGROUPED)
@pytest.mark.parametrize("door", STORED)
def test_the_number_in_another_form_is_refused_with_the_right_one(door, shown, tmp_path):
    found = errors(door(shown, tmp_path))
    assert found
    right = "Write '203-555-9830'" if door is override else f"Write {NUMBER!r}"
    assert any(right in finding.hint for finding in found) or shown != shown.strip()


@pytest.mark.parametrize("shown", REGROUPED)
@pytest.mark.parametrize("door", TYPED)
def test_a_form_takes_the_number_in_another_form(door, shown, tmp_path):
    found = door(shown, tmp_path)
    assert not errors(found)
    assert [finding.rule for finding in found] == ["CTR319"]  # nothing would change


@pytest.mark.parametrize("door", [records, edition, build, as_json, as_csv, as_workbook])
def test_the_right_form_passes_at_every_door(door, tmp_path):
    if door in {as_csv, as_workbook}:
        assert not errors(door(NUMBER, tmp_path))
    assert not errors(as_csv("", tmp_path))


def test_the_fictional_edition_shows_every_value_as_it_is_written():
    for record in fictional_directory():
        for contact in getattr(record, "contacts", ()):
            assert contact.display == display(contact.kind, contact.value)
