"""Read by vobject, and line by line against RFC 6350."""

from __future__ import annotations

import re

import pytest
import vobject
from hypothesis import given, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources.exports import ExportFormat
from ct_trafficking_resources.exports.vcard import _fold

LINE = re.compile(r"(?:item[0-9]+\.)?[A-Z-]+(?:;[A-Z]+=[a-z]+)*:")
"""A content line (section 3.3) as far as this project writes them."""


def unfolded(text: str) -> list[str]:
    """Return the content lines of a vCard text (section 3.2)."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return text.removesuffix("\r\n").replace("\r\n ", "").split("\r\n")


def cards(text: str) -> list[vobject.base.Component]:
    return list(vobject.readComponents(text))


@pytest.fixture(scope="session")
def example(fictional) -> dict[str, vobject.base.Component]:
    return {card.fn.value: card for card in cards(ctr.export("vcard", fictional))}


@pytest.mark.parametrize("edition", ["sample", "fictional"])
def test_there_is_one_card_for_each_record_with_a_contact(edition, fictional):
    directory = fictional if edition == "fictional" else ctr.load()
    records = (*directory.channels, *directory.organizations, *directory.task_forces)
    read = cards(ctr.export("vcard", directory))
    assert [card.fn.value for card in read] == [one.name for one in records if one.contacts]
    assert len({card.uid.value for card in read}) == len(read)


@pytest.mark.parametrize("edition", ["sample", "fictional"])
def test_no_line_is_longer_than_75_octets(edition, fictional):
    text = ctr.export("vcard", fictional if edition == "fictional" else None)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert all(LINE.match(line) for line in unfolded(text))


def test_a_card_begins_with_its_version(fictional):
    lines = unfolded(ctr.export("vcard", fictional, records="911-connecticut"))
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert lines[-1] == "END:VCARD"


def test_a_number_is_a_uri_and_a_short_code_is_text(fictional):
    lines = unfolded(ctr.export("vcard", fictional))
    assert [line for line in lines if "TEL;" in line] == [
        "TEL;VALUE=text;TYPE=voice:911",
        "TEL;VALUE=uri;TYPE=voice:tel:+18005550199",
        "TEL;VALUE=text;TYPE=text:233733",
        "TEL;VALUE=text;TYPE=textphone:711",
        "TEL;VALUE=text;TYPE=textphone:711",
        "TEL;VALUE=uri;TYPE=textphone:tel:+18605550102",
        "TEL;VALUE=uri;TYPE=voice:tel:+12035550144",
        "TEL;VALUE=uri;TYPE=voice:tel:+18665550111",
        "item3.TEL;VALUE=uri;TYPE=voice:tel:+12035550142;ext=012",
        "TEL;VALUE=uri;TYPE=voice:tel:+18605550101;ext=7",
        "item2.TEL;VALUE=text;TYPE=text:847411",
    ]


def test_a_number_that_is_texted_keeps_its_tel_uri(changed):
    def change(document):
        document["channels"][2]["contacts"][0]["mode"] = "text"

    lines = unfolded(ctr.export("vcard", changed(change), records="example-local"))
    assert "TEL;VALUE=uri;TYPE=text:tel:+12035550144" in lines


def test_vobject_reads_every_property(example):
    line = example["Example Line"]
    assert line.version.value == "4.0"
    assert line.kind.value == "org"
    assert line.org.value == ["Example Line"]
    assert line.n.value.family == "Example Line"
    assert line.nickname.value == "EL"
    assert line.rev.value == "20300115T000000Z"
    assert line.prodid.value == "-//ct-trafficking-resources//2030.1.0//EN"
    assert [one.value for one in line.contents["lang"]] == ["en", "es"]
    assert [one.value for one in line.contents["email"]] == [
        "line@example.org",
        "other@example.org",
    ]
    assert [one.value for one in line.contents["url"]] == [
        "https://line.example.org/chat",
        "https://line.example.org/",
    ]
    assert [one.value for one in line.contents["x-ablabel"]] == ["Chat", "Website"]
    assert line.categories.value == ["trafficking help", "trafficking report"]
    agency = example["Example Agency"]
    assert [one.value.street for one in agency.contents["adr"]] == [
        "1 Main Street, Northbury; Floor 2",
        "2 Main Street, Northbury",
    ]
    labels = {one.group: one.value for one in agency.contents["x-ablabel"]}
    assert {one.group: labels[one.group] for one in agency.contents["tel"]} == {
        "item3": "Front desk"
    }
    assert "nickname" not in agency.contents
    assert "categories" not in agency.contents


def test_the_note_says_how_each_contact_is_used_and_how_old_it_is(example):
    assert example["Example Line"].note.value.splitlines() == [
        "Help by telephone & text, day and night.",
        (
            "Call 1-800-555-0199. After the call is answered: press 2 for Spanish."
            " Hours: 24 hours a day, every day. Interpreters: Spanish, at least 200 languages."
            " Toll-free."
        ),
        "Text 233733. Hours: 24 hours a day, every day. Message and data rates may apply.",
        "Relay 711. Ask the relay operator for 1-800-555-0199. Hours: 24 hours a day, every day.",
        "Relay 711. Ask for 1-800-555-0199.",
        (
            "TTY 860-555-0102. Hours: Monday to Wednesday 09:00 to 12:30; Saturday 18:00 to 24:00;"
            " Monday, Friday 22:00 to 02:00 (time zone America/New_York)."
        ),
        "Chat line.example.org/chat. Interpreters: many languages.",
        "Each contact has evidence of 2026-03-01 or later. Edition 2030.1.0.",
    ]
    assert example["Example Tip Line"].note.value.startswith(
        "This line takes information. It gives no help to the person who calls.\n"
        "This line also takes tips for immigration enforcement.\n"
        "Takes information.\n"
    )


def test_a_neutral_card_holds_a_name_and_numbers_and_nothing_else(fictional):
    text = ctr.export(
        "vcard",
        fictional,
        records=["national-human-trafficking-hotline"],
        neutral_name=" Ana; desk ",
    )
    assert unfolded(text) == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "FN:Ana\\; desk",
        "N:Ana\\; desk;;;;",
        "TEL;VALUE=uri;TYPE=voice:tel:+18005550199",
        "TEL;VALUE=text;TYPE=text:233733",
        "TEL;VALUE=text;TYPE=textphone:711",
        "TEL;VALUE=text;TYPE=textphone:711",
        "TEL;VALUE=uri;TYPE=textphone:tel:+18605550102",
        "END:VCARD",
    ]


def test_several_neutral_cards_are_numbered(fictional):
    read = cards(ctr.export("vcard", fictional, neutral_name="Info"))
    assert [card.fn.value for card in read] == [
        "Info",
        "Info 2",
        "Info 3",
        "Info 4",
        "Info 5",
    ]


@pytest.mark.parametrize("mark", ["tips_only", "immigration_enforcement"])
def test_no_neutral_card_hides_that_a_line_takes_tips(mark, changed):
    def keep_one_mark(document):
        for channel in document["channels"]:
            for other in {"tips_only", "immigration_enforcement"} - {mark}:
                channel.pop(other, None)

    directory = changed(keep_one_mark)
    (tips,) = [one for one in directory.channels if getattr(one, mark)]
    assert tips.voice.value in ctr.export("vcard", directory)
    assert tips.voice.value not in ctr.export("vcard", directory, neutral_name="Info")
    with pytest.raises(ValueError, match="number to call for help"):
        ctr.export("vcard", directory, records=tips.id, neutral_name="Info")


@pytest.mark.parametrize("format", list(ExportFormat))
@pytest.mark.parametrize("name", ["", "  ", "\u202e", "\r\n"])
def test_a_neutral_name_must_say_something(format, name, fictional):
    with pytest.raises(ValueError, match=r"neutral_name is (blank|for vCard only)"):
        ctr.export(format, fictional, neutral_name=name)


def test_a_neutral_name_injects_nothing(fictional):
    text = ctr.export(
        "vcard", fictional, records="911-connecticut", neutral_name="A\r\nTEL:999\nB\\,;"
    )
    (card,) = cards(text)
    assert card.fn.value == "A TEL:999 B\\,;"
    assert [one.value for one in card.contents["tel"]] == ["911"]


@given(st.text(min_size=1).filter(lambda text: not set(text) & {"\r", "\n"}))
def test_folding_cuts_no_character_and_loses_none(line):
    line = line.encode("utf-8", "ignore").decode()
    folded = list(_fold(line))
    assert all(len(part.encode()) <= 75 for part in folded)
    assert "\r\n".join(folded).replace("\r\n ", "") == line
    assert all(len(part.encode()) > 75 - 4 for part in folded[:-1])


def test_a_letter_of_two_octets_is_not_cut():
    assert list(_fold("é" * 75)) == ["é" * 37, " " + "é" * 37, " é"]
