"""The records: what follows from a value, and that nothing can be changed."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from copy import copy, deepcopy
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import ct_trafficking_resources as ctr
import example_data
from ct_trafficking_resources import model
from ct_trafficking_resources.edition.codec import decode, encode
from ct_trafficking_resources.model import (
    Coverage,
    Evidence,
    Hotline,
    Law,
    Misprint,
    OpeningHours,
    Source,
    Tombstone,
)
from ct_trafficking_resources.model.base import first_day
from ct_trafficking_resources.publishing.checklist import checklist
from ct_trafficking_resources.vocabulary import ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Source(
    url="https://example.org/", title="Page", kind="official", read=dt.date(2026, 11, 23)
)
EVIDENCE = Evidence(level="official", confidence="high", sources=(SOURCE,))


def contact(mode: str, kind: str, value: str, **more: Any) -> ctr.ContactPoint:
    return ctr.ContactPoint(
        id="one", mode=mode, kind=kind, value=value, display=value, evidence=EVIDENCE, **more
    )


@pytest.mark.parametrize(
    ("mode", "kind", "value", "uri"),
    [
        ("voice", "e164", "+18883737888", "tel:+18883737888"),
        ("voice", "n11", "911", "tel:911"),
        ("voice", "n11", "988", "tel:988"),
        ("tty", "e164", "+18026166171", "tel:+18026166171"),
        ("relay", "n11", "711", "tel:711"),
        ("text", "short-code", "233733", "sms:233733"),
        ("text", "n11", "911", "sms:911"),
        ("text", "e164", "+18887742900", "sms:+18887742900"),
        ("chat", "url", "https://example.org/chat?a=1#b", "https://example.org/chat?a=1#b"),
        ("web", "url", "https://example.org/", "https://example.org/"),
        ("web-form", "url", "https://example.org/f", "https://example.org/f"),
        ("email", "email", "help@example.org", "mailto:help@example.org"),
        (ctr.Mode.TEXT, ValueKind.SHORT_CODE, "88788", "sms:88788"),
        ("signal", "handle", "javascript:x", ""),  # words that only newer data know
        (ctr.Mode.EMAIL, ValueKind.EMAIL, "a@example.org", "mailto:a@example.org"),
    ],
)
def test_the_link_follows_from_the_value(mode, kind, value, uri):
    assert contact(mode, kind, value).uri == uri


def test_an_extension_is_in_the_link():
    assert contact("voice", "e164", "+18605552020", extension="12").uri == "tel:+18605552020;ext=12"


def test_a_keyword_is_never_in_the_link():
    texted = contact("text", "short-code", "54321", keyword="START", accepted_keywords=("HELP",))
    assert texted.uri == "sms:54321"


def test_every_shipped_link_follows_from_its_value(sample):
    schemes = {
        "voice": ("tel:",),
        "tty": ("tel:",),
        "relay": ("tel:",),
        "text": ("sms:",),
        "chat": ("https://",),
        "web": ("https://",),
        "web-form": ("https://",),
        "email": ("mailto:",),
    }
    for record in sample:
        for one in getattr(record, "contacts", ()):
            assert one.uri.startswith(schemes[one.mode])
            assert one.uri.removeprefix(schemes[one.mode][0]).startswith(
                one.value.removeprefix("https://")
            )
            assert "body=" not in one.uri


@pytest.mark.parametrize(
    ("partial", "day"),
    [
        ("2017", dt.date(2017, 1, 1)),
        ("2007-12", dt.date(2007, 12, 1)),
        ("2018-02-07", dt.date(2018, 2, 7)),
    ],
)
def test_a_partial_date_is_read_as_its_first_day(partial, day):
    assert first_day(partial) == day


def source(date: str | None, read: str = "2026-11-23") -> Source:
    return attrs.evolve(SOURCE, date=date, read=dt.date.fromisoformat(read))


def test_a_source_is_as_old_as_its_date_and_else_as_its_reading():
    assert source("2019-06").as_of == dt.date(2019, 6, 1)
    assert source(None).as_of == dt.date(2026, 11, 23)


def test_evidence_is_as_old_as_its_newest_source():
    evidence = attrs.evolve(
        EVIDENCE, sources=(source("2019"), source("2024-03-01"), source("2023-12"))
    )
    assert evidence.newest == dt.date(2024, 3, 1)
    assert evidence.newest_dated == "2024-03-01"
    undated = attrs.evolve(EVIDENCE, sources=(source("2019"), source(None)))
    assert undated.newest == dt.date(2026, 11, 23)
    assert undated.newest_dated == "2019"
    assert EVIDENCE.newest_dated is None


def test_a_record_gives_its_contact_points_by_id_and_by_mode(example):
    hotline = decode(example["records"]["national-human-trafficking-hotline"])
    assert hotline.contact("relay").value == "711"
    assert hotline.contact("fax") is None
    assert hotline.first(ctr.Mode.EMAIL) is hotline.first("email") is hotline.contact("email")
    assert hotline.first("tty") is None
    assert hotline.voice.value == "+18883737888"
    assert hotline.text.value == "233733"
    assert hotline.chat.value == "https://humantraffickinghotline.org/en/chat"


def test_the_first_contact_point_of_a_mode_is_the_one(example):
    police = decode(example["records"]["example-police"])
    assert police.voice.id == "voice"
    assert police.text is None
    assert police.chat is None
    assert decode(example["records"]["911-connecticut"]).text.value == "911"


def test_the_present_operator_is_the_one_without_an_end(example):
    hotline = decode(example["records"]["national-human-trafficking-hotline"])
    assert hotline.operator.name == "Example Nonprofit"
    assert attrs.evolve(hotline, operators=hotline.operators[1:]).operator is None
    assert attrs.evolve(hotline, operators=()).operator is None
    swapped = attrs.evolve(hotline, operators=hotline.operators[::-1])
    assert swapped.operator.name == "Example Nonprofit"


@pytest.mark.parametrize("mode", ["voice", "text"])
def test_a_hotline_without_number_says_so_when_it_is_asked_for(example, mode):
    document = example["records"]["national-human-trafficking-hotline"]
    document["contacts"] = [one for one in document["contacts"] if one["mode"] != mode]
    hotline = decode(document)
    assert isinstance(hotline, Hotline)
    with pytest.raises(ctr.MissingContact, match=f"no {mode} contact that may be shown") as caught:
        getattr(hotline, mode)
    assert (caught.value.record, caught.value.mode) == (hotline.id, mode)
    assert hotline.chat  # the rest is there
    assert hotline == pickle.loads(pickle.dumps(hotline))


@pytest.mark.parametrize(
    ("coverage", "town", "is_served"),
    [
        ({"area": "nation"}, "Hartford", True),
        ({"area": "state"}, "Hartford", True),
        ({"area": "towns", "towns": ("Hartford", "New Haven")}, "Hartford", True),
        ({"area": "towns", "towns": ("Hartford", "New Haven")}, "NEW HAVEN", True),
        ({"area": "towns", "towns": ("Hartford", "New Haven")}, "Haven", False),
        ({"area": "towns", "towns": ("Hartford",)}, "West Hartford", False),
    ],
)
def test_a_town_is_served_or_not(coverage, town, is_served):
    assert Coverage(**coverage).includes(town) is is_served


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "is_valid"),
    [
        (None, None, True),
        ("2026-11-23", None, True),
        ("2026-11-24", None, False),
        (None, "2026-11-23", True),
        (None, "2026-11-22", False),
        ("2026-11-23", "2026-11-23", True),
        ("2026-01-01", "2026-06-30", False),
        ("2027-01-01", "2027-06-30", False),
    ],
)
def test_a_contact_point_is_valid_from_its_first_day_to_its_last(valid_from, valid_to, is_valid):
    days = {
        "valid_from": valid_from and dt.date.fromisoformat(valid_from),
        "valid_to": valid_to and dt.date.fromisoformat(valid_to),
    }
    shown = contact("voice", "n11", "911", **days)
    assert shown.is_valid_on(dt.date(2026, 11, 23)) is is_valid


def test_an_edition_s_pin_is_number_and_digest():
    info = ctr.available_editions()[-1]
    assert info.pin == f"{info.number}@sha256:{info.sha256}"


# --- nothing can be changed ---------------------------------------------------


def parts(value: Any) -> Iterator[Any]:
    """Yield a value and everything that can be reached from it."""
    yield value
    if isinstance(value, tuple):
        for item in value:
            yield from parts(item)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from parts(getattr(value, field.name))


def everything(directory: ctr.Directory) -> list[Any]:
    roots = (*directory, *directory.tombstones, *directory.misprints, *ctr.available_editions())
    return list(parts(roots))


def test_a_directory_reaches_only_what_cannot_be_changed(sample):
    plain = (str, int, bool, type(None), dt.date, tuple, StrEnum)
    kinds = {type(one) for one in everything(sample)}
    assert {Hotline, Law, Tombstone, Misprint, OpeningHours} <= kinds
    for kind in kinds:
        assert attrs.has(kind) or issubclass(kind, plain), kind


def test_every_object_of_the_directory_is_frozen_and_slotted(sample):
    one_of_each = {type(one): one for one in everything(sample) if attrs.has(type(one))}
    assert len(one_of_each) >= 18
    for one in one_of_each.values():
        assert not hasattr(one, "__dict__"), type(one)
        for field in attrs.fields(type(one)):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(one, field.name, None)
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                delattr(one, field.name)
        with pytest.raises(AttributeError):
            one.colour = "red"


def test_every_object_of_the_directory_hashes_pickles_and_copies_to_an_equal_one(sample):
    """But for the sources of a tombstone, which print a revoked value: not by themselves."""
    history = (*sample.tombstones, *sample.misprints)
    for one in (*history, *parts((*sample, *ctr.available_editions()))):
        if not attrs.has(type(one)):
            continue
        for twin in (pickle.loads(pickle.dumps(one)), deepcopy(one), copy(one), attrs.evolve(one)):
            assert type(twin) is type(one)
            assert twin == one
            assert hash(twin) == hash(one)
            assert repr(twin) == repr(one)


def test_objects_that_differ_in_one_attribute_are_not_equal(sample):
    one_of_each = {type(one): one for one in everything(sample) if attrs.has(type(one))}
    for one in one_of_each.values():
        for field in attrs.fields(type(one)):
            other = attrs.evolve(one, **{field.name: "something else"})
            assert other != one, f"{type(one).__name__}.{field.name}"
            assert hash(other) != hash(one)


def test_objects_of_two_classes_are_never_equal(example):
    document = example["records"]["national-human-trafficking-hotline"]
    hotline, channel = decode(document), decode({**document, "id": "another-line"})
    channel = attrs.evolve(channel, id=hotline.id)
    assert type(channel) is ctr.HelpChannel
    assert channel != hotline
    assert hotline != channel
    assert hash(channel) != hash(hotline)
    assert hotline != document
    assert (hotline == 3) is False


def test_a_repr_shows_what_is_set_and_not_the_evidence():
    shown = repr(contact("text", "short-code", "233733", vanity="BEFREE"))
    assert shown == (
        "ContactPoint(id='one', mode='text', value='233733', kind='short-code',"
        " display='233733', vanity='BEFREE', evidence=...)"
    )


def test_every_repr_fits_on_a_screen(sample, example):
    form = example_data.form("example-police", example_data.edition(example))
    form["records"][0]["note"] = ("Another note. " * 20).strip()
    report = ctr.check_update(
        json.dumps(form).encode(), directory=example_data.edition(example), on=example_data.ON
    )
    on = dt.date(2026, 11, 30)
    reports = (
        sample,
        ctr.card(),
        *ctr.card().entries,
        report,
        report.submission,
        *report.findings,
        *report.edits,
        *report.cards,
        ctr.make_lock([one.id for one in sample]),
        ctr.compare("2015.11.0", sample),
        *ctr.compare("2015.11.0", sample).changes,
        ctr.check_freshness(on, sample),
        *ctr.check_freshness(on, sample).values,
        *checklist(sample, on),
        *ctr.audit_text("call 1-888-373-7880"),
    )
    objects = [one for one in everything(sample) if attrs.has(type(one))]
    too_long = [repr(one) for one in (*objects, *reports) if len(repr(one)) > 200]
    assert too_long == []
    assert repr(report.edits[0]).startswith("Edit(record='example-police', field='note', before=")


def test_a_record_gives_itself_as_plain_types_with_links(sample):
    for record in sample:
        document = record.to_dict()
        assert json.loads(json.dumps(document)) == document
        links = [one.pop("uri") for one in document.get("contacts", ())]
        assert links == [one.uri for one in getattr(record, "contacts", ())]
        assert document == encode(record)
    relay = sample.hotline.contact("relay")
    assert relay.to_dict() == {**encode(relay), "uri": "tel:711"}


def test_what_has_no_default_must_be_given_by_name(sample):
    for cls in {type(one) for one in everything(sample) if attrs.has(type(one))}:
        with pytest.raises(TypeError, match="positional"):
            cls(*["text" for _ in attrs.fields(cls)])
    with pytest.raises(TypeError):
        ctr.ContactPoint(id="one")


def test_a_name_that_is_not_there_is_no_attribute():
    with pytest.raises(AttributeError, match="no attribute 'Person'"):
        model.Person  # noqa: B018


@pytest.mark.parametrize("name", model.__all__)
def test_every_name_can_be_imported(name):
    assert getattr(ctr, name, getattr(model, name)) is getattr(model, name)
