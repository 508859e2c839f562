"""Held against the schemas of HSDS 3.1.1, as they are and with nothing added allowed.

The schemas are Open Referral's (CC BY-SA 4.0) and are not part of this project. Set
HSDS_SCHEMAS to the folder ``schema`` of https://github.com/openreferral/specification
at 3.1.1 to run the tests that need them; without it they are skipped and say so.
"""

from __future__ import annotations

import json
import os
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

import ct_trafficking_resources as ctr
from ct_trafficking_resources.exports.contents import language_name

SCHEMAS = os.environ.get("HSDS_SCHEMAS")
HOW_TO_GET = (
    "HSDS_SCHEMAS is not set: give it the folder `schema` of"
    " https://github.com/openreferral/specification at 3.1.1 (CC BY-SA 4.0, not part of this"
    " project)"
)


def closed(schema: Any) -> Any:
    """Return a schema with additional properties forbidden everywhere."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: closed(item) for key, item in schema.items()}
    return schema | {"additionalProperties": False} if "properties" in schema else schema


@pytest.fixture(scope="session", params=["as it is", "nothing added"])
def validators(request) -> dict[str, Draft202012Validator]:
    if not SCHEMAS:
        pytest.skip(HOW_TO_GET)
    # No file names its dialect; the specification means Draft 2020-12.
    documents = {
        path.name: json.loads(path.read_text(encoding="utf-8"))
        for path in Path(SCHEMAS).glob("*.json")
    }
    if request.param == "nothing added":
        documents = closed(documents)
    registry = Registry().with_resources(
        (name, Resource(contents=document, specification=DRAFT202012))
        for name, document in documents.items()
    )
    return {
        name: Draft202012Validator(
            {"$ref": f"{name}.json"}, registry=registry, format_checker=FormatChecker()
        )
        for name in ("organization", "service")
    }


@pytest.fixture(scope="session", params=["sample", "fictional"])
def document(request, fictional) -> dict[str, Any]:
    return json.loads(ctr.export("hsds", fictional if request.param == "fictional" else None))


@pytest.fixture(scope="session")
def example(fictional) -> dict[str, Any]:
    return json.loads(ctr.export("hsds", fictional))


def named(document: dict[str, Any], name: str) -> dict[str, Any]:
    return next(
        one for one in (*document["services"], *document["organizations"]) if one["name"] == name
    )


def values(one: dict[str, Any], label: str) -> list[str]:
    return [each["value"] for each in one["attributes"] if each["label"] == label]


def test_every_object_follows_its_schema(document, validators):
    errors = [
        f"{place} {error.json_path}: {error.message}"
        for kind in ("organization", "service")
        for place, one in enumerate(document[f"{kind}s"])
        for error in validators[kind].iter_errors(one)
    ]
    assert errors == []
    assert len(document["services"]) >= 4


def test_only_the_check_with_nothing_added_finds_a_word_of_our_own(example, validators, request):
    service = {**example["services"][0], "rank": 1}
    strict = request.node.callspec.params["validators"] == "nothing added"
    assert validators["service"].is_valid(service) is not strict


def objects(value: Any, key: str = ""):
    """Yield every object with the name of the list or member it stands in."""
    if isinstance(value, list):
        for item in value:
            yield from objects(item, key)
    elif isinstance(value, dict):
        if "id" in value:
            yield key, value
        for name, item in value.items():
            yield from objects(item, name)


def test_every_object_has_a_uuid_of_its_own(document):
    seen: dict[str, Any] = {}
    for key, one in objects(document):
        assert UUID(one["id"]).version == 5
        if key == "organization":
            continue
        assert seen.setdefault(one["id"], one) is one, (one, seen[one["id"]])


def test_every_reference_finds_its_object(document):
    known = {one["id"] for _, one in objects(document)}
    listed = {one["id"] for one in document["organizations"]}
    for key, one in objects(document):
        for name in ("link_id", "resource_id", "parent_organization_id"):
            assert one.get(name) in {None, *known}, (key, one)
    assert {one["organization"]["id"] for one in document["services"] if "organization" in one} <= (
        listed
    )


def test_ids_stay_when_a_value_changes(changed, example):
    def change(document):
        document["channels"][1].update(name="New Name", rank=30)
        document["channels"][1]["contacts"][0].update(value="+18885550177", display="888-555-0177")

    after = json.loads(ctr.export("hsds", changed(change)))
    before = named(example, "Example Line")
    assert named(after, "New Name")["id"] == before["id"]
    assert named(after, "New Name")["phones"][0]["id"] == before["phones"][0]["id"]
    assert named(after, "New Name")["phones"][0]["number"] == "+18885550177"


def test_dates_and_times_have_the_forms_that_hsds_describes(document):
    for key, one in objects(document):
        if "assured_date" in one:
            assert date.fromisoformat(one["assured_date"]) <= date(2030, 1, 15)
        if "last_modified" in one:
            moment = one["last_modified"]
            assert moment.endswith(".000Z")
            assert datetime.fromisoformat(moment).tzinfo is not None
        if "last_action_date" in one:
            date.fromisoformat(one["last_action_date"])
        if key == "schedules":
            assert re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", one["opens_at"])
            assert re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", one["closes_at"])
            assert set(one["byday"].split(",")) <= {"MO", "TU", "WE", "TH", "FR", "SA", "SU"}


def test_the_edition_stands_beside_the_lists(fictional, example):
    assert {key: value for key, value in example.items() if isinstance(value, str)} == {
        "version": "3.1",
        "edition": "2030.1.0",
        "pin": fictional.pin,
        "released": "2030-01-15",
        "review_by": "2030-04-15",
        "status": "preview",
        "statement": "A fictional edition for tests.",
        "license": "CC0-1.0",
    }


def test_a_phone_is_typed_and_says_how_it_is_used(example):
    line, police = named(example, "Example Line"), named(example, "Northbury Police Department")
    assert [(one["number"], one["type"]) for one in line["phones"]] == [
        ("+18005550199", "voice"),
        ("233733", "text"),
        ("711", "textphone"),
        ("711", "textphone"),
        ("+18605550102", "textphone"),
    ]
    assert line["phones"][0]["description"] == (
        "Call: 1-800-555-0199. After the call is answered: press 2 for Spanish."
        " Hours: 24 hours a day, every day."
        " Interpreters: Spanish, at least 200 languages. Toll-free."
    )
    assert [one["name"] for one in line["phones"][0]["languages"]] == ["English", "Spanish"]
    assert values(line["phones"][0], "vanity spelling") == ["1-800-EXAMPLE"]
    assert values(line["phones"][0], "evidence") == ["corroborated"]
    assert values(line["phones"][0], "source") == [
        "https://example.org/page",
        "https://www.example.gov/list",
    ]
    assert line["phones"][0]["metadata"][0]["last_action_date"] == "2026-07-01"
    assert police["phones"][0]["extension"] == 7
    assert values(police["phones"][1], "keyword") == ["NORTHBURY"]


def test_an_extension_with_a_leading_zero_is_not_made_a_number(example):
    (phone,) = named(example, "Example Agency")["phones"]
    assert "extension" not in phone
    assert "Extension 012." in phone["description"]


def test_a_service_says_what_hsds_has_fields_for(example):
    line = named(example, "Example Line")
    assert line["status"] == "active"
    assert line["url"] == "https://line.example.org/"
    assert [(one["label"], one["url"]) for one in line["additional_urls"]] == [
        ("Chat", "https://line.example.org/chat")
    ]
    assert line["email"] == "line@example.org"
    assert [one["email"] for one in line["contacts"]] == ["other@example.org"]
    assert line["alternate_name"] == "EL"
    assert line["eligibility_description"] == "For: victim, public, mandated reporter."
    assert line["fees_description"] == "text 233733: Message and data rates may apply."
    assert line["interpretation_services"] == (
        "Call 1-800-555-0199. Interpreters: Spanish, at least 200 languages."
        " Chat line.example.org/chat. Interpreters: many languages."
    )
    assert [one["code"] for one in line["languages"]] == ["en", "es"]
    assert [one["name"] for one in line["service_areas"]] == ["United States"]
    assert line["organization"]["name"] == "Example Nonprofit"
    assert "fees_description" not in named(example, "911 in Example")


def test_a_language_is_named_by_its_first_part_or_else_by_its_tag(changed):
    def change(document):
        document["channels"][1]["contacts"][0]["languages"] = ["en-US", "es-419", "pt-BR"]

    document = json.loads(ctr.export("hsds", changed(change)))
    (phone, *_) = named(document, "Example Line")["phones"]
    assert [(one["name"], one["code"]) for one in phone["languages"]] == [
        ("English", "en"),
        ("Spanish", "es"),
        ("pt-BR", "pt"),
    ]


def test_every_language_of_the_shipped_edition_has_a_name():
    directory = ctr.load()
    tags = {
        tag
        for record in (*directory.channels, *directory.organizations, *directory.task_forces)
        for contact in record.contacts
        for tag in (*contact.languages, *contact.interpreter_languages)
    }
    assert not [tag for tag in tags - {"mul"} if language_name(tag) == tag]


def test_a_service_is_assured_only_as_far_as_its_weakest_contact(example):
    assert named(example, "Example Line")["assured_date"] == "2026-03-01"
    assert named(example, "911 in Example")["assured_date"] == "2026-07-01"


def test_what_has_no_field_is_a_labelled_attribute(example):
    line = named(example, "Example Line")
    facts = {one["label"]: one["value"] for one in line["attributes"]}
    assert values(line, "purpose") == ["trafficking-help", "trafficking-report"]
    assert values(line, "audience") == ["victim", "public", "mandated-reporter"]
    assert facts["staff are mandated reporters"] == "yes"
    assert facts["anonymous"] == "no"
    assert facts["former name"] == "Example Centre (until 2018-02-07)"
    assert facts["confidentiality"] == "Confidential, with limits."
    assert facts["place in lists"] == "20"
    tips = named(example, "Example Tip Line")
    assert values(tips, "takes tips only") == values(tips, "takes immigration tips") == ["yes"]
    assert values(tips, "anonymous") == []
    assert tips["description"].startswith("This line takes information. It gives no help")
    nonprofit = named(example, "Example Nonprofit")
    assert values(nonprofit, "former name") == ["Older Name (until 2019)", "Oldest Name"]
    police = named(example, "Northbury Police Department")
    assert values(police, "task force") == [
        "Example Task Force (member, named at launch, since 2023-01-25)",
        "Example Task Force (lead, confirmed, since 2021, until 2022)",
    ]
    assert values(police, "town") == ["Northbury"]
    force = named(example, "Example Task Force")
    assert values(force, "place served") == ["Northbury, Connecticut", "Eastfield, Connecticut"]
    assert values(force, "type") == ["task-force"]


def test_hours_are_schedules_in_local_time(example):
    line = named(example, "Example Line")
    always, *spans = line["schedules"]
    assert (always["byday"], always["opens_at"], always["closes_at"]) == (
        "MO,TU,WE,TH,FR,SA,SU",
        "00:00",
        "23:59",
    )
    assert always["attending_type"] == "call 1-800-555-0199, text 233733, relay 711"
    assert "notes" not in always
    assert [(one["byday"], one["opens_at"], one["closes_at"]) for one in spans] == [
        ("MO,TU,WE", "09:00", "12:30"),
        ("SA", "18:00", "23:59"),
        ("MO,FR", "22:00", "02:00"),
    ]
    assert {one["notes"] for one in spans} == {"Local time in America/New_York."}
    assert "schedules" not in named(example, "Example Local Service")


def test_an_operator_without_a_record_is_an_organization_too(example):
    local = named(example, "Example Local Service")
    operator = named(example, "Operator Without Record")
    assert local["organization"] == operator
    assert "organization" not in named(example, "911 in Example")
    assert not [one for one in example["organizations"] if one["name"] == "Earlier Operator"]


def test_an_operator_of_two_services_is_listed_once(changed):
    def change(document):
        operators = document["channels"][2]["operators"]
        document["channels"][3]["operators"] = operators

    names = [
        one["name"] for one in json.loads(ctr.export("hsds", changed(change)))["organizations"]
    ]
    assert names.count("Operator Without Record") == 1


def test_an_organization_says_what_hsds_has_fields_for(example):
    agency = named(example, "Example Agency")
    assert agency["website"] == "https://agency.example.gov/"
    assert [one["label"] for one in agency["additional_websites"]] == ["Complaint; form"]
    assert agency["email"] == "help@agency.example.gov"
    assert [(one["department"], one["email"]) for one in agency["contacts"]] == [
        ("Press", "press@agency.example.gov")
    ]
    assert [(one["name"], one["description"]) for one in agency["locations"]] == [
        ("Office", "1 Main Street, Northbury; Floor 2"),
        ("Example Agency", "2 Main Street, Northbury"),
    ]
    police = named(example, "Northbury Police Department")
    assert police["parent_organization_id"] == agency["id"]


def test_a_service_without_contacts_is_described_but_not_assured(changed):
    service = named(
        json.loads(
            ctr.export(
                "hsds", changed(lambda d: d["channels"][2]["contacts"][0].update(value="0;"))
            )
        ),
        "Example Local Service",
    )
    assert not {"phones", "assured_date", "schedules"} & set(service)


def test_the_task_force_of_a_membership_may_be_missing(changed):
    document = json.loads(ctr.export("hsds", changed(lambda d: d["task_forces"].clear())))
    assert values(named(document, "Northbury Police Department"), "task force")[0].startswith(
        "example-task-force (member"
    )


def test_a_parent_that_has_no_record_is_no_reference(changed):
    document = json.loads(
        ctr.export("hsds", changed(lambda d: d["organizations"][2].update(parent="nobody")))
    )
    assert "parent_organization_id" not in named(document, "Northbury Police Department")
