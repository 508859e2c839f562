"""What the steps of a check leave to each other."""

from __future__ import annotations

from copy import deepcopy

import pytest

PAGE = {
    "url": "https://police.example.gov/desk",
    "title": "Front desk",
    "kind": "operator",
    "read": "2026-11-23",
    "says": "Front desk 203-555-7300",
}


@pytest.fixture
def moved(form):
    """The form of the police, with another number at the front desk."""
    update = form()
    update["sources"] = [deepcopy(PAGE)]
    update["records"][0]["contacts"][0].update(value="+12035557300", display="203-555-7300")
    return update


def said(report):
    return [(finding.rule, finding.place.pointer) for finding in report.findings]


def errors(report):
    return [found for found in said(report) if found[0] not in {"CTR353", "CTR355"}]


def test_a_source_that_a_value_rests_on_has_its_place_in_the_update(check, moved):
    proposal = check(moved).proposal
    pointer = "/contacts/0/evidence/sources"
    assert proposal.pointer_after("example-police", f"{pointer}/0") == "/submitted_on"
    assert proposal.pointer_after("example-police", f"{pointer}/1") == "/sources/0"
    assert proposal.pointer_after("example-police", "/contacts/1/evidence/sources/0") == (
        "/records/0/contacts/1/value"
    )
    assert proposal.pointer_after("nobody", "/evidence/sources/0") == ""


def test_a_wrong_date_of_a_source_is_said_once_whatever_rests_on_it(check, moved):
    moved["sources"][0]["read"] = "2026-11-24"
    moved["records"][0]["contacts"][1]["label"] = "Another label"
    assert errors(check(moved)) == [("CTR306", "/sources/0/read")]


def test_a_form_from_the_future_is_said_once_whatever_it_changes(check, moved):
    moved["submitted_on"] = "2026-11-24"
    assert errors(check(moved)) == [("CTR305", "/submitted_on")]


def test_what_is_wrong_today_and_stays_is_not_the_partners_doing(
    check, patched, example, edition_of, draw_from
):
    number = {"value": "+12125557300", "display": "212-555-7300"}
    contacts = "/records/example-police/contacts/0"
    patch = [
        {"op": "replace", "path": f"{contacts}/{key}", "value": value}
        for key, value in number.items()
    ]
    directory = edition_of(patched(example, patch))
    update = draw_from(directory, "example-police")
    update["records"][0]["note"] = "The desk is open again."
    assert errors(check(update, directory=directory)) == []


def test_a_value_that_cannot_be_read_is_said_once(check, moved):
    moved["records"][0]["contacts"][0] = {
        "id": "voice",
        "mode": "voice",
        "value": "203-555-73\u0660\u0660",
    }
    assert said(check(moved)) == [("CTR050", "/records/0/contacts/0/value")]


def test_a_premium_number_is_not_said_to_be_elsewhere_as_well(check, moved):
    moved["records"][0]["contacts"][0].update(value="+19005557300", display="900-555-7300")
    moved["sources"][0]["says"] = "Front desk 900-555-7300"
    assert errors(check(moved)) == [("CTR214", "/records/0/contacts/0/value")]
