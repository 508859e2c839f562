"""What a change does to a person who relies on the value, where a case file is not enough."""

from __future__ import annotations

import json
from datetime import date

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.errors import BadConfirmation
from ct_trafficking_resources.updates.check import check_update
from ct_trafficking_resources.updates.evidence import confirmations, from_words
from ct_trafficking_resources.updates.text_rules import TEXT_RULES as RULES, Text
from ct_trafficking_resources.vocabulary import ConfirmedBy

ON = date(2026, 11, 23)
PAGES = [
    {"url": url, "title": "A page", "kind": kind, "read": "2026-11-23", "says": "203-555-7300"}
    for url, kind in (("https://a.example.gov/", "official"), ("https://b.example/", "press"))
]


def rules_of(report):
    return [one.rule for one in report.findings]


@pytest.fixture
def helping(patched, example, edition_of):
    """An edition in which the first number of the police is for victims."""
    path = "/records/example-police/contacts/0/purposes"
    patch = [{"op": "replace", "path": path, "value": ["victim-services"]}]
    return edition_of(patched(example, patch))


@pytest.fixture
def change(helping, draw_from):
    """Check a change of that number."""

    def run(sources=None, **changes):
        update = draw_from(helping, "example-police")
        update["records"][0]["contacts"][0].update(changes)
        if sources is not None:
            update["sources"] = sources
        return check_update(json.dumps(update).encode(), None, helping, on=ON)

    return run


MOVED = {"value": "+12035557300", "display": "203-555-7300"}
OFFICE = {"purposes": ["general-information"]}


def test_an_organizations_number_for_victims_is_held_to_two_pages(change):
    assert rules_of(change(**MOVED)) == ["CTR344"]
    assert rules_of(change(PAGES, **MOVED)) == ["CTR355"]


def test_a_number_is_not_moved_by_calling_it_an_office_in_the_same_form(change):
    assert rules_of(change(**MOVED, **OFFICE)) == ["CTR344", "CTR353"]


def test_a_number_is_not_called_an_office_to_move_it_with_the_next_form(change):
    assert rules_of(change(**OFFICE)) == ["CTR344"]


def test_other_help_for_victims_is_still_help(change):
    assert rules_of(change(purposes=["victim-services", "training"])) == ["CTR353"]


def test_words_around_a_number_for_victims_are_the_partners(change):
    report = change(label="Victim advocate", note="Ask for an interpreter.")
    assert rules_of(report) == ["CTR353", "CTR353"]
    assert report.ok


@pytest.mark.parametrize(
    ("place", "changes", "field"),
    [
        (0, {"mode": "tty"}, "mode"),
        (0, {"valid_from": "2026-12-24"}, "valid_from"),
        (0, {"valid_to": "2026-12-24"}, "valid_to"),
        (0, {"menu": "press 9"}, "menu"),
        (0, {"extension": "9"}, "extension"),
        (1, {"accepted_keywords": ["HELP"]}, "accepted_keywords"),
        (1, {"keyword": "START"}, "keyword"),
        (1, {"value": "55666", "display": "55666"}, "value"),
        (2, {"relay_to": "text"}, "relay_to"),
    ],
)
def test_whatever_decides_where_a_victim_arrives_needs_two_pages(
    form, check, place, changes, field
):
    update = form("example-nonprofit")
    update["records"][1]["contacts"][place].update(changes)
    places = [one.place.pointer for one in check(update).findings if one.rule == "CTR344"]
    assert places == [f"/records/1/contacts/{place}/{field}"]


@pytest.mark.parametrize("changes", [{"label": "L"}, {"note": "N."}, {"languages": ["en"]}])
def test_what_does_not_move_a_victim_needs_no_two_pages(form, check, changes):
    update = form("example-nonprofit")
    update["records"][1]["contacts"][0].update(changes)
    assert "CTR344" not in rules_of(check(update))


def test_two_numbers_of_one_record_may_be_neighbours(patched, example, edition_of, draw_from):
    path = "/records/example-police/contacts/1"
    patch = [
        {"op": "replace", "path": f"{path}/value", "value": "+12035552031"},
        {"op": "replace", "path": f"{path}/display", "value": "203-555-2031"},
        {"op": "remove", "path": f"{path}/vanity"},
    ]
    directory = edition_of(patched(example, patch))
    update = draw_from(directory, "example-police")
    update["records"][0]["contacts"][0]["languages"] = ["en"]
    assert rules_of(check_update(json.dumps(update).encode(), None, directory, on=ON)) == []


def test_digits_in_a_present_address_are_no_number(patched, example, edition_of, draw_from):
    path = "/records/example-police/contacts/2"
    patch = [
        {
            "op": "replace",
            "path": f"{path}/value",
            "value": "https://police.example.gov/2035557301",
        },
        {"op": "replace", "path": f"{path}/display", "value": "police.example.gov/2035557301"},
    ]
    directory = edition_of(patched(example, patch))
    update = draw_from(directory, "example-police")
    update["records"][0]["contacts"][0].update(MOVED)
    assert rules_of(check_update(json.dumps(update).encode(), None, directory, on=ON)) == []


