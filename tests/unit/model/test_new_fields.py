"""A field that is added to the model is taken up by every surface, by what is said of it there.

Five fields are added to a contact point in a copy of the package: prose, digits that a
person keys in, what a partner may change, what only the curators change, and what is
private. Each test is about one surface, and is red if that surface keeps a list of names.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

import new_fields
from new_fields import NAMES, SENT, VALUES


@pytest.fixture(scope="module")
def surfaces(tmp_path_factory):
    """What each surface makes of the fields."""
    source = new_fields.copy(tmp_path_factory.mktemp("copy"))
    environment = {key: one for key, one in os.environ.items() if not key.startswith("COV")}
    run = subprocess.run(
        [sys.executable, new_fields.__file__],
        capture_output=True,
        text=True,
        check=True,
        env={**environment, "PYTHONPATH": str(source), "PYTHONIOENCODING": "utf-8"},
    )
    return json.loads(run.stdout)


def test_a_comparison_tells_the_effect_of_a_change_but_of_what_is_private(surfaces):
    assert surfaces["comparison"] == {
        "directions": "office",
        "door_code": "code",
        "floor": "service",
        "desk": "service",
    }


def test_a_text_goes_when_it_repeats_a_revoked_value(surfaces):
    left = dict.fromkeys(NAMES, "(withdrawn)") | {"door_code": None}
    assert surfaces["revocation"] == left


@pytest.mark.parametrize(
    ("text", "rule"), [("person", "CTR317"), ("markup", "CTR314"), ("formula", "CTR315")]
)
def test_the_checks_of_texts_look_at_what_people_read(surfaces, text, rule):
    told = [name for name, rules in surfaces["text_rules"][text].items() if rule in rules]
    assert told == ["directions", "floor"]


def test_a_number_is_looked_for_in_every_text_but_in_what_is_checked_as_a_value(surfaces):
    told = [name for name, rules in surfaces["hidden_contacts"].items() if "CTR350" in rules]
    assert told == ["directions", "floor", "desk"]


def test_what_leads_a_person_needs_pages_that_print_it(surfaces):
    office, line = surfaces["decisions"]["office"], surfaces["decisions"]["line"]
    assert [name for name in SENT if "CTR345" in office[name]] == ["door_code"]
    assert [name for name in SENT if "CTR344" in line[name]] == ["door_code"]


def test_a_page_bears_out_a_number_with_what_is_to_be_done_besides_dialing(surfaces):
    assert surfaces["evidence"] == [False, True]


def test_what_leads_a_person_is_joined_as_a_whole(surfaces):
    assert surfaces["merge"] == ["door_code"]


@pytest.mark.parametrize("whose", ["office", "line"])
def test_what_a_person_believes_is_looked_at(surfaces, whose):
    told = surfaces["decisions"][whose]
    assert [name for name in SENT if "CTR353" in told[name]] == ["directions"]


@pytest.mark.parametrize("whose", ["office", "line"])
def test_what_the_curators_decide_is_refused(surfaces, whose):
    told = surfaces["decisions"][whose]
    assert [name for name in SENT if "CTR310" in told[name]] == ["desk"]


def test_an_update_keeps_what_is_private(surfaces):
    assert surfaces["completion"] == {"floor": "Third floor", "ledger": VALUES["ledger"]}


def test_the_forms_show_what_a_partner_is_to_see(surfaces):
    forms = surfaces["forms"]
    assert forms["titles"] == {
        "directions": "Directions",
        "door_code": "Door code",
        "floor": "Floor",
        "desk": "Desk",
    }
    assert forms["json"] == forms["csv"] == list(SENT)
    assert forms["locked"] == ["desk"]
    assert forms["page"] == ["directions", "door_code", "floor"]


def test_what_a_partner_writes_into_a_form_is_read(surfaces):
    assert surfaces["forms"]["edits"] == [["floor", "Second floor", "Third floor"]]


def test_the_csv_export_has_the_columns_that_the_model_names(surfaces):
    named = {name: VALUES[name] for name in ("directions", "door_code")}
    assert surfaces["csv_export"] == named


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("json", list(SENT)),
        ("csv", ["directions", "door_code"]),
        ("vcard", ["directions", "door_code"]),
        ("hsds", ["directions", "door_code"]),
        ("jsonld", ["directions", "door_code"]),
    ],
)
def test_an_export_says_what_stands_beside_the_value_and_nothing_private(surfaces, form, names):
    assert surfaces["exports"][form] == names


@pytest.mark.parametrize("form", ["text", "markdown", "html", "sms", "json", "prompt"])
def test_every_form_of_a_card_says_what_is_to_be_done_besides_dialing(surfaces, form):
    assert surfaces["cards"][form] == ["door_code"]


@pytest.mark.parametrize("where", ["to_dict", "repr", "digest", "show as text", "show as json"])
def test_a_record_shows_everything_but_what_is_private(surfaces, where):
    assert surfaces["record"][where] == list(SENT)


def test_a_person_compares_with_the_page_what_leads_there(surfaces):
    assert surfaces["checklist"] == ["door code 4711"]


def test_what_is_done_besides_dialing_goes_with_the_value(surfaces):
    assert surfaces["override"] == [name for name in NAMES if name != "door_code"]
