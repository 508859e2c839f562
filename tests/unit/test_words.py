"""Facts in words, and text that is safe to show."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import attrs
import pytest
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt

from ct_trafficking_resources import model, words
from ct_trafficking_resources.errors import NotReadable
from ct_trafficking_resources.model import (
    ContactPoint,
    Coverage,
    FormerName,
    Hours,
    OpeningHours,
    Operator,
    Value,
    organizations,
)
from ct_trafficking_resources.model.organizations import Address, Membership
from ct_trafficking_resources.vocabulary import Day
from ct_trafficking_resources.words import (
    HoursStyle,
    canonical,
    contact_words,
    counted,
    fallbacks,
    hours,
    in_words,
    language_name,
    markdown,
    one_line,
    primary,
    read_hours,
    unseen,
    visible,
    write_hours,
)

CASES = Path(__file__).parents[1] / "cases" / "updates" / "typed" / "hours.json"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")

# --- text from outside ------------------------------------------------------------


def test_what_cannot_be_printed_is_written_as_an_escape():
    assert visible("a\x1b[31m\u202eb\n") == "a\\x1b[31m\\u202eb\\n"
    assert visible("R\u00e9sum\u00e9") == "R\u00e9sum\u00e9"


@given(st.text())
def test_visible_text_can_be_printed_and_stays_as_it_is(text):
    assert visible(text).isprintable()
    assert visible(visible(text)) == visible(text)


@given(st.text())
def test_one_line_has_no_break_no_mark_and_no_space_too_many(text):
    line = one_line(text)
    assert line.isprintable()
    assert line == " ".join(line.split())
    assert one_line(line) == line


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("**bold** `code` <b>", "\\*\\*bold\\*\\* \\`code\\` \\<b\\>"),
        ("[a](b) ![c](d) #1", "\\[a\\](b) \\!\\[c\\](d) \\#1"),
        ("a | b ~c~ _d_", "a \\| b \\~c\\~ \\_d\\_"),
        ("help@example.org, @all", "help\\@example.org, \\@all"),
        ("https://example.org www.example.org", "https\\://example.org www\\.example.org"),
        (":warning: 9:00 - file.json:2:16", "\\:warning: 9:00 - file.json:2:16"),
        ("&amp; &#38; AT&T a & b", "\\&amp; \\&\\#38; AT\\&T a & b"),
        ("1-888-373-7888 (voice)", "1-888-373-7888 (voice)"),
        ("a\nb", "a\\\\nb"),
    ],
)
def test_markup_is_escaped(text, escaped):
    assert markdown(text) == escaped


# What begins a block stands at the beginning of a line, where no form puts text of others.
@given(st.text(max_size=40) | st.text("*_`[]()<>|~@:!#&;\\ ahttps/w.0-", max_size=40))
def test_markdown_shows_text_as_it_stands(text):
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(f"x {markdown(text)} x")
    shown = html.unescape(re.fullmatch(r"<p>x (.*) x</p>\n", rendered, re.DOTALL)[1])
    assert shown == visible(text)


@pytest.mark.parametrize(("count", "said"), [(0, "0 sources"), (1, "1 source"), (2, "2 sources")])
def test_one_thing_is_no_plural(count, said):
    assert counted(count, "source") == said


# --- language tags ----------------------------------------------------------------


def test_a_language_tag_is_the_same_in_any_case():
    usual = ("en", "es-MX", "zh-Hant-TW", "es-419")
    for tag in usual:
        assert {canonical(tag), canonical(tag.upper()), canonical(tag.lower())} == {tag}


@pytest.mark.parametrize("tag", ["", "e", "engl", "es_US", "es-", "es-toolongpart", "\u00e9s", 3])
def test_what_has_not_the_form_of_a_tag_is_none(tag):
    assert canonical(tag) is None
    assert list(fallbacks(tag)) == []


def test_a_tag_is_looked_up_ever_more_broadly():
    assert list(fallbacks("ZH-hant-tw")) == ["zh-Hant-TW", "zh-Hant", "zh"]
    assert primary("zh-Hant-TW") == "zh"


@given(st.from_regex("[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{1,8}){0,3}", fullmatch=True))
def test_a_tag_in_its_usual_case_stays_and_leads_to_its_language(tag):
    usual = canonical(tag)
    assert canonical(usual) == usual
    assert usual.lower() == tag.lower()
    *_, broadest = fallbacks(tag)
    assert broadest == primary(usual)


def test_a_language_has_a_name():
    assert language_name("es-US") == "Spanish"
    assert language_name("tlh") == "tlh"


# --- opening hours ----------------------------------------------------------------


def weekly(*periods, zone="America/New_York"):
    spans = (OpeningHours(days=days, opens=opens, closes=closes) for days, opens, closes in periods)
    return Hours(always_open=False, periods=tuple(spans), timezone=zone)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Hours(always_open=True), "24 hours a day, every day"),
        (weekly((WEEKDAYS, "08:30", "16:30")), "Mon-Fri 08:30-16:30 (America/New_York)"),
        (
            weekly((("friday", "monday"), "09:00", "12:00"), (("sunday",), "13:00", "24:00")),
            "Mon, Fri 09:00-12:00; Sun 13:00-24:00 (America/New_York)",
        ),
        (
            weekly((WEEKDAYS, "09:00", "12:00"), (WEEKDAYS, "13:00", "14:00"), zone=None),
            "Mon-Fri 09:00-12:00, 13:00-14:00",
        ),
        (
            weekly((("monday", "tuesday", "friday", "holidays"), "09:00", "12:00"), zone=None),
            "Mon-Tue, Fri, holidays 09:00-12:00",
        ),
    ],
)
def test_hours_are_said_in_one_line(value, said):
    assert hours(value) == said
    assert in_words(value) == said


def test_a_style_says_hours_to_another_reader():
    style = HoursStyle(
        always="Day and night.",
        days={day: day.value for day in Day},
        run="{first} to {last}",
        shortest=3,
        span="{opens} to {closes}",
        on="{days}: {spans}.",
        between=" ",
        zone="",
        clock=lambda time: time.lstrip("0"),
    )
    value = weekly((WEEKDAYS, "09:00", "12:00"), (("saturday", "sunday"), "08:00", "10:00"))
    assert (
        hours(value, style) == "Monday to friday: 9:00 to 12:00. Saturday, sunday: 8:00 to 10:00."
    )
    assert hours(Hours(always_open=True), style) == "Day and night."


def typed_hours():
    return json.loads(CASES.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", typed_hours(), ids=lambda case: ascii(case["typed"])[:30])
def test_hours_are_read_in_one_way_or_refused(case):
    if case["hours"] is None:
        with pytest.raises(NotReadable):
            read_hours(case["typed"])
    else:
        assert read_hours(case["typed"]) == case["hours"]
        assert read_hours(write_hours(case["hours"])) == case["hours"]


def test_days_that_follow_each_other_are_written_as_a_span():
    document = read_hours("Mon, Tue, Wed, Fri 09:00-12:00; Sun 24:00-24:00")
    assert write_hours(document) == "Mon-Wed, Fri 09:00-12:00; Sun 24:00-24:00"


clocks = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
periods = st.fixed_dictionaries(
    {
        "days": st.lists(st.sampled_from([day.value for day in Day]), min_size=1, unique=True),
        "opens": clocks,
        "closes": clocks,
    }
)
weeks = st.fixed_dictionaries(
    {
        "always_open": st.just(value=False),
        "periods": st.lists(periods, min_size=1, max_size=4),
        "timezone": st.sampled_from(["America/New_York", "America/Chicago"]),
    }
)


@given(st.just({"always_open": True}) | weeks)
def test_hours_survive_the_way_through_a_cell(document):
    assert read_hours(write_hours(document)) == document


@given(weeks)
def test_every_time_and_zone_is_said(document):
    said = hours(
        Hours(
            always_open=False,
            periods=tuple(
                OpeningHours(days=tuple(one["days"]), opens=one["opens"], closes=one["closes"])
                for one in document["periods"]
            ),
            timezone=document["timezone"],
        )
    )
    for period in document["periods"]:
        assert f"{period['opens']}-{period['closes']}" in said
    assert said.endswith(f" ({document['timezone']})")


@given(text=st.text(alphabet="MonTueFri 0123456789:-;,()apm", max_size=40))
def test_any_text_is_read_as_hours_or_refused(text):
    try:
        document = read_hours(text)
    except NotReadable:
        return
    assert read_hours(write_hours(document)) == document


# --- values of a record -----------------------------------------------------------


def contact(sample, **given):
    voice = {"id": "voice", "mode": "voice", "kind": "e164", "value": "+12035550123"}
    evidence = sample.hotline.evidence
    return ContactPoint(**{**voice, "display": "203-555-0123", "evidence": evidence, **given})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, None),
        ((), None),
        (True, "yes"),
        (False, "no"),
        (3, "3"),
        (("a", None), "a, "),
        (Coverage(area="town", towns=("Milford", "Norwalk")), "Milford, Norwalk"),
        (Coverage(area="state"), "state"),
        (FormerName(name="Old", until="2017"), "Old (until 2017)"),
        (FormerName(name="Old", until=None, note="On a flyer"), "Old (On a flyer)"),
        (FormerName(name="Old", until="2017", note="On a flyer"), "Old (until 2017. On a flyer)"),
        (Value(kind="n11", value="911"), "911 (n11)"),
    ],
)
def test_a_value_is_said_in_one_line(value, said):
    assert in_words(value) == said


def test_parts_of_a_record_are_said_in_one_line(sample):
    evidence = sample.hotline.evidence
    assert in_words(evidence) == "corroborated, high confidence, 5 sources, newest 2026-11-23"
    assert in_words(evidence.sources[:1]) is not None
    operator = Operator(name="A body", since="2007", until="2012", evidence=evidence)
    assert in_words((operator,)) == "A body (since 2007, until 2012)"
    member = Membership(task_force="tf", role="member", status="current", evidence=evidence)
    assert in_words(member) == "member of tf, current"
    office = Address(text="1 Main Street, Hartford", evidence=evidence)
    assert in_words((office,)) == "1 Main Street, Hartford"


def test_what_has_words_of_its_own_is_a_class_of_the_model():
    for name in words._WORDED:
        assert attrs.has(getattr(organizations, name, None) or getattr(model, name))


def test_a_contact_point_is_said_with_what_is_pressed_or_sent(sample):
    assert contact_words(contact(sample)) == "voice 203-555-0123"
    said = contact_words(contact(sample, extension="4", keyword="HELP"))
    assert said == "voice 203-555-0123 ext. 4 (send HELP)"


# --- what does not show -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        *((f"ab{sign}c", 2) for sign in "\u00ad\u034f\u061c\u115f\u1160\u17b4\u180e\u200b\u200c"),
        *((f"ab{sign}c", 2) for sign in "\u200d\u200e\u202e\u2028\u2060\u2064\u2800\u3164\ufe0f"),
        *((f"ab{sign}c", 2) for sign in "\ufeff\uffa0\ufff9\U0001d173\U000e0041\U000e0100\ue000"),
        *((f"ab{sign}c", 2) for sign in "\0\n\x7f\x85\ud800\uffff"),
        *(("\u0301abc", 0), ("ab \u0301c", 3), ("\u20e3", 0)),
    ],
)
def test_what_does_not_show_is_found(text, place):
    assert unseen(text) == place


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "203-555-0123",
            "L\u00e8 w rele, n ap reponn",
            "e\u0301tat",
            "Po\u0142\u0105cz si\u0119",
        ),
        *(
            "\u00bfNi\u00f1o? \u201cS\u00ed\u201d \u2013 it\u2019s",
            "Vi\u1ec7t",
            "\u4e2d\u6587",
            "\u05e2\u05d6\u05e8\u05d4",
        ),
        *(
            "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
            "\u0938\u0939\u093e\u092f\u0924\u093e",
            "a\u00a0b\u2009c",
            "\u260e \U0001f600",
        ),
    ],
)
def test_text_that_shows_is_left_alone(text):
    assert unseen(text) is None


@given(st.text())
def test_what_can_be_printed_and_is_no_blank_shows(text):
    place = unseen(text)
    if place is None:
        assert text.isprintable() or set(text) <= {
            *filter(str.isprintable, text),
            *filter(str.isspace, text),
        }
    else:
        assert unseen(text[:place]) is None