@pytest.mark.parametrize(
    "change", [{"languages": ["en"]}, {"valid_to": None}, {"valid_from": None}]
)
def test_a_day_that_stays_or_goes_is_no_loss(patched, example, edition_of, draw_from, change):
    path = "/records/example-police/contacts/0"
    patch = [
        {"op": "add", "path": f"{path}/valid_from", "value": "2026-01-01"},
        {"op": "add", "path": f"{path}/valid_to", "value": "2027-12-31"},
    ]
    directory = edition_of(patched(example, patch))
    update = draw_from(directory, "example-police")
    contact = {**update["records"][0]["contacts"][0], **change}
    kept = {key: value for key, value in contact.items() if value is not None}
    update["records"][0]["contacts"][0] = kept
    report = check_update(json.dumps(update).encode(), None, directory, on=ON)
    assert (rules_of(report), len(report.edits)) == ([], 1)


def test_a_mailbox_that_differs_in_case_only_is_no_near_miss(form, check):
    update = form("example-nonprofit")
    update["records"][0]["contacts"][1].update(
        value="HELP@example-line.org", display="HELP@example-line.org"
    )
    assert "CTR341" not in rules_of(check(update))
    update["records"][0]["contacts"][1].update(
        value="HALP@example-line.org", display="HALP@example-line.org"
    )
    assert "CTR341" in rules_of(check(update))


def test_a_slip_in_a_mailbox_is_told_whatever_the_case_of_the_present_one(
    patched, example, edition_of, draw_from
):
    path = "/records/example-nonprofit/contacts/1"
    patch = [
        {"op": "replace", "path": f"{path}/{key}", "value": "HELP@example-line.org"}
        for key in ("value", "display")
    ]
    directory = edition_of(patched(example, patch))
    update = draw_from(directory, "example-nonprofit")
    update["records"][0]["contacts"][1].update(
        value="halp@example-line.org", display="halp@example-line.org"
    )
    found = rules_of(check_update(json.dumps(update).encode(), None, directory, on=ON))
    assert "CTR341" in found


def test_what_stood_first_may_be_given_up(form, check):
    update = form()
    del update["records"][0]["contacts"][0]
    assert rules_of(check(update)) == ["CTR349"]


def test_a_value_under_a_new_id_is_not_in_another_row(form, check):
    update = form()
    update["records"][0]["contacts"][0]["id"] = "front-desk"
    found = rules_of(check(update))
    assert "CTR349" in found
    assert "CTR354" not in found


def test_a_number_near_two_channels_is_told_once(patched, example, edition_of, draw_from):
    directory = edition_of(example)
    update = draw_from(directory, "example-police")
    update["records"][0]["contacts"][0].update(value="+12035552004", display="203-555-2004")
    update["sources"][0]["says"] = "Call 203-555-2004"
    report = check_update(json.dumps(update).encode(), None, directory, on=ON)
    assert rules_of(report) == ["CTR342"]
    assert report.findings[0].message.endswith(": one digit differs.")


def test_the_first_of_a_mode_may_become_another_mode(form, check):
    """What it was first for has no first any more; the next one did not push it aside."""
    update = form()
    update["records"][0]["contacts"][0]["mode"] = "tty"
    assert "CTR348" not in rules_of(check(update))


@pytest.mark.parametrize(
    ("known", "new", "rule"),
    [
        ("abcd.org", "abce.org", "CTR346"),
        ("abcde.org", "abcdf.org", "CTR343"),
        ("abcd.org", "abcd.0rg.org", "CTR346"),
        ("doll.gov", "do1l.gov", "CTR343"),
        ("www.abcde.org", "abcdf.org", "CTR343"),
        ("abcde.org", "www.abcdf.org", "CTR343"),
    ],
)
def test_short_hosts_of_different_bodies_differ_in_a_letter(  # noqa: PLR0913, PLR0917
    patched, example, edition_of, draw_from, known, new, rule
):
    patch = [{"op": "add", "path": "/records/example-police/hosts/-", "value": known}]
    directory = edition_of(patched(example, patch))
    update = draw_from(directory, "example-police")
    update["records"][0]["hosts"].append(new)
    assert rules_of(check_update(json.dumps(update).encode(), None, directory, on=ON)) == [rule]


def test_a_host_of_another_body_that_looks_like_a_third_ones_is_confirmed_too(
    patched, example, edition_of, draw_from
):
    patch = [
        {
            "op": "add",
            "path": "/records/example-nonprofit/hosts/-",
            "value": "www.riverside-aid.org",
        },
        {
            "op": "add",
            "path": "/records/example-nonprofit/hosts/-",
            "value": "www.riverside-and.org",
        },
    ]
    directory = edition_of(patched(example, patch))
    update = draw_from(directory, "example-police")
    update["records"][0]["hosts"].append("www.riverside-aid.org")
    report = check_update(json.dumps(update).encode(), None, directory, on=ON)
    assert rules_of(report) == ["CTR346"]


