"""What both sides changed since the form was drawn, value by value."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import given, strategies as st

from ct_trafficking_resources.updates.edits import Edit, edits, merge

BASE = {
    "kind": "organization",
    "id": "x",
    "name": "Old",
    "note": "A note.",
    "contacts": [
        {"id": "a", "mode": "voice", "value": "1", "display": "1"},
        {"id": "b", "mode": "voice", "value": "2", "display": "2"},
    ],
}


def changed(**values):
    """Return the record with other values; None takes a key out, a, b are contact points."""
    record = deepcopy(BASE)
    for key, value in values.items():
        if key in {"a", "b", "c"}:
            contacts = [one for one in record["contacts"] if one["id"] != key]
            if value is not None:
                old = next((one for one in record["contacts"] if one["id"] == key), {"id": key})
                contacts.append({**old, **value})
            record["contacts"] = sorted(contacts, key=lambda one: one["id"])
        elif value is None:
            del record[key]
        else:
            record[key] = value
    return record if record["contacts"] else {k: v for k, v in record.items() if k != "contacts"}


@pytest.mark.parametrize(
    ("present", "submitted", "joined"),
    [
        ({}, {"name": "New"}, {"name": "New"}),
        ({"name": "New"}, {}, {"name": "New"}),
        ({"name": "New"}, {"name": "New"}, {"name": "New"}),
        ({"name": "New"}, {"note": "Another."}, {"name": "New", "note": "Another."}),
        ({}, {"note": None}, {"note": None}),
        ({"note": None}, {}, {"note": None}),
        ({"town": "Hartford"}, {}, {"town": "Hartford"}),
        ({}, {"town": "Hartford"}, {"town": "Hartford"}),
        ({"a": {"value": "9"}}, {"a": {"label": "L"}}, {"a": {"value": "9", "label": "L"}}),
        ({"a": {"value": "9"}}, {"b": {"value": "8"}}, {"a": {"value": "9"}, "b": {"value": "8"}}),
        ({"a": None}, {}, {"a": None}),
        ({}, {"a": None}, {"a": None}),
        ({"a": None}, {"a": None}, {"a": None}),
        ({"c": {"value": "3"}}, {}, {"c": {"value": "3"}}),
        ({}, {"c": {"value": "3"}}, {"c": {"value": "3"}}),
    ],
)
def test_what_only_one_side_changed_is_taken_from_that_side(present, submitted, joined):
    result = merge(BASE, changed(**present), changed(**submitted))
    assert result.conflicts == ()
    assert result.document == changed(**joined)


@pytest.mark.parametrize(
    ("present", "submitted", "place"),
    [
        ({"name": "A"}, {"name": "B"}, (None, "name")),
        ({"name": "A"}, {"name": None}, (None, "name")),
        ({"a": {"value": "8"}}, {"a": {"value": "9"}}, ("a", "value")),
        ({"a": None}, {"a": {"value": "9"}}, ("a", None)),
        ({"a": {"value": "9"}}, {"a": None}, ("a", None)),
        ({"c": {"value": "8"}}, {"c": {"value": "9"}}, ("c", None)),
    ],
)
def test_what_both_sides_changed_is_a_conflict_and_stays_as_it_is(present, submitted, place):
    result = merge(BASE, changed(**present), changed(**submitted))
    (conflict,) = result.conflicts
    assert (conflict.contact, conflict.field) == place
    assert result.document == changed(**present)


@pytest.mark.parametrize("key", ["mode", "kind", "extension", "keyword", "menu", "relay_to"])
def test_half_of_one_way_and_half_of_another_are_not_joined(key):
    """The curators moved the number; the form adds an extension to the old one."""
    result = merge(BASE, changed(a={"value": "8"}), changed(a={key: "9"}))
    assert [(one.contact, one.field) for one in result.conflicts] == [("a", key)]
    assert result.document == changed(a={"value": "8"})
    result = merge(BASE, changed(a={key: "9"}), changed(a={"value": "8"}))
    assert [(one.contact, one.field) for one in result.conflicts] == [("a", "value")]
    assert result.document == changed(a={key: "9"})


def test_what_says_nothing_of_the_way_is_joined_with_it():
    result = merge(BASE, changed(a={"value": "8"}), changed(a={"label": "L"}))
    assert result == (changed(a={"value": "8", "label": "L"}), ())
    result = merge(BASE, changed(b={"value": "8"}), changed(a={"value": "9"}))
    assert result == (changed(a={"value": "9"}, b={"value": "8"}), ())


def test_an_order_that_the_update_changes_is_taken():
    swapped = {**BASE, "contacts": BASE["contacts"][::-1]}
    assert merge(BASE, BASE, swapped).document == swapped
    assert merge(BASE, swapped, BASE).document == swapped


def test_a_record_that_was_not_there_is_compared_with_nothing():
    assert merge(None, BASE, BASE) == (BASE, ())
    assert merge(None, BASE, changed(name="New")).conflicts


def test_a_record_without_contact_points_stays_so():
    bare = {key: value for key, value in BASE.items() if key != "contacts"}
    assert merge(bare, bare, {**bare, "name": "New"}).document == {**bare, "name": "New"}


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["A", "B"]),
        "note": st.sampled_from([None, "B"]),
        "a": st.sampled_from([None, {"value": "8"}, {"label": "L"}]),
        "b": st.sampled_from([None, {"value": "8"}, {"label": "L"}]),
        "c": st.sampled_from([{"value": "3"}, {"value": "4"}]),
    },
)


@given(CHANGES, CHANGES)
def test_nothing_of_either_side_is_lost_without_a_conflict(present, submitted):
    now, wanted = changed(**present), changed(**submitted)
    result = merge(BASE, now, wanted)
    told = {(one.contact, one.field) for one in result.conflicts}
    for one in edits(BASE, wanted):
        place = (one.contact, one.field)
        kept = {(each.contact, each.field): each.after for each in edits(BASE, result.document)}
        if not {place, (one.contact, None)} & told:
            assert kept.get(place, "gone") == one.after or (one.contact, None) in kept


@given(CHANGES)
def test_an_update_of_the_present_edition_is_taken_as_it_is(submitted):
    assert merge(BASE, BASE, changed(**submitted)) == (changed(**submitted), ())


def test_edits_say_what_leads_from_one_state_to_another():
    after = changed(name="New", note=None, a={"value": "9"}, b=None, c={"value": "3"})
    assert list(edits(BASE, after)) == [
        Edit(record="x", field="name", before="Old", after="New"),
        Edit(record="x", field="note", before="A note."),
        Edit(record="x", contact="a", field="value", before="1", after="9"),
        Edit(record="x", contact="b", before=BASE["contacts"][1]),
        Edit(record="x", contact="c", after={"id": "c", "value": "3"}),
    ]
    assert [str(one) for one in edits(BASE, after)][:3] == ["x/name", "x/note", "x/a/value"]


def test_another_order_is_an_edit():
    swapped = {**BASE, "contacts": BASE["contacts"][::-1]}
    assert list(edits(BASE, swapped)) == [
        Edit(record="x", field="contacts", before=["a", "b"], after=["b", "a"])
    ]


@given(CHANGES)
def test_a_record_that_is_the_same_has_no_edits(submitted):
    assert list(edits(changed(**submitted), changed(**submitted))) == []
