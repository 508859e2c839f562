"""Every value of the first released edition goes back to a source of the dossier.

The dossier itself is not published. Tests that look into it are optional: they run where
the environment variable DOSSIER names its folder. For the others the fixture stands for
it (see `dossier_sources`).
"""

from __future__ import annotations

import json
import os
import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.model import Source
from ct_trafficking_resources.phone import digits_of, spell

if TYPE_CHECKING:
    from collections.abc import Iterator

DIRECTORY = ctr.load("2026.11.0")
NEWEST = ctr.load()
DOSSIER = Path(os.environ.get("DOSSIER", "no-dossier"))
needs_dossier = pytest.mark.skipif(
    not DOSSIER.is_dir(),
    reason="optional: set DOSSIER to the folder of the dossier, which is not published",
)
RECORDS = Path(__file__).parents[2] / "records"
MAKER = runpy.run_path(str(Path(__file__).with_name("dossier_sources.py")))
FIXTURE: Path = MAKER["FIXTURE"]
SOURCES = json.loads(FIXTURE.read_text(encoding="utf-8"))
CONTACTS = [
    pytest.param(contact, id=f"{record.id} {contact.id}")
    for record in DIRECTORY
    for contact in getattr(record, "contacts", ())
]


def sources(value: Any) -> Iterator[Source]:
    """Yield every source within a record."""
    if isinstance(value, Source):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from sources(item)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from sources(getattr(value, field.name))


# Tombstones and misprints are always the newest: those of later editions have later sources.
SHIPPED = sorted(
    {
        one
        for one in sources((*DIRECTORY, *DIRECTORY.tombstones, *DIRECTORY.misprints))
        if one.read <= DIRECTORY.released
    },
    key=lambda one: (one.url or "", one.title, one.says or "", one.date or ""),
)


def test_there_is_something_to_look_at():
    assert len(SHIPPED) > 400
    assert len(CONTACTS) > 100
    assert len(SOURCES) > 300


def test_every_shipped_source_is_one_of_the_dossier():
    assert [one.url for one in SHIPPED if one.url and one.url not in SOURCES] == []


@pytest.mark.parametrize("contact", CONTACTS)
def test_a_shipped_value_rests_on_a_page_of_the_dossier(contact):
    assert any(source.url in SOURCES for source in contact.evidence.sources)


def test_a_source_s_date_is_the_one_the_dossier_gives_and_never_a_guess():
    for one in SHIPPED:
        given = SOURCES.get(one.url, {"dates": []})["dates"]
        exact = [date for date in given if re.fullmatch(r"\d{4}(-\d\d){0,2}", date)]
        if one.date is None:
            assert not exact or "undated" in given, one
        elif one.date_inferred:
            assert not given or any(
                date.startswith(one.date) and date not in exact for date in given
            ), one
        elif one.url in SOURCES:
            assert any(date.startswith(one.date) for date in given), one
            # A note beside the date, such as "latest item on page", says that it was worked out.
            noted = [date for date in given if date.startswith(f"{one.date} (")]
            assert not noted, one


def test_no_source_is_younger_than_its_reading():
    for one in SHIPPED:
        assert one.as_of <= one.read
    for one in sources(tuple(NEWEST)):
        assert one.as_of <= one.read <= NEWEST.released


RANKS = (
    *("Officer", "Detective", "Det", "Chief", "Sergeant", "Sgt", "Lieutenant", "Lt", "Captain"),
    *("Capt", "Cpl", "Corporal", "Inspector", "Commissioner", "Mayor", "Attorney", "Agent"),
    *("Judge", "Dr", "Mr", "Mrs", "Ms", "Trooper", "Director", "Warden"),
)
OFFICES = (
    "Administrator",
    "Bureau",
    "Court",
    "Division",
    "General",
    "Governor",
    "State",
    "Statement",
)
PERSON = re.compile(
    rf"\b(?:{'|'.join(RANKS)})\.?(?: [A-Z]\.)? (?!(?:{'|'.join(OFFICES)})\b)[A-Z][a-z]+\b"
)


