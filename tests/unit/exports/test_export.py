from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.checks import schemas, strict_json
from ct_trafficking_resources.edition.directory import Directory
from ct_trafficking_resources.exports import ExportFormat
from ct_trafficking_resources.exports.contents import uuid_of, uuid_urn

FORMATS = tuple(ExportFormat)
EDITION = Path(__file__).parents[2] / "cases/exports/edition.json"
OLD, NEW = "+18005550199", "+18885550177"


def test_the_fictional_edition_is_one_that_the_schema_lets_in():
    text = strict_json.read(EDITION.read_bytes(), EDITION.name)
    assert schemas.check("edition", text) == ()


@pytest.mark.parametrize("format", FORMATS)
def test_the_newest_edition_is_exported_unless_another_is_given(format, fictional):
    assert ctr.export(format) == ctr.export(format, ctr.load())
    assert ctr.export(format, fictional) != ctr.export(format)


@pytest.mark.parametrize("format", FORMATS)
def test_a_format_is_named_by_its_member_or_its_word(format, fictional):
    assert ctr.export(str(format), fictional) == ctr.export(format, fictional)


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_edition_gives_the_same_text(format):
    again = ctr.load().as_of(date(2026, 11, 24))
    assert ctr.export(format, again) == ctr.export(format)


@pytest.mark.parametrize("format", FORMATS)
def test_the_edition_is_named_in_every_format(format, fictional):
    assert "2030.1.0" in ctr.export(format, fictional)


def test_an_unknown_format_names_those_there_are():
    with pytest.raises(ctr.UnknownTerm, match=r"Did you mean 'vcard'.*jsonld.*hsds"):
        ctr.export("vcards")


def digits(text: str) -> str:
    """Return a text without what separates digits in a number."""
    return re.sub(r"\r\n |[-+ ]", "", text)


@pytest.mark.parametrize("format", FORMATS)
def test_every_number_of_the_edition_stands_in_every_format(format):
    text = digits(ctr.export(format))
    directory = ctr.load()
    for record in (*directory.channels, *directory.organizations, *directory.task_forces):
        for contact in record.contacts:
            if contact.kind in {"e164", "short-code", "n11"}:
                assert digits(contact.display) in text, (record.id, contact.id)


@pytest.mark.parametrize("format", FORMATS)
def test_one_changed_record_changes_the_number_in_every_format(format, changed):
    def change(document):
        voice = document["channels"][1]["contacts"][0]
        voice.update(value=NEW, display="1-888-555-0177")
        document["channels"][1]["contacts"][3]["note"] = "Ask for 1-888-555-0177."

    text = digits(ctr.export(format, changed(change)))
    assert digits(NEW) in text
    assert digits(OLD) not in text


@pytest.mark.parametrize("format", FORMATS)
def test_a_revoked_value_stands_in_no_format(format):
    document = json.loads(EDITION.read_bytes())
    revoked = frozenset({"e164:+12035550144", "host:agency.example.gov"})
    text = ctr.export(format, Directory(document, "0" * 64, revoked=revoked))
    assert "2035550144" not in digits(text)
    assert "agency.example.gov" not in text


@pytest.mark.parametrize("format", FORMATS)
def test_a_value_that_is_not_valid_on_the_day_stands_in_no_format(format, fictional):
    number = "18665550111"
    assert number in digits(ctr.export(format, fictional.as_of(date(2030, 1, 1))))
    assert number not in digits(ctr.export(format, fictional.as_of(date(2032, 1, 1))))


@pytest.mark.parametrize("format", FORMATS)
def test_a_line_that_only_takes_tips_says_so(format, fictional):
    text = ctr.export(format, fictional, records=["example-tips"])
    mark = {
        "csv": '"yes","yes"',
        "json": '"immigration_enforcement":true,"tips_only":true',
    }.get(format, "It gives no help to the person who calls.")
    assert mark in text.replace("\r\n ", "")


@pytest.mark.parametrize("format", FORMATS)
def test_some_records_can_be_exported(format, fictional):
    text = ctr.export(format, fictional, records=iter(["example-tips", "example-police"]))
    assert "Example Tip Line" in text
    assert "Northbury Police Department" in text
    assert "Example Line" not in text
    assert ctr.export(format, fictional, records="example-tips") == ctr.export(
        format, fictional, records=["example-tips"]
    )


