"""How old every value is, and what a person must look at."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources.edition.directory import Directory
from ct_trafficking_resources.errors import ImpossibleDay
from ct_trafficking_resources.freshness import FreshnessState, dated
from ct_trafficking_resources.policy import (
    OFFICE,
    REVIEW_CLASSES,
    SHORT_CODE,
    VICTIM_CHANNEL,
    review_class,
)
from ct_trafficking_resources.publishing.checklist import checklist, markdown

from .conftest import ROOT, contact_of, edition_document

HOTLINE = "national-human-trafficking-hotline"
READ = date(2026, 11, 23)


def value_of(report, record, contact):
    return next(one for one in report.values if (one.record, one.contact) == (record, contact))


@pytest.mark.parametrize(
    ("record", "contact", "expected"),
    [
        (HOTLINE, "voice", VICTIM_CHANNEL),
        (HOTLINE, "text", SHORT_CODE),
        ("pd-norwalk", "tips-text", SHORT_CODE),
        ("ncmec-cybertipline", "voice", VICTIM_CHANNEL),
        ("hsi-tip-line", "voice", VICTIM_CHANNEL),
        ("cfj-bridgeport", "voice-sexual-violence", VICTIM_CHANNEL),
        ("ciri", "voice", VICTIM_CHANNEL),
        ("usao-ct", "voice", OFFICE),
        ("ciri", None, OFFICE),
    ],
)
def test_the_class_of_a_value_sets_the_interval(record, contact, expected):
    found = ctr.load()[record]
    assert review_class(found, found.contact(contact) if contact else None) is expected


@pytest.mark.parametrize(
    ("days", "state", "overdue"),
    [
        (0, "fresh", 0),
        (89, "fresh", 0),
        (90, "due", 0),
        (91, "due", 1),
        (179, "due", 89),
        (180, "stale", 90),
        (3000, "stale", 2910),
    ],
)
def test_a_value_is_fresh_then_due_then_stale(days, state, overdue):
    value = value_of(ctr.check_freshness(READ + timedelta(days=days)), HOTLINE, "voice")
    assert (value.state, value.overdue_by, value.age) == (state, overdue, days)
    assert value.review_by == date(2027, 2, 21)
    assert value.newest == READ
    assert value.newest_dated == "2026-07-13"


def test_an_undated_source_counts_from_the_day_it_was_read():
    def change(document):
        evidence = contact_of(document, HOTLINE, "voice")["evidence"]
        evidence["sources"] = [evidence["sources"][0]]

    document = edition_document()
    change(document)
    value = value_of(ctr.check_freshness(READ, Directory(document, "0" * 64)), HOTLINE, "voice")
    assert (value.newest, value.newest_dated) == (READ, None)


def test_every_value_that_ages_is_in_the_report():
    directory = ctr.load()
    report = ctr.check_freshness(READ)
    contacts = sum(len(getattr(one, "contacts", ())) for one in directory)
    addresses = sum(len(getattr(one, "addresses", ())) for one in directory)
    assert len(report.values) == contacts + addresses == len(list(dated(directory)))
    assert sum(len(report.of(state)) for state in FreshnessState) == len(report.values)


def test_the_worst_stand_first_and_short_codes_first_among_them():
    report = ctr.check_freshness(date(2027, 6, 1))
    assert report.state == "stale"
    assert [one.state for one in report.values] == sorted(
        (one.state for one in report.values), key=["stale", "due", "fresh"].index
    )
    assert report.values[0].review_class == "short-code"


def test_the_edition_itself_is_overdue_after_its_day():
    assert ctr.check_freshness(date(2027, 2, 21)).overdue_by == 0
    assert ctr.check_freshness(date(2027, 2, 22)).overdue_by == 1


def test_a_directory_without_values_is_fresh():
    document = edition_document()
    for section in ("task_forces", "organizations", "channels"):
        document[section] = []
    assert ctr.check_freshness(READ, Directory(document, "0" * 64)).state == "fresh"


def test_states_are_asked_for_by_word():
    report = ctr.check_freshness(READ)
    assert report.at_least("fresh") == report.values
    assert report.at_least("stale") == report.of("stale")
    assert len(report.at_least("due")) == len(report.of("stale")) + len(report.of("due"))
    with pytest.raises(ctr.UnknownTerm, match="Did you mean 'stale'"):
        report.of("stal")


def test_the_report_is_json():
    document = json.loads(json.dumps(ctr.check_freshness(READ).to_dict()))
    assert (document["on"], document["state"]) == ("2026-11-23", "stale")
    assert document["values"][0]["reason"]


@pytest.mark.parametrize("day", [date.min, date(1970, 1, 1), date(2026, 11, 22)])
def test_a_clock_in_the_past_is_told(day):
    with pytest.raises(ImpossibleDay) as caught:
        ctr.check_freshness(day)
    assert "clock" in str(caught.value)


def test_a_clock_far_in_the_future_makes_everything_stale():
    assert len(ctr.check_freshness(date.max).of("stale")) == len(list(dated(ctr.load())))


def test_the_present_day_is_the_default_and_a_moment_stands_for_its_day():
    assert ctr.check_freshness().on >= READ
    assert ctr.check_freshness(datetime(2026, 12, 1, 12, tzinfo=UTC)).on == date(2026, 12, 1)


@given(st.dates(READ, date(2100, 1, 1)), st.dates(READ, date(2100, 1, 1)))
def test_nothing_gets_fresher_by_waiting(one, other):
    states = ["fresh", "due", "stale"]
    early, late = (ctr.check_freshness(day) for day in sorted((one, other)))
    by_key = {(v.record, v.contact, v.value): v for v in late.values}
    for value in early.values:
        later = by_key[value.record, value.contact, value.value]
        assert states.index(later.state) >= states.index(value.state)


def test_a_value_says_its_state_in_a_line():
    value = value_of(ctr.check_freshness(date(2027, 6, 1)), HOTLINE, "voice")
    assert str(value) == (
        "stale national-human-trafficking-hotline voice 1-888-373-7888:"
        " newest evidence 2026-11-23, review by 2027-02-21, overdue by 100 days"
    )
    fresh = value_of(ctr.check_freshness(READ), HOTLINE, "voice")
    assert "overdue" not in str(fresh)


# --- the checklist ---------------------------------------------------------


def test_the_checklist_holds_what_is_marked_and_what_is_not_fresh():
    directory = ctr.load()
    items = {(one.record, one.contact, one.value) for one in checklist(directory, READ)}
    report = ctr.check_freshness(READ)
    for value in report.at_least("due"):
        assert (value.record, value.contact, value.value) in items
    for record, contact, part in dated(directory):
        if part.check_first and contact:
            assert (record.id, contact.id, contact.display) in items
    assert len(items) < len(report.values)
    listed = checklist(directory, READ, everything=True)
    assert len([one for one in listed if one.what == "office"]) == len(report.values)


def test_what_victims_use_stands_first_by_harm_avoided():
    items = [one for one in checklist(ctr.load(), READ) if one.what == "office"]
    assert [one.record for one in items[:3]] == ["911-connecticut", "911-connecticut", HOTLINE]
    classes = {
        (v.record, v.contact, v.value): v.review_class for v in ctr.check_freshness(READ).values
    }
    offices = [classes[one.record, one.contact, one.value] == "office" for one in items]
    assert offices == sorted(offices)


def test_what_is_marked_stands_before_what_is_only_due():
    directory = ctr.load()
    marked = [
        bool(part.check_first)
        for item in checklist(directory, date(2027, 6, 1))
        for record, contact, part in dated(directory)
        if contact
        and (record.id, contact.id) == (item.record, item.contact)
        and review_class(record, contact) is not OFFICE
    ]
    assert marked == sorted(marked, reverse=True)
    assert len(set(marked)) == 2


def test_the_checklist_never_asks_to_call_anyone():
    text = markdown(checklist(ctr.load(), READ, everything=True), "2026.11.0", READ)
    head, items = text.split("\n1. [ ]", 1)
    assert "Nobody calls, texts, chats with or\nwrites to any of these to test it" in head
    asked = [line.strip() for line in items.splitlines() if line.startswith("   ")]
    assert {line.split()[0] for line in asked} <= {"Open", "Compare:", "Why:", "No"}
    assert not re.search(
        r"\b(?:call|dial|phone|text) (?:it|them|the line|the number)\b", text, re.IGNORECASE
    )


def test_every_item_names_a_page_and_what_to_compare():
    for item in checklist(ctr.load(), READ, everything=True):
        assert item.page is None or item.page.startswith(("http://", "https://"))
        assert item.why
    chat = next(one for one in checklist(ctr.load(), READ) if one.contact == "chat")
    assert chat.page == "https://humantraffickinghotline.org/en/chat"


def test_what_was_released_on_less_evidence_than_is_asked_today_is_listed():
    items = {(one.record, one.contact, one.what): one for one in checklist(ctr.load(), READ)}
    agency = items["dol-oig", None, "record"]
    assert agency.page.startswith("https://dol.gov/")
    assert agency.compare == ("level of evidence corroborated",)
    text = markdown((agency,), "x", READ)
    assert "(`dol-oig`, record): `" in text
    assert "Why: beside dol.gov it has archived copies only." in text
    assert "no source is first-hand" in items["ct-ovs", "voice-savin", "office"].why
    assert ("doj-complaint-line-888-428-7581", None, "record") in items


def item_of(change, contact="voice"):
    document = edition_document()
    change(contact_of(document, HOTLINE, contact))
    items = checklist(Directory(document, "0" * 64), READ, everything=True)
    return next(one for one in items if (one.record, one.contact) == (HOTLINE, contact))


def test_the_newest_first_hand_page_is_the_one_to_open():
    item = item_of(lambda _: None)
    assert item.page == "https://humantraffickinghotline.org/en/report-trafficking"
    assert item.compare == (
        "hours 24 hours a day, every day",
        "languages en, es",
        "through interpreters mul",
    )


def test_code_and_archives_are_opened_last():
    def change(contact):
        contact["evidence"]["sources"] = [
            one for one in contact["evidence"]["sources"] if "github.com" in one["url"]
        ]

    assert item_of(change).page.startswith("https://github.com/")


def test_a_value_without_any_page_is_to_be_found_or_held():
    def change(contact):
        contact["evidence"]["sources"] = [{**contact["evidence"]["sources"][0], "url": None}]

    item = item_of(change)
    assert item.page is None
    assert "No page is known: find one, or hold it." in markdown((item,), "x", READ)


def test_for_a_text_the_keyword_is_compared():
    assert "keyword none needed" in item_of(lambda _: None, "text").compare
    assert "keyword HELP" in item_of(lambda one: one.update(keyword="HELP"), "text").compare
    assert "extension 5" in item_of(lambda one: one.update(extension="5")).compare


def test_the_page_on_freshness_tells_the_policy():
    page = (ROOT / "docs" / "freshness.md").read_text(encoding="utf-8")
    for one in REVIEW_CLASSES:
        days = f"{one.review_after} days | {one.stale_after} days"
        assert f"| `{one.name}` | {days} | {one.reason} |" in page