def prose(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text that people read, and the attribute it stands in."""
    if isinstance(value, tuple):
        for item in value:
            yield from prose(item, key)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from prose(getattr(value, field.name), field.name)
    elif type(value) is str and key != "url":
        yield key, value


def test_the_pattern_of_a_name_finds_names():
    for text in ("Officer Jane Doe", "call Sgt. Doe", "Lt. J. Doe", "Detective Doe at 203"):
        assert PERSON.search(text)
    for text in ("a police officer", "Detective Division", "the chief of police", "Lt. Governor"):
        assert not PERSON.search(text)


def test_no_person_is_named_in_what_is_shipped():
    everything = (*NEWEST, *NEWEST.tombstones, *NEWEST.misprints)
    found = {match[0] for _, text in prose(everything) for match in PERSON.finditer(text)}
    assert found == set()


# --- beside the records ---------------------------------------------------------------


def values_of(document: Any) -> Iterator[str]:
    """Yield every value of contact points, tombstones and misprints, and every address."""
    if isinstance(document, list):
        for item in document:
            yield from values_of(item)
    elif isinstance(document, dict):
        for key, item in document.items():
            if isinstance(item, str) and key in {"value", "text"}:
                yield item
            else:
                yield from values_of(item)


def values_in(pattern: str) -> set[str]:
    files = RECORDS.glob(pattern)
    return {value for file in files for value in values_of(json.loads(file.read_text("utf-8")))}


def test_no_held_value_is_given_in_the_place_of_a_withdrawn_or_wrong_one():
    shown = values_in("channels/*") | values_in("organizations/*") | values_in("task-forces/*")
    held = values_in("held/*")
    given = {one.replacement.value for one in NEWEST.tombstones if one.replacement}
    given |= {one.right.value for one in NEWEST.misprints if one.right}
    assert {
        value
        for value in given
        if any(value in one for one in held) and not any(value in one for one in shown)
    } == set()


# --- with the dossier at hand ---------------------------------------------------------


@pytest.fixture(scope="module")
def dossier() -> str:
    return "\n".join(
        path.read_text(encoding="utf-8") for path in sorted(DOSSIER.iterdir()) if path.is_file()
    )


@pytest.fixture(scope="module")
def numbers(dossier: str) -> set[str]:
    """Return the national digits of every telephone number the dossier prints."""
    printed = re.findall(
        r"(?<![0-9A-Za-z])(?:\+?1[-. ]?)?\(?[2-9][0-9]{2}\)?[-. ]{0,2}[0-9A-Z]{1,4}[-. ]?"
        r"[0-9A-Z]{1,4}(?:-[0-9A-Z]{1,4})?(?![0-9A-Za-z])",
        dossier,
    )
    return {spell(one) for one in printed}


@needs_dossier
def test_the_fixture_is_what_the_dossier_gives():
    assert FIXTURE.read_text(encoding="utf-8") == MAKER["text_of"](MAKER["sources_of"](DOSSIER))


@needs_dossier
@pytest.mark.parametrize("contact", CONTACTS)
def test_a_shipped_value_stands_in_the_dossier_digit_by_digit(contact, dossier, numbers):
    if contact.kind == "e164":
        assert digits_of(contact.value) in numbers
    elif contact.kind in {"short-code", "n11"}:
        assert re.search(rf"(?<![0-9]){contact.value}(?![0-9])", dossier)
    else:
        # The dossier prints some addresses without scheme or last slash.
        address = re.escape(contact.value.removeprefix("https://").rstrip("/"))
        assert re.search(rf"(?<![\w.-]){address}(?![\w-])", dossier)


@needs_dossier
def test_a_quotation_stands_in_the_dossier_word_by_word(dossier):
    text = dossier.replace('\\"', '"')
    assert [one.says for one in SHIPPED if one.says and one.says not in text] == []


@needs_dossier
def test_every_number_of_a_record_of_the_dossier_is_shown_held_or_withdrawn():
    known = {digits_of(value) for value in values_in("*/*.json")}
    unknown = set()
    for file in MAKER["files_of"](DOSSIER, ".json"):
        for record in json.loads(file.read_text(encoding="utf-8")):
            for channel in record["channels"]:
                typed = channel.get("e164_or_code_or_url") or channel.get("e164_or_url")
                text = typed or channel["value_as_printed"] or ""
                number = re.search(r"[0-9][0-9() -]{6,}", text)
                if number and digits_of(number[0]) not in known:
                    unknown.add((record["id"], number[0]))
    assert unknown == set()
