"""What a person believes of a line, key by key."""

from __future__ import annotations

import pytest


def found(report):
    return [(one.rule, one.place.pointer) for one in report.findings]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", "Another Hotline"),
        ("anonymous", False),
        ("mandated_reporters", False),
        ("confidentiality", "All is told to nobody."),
        ("note", "Do not call on Sundays."),
        ("summary", "Help for adults only."),
        ("short_name", "AH"),
    ],
)
def test_what_a_help_channel_promises_is_looked_at(form, check, key, value):
    update = form("example-nonprofit")
    update["records"][1][key] = value
    report = check(update)
    assert found(report) == [("CTR353", f"/records/1/{key}")]
    assert report.ok


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("carrier_charges", True),
        ("interpreter_languages", ["pl"]),
        ("languages", ["en", "pl"]),
        ("hours", {"always_open": True}),
    ],
)
def test_what_a_caller_expects_is_looked_at(form, check, key, value):
    update = form("example-nonprofit")
    update["records"][1]["contacts"][5][key] = value
    assert ("CTR353", f"/records/1/contacts/5/{key}") in found(check(update))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("label", "Help for victims"),
        ("note", "The line is closed."),
        ("vanity", "203-555-TIPR"),
        ("mode", "tty"),
        ("purposes", ["training"]),
    ],
)
def test_what_is_said_of_an_offices_contact_point_is_looked_at(form, check, key, value):
    update = form()
    update["records"][0]["contacts"][1][key] = value
    update["sources"][0]["says"] = "Tips 203-555-8477, press 2"
    report = check(update)
    assert found(report) == [("CTR353", f"/records/0/contacts/1/{key}")]
    assert report.ok


def test_the_languages_and_hours_of_an_office_are_its_own(form, check):
    update = form()
    update["records"][0]["contacts"][0] |= {"languages": ["en"], "hours": {"always_open": True}}
    assert found(check(update)) == []


def test_the_records_of_one_sender_may_be_called_the_same(form, check):
    update = form("example-nonprofit")
    update["records"][1]["short_name"] = "Example Nonprofit"
    assert found(check(update)) == [("CTR353", "/records/1/short_name")]


def test_a_name_may_be_given_up(patched, example, edition_of, draw_from, check):
    patch = [{"op": "add", "path": "/records/example-police/short_name", "value": "EPD"}]
    directory = edition_of(patched(example, patch))
    update = draw_from(directory, "example-police")
    del update["records"][0]["short_name"]
    assert found(check(update, directory=directory)) == [("CTR353", "/records/0/short_name")]


@pytest.mark.parametrize("name", ["Example Helplıne", "EXAMPLE  HELP-LINE", "Examp1e Helpline"])
def test_a_name_that_looks_like_anothers_is_anothers(form, check, name):
    update = form()
    update["records"][0]["contacts"][0]["label"] = name
    assert ("CTR352", "/records/0/contacts/0/label") in found(check(update))


@pytest.mark.parametrize(("value", "told"), [("+18005552040", False), ("+12035557300", True)])
def test_a_number_may_be_called_by_the_name_of_the_line_that_it_is(form, check, value, told):
    update = form()
    update["records"][0]["contacts"].append(
        {
            "id": "line", "mode": "voice", "kind": "e164", "value": value,
            "display": f"{value[2:5]}-{value[5:8]}-{value[8:]}", "label": "Example Helpline",
            "purposes": ["general-information"],
        }
    )  # fmt: skip
    names = [rule for rule, _ in found(check(update)) if rule == "CTR352"]
    assert names == ["CTR352"] * told


def test_a_new_contact_point_needs_no_label(form, check):
    update = form()
    update["records"][0]["contacts"].append(
        {
            "id": "desk", "mode": "voice", "kind": "e164", "value": "+12035557300",
            "display": "203-555-7300", "purposes": ["general-information"],
        }
    )  # fmt: skip
    assert found(check(update)) == []