def test_the_order_is_the_directorys_own(fictional):
    ids = ["example-task-force", "example-police", "example-tips", "911-connecticut"]
    rows = ctr.export("csv", fictional, records=ids).splitlines()[1:]
    order = [row.split(",")[1].strip('"') for row in rows]
    assert list(dict.fromkeys(order)) == ids[:1:-1] + ids[1::-1]


def test_an_unknown_record_is_refused(fictional):
    with pytest.raises(ctr.UnknownRecord, match="Did you mean 'example-tips'"):
        ctr.export("csv", fictional, records=["example-tip"])


def test_a_withdrawn_record_says_what_replaced_it():
    with pytest.raises(ctr.WithdrawnRecord) as caught:
        ctr.export("csv", records=["international-institute-of-connecticut"])
    assert caught.value.successor == "ciri"


def test_laws_stand_in_plain_json_only(fictional):
    only = ctr.export("json", fictional, records=["example-law"])
    assert [law["id"] for law in json.loads(only)["laws"]] == ["example-law"]
    for format in set(FORMATS) - {"json"}:
        assert "E.G.S. 1-1" not in ctr.export(format, fictional)
        with pytest.raises(ctr.UnknownRecord, match="No help channel, organization or task force"):
            ctr.export(format, fictional, records=["example-law", "example-tips"])


@pytest.mark.parametrize("format", sorted(set(FORMATS) - {"vcard"}))
def test_only_vcard_has_a_neutral_form(format, fictional):
    with pytest.raises(ValueError, match="vCard only"):
        ctr.export(format, fictional, neutral_name="Info")


UNSAFE = [
    ("url", "javascript:alert(1)"),
    ("url", "JAVASCRIPT://example.org/%0aalert(1)"),
    ("url", "http://example.org/"),
    ("url", "https://user@example.org/"),
    ("url", "https://example.org:8080/"),
    ("url", 'https://example.org/"onmouseover="x'),
    ("url", "https://example.org/\r\nTEL:999"),
    ("url", "https://example.org\n"),
    ("url", "https://exаmple.org/"),
    ("email", "a@example.org?bcc=b@example.org"),
    ("email", "a@example.org\r\nTEL:999"),
    ("e164", "*%2306%23"),
    ("e164", "+18005550199,,1"),
    ("e164", "+18005550199\r\nX:1"),
    ("e164", "+1٨٨٨"),
    ("short-code", "233733?body=x"),
    ("n11", ""),
    ("handle", "@example"),
]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("kind", "value"), UNSAFE)
def test_a_contact_with_an_unsafe_link_is_left_out(format, kind, value, changed):
    def change(document):
        mode = {"url": "web-form", "email": "email"}.get(kind, "voice")
        contact = document["channels"][2]["contacts"][0]
        contact.update(kind=kind, value=value, mode=mode, display="LEFT OUT", note="LEFT OUT")

    directory = changed(change)
    text = ctr.export(format, directory)
    assert "LEFT OUT" not in text
    assert "Example Tip Line" in text


def test_the_uuids_are_version_5_of_rfc_9562():
    from uuid import NAMESPACE_URL, UUID, uuid5

    ours = uuid5(NAMESPACE_URL, "urn:ct-trafficking-resources")
    for number in range(200):
        path = f"record-{number}/phone/voice"
        assert UUID(uuid_of(path)) == uuid5(ours, path)
        assert UUID(uuid_urn(path)) == uuid5(ours, path)


def test_plain_json_is_the_edition_with_pin_and_links(fictional):
    exported = json.loads(ctr.export("json", fictional))
    assert exported.pop("pin") == fictional.pin
    for section in ("channels", "organizations", "task_forces"):
        for record in exported[section]:
            for contact in record.get("contacts", ()):
                uri = contact.pop("uri")
                assert uri == fictional[record["id"]].contact(contact["id"]).uri
    edition = json.loads(EDITION.read_bytes())
    header = {key: edition.pop(key) for key in ("schema", "schema_version")}
    assert exported == edition
    assert header["schema"].endswith(":edition")


def test_plain_json_of_the_shipped_edition_is_an_edition_too():
    exported = json.loads(ctr.export("json"))
    del exported["pin"]
    for section in ("channels", "organizations", "task_forces"):
        for record in exported[section]:
            for contact in record.get("contacts", ()):
                del contact["uri"]
    exported |= {"schema": "urn:ct-trafficking-resources:schemas:edition", "schema_version": "1.0"}
    text = strict_json.read(json.dumps(exported).encode(), "exported")
    assert schemas.check("edition", text) == ()
