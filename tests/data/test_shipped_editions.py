"""Loading an edition, in short; what editions are is tested beside them."""

from __future__ import annotations

import re
import warnings

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources import phone

NUMBERS = [one.number for one in ctr.available_editions()]


def test_the_version_is_the_number_of_an_edition_and_a_fourth_part_if_only_code_changed():
    (edition,) = re.fullmatch(r"(\d+\.\d+\.\d+)(?:\.[1-9]\d*)?", ctr.__version__).groups()
    assert edition in NUMBERS


def test_the_default_is_the_newest_edition_that_is_not_withdrawn():
    newest = [one for one in ctr.available_editions() if not one.withdrawn][-1]
    assert ctr.load().edition == newest.number
    assert ctr.load().pin == newest.pin
    assert ctr.load() is ctr.load()


def test_an_edition_is_loaded_by_number_and_by_pin():
    pin = ctr.load().pin
    number, digest = pin.split("@sha256:")
    assert ctr.load(number) == ctr.load(pin) == ctr.load(number, sha256=digest) == ctr.load()


@pytest.mark.parametrize(
    "edition", ["2026.11", "2026.11.00", "latest", "", f"{NUMBERS[-1]}@md5:0", 26]
)
def test_an_edition_that_is_not_there_is_refused_with_those_that_are(edition):
    with pytest.raises(ctr.UnknownEdition, match=re.escape(NUMBERS[-1])):
        ctr.load(edition)


def test_other_bytes_than_those_pinned_are_refused():
    with pytest.raises(ctr.DigestMismatch):
        ctr.load(f"{NUMBERS[-1]}@sha256:{'0' * 64}")
    with pytest.raises(ctr.DigestMismatch):
        ctr.load(NUMBERS[-1], sha256="0" * 64)


def dialed_values(number):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ctr.WithdrawnEditionWarning)
        directory = ctr.load(number)
    for record in directory:
        for contact in getattr(record, "contacts", ()):
            if contact.kind in {"e164", "short-code", "n11"}:
                yield record.id, contact


@pytest.mark.parametrize("number", NUMBERS)
def test_every_dialed_value_is_shown_as_it_is_written_for_people(number):
    shown = {
        (id, one.display): phone.display(one.kind, one.value) for id, one in dialed_values(number)
    }
    assert shown
    assert {key: right for key, right in shown.items() if right != key[1]} == {}
