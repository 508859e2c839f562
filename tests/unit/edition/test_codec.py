"""Documents to records and back."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources.edition.codec import decode, decode_contact, encode
from ct_trafficking_resources.edition.storage import id_of, parse, skim, write
from ct_trafficking_resources.model import (
    Evidence,
    Hotline,
    Hours,
    Law,
    Misprint,
    OpeningHours,
    Source,
    Tombstone,
)
from ct_trafficking_resources.vocabulary import (
    AnsweredBy,
    Area,
    Confidence,
    Day,
    EvidenceLevel,
    Harm,
    MembershipRole,
    MembershipStatus,
    OrganizationType,
    SourceKind,
    TaskForceStatus,
    TombstoneSubject,
    ValueKind,
    WithdrawalReason,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORDS = Path(__file__).parents[3] / "records"
FILES = sorted(path for path in RECORDS.glob("*/*.json") if path.parent.name != "held")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_record_file_is_in_canonical_form(path):
    document = json.loads(path.read_text(encoding="utf-8"))
    assert json.dumps(encode(decode(document))) == json.dumps(document)


def test_there_are_record_files():
    assert len(FILES) > 140


CLASSES = {
    "task-force": ctr.TaskForce,
    "organization": ctr.Organization,
    "help-channel": ctr.HelpChannel,
    "law": Law,
    "tombstone": Tombstone,
    "misprint": Misprint,
}


@pytest.fixture
def documents(example) -> list[dict[str, Any]]:
    return [
        one
        for section in ("records", "tombstones", "misprints")
        for one in example[section].values()
    ]


def test_the_class_follows_from_the_kind(documents):
    assert {one["kind"] for one in documents} == CLASSES.keys()
    for document in documents:
        record = decode(document)
        assert isinstance(record, CLASSES[document["kind"]])
        assert record.kind == document["kind"]
        assert record.id == document["id"]
        assert json.dumps(encode(record)) == json.dumps(document)


def test_only_the_hotline_is_a_hotline(documents):
    hotlines = [one.id for one in map(decode, documents) if isinstance(one, Hotline)]
    assert hotlines == ["national-human-trafficking-hotline"]


def test_words_dates_and_lists_get_their_types(example):
    line = decode(example["records"]["example-line"])
    assert line.audiences == (ctr.Audience.VICTIM, ctr.Audience.CHILD)
    assert all(isinstance(one, ctr.Audience) for one in line.audiences)
    assert isinstance(line.purposes[0], ctr.Purpose)
    assert isinstance(line.coverage.area, Area)
    assert isinstance(line.answered_by, AnsweredBy)
    assert line.coverage.towns == ("Hartford", "New Haven")
    voice = line.voice
    assert isinstance(voice.mode, ctr.Mode)
    assert isinstance(voice.kind, ValueKind)
    assert isinstance(voice.hours.periods[0].days[0], Day)
    assert isinstance(voice.evidence.level, EvidenceLevel)
    assert isinstance(voice.evidence.confidence, Confidence)
    assert isinstance(voice.evidence.sources[0].kind, SourceKind)
    assert voice.evidence.sources[0].read == dt.date(2026, 11, 23)
    tips = decode(example["records"]["example-tips"])
    assert tips.voice.valid_from == dt.date(2026, 1, 1)
    assert tips.voice.valid_to == dt.date(2027, 6, 30)
    police = decode(example["records"]["example-police"])
    assert isinstance(police.type, OrganizationType)
    assert isinstance(police.memberships[0].role, MembershipRole)
    assert isinstance(police.memberships[0].status, MembershipStatus)
    assert isinstance(decode(example["records"]["example-task-force"]).status, TaskForceStatus)
    stone = decode(example["tombstones"]["example-old-number"])
    assert isinstance(stone.subject, TombstoneSubject)
    assert isinstance(stone.reason, WithdrawalReason)
    assert isinstance(stone.value.kind, ValueKind)
    assert isinstance(stone.replacement.kind, ValueKind)
    misprint = decode(example["misprints"]["hotline-800-prefix"])
    assert isinstance(misprint.harm, Harm)
    assert isinstance(misprint.wrong.kind, ValueKind)
    assert isinstance(misprint.right.kind, ValueKind)


def words(record: Any) -> Iterator[Any]:
    """Yield every word of a vocabulary in a record."""
    if isinstance(record, tuple):
        for item in record:
            yield from words(item)
    elif attrs.has(type(record)):
        for field in attrs.fields(type(record)):
            yield from words(getattr(record, field.name))
    elif type(record).__module__.startswith("ct_trafficking_resources"):
        yield record


def with_newer_words(value: Any, known: set[str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: with_newer_words(item, known, name) for name, item in value.items()}
    if isinstance(value, list):
        return [with_newer_words(item, known, key) for item in value]
    is_word = isinstance(value, str) and value in known and key not in {"id", "value", "name"}
    return "word-of-2031" if is_word else value


def test_words_that_only_newer_data_know_degrade_to_their_text(documents):
    for document in documents:
        known = {word.value for word in words(decode(document))}
        newer = with_newer_words(document, known)
        assert newer != document
        record = decode(newer)
        assert list(words(record)) == []
        assert encode(record) == newer


def with_newer_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {"colour": [{"a": 1}]} | {k: with_newer_keys(v) for k, v in value.items()}
    return [with_newer_keys(item) for item in value] if isinstance(value, list) else value


def test_keys_that_only_newer_data_know_are_passed_over(documents):
    for document in documents:
        assert decode(with_newer_keys(document)) == decode(document)


def test_a_default_is_not_written():
    contact = ctr.ContactPoint(
        id="voice",
        mode="voice",
        kind="n11",
        value="911",
        display="911",
        carrier_charges=False,
        languages=(),
        hours=None,
        evidence=Evidence(level="official", confidence="high", sources=()),
    )
    assert list(encode(contact)) == ["id", "mode", "kind", "value", "display", "evidence"]


def test_false_is_written_where_unknown_is_the_default(example):
    document = example["records"]["example-helpline"]
    assert encode(decode(document))["anonymous"] is False
    del document["anonymous"]
    assert "anonymous" not in encode(decode(document))


def test_a_contact_point_is_decoded_on_its_own(example):
    for record in example["records"].values():
        for document in record.get("contacts", ()):
            contact = decode_contact(document)
            assert isinstance(contact, ctr.ContactPoint)
            assert encode(contact) == document


def test_what_is_encoded_is_plain_json(sample):
    def plain(value: Any) -> bool:
        if isinstance(value, dict):
            return all(type(key) is str and plain(item) for key, item in value.items())
        if isinstance(value, list):
            return all(map(plain, value))
        return type(value) in {str, int, bool, type(None)}

    for record in (*sample, *sample.tombstones, *sample.misprints):
        assert plain(encode(record))


text = st.text(min_size=1, max_size=20)
words_of = {
    "mode": st.sampled_from(ctr.Mode) | st.just("hologram"),
    "kind": st.sampled_from(ValueKind),
    "day": st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)),
}
sources = st.builds(
    Source,
    url=text | st.none(),
    title=text,
    kind=st.sampled_from(SourceKind),
    date=st.sampled_from([None, "2017", "2017-02", "2017-02-03"]),
    date_inferred=st.booleans(),
    read=words_of["day"],
    says=text | st.none(),
)
evidences = st.builds(
    Evidence,
    level=st.sampled_from(EvidenceLevel),
    confidence=st.sampled_from(Confidence),
    sources=st.lists(sources, min_size=1, max_size=3).map(tuple),
    note=text | st.none(),
)
contacts = st.builds(
    ctr.ContactPoint,
    id=text,
    mode=words_of["mode"],
    kind=words_of["kind"],
    value=text,
    display=text,
    keyword=text | st.none(),
    accepted_keywords=st.lists(text, max_size=2).map(tuple),
    purposes=st.lists(st.sampled_from(ctr.Purpose), max_size=2).map(tuple),
    hours=st.none()
    | st.builds(
        Hours,
        always_open=st.booleans(),
        periods=st.lists(
            st.builds(
                OpeningHours,
                days=st.lists(st.sampled_from(Day), min_size=1).map(tuple),
                opens=st.just("09:00"),
                closes=st.just("17:00"),
            ),
            max_size=2,
        ).map(tuple),
        timezone=st.sampled_from([None, "America/New_York"]),
    ),
    interpreter_count=st.none() | st.integers(2, 300),
    carrier_charges=st.booleans(),
    valid_from=st.none() | words_of["day"],
    evidence=evidences,
)


@given(contacts)
def test_any_contact_point_comes_back_as_it_was(contact):
    document = json.loads(json.dumps(encode(contact)))
    assert decode_contact(document) == contact
    assert encode(decode_contact(document)) == document


# --- the layout of shipped files ----------------------------------------------


@given(
    head=st.dictionaries(
        st.sampled_from(["edition", "statement", "license"]),
        st.text() | st.sampled_from(['":[', "},", '{"kind":"', "[", "\u2028", "],"]),
        min_size=1,
    ),
    names=st.lists(st.text() | st.sampled_from(['},{"kind":"', "\n", '"', "],", ":["]), max_size=4),
)
def test_a_shipped_file_is_skimmed_without_parsing_its_records(head, names):
    records = [
        {"kind": "law", "id": f"law-{index}", "name": name} for index, name in enumerate(names)
    ]
    document = {**head, "laws": records, "channels": []}
    data = write(document)
    assert json.loads(data) == document
    skimmed = skim(data)
    assert {**skimmed, "laws": list(map(parse, skimmed["laws"]))} == document
    assert [id_of(one) for one in skimmed["laws"]] == [one["id"] for one in records]
    assert all(isinstance(one, bytes) for one in skimmed["laws"])
    assert data.count(b"\n") == len(document) + 2 + (len(records) + 1 if records else 0)


def test_a_shipped_file_is_laid_out_for_people_who_compare():
    document = {
        "edition": "2031.2.0",
        "count": 3,
        "revoked": ["n11:911", "n11:988"],
        "laws": [{"kind": "law", "id": "one", "name": "Línea"}, {"kind": "law", "id": "two"}],
        "channels": [],
    }
    assert (
        write(document).decode()
        == """{
"edition":"2031.2.0",
"count":3,
"revoked":["n11:911","n11:988"],
"laws":[
{"kind":"law","id":"one","name":"Línea"},
{"kind":"law","id":"two"}
],
"channels":[]
}
"""
    )


def test_a_record_that_is_parsed_already_stays_as_it_is():
    record = {"kind": "law", "id": "one"}
    assert parse(record) is record
    assert id_of(record) == "one"
