"""What changed, by its effect."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources.changes import (
    HEADINGS,
    OF_VALUE,
    UNSEEN,
    Effect,
)
from ct_trafficking_resources.edition.directory import Directory
from ct_trafficking_resources.vocabulary import ValueKind

from .conftest import CASES, contact_of, edition_document

HOTLINE = "national-human-trafficking-hotline"
pytestmark = pytest.mark.filterwarnings(
    "ignore::ct_trafficking_resources.errors.WithdrawnEditionWarning"
)


def directory_of(change=lambda _: None, number="2026.11.0"):
    document = edition_document(number)
    change(document)
    return Directory(document, "0" * 64)


def changed(change):
    return ctr.compare(directory_of(), directory_of(change))


def record_of(document, id):
    return next(
        one
        for section in ("task_forces", "organizations", "channels", "laws")
        for one in document[section]
        if one["id"] == id
    )


def the_change(change):
    (found,) = changed(change).changes
    return found


def test_every_effect_has_a_heading_and_every_kind_of_value_an_effect():
    assert set(HEADINGS) == set(Effect)
    assert {kind.value for kind in ValueKind} - set(OF_VALUE) == {"host", "phrase"}


@pytest.mark.filterwarnings("error")
def test_editions_are_compared_by_number_or_pin_without_a_warning():
    newest = ctr.load()
    by_number = ctr.compare("2018.2.0", newest.edition)
    assert by_number == ctr.compare("2018.2.0", newest) == ctr.compare("2018.2.0", newest.pin)
    assert (by_number.old.edition, by_number.new.edition) == ("2018.2.0", newest.edition)
    with pytest.raises(ctr.UnknownEdition):
        ctr.compare("2018.2", newest)


def test_equal_directories_have_no_changes():
    comparison = changed(lambda _: None)
    assert (comparison.changes, comparison.seen) == ((), ())
    assert "Nothing changed." in comparison.text()
    contacts = sum(len(getattr(record, "contacts", ())) for record in ctr.load())
    assert len(comparison.kept) == contacts


def set_contact(record, contact, /, **values):
    return lambda document: contact_of(document, record, contact).update(values)


def set_record(record, /, **values):
    return lambda document: record_of(document, record).update(values)


CASES_OF_EFFECT = [
    ("number", set_contact(HOTLINE, "voice", value="+18883737889", display="1-888-373-7889")),
    ("number", set_contact(HOTLINE, "voice", extension="5")),
    ("number", set_contact("988-lifeline", "voice", menu="press 9")),
    ("number", set_contact(HOTLINE, "relay", relay_to="text")),
    ("code", set_contact(HOTLINE, "text", value="233734", display="233734")),
    ("code", set_contact(HOTLINE, "text", keyword="HELP")),
    ("code", set_contact(HOTLINE, "text", accepted_keywords=["HELP"])),
    ("code", set_contact(HOTLINE, "text", vanity="BEFREF")),
    ("address", set_contact(HOTLINE, "chat", value="https://x.org/", display="x.org")),
    ("address", set_contact(HOTLINE, "email", value="a@x.org", display="a@x.org")),
    ("number", set_contact(HOTLINE, "chat", kind="matrix", value="@x")),
    (
        "hours",
        set_contact(
            HOTLINE,
            "voice",
            hours={
                "always_open": False,
                "periods": [{"days": ["monday", "tuesday"], "opens": "08:00", "closes": "16:00"}],
                "timezone": "America/New_York",
            },
        ),
    ),
    ("hours", set_contact(HOTLINE, "voice", valid_from="2026-01-01")),
    ("languages", set_contact(HOTLINE, "voice", languages=["en"])),
    ("languages", set_contact(HOTLINE, "voice", interpreter_count=150)),
    ("service", set_contact(HOTLINE, "web-form", purposes=["crime-tips"])),
    ("service", set_contact(HOTLINE, "voice", carrier_charges=True)),
    ("service", set_record(HOTLINE, anonymous=False)),
    ("service", set_record(HOTLINE, coverage={"area": "towns", "towns": ["Hartford"]})),
    ("service", set_record("ct-human-trafficking-task-force", status="ended")),
    ("renamed", set_record(HOTLINE, name="Another Hotline")),
    ("wording", set_record(HOTLINE, summary="Other words.")),
    ("wording", set_contact(HOTLINE, "voice", note="Other words.")),
    ("wording", set_contact(HOTLINE, "voice", display="1-888-3737-888")),
    ("wording", set_contact(HOTLINE, "voice", id="telephone")),
    ("wording", lambda document: record_of(document, HOTLINE)["contacts"].reverse()),
    ("evidence", set_contact(HOTLINE, "chat", check_first=False)),
    ("evidence", lambda document: record_of(document, HOTLINE)["evidence"]["sources"].pop()),
    ("evidence", lambda document: contact_of(document, HOTLINE, "voice")["evidence"].pop("note")),
    (
        "evidence",
        lambda document: record_of(document, HOTLINE)["operators"][0]["evidence"].pop("note"),
    ),
    ("wording", lambda document: record_of(document, HOTLINE)["operators"][0].pop("note")),
    ("operator", lambda document: record_of(document, HOTLINE)["operators"].pop(0)),
    (
        "operator",
        lambda document: record_of(document, HOTLINE)["operators"][0].update(
            organization="polaris"
        ),
    ),
    (
        "membership",
        lambda document: record_of(document, "ciri")["memberships"][0].update(until="2027-01-01"),
    ),
    ("membership", lambda document: record_of(document, "ciri").pop("memberships")),
    ("wording", lambda document: record_of(document, "ciri")["memberships"][0].pop("note")),
    (
        "evidence",
        lambda document: record_of(document, "ciri")["memberships"][0]["evidence"].update(
            confidence="medium"
        ),
    ),
    ("office", lambda document: record_of(document, "pd-naugatuck").pop("addresses")),
    (
        "wording",
        lambda document: record_of(document, "pd-naugatuck")["addresses"][0].pop("purpose"),
    ),
    ("withdrawn", lambda document: record_of(document, HOTLINE)["contacts"].pop()),
    ("withdrawn", lambda document: document["laws"].pop()),
]


@pytest.mark.parametrize(("effect", "change"), CASES_OF_EFFECT)
def test_a_change_is_told_by_its_effect(effect, change):
    comparison = changed(change)
    assert {one.effect for one in comparison.changes} == {effect}
    assert comparison.of(effect) == comparison.changes
    assert bool(comparison.seen) is (effect not in UNSEEN)
    for text in (comparison.text(), comparison.markdown()):
        assert HEADINGS[Effect(effect)] in text
    back = ctr.compare(directory_of(change), directory_of())
    assert len(back.changes) == len(comparison.changes)


def test_one_digit_is_told_with_both_numbers_and_for_whom():
    change = the_change(CASES_OF_EFFECT[0][1])
    assert (change.before, change.after) == ("voice 1-888-373-7888", "voice 1-888-373-7889")
    assert (change.record, change.contact, change.victim_facing) == (HOTLINE, "voice", True)


@pytest.mark.parametrize(
    ("record", "contact", "expected"),
    [
        ("ciri", "voice", True),  # an organization's own number for help
        ("hsi-tip-line", "voice", True),
        ("usao-ct", "voice", False),
        ("ct-dcf-careline", "voice", True),
    ],
)
def test_a_change_is_victim_facing_by_its_contact_point(record, contact, expected):
    change = the_change(set_contact(record, contact, value="+12033360142", display="203-336-0142"))
    assert (change.contact, change.victim_facing) == (contact, expected)


def test_a_contact_point_that_becomes_an_office_s_is_victim_facing_once_more():
    for old, new in (("victim-services", "training"), ("training", "victim-services")):
        before, after = (
            directory_of(set_contact("ciri", "voice", purposes=[purpose])) for purpose in (old, new)
        )
        (change,) = ctr.compare(before, after).changes
        assert change.victim_facing


def test_a_change_of_a_record_is_victim_facing_by_any_contact_point():
    for record, expected in (("ciri", True), ("usao-ct", False), (HOTLINE, True)):
        renamed = edition_document()
        record_of(renamed, record)["name"] = "Other"
        (change,) = ctr.compare(directory_of(), Directory(renamed, "0" * 64)).changes
        assert (change.contact, change.victim_facing) == (None, expected)


def test_an_added_contact_point_is_told_with_its_value():
    comparison = ctr.compare(
        directory_of(lambda d: record_of(d, HOTLINE)["contacts"].pop()), directory_of()
    )
    (change,) = comparison.changes
    assert (change.effect, change.after) == ("added", "email help@humantraffickinghotline.org")


def test_a_withdrawn_value_is_told_with_its_tombstone():
    def old(document):
        contact_of(document, "nrs", "voice").update(
            kind="short-code", value="66008", display="66008", mode="text"
        )

    def new(document):
        channel = record_of(document, "nrs")
        channel["contacts"] = [one for one in channel["contacts"] if one["id"] != "voice"]

    change = ctr.compare(directory_of(old), directory_of(new)).of("withdrawn")[0]
    assert "66008" in change.before
    assert change.why


def test_a_record_that_lives_on_under_another_id_is_the_same_one():
    comparison = ctr.compare(ctr.load("2015.11.0"), ctr.load())
    (renamed,) = [one for one in comparison.of("renamed") if one.record == "ciri"]
    assert renamed.formerly == "international-institute-of-connecticut"
    assert renamed.before == "International Institute of Connecticut"
    assert renamed.why.startswith("2017: ")
    for id in ("ciri", renamed.formerly):
        assert renamed in comparison.only([id]).changes


def test_an_id_may_change_while_the_name_stays():
    def old(document):
        record_of(document, "ciri").update(id="international-institute-of-connecticut")

    def new(document):
        record_of(document, "ciri")

    (change,) = ctr.compare(directory_of(old), directory_of(new)).of("renamed")
    assert (change.what, change.after) == ("id", "ciri")


def test_the_two_historical_editions_tell_what_happened():
    comparison = ctr.compare(ctr.load("2015.11.0"), ctr.load("2018.2.0"))
    (merged,) = comparison.of("withdrawn")
    assert (merged.record, merged.victim_facing) == ("befree-textline", True)
    assert merged.why.startswith("2018-02-07: ")
    (text,) = [one for one in comparison.of("added") if one.record == HOTLINE]
    assert text.why == "in 2015.11.0 that of BeFree"
    assert [one.record for one in comparison.kept] == [HOTLINE]


def test_the_change_of_operator_is_told_with_its_date():
    comparison = ctr.compare(ctr.load("2018.2.0"), ctr.load())
    (change,) = comparison.of("operator")
    assert (change.before, change.after, change.why) == (
        "Polaris",
        "Compass Connections",
        "since 2025",
    )


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_history_reads_as_it_was_agreed(form):
    comparison = ctr.compare(ctr.load("2015.11.0"), ctr.load("2018.2.0"))
    agreed = CASES / f"2015-to-2018.{'txt' if form == 'text' else 'md'}"
    assert getattr(comparison, form)() == agreed.read_text(encoding="utf-8")


def test_only_some_records_can_be_asked_for():
    comparison = ctr.compare(ctr.load("2015.11.0"), ctr.load())
    part = comparison.only([HOTLINE])
    assert {one.record for one in (*part.changes, *part.kept)} == {HOTLINE}
    assert comparison.only([]).changes == ()
    with pytest.raises(ctr.UnknownRecord, match="Did you mean"):
        comparison.only(["national-human-traficking-hotline"])


def test_the_most_harmful_effect_stands_first():
    effects = [one.effect for one in ctr.compare(ctr.load("2015.11.0"), ctr.load()).changes]
    assert effects == sorted(effects, key=list(Effect).index)


def test_the_comparison_is_json():
    comparison = ctr.compare(ctr.load("2015.11.0"), ctr.load())
    document = json.loads(json.dumps(comparison.to_dict()))
    assert len(document["changes"]) == len(comparison.changes)
    assert document["old"] == {
        "edition": "2015.11.0",
        "released": "2015-11-30",
        "status": "reconstructed",
    }


def test_markdown_cannot_be_broken_out_of():
    comparison = changed(set_record(HOTLINE, name="A [link](x) *and* `code` <b>"))
    assert "\\[link\\](x) \\*and\\* \\`code\\` \\<b\\>" in comparison.markdown()


LEAVES = st.sampled_from(["name", "summary", "note", "answered_by", "rank", "anonymous"])


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([one.id for one in ctr.load().channels]), LEAVES)
def test_no_change_is_unseen(id, name):
    def change(document):
        record = record_of(document, id)
        value = record.get(name)
        other = {bool: not value, int: 999}.get(type(value), "other")
        record[name] = other

    comparison = changed(change)
    assert [one.what for one in comparison.changes] == [name]
    assert comparison.only([id]).changes == comparison.changes


def test_editions_that_share_nothing_have_nothing_the_same():
    def bare(document):
        for section in ("task_forces", "organizations", "channels", "laws"):
            document[section] = []

    comparison = ctr.compare(directory_of(bare), directory_of())
    assert comparison.kept == ()
    assert "Still the same" not in comparison.text()
    assert {one.effect for one in comparison.changes} == {"added"}


def test_an_effect_that_is_none_is_refused():
    d = ctr.load()
    assert ctr.compare(d, d).of("number") == ()
    with pytest.raises(ctr.UnknownTerm, match="Did you mean 'number'"):
        ctr.compare(d, d).of("numbre")