def test_of_very_many_findings_the_worst_are_told(form, check):
    update = form()
    update["records"][0]["contacts"] = [
        {**update["records"][0]["contacts"][0], "id": f"c-{number}", "note": "<b>", "label": "`"}
        for number in range(60)
    ]
    report = check(update)
    assert not report.ok
    assert len(report.findings) == 101
    assert report.findings[-1].rule == "CTR015"
    assert report.findings[-1].message == "Only the first 100 findings are shown."


# --- an edition that is released ----------------------------------------------------------


def test_a_form_is_not_older_than_the_released_edition_it_was_drawn_from(
    example, edition_of, draw_from, monkeypatch
):
    directory = edition_of(example)
    update = draw_from(directory, "example-police")
    update["submitted_on"] = "2026-11-22"
    data = json.dumps(update).encode()
    assert rules_of(check_update(data, None, directory, on=ON)) == ["CTR319"]
    monkeypatch.setattr(type(directory), "status", "released")
    assert rules_of(check_update(data, None, directory, on=ON)) == ["CTR305", "CTR319"]
    update["submitted_on"] = "2026-11-23"
    data = json.dumps(update).encode()
    assert rules_of(check_update(data, None, directory, on=ON)) == ["CTR319"]


@pytest.mark.filterwarnings("ignore::ct_trafficking_resources.errors.WithdrawnEditionWarning")
def test_a_form_of_an_edition_of_the_past_is_read(sample, draw_from):
    update = draw_from(sample, "pd-greenwich")
    update["edition"] = "2018.2.0"
    report = ctr.check_update(json.dumps(update).encode(), on=ON)
    assert "CTR307" not in rules_of(report)


# --- confirmations --------------------------------------------------------------------------


HEARD = {
    "record": "a-record",
    "contact": "voice",
    "value": "203 555 2031",
    "role": "records clerk",
    "way": "telephone-on-record",
    "day": "2026-11-23",
}


@pytest.mark.parametrize("text", ["", "x", "a/b", "a=b", "a/b=", "a/b= ", "A/b=c", "/b=c", "a/=c"])
def test_a_confirmation_that_says_not_of_what_is_refused(text):
    with pytest.raises(BadConfirmation) as refused:
        from_words(text, "records clerk", "letter", "2026-11-23")
    assert refused.value.text == text
    assert "--confirm pd-bridgeport/voice=" in str(refused.value)


def test_a_confirmation_may_hold_any_value():
    heard = from_words(" a/b=https://x.example/?a=b ", "records clerk", "letter", "2026-11-23")
    assert heard == {
        "record": "a",
        "contact": "b",
        "value": "https://x.example/?a=b",
        "role": "records clerk",
        "way": "letter",
        "day": "2026-11-23",
    }


def test_a_confirmation_is_taken_as_it_was_given():
    assert confirmations([HEARD]) == (HEARD,)
    assert confirmations([{**HEARD, "day": date(2026, 11, 23)}]) == (HEARD,)
    assert confirmations([{**HEARD, "way": ConfirmedBy.TELEPHONE, "role": " records clerk "}]) == (
        HEARD,
    )


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"role": None}, "it does not say role."),
        ({"way": "", "day": None}, "it does not say way and day."),
        ({"record": ""}, "it does not say record."),
        ({"way": "a hunch"}, "way: "),
        ({"day": "yesterday"}, "day: "),
        ({"day": "2026-11-31"}, "day: There is no day 2026-11-31."),
        ({"role": "203-555-2031"}, "role: "),
        ({"role": "clerk@a.example"}, "role: "),
        ({"value": "203\u200b5552031"}, "value: "),
    ],
)
def test_a_confirmation_that_does_not_say_all_is_refused(changed, why):
    with pytest.raises(BadConfirmation) as refused:
        confirmations([{**HEARD, **changed}])
    assert refused.value.text == changed.get("value", HEARD["value"])
    assert refused.value.why.startswith(why)


def test_a_confirmation_as_text_is_refused_and_says_what_to_add():
    with pytest.raises(BadConfirmation, match="it does not say record and contact and role and"):
        confirmations(["pd-bridgeport/voice=203-576-7671"])


# --- values ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        ("+12035552030", []),
        ("+18005552030", []),
        ("+12025552030", ["CTR333"]),
        ("+17875552030", ["CTR333"]),
        ("+18095552030", ["CTR332", "CTR333"]),
        ("+14165552030", ["CTR332", "CTR333"]),
        ("+12039112030", ["CTR332"]),
        ("+19005552030", []),  # what costs extra is told by CTR214
        ("+12009752030", ["CTR332", "CTR333"]),
        ("+442079460000", []),
    ],
)
def test_a_number_is_in_service_in_the_united_states(number, spoken):
    text = Text("/value", "value", "e164", number)
    assert [rule.id for rule, check in RULES if check(text)] == spoken
