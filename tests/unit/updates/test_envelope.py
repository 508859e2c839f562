"""What is said about the sender, the dates and the edition, where a case file is not enough."""

from __future__ import annotations

import pytest


def said(report):
    return [(one.rule, one.message) for one in report.findings]


@pytest.mark.parametrize(
    ("status", "day", "rules"),
    [
        ("released", "2026-11-19", ["CTR305"]),
        ("released", "2026-11-20", []),
        ("released", "2026-11-23", []),
        ("released", "2026-11-24", ["CTR305"]),
        ("preview", "2026-11-19", []),
        ("preview", "2026-11-24", ["CTR305"]),
    ],
)
def test_a_form_is_no_older_than_its_edition_once_that_is_released(  # noqa: PLR0913, PLR0917
    example, edition_of, draw_from, check, status, day, rules
):
    directory = edition_of(example, status=status, released="2026-11-20")
    update = draw_from(directory, "example-police")
    update["submitted_on"] = day
    found = [rule for rule, _ in said(check(update, directory=directory))]
    assert [rule for rule in found if rule != "CTR319"] == rules


@pytest.mark.parametrize(
    ("day", "rules"),
    [("2026-11-23", []), ("2026-11", []), ("2026-11-22", []), ("2027", ["CTR306"])],
)
def test_a_page_is_read_on_its_own_day_at_the_earliest(form, check, day, rules):
    update = form()
    update["sources"][0]["date"] = day
    assert [rule for rule, _ in said(check(update)) if rule != "CTR319"] == rules


def test_a_record_of_somebody_else_and_one_that_is_unknown_are_told_apart(form, check):
    update = form()
    update["records"][0]["id"] = "example-agency"
    assert ("CTR303", '"example-agency" is not run by the sender.') in said(check(update))
    update["records"][0]["id"] = "example-polise"
    message = "There is no record \"example-polise\". Did you mean 'example-police'?"
    assert ("CTR303", message) in said(check(update))
    update["records"][0]["id"] = "zzz"
    assert ("CTR303", 'There is no record "zzz".') in said(check(update))


def test_what_stands_twice_is_named(form, check):
    update = form()
    update["records"].append(dict(update["records"][0]))
    assert ("CTR304", 'The record "example-police" stands here twice.') in said(check(update))
    update = form()
    update["records"][0]["contacts"].append(dict(update["records"][0]["contacts"][0]))
    assert ("CTR304", 'The contact point "voice" stands here twice.') in said(check(update))


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ([{"op": "remove", "path": "/records/example-police/contacts/1"}], "nothing"),
        (
            [
                {"op": "replace", "path": f"/records/example-police/contacts/1/{key}", "value": one}
                for key, one in (("menu", "press 3"), ("label", "Tips"))
            ],
            '"Tips"',
        ),
    ],
)
def test_a_conflict_says_what_all_three_say(patched, example, edition_of, form, check, now, then):  # noqa: PLR0913, PLR0917
    update = form()
    update["records"][0]["contacts"][1]["label"] = "Tip desk"
    present = edition_of(patched(example, now), "2031.3.0")
    found = dict(said(check(update, directory=present, base=edition_of(example))))
    assert f"It is now {then}, and the form says" in found["CTR308"]
    assert ("203-555-8477" if then == "nothing" else '"Tip line"') in found["CTR308"]


def test_a_new_contact_point_brings_no_mark_of_the_curators(form, check):
    update = form()
    update["records"][0]["contacts"].append(
        {
            "id": "desk", "mode": "voice", "kind": "e164", "value": "+12035557300",
            "display": "203-555-7300", "check_first": True, "paired_with": "voice",
            "purposes": ["general-information"],
        }
    )  # fmt: skip
    keys = [one.place.pointer for one in check(update).findings if one.rule == "CTR310"]
    assert keys == [f"/records/0/contacts/3/{key}" for key in ("check_first", "paired_with")]


def test_the_mark_on_an_address_is_the_curators(form, check):
    def curated():
        return [one.place.pointer for one in check(update).findings if one.rule == "CTR310"]

    update = form()
    addresses = update["records"][0]["addresses"]
    addresses.append({"text": "2 Main Street, Hartford, CT 06101"})
    assert curated() == []
    addresses[0]["purpose"] = "Office"
    assert curated() == []
    del addresses[0]["check_first"]
    assert curated() == ["/records/0/addresses/0/check_first"]
    del update["records"][0]["addresses"]
    assert curated() == []
