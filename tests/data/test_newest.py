"""What holds for the newest edition that is shipped, whichever it is.

Logic is tested in ``tests/unit``, on data that never change. Here the data are what is
tested, so no value of an edition is written down.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.cards import languages
from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.updates.bulk import check_line
from ct_trafficking_resources.updates.check import check_update
from ct_trafficking_resources.updates.edits import as_submitted, own_records

NEWEST = ctr.load()
CARDS = [(str(audience), language) for audience in ctr.Audience for language in languages()]
SCHEMES = {
    "e164": ("tel:", "sms:"),
    "short-code": ("tel:", "sms:"),
    "n11": ("tel:", "sms:"),
    "url": ("https:",),
    "email": ("mailto:",),
}


def contacts(record):
    return getattr(record, "contacts", ())


def test_it_is_the_last_of_the_index_that_is_not_withdrawn():
    (*_, newest) = (one for one in ctr.available_editions() if not one.withdrawn)
    assert (NEWEST.edition, NEWEST.pin) == (newest.number, newest.pin)
    assert NEWEST.review_by > NEWEST.released


def test_every_record_is_right_by_itself():
    for record in NEWEST:
        findings = check_line(json.dumps(encode(record)).encode(), on=NEWEST.released)
        assert [one for one in findings if one.severity == "error"] == []


def test_every_link_follows_from_its_value():
    for record in NEWEST:
        for contact in contacts(record):
            scheme, colon, target = contact.uri.partition(":")
            assert scheme + colon in SCHEMES[contact.kind], contact
            assert (contact.uri if scheme == "https" else target).startswith(contact.value)


def test_every_record_is_found_by_its_id_and_every_successor_can_be_reached():
    assert all(NEWEST[record.id] is record for record in NEWEST)
    for stone in NEWEST.tombstones:
        if stone.subject == "record" and stone.successor:
            assert NEWEST.get(stone.id, follow=True) in tuple(NEWEST)


def test_the_form_of_every_organization_comes_back_without_a_change():
    for organization in NEWEST.organizations:
        update = {
            "schema": "urn:ct-trafficking-resources:schemas:update",
            "edition": NEWEST.edition,
            "submitted_by": organization.id,
            "role": "Records clerk",
            "submitted_on": NEWEST.released.isoformat(),
            "sources": [
                {
                    "url": "https://www.example.gov/contact",
                    "title": "Contact us",
                    "kind": "operator",
                    "read": NEWEST.released.isoformat(),
                }
            ],
            "records": [as_submitted(one) for one in own_records(organization.id, NEWEST)],
        }
        report = check_update(json.dumps(update).encode(), on=NEWEST.released, directory=NEWEST)
        assert report.ok, (organization.id, report.findings)
        assert not report.changes


@pytest.mark.parametrize(("audience", "language"), CARDS)
def test_a_card_holds_911_and_the_hotline_and_nothing_that_it_must_not(audience, language):
    card = ctr.card(audience, language, NEWEST)
    channels = [entry.channel for entry in card.entries]
    shown = [one for entry in card.entries for one in entry.contacts]
    assert channels[0].id == "911-connecticut"
    assert NEWEST.hotline in channels
    assert not any(one.immigration_enforcement for one in channels)
    assert audience == "public" or not any(one.tips_only for one in channels)
    assert not any(one.mode == "email" for one in shown)
    forms = (card.text(), card.markdown(), card.html(), card.sms(), card.poster(), card.prompt())
    for form in forms:
        assert "911" in form
        assert NEWEST.hotline.voice.display in form
        assert "mailto:" not in form
    assert card.sms().parts == 1


@pytest.mark.parametrize(("audience", "language"), CARDS)
def test_a_card_shows_no_number_that_the_edition_does_not_hold(audience, language):
    held = {
        re.sub(r"\D", "", text)
        for record in NEWEST
        for one in contacts(record)
        for text in (one.value, one.display)
    }
    text = ctr.card(audience, language, NEWEST).text()
    numbers = {re.sub(r"\D", "", one) for one in re.findall(r"\d[\d-]{8,}\d", text)}
    dates = {one for one in numbers if len(one) == len("20261123")}
    assert numbers - dates
    assert numbers - dates <= held


@pytest.mark.parametrize("format", ["jsonld", "vcard", "hsds", "csv", "json"])
def test_an_export_holds_every_number_of_a_channel(format):
    text = re.sub(r"\r\n |[-+ ]", "", ctr.export(format, NEWEST))
    for channel in NEWEST.channels:
        for one in channel.contacts:
            assert one.mode not in {"voice", "text"} or one.value.removeprefix("+") in text


def test_on_the_day_of_its_release_nothing_is_overdue_and_a_lock_of_it_holds():
    assert ctr.check_freshness(NEWEST.review_by, NEWEST).overdue_by == 0
    assert ctr.check_freshness(NEWEST.review_by + timedelta(days=1), NEWEST).overdue_by == 1
    lock = ctr.make_lock([record.id for record in NEWEST], NEWEST)
    findings = ctr.check_lock(lock, NEWEST.released)
    assert "error" not in {one.severity for one in findings}


def test_it_differs_in_nothing_from_itself():
    assert ctr.compare(NEWEST, NEWEST).changes == ()
