"""Values that begin or end on a day, and the clock as a parameter."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources import clock
from ct_trafficking_resources.edition import loading
from ct_trafficking_resources.edition.directory import Directory

from .conftest import contact_of, edition_document

HOTLINE = "national-human-trafficking-hotline"
SWITCH = date(2027, 3, 1)


def switching(document):
    """Announce another chat address, shown from a day on."""
    old = contact_of(document, HOTLINE, "chat")
    channel = next(one for one in document["channels"] if one["id"] == HOTLINE)
    new = {
        **old,
        "id": "chat-new",
        "value": "https://humantraffickinghotline.org/en/talk",
        "display": "humantraffickinghotline.org/en/talk",
        "valid_from": SWITCH.isoformat(),
    }
    old["valid_to"] = (SWITCH - timedelta(days=1)).isoformat()
    channel["contacts"].append(new)


@pytest.fixture
def dated():
    document = edition_document()
    switching(document)
    return Directory(document, "0" * 64)


def test_a_switch_announced_in_advance_happens_on_its_day(dated):
    before, after = dated.as_of(SWITCH - timedelta(days=1)), dated.as_of(SWITCH)
    assert (before.hotline.chat.id, after.hotline.chat.id) == ("chat", "chat-new")
    assert (before.day, after.day) == (SWITCH - timedelta(days=1), SWITCH)
    assert before != after
    assert before == dated.as_of(before.day)


@given(st.dates())
def test_on_every_day_exactly_one_of_the_two_is_shown(day):
    document = edition_document()
    switching(document)
    directory = Directory(document, "0" * 64).as_of(day)
    assert [one.id for one in directory.hotline.contacts if one.mode == "chat"] == [
        "chat-new" if day >= SWITCH else "chat"
    ]
    assert all(contact.is_valid_on(day) for contact in directory.hotline.contacts)


def test_an_edition_without_such_values_looks_the_same_on_every_day():
    directory = ctr.load()
    assert directory.as_of(date.min) is directory is directory.as_of(date.max)
    assert directory.day is None
    assert not directory.is_dated


def test_a_moment_stands_for_its_day(dated):
    assert dated.as_of(datetime(2027, 3, 1, 23, 59, tzinfo=UTC)) == dated.as_of(SWITCH)
    assert dated.as_of(SWITCH).as_of(SWITCH).day == SWITCH


@pytest.mark.parametrize("no_day", ["2027-07-01", None, 20270701])
def test_what_is_no_day_is_refused_at_once(no_day):
    with pytest.raises(TypeError, match="is not a day"):
        ctr.load().as_of(no_day)


def test_a_relay_goes_with_a_number_that_is_over():
    document = edition_document()
    contact_of(document, HOTLINE, "voice")["valid_to"] = "2027-02-28"
    directory = Directory(document, "0" * 64)
    assert directory.as_of(date(2027, 2, 28)).hotline.contact("relay")
    over = directory.as_of(SWITCH)
    assert over.hotline.contact("relay") is over.hotline.contact("voice") is None
    assert over["cgs-54-222"]


def switching_before_the_newest(document):
    """An older file is not held to what the newest edition says."""
    document["edition"] = "2026.10.0"
    switching(document)


def test_a_file_of_ones_own_is_loaded_as_of_today(own_edition):
    directory = own_edition(switching_before_the_newest)
    assert directory.day == clock.today()
    assert directory.is_dated


def test_a_process_that_lives_on_sees_the_next_day(own_edition, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: SWITCH - timedelta(days=1))
    first, again = (own_edition(switching_before_the_newest) for _ in range(2))
    assert first is again
    assert first.hotline.chat.id == "chat"
    monkeypatch.setattr(clock, "today", lambda: SWITCH)
    assert own_edition(switching_before_the_newest).hotline.chat.id == "chat-new"
    assert first.hotline.chat.id == "chat"
    assert len(loading._on_a_day) == 1


def test_a_dated_edition_of_the_package_is_loaded_as_of_today(data, change_index, monkeypatch):
    from zlib import crc32

    from .conftest import change_json

    path = change_json(data / "editions/2026.11.0.json", switching)
    content = path.read_bytes()
    change_index(lambda index: index["editions"][-1].update(crc32=f"{crc32(content):08x}"))
    monkeypatch.setattr(clock, "today", lambda: SWITCH)
    assert ctr.load() is ctr.load()
    assert ctr.load().hotline.chat.id == "chat-new"


def test_today_is_the_day_in_connecticut_wherever_the_machine_stands():
    code = (
        "from ct_trafficking_resources.clock import today;"
        "from datetime import datetime; from zoneinfo import ZoneInfo;"
        "print(today() == datetime.now(ZoneInfo('America/New_York')).date())"
    )
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "TZ": zone},
        )
        assert done.stdout.strip() == "True"
