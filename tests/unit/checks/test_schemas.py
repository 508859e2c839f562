"""The schemas: valid, strict, documented, and where they can be had."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from jsonschema import Draft202012Validator
from referencing.exceptions import Unresolvable

import ct_trafficking_resources as ctr
from ct_trafficking_resources import model
from ct_trafficking_resources.checks import schemas, strict_json
from ct_trafficking_resources.checks.schemas import schema_names, schema_path, schema_registry

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMAS = {name: json.loads(schemas.schema_text(name)) for name in schema_names()}
LEFT_TO_ANOTHER_SCHEMA = {
    "held/properties/record/properties/document",
    "update/properties/records/items",
}
FREE_TEXT = {"common/$defs/line", "common/$defs/text"}
"""Text for people, who may write in any script."""
OTHER_DIGITS = "\u0661\u06f1\u0967\uff11\U0001d7d9"
"""One, in five other scripts."""


def subschemas(schema: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every schema within a schema, and where it stands."""
    if not isinstance(schema, dict):
        return
    yield place, schema
    for key in ("properties", "$defs"):
        for name, one in schema.get(key, {}).items():
            yield from subschemas(one, f"{place}/{key}/{name}")
    for key in ("items", "if", "then", "else", "additionalProperties", "propertyNames"):
        yield from subschemas(schema.get(key), f"{place}/{key}")
    for key in ("allOf", "oneOf"):
        for index, one in enumerate(schema.get(key, ())):
            yield from subschemas(one, f"{place}/{key}/{index}")


EVERYWHERE = [one for name, schema in SCHEMAS.items() for one in subschemas(schema, name)]
DECLARED = [(place, one) for place, one in EVERYWHERE if "/allOf/" not in place]
"""Without the conditions, which only narrow what is declared elsewhere."""
PATTERNS = {place: one["pattern"] for place, one in EVERYWHERE if "pattern" in one}


def target(reference: str, place: str) -> dict[str, Any]:
    """Return the schema that a reference at a place names."""
    resource, _, pointer = reference.partition("#")
    found = SCHEMAS[resource.rpartition(":")[2] or place.partition("/")[0]]
    for step in pointer.split("/")[1:]:
        found = found[step]
    return found


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_by_its_metaschema(name):
    Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_says_what_it_is(name):
    schema = SCHEMAS[name]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:ct-trafficking-resources:schemas:{name}"
    assert schema["title"]
    assert schema["description"].endswith(".")


@pytest.mark.parametrize("name", [name for name in SCHEMAS if name != "common"])
def test_a_schema_has_examples_and_they_are_valid(name):
    assert SCHEMAS[name]["examples"]
    for example in SCHEMAS[name]["examples"]:
        assert list(schemas.validator(name).iter_errors(example)) == []


def test_every_reference_leads_to_a_schema():
    for place, one in EVERYWHERE:
        if "$ref" in one:
            assert target(one["$ref"], place)


def test_every_object_refuses_unknown_keys():
    objects = {place: one for place, one in DECLARED if one.get("type") == "object"}
    assert objects.keys() >= LEFT_TO_ANOTHER_SCHEMA
    for place, one in objects.items():
        if "propertyNames" in one:  # a map, such as ids to kinds
            assert one["additionalProperties"], place
            assert one["maxProperties"], place
        elif place not in LEFT_TO_ANOTHER_SCHEMA:
            assert one["additionalProperties"] is False, place
            assert set(one["required"]) <= set(one["properties"]), place


def test_nothing_is_without_a_type():
    for place, one in DECLARED:
        if "/" in place:
            assert one.keys() & {"type", "enum", "const", "$ref", "oneOf", "allOf"}, place


def test_every_string_and_array_has_a_largest_size():
    for place, one in DECLARED:
        if one.get("type") == "string":
            assert one["maxLength"] <= 1000, place
        if one.get("type") == "array":
            assert one["maxItems"] <= 5000, place
            assert "items" in one, place


def test_every_number_has_a_range():
    for place, one in DECLARED:
        if one.get("type") == "integer":
            assert one["minimum"] < one["maximum"], place


def test_every_property_is_described():
    for place, one in DECLARED:
        for name, schema in one.get("properties", {}).items():
            declared = schema
            while "description" not in declared:
                assert "$ref" in declared, f"{place}/{name}"
                declared = target(declared["$ref"], place)


def test_every_string_has_a_form():
    for place, one in DECLARED:
        if one.get("type") == "string" and "pattern" not in one:
            # Its form follows from the kind beside it.
            assert place.endswith("/properties/value"), place
            assert f"{place.removesuffix('value')}kind" in dict(EVERYWHERE)


def test_a_value_has_the_form_of_its_kind():
    wrong_values = {
        "e164": "911",
        "short-code": "+18883737888",
        "n11": "988988",
        "url": "http://example.org/",
        "email": "@example.org",
    }
    assert set(SCHEMAS["contact-point"]["properties"]["kind"]["enum"]) == set(wrong_values)
    for kind, wrong in wrong_values.items():
        errors = schemas.validator("contact-point").iter_errors({"kind": kind, "value": wrong})
        assert ["value"] in [list(error.absolute_path) for error in errors]


@pytest.mark.parametrize("place", PATTERNS)
def test_a_pattern_is_anchored(place):
    assert PATTERNS[place].startswith("^")
    assert PATTERNS[place].endswith(r"$(?!\n)")


@pytest.mark.parametrize("place", PATTERNS)
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_pattern_refuses_a_newline_at_the_end_and_digits_of_other_scripts(place, data):
    pattern = re.compile(PATTERNS[place])
    right = data.draw(st.from_regex(pattern).filter(pattern.search))
    for wrong in (f"{right}\n", f"\n{right}", f"{right}\r\n"):
        assert not pattern.search(wrong), wrong
    if place in FREE_TEXT:
        return
    assert right.isascii()
    for index, character in enumerate(right):
        if character.isdigit():
            for digit in OTHER_DIGITS:
                wrong = right[:index] + digit + right[index + 1 :]
                assert not pattern.search(wrong), wrong


@pytest.mark.parametrize("place", sorted(FREE_TEXT))
@pytest.mark.parametrize(
    "character",
    [
        *("\x00", "\t", "\n", "\x7f", "\x85", "\xad", "\u061c", "\u200b", "\u200e", "\u2028"),
        *("\u202e", "\u2060", "\u2066", "\ufeff", "\ufffe", "<", ">"),
    ],
)
def test_text_refuses_markup_and_what_nobody_sees(place, character):
    pattern = re.compile(PATTERNS[place])
    for text in (character, f"a{character}", f"{character}a", f"a{character}a"):
        assert not pattern.search(text)


@pytest.mark.parametrize("place", sorted(FREE_TEXT))
def test_text_refuses_a_space_at_either_end_and_nothing_else_that_is_visible(place):
    pattern = re.compile(PATTERNS[place])
    assert not pattern.search(" a")
    assert not pattern.search("a ")
    assert not pattern.search(" ")
    for text in ("a", "a b", "¿Necesita ayuda?", "求助", "Línea 1 (24/7) - “ayuda”"):
        assert pattern.search(text)


VALID = [
    (name, example) for name, schema in SCHEMAS.items() for example in schema.get("examples", ())
]


def objects(document: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object in a document, and where it stands."""
    if isinstance(document, dict):
        yield pointer, document
        for key, value in document.items():
            yield from objects(value, f"{pointer}/{key}")
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from objects(value, f"{pointer}/{index}")


def is_map(name: str, pointer: str) -> bool:
    """Tell whether the keys of an object are free, such as ids."""
    place = f"{name}/properties{pointer}"
    return "propertyNames" in dict(EVERYWHERE).get(place, {})


def findings(name: str, document: Any) -> list[tuple[str, str]]:
    text = strict_json.read(json.dumps(document).encode(), "file.json")
    return [(one.rule, one.place.pointer) for one in schemas.check(name, text)]


@pytest.mark.parametrize(("name", "example"), VALID)
def test_an_unknown_key_is_found_wherever_it_stands(name, example):
    for pointer, _ in objects(example):
        if is_map(name, pointer):
            continue
        document = deepcopy(example)
        next(one for place, one in objects(document) if place == pointer)["colour"] = "red"
        ((rule, found),) = findings(name, document)
        assert rule == "CTR100"
        assert found in {pointer, f"{pointer}/colour"}


@pytest.mark.parametrize(("name", "example"), VALID)
def test_a_missing_key_is_found(name, example):
    for key in SCHEMAS[name]["required"]:
        document = deepcopy(example)
        del document[key]
        assert ("CTR100", "") in findings(name, document)


@pytest.mark.parametrize("wrong", [None, 3, "text", [], True])
@pytest.mark.parametrize("name", [name for name in SCHEMAS if name != "common"])
def test_what_is_no_object_is_found(name, wrong):
    assert ("CTR100", "") in findings(name, wrong)


def test_nobody_opens_at_the_end_of_the_day():
    hours = deepcopy(SCHEMAS["hours"]["examples"][1])
    hours["periods"][0]["closes"] = "24:00"
    assert findings("hours", hours) == []
    hours["periods"][0]["opens"] = "24:00"
    assert [pointer for _, pointer in findings("hours", hours)] == ["/periods/0/opens"]


def test_a_key_that_another_one_rules_out_is_found():
    # Said of the key or of the object that has it.
    ((rule, found),) = findings("hours", {"always_open": True, "timezone": "America/New_York"})
    assert (rule, found) in {("CTR100", ""), ("CTR100", "/timezone")}


def test_a_document_that_is_right_has_no_findings():
    for name, example in VALID:
        assert findings(name, example) == []


def test_findings_come_in_the_order_of_the_document():
    document = {
        **SCHEMAS["edition"]["examples"][0],
        "laws": [{"kind": "law", "colour": "red"} for _ in range(12)],
    }
    pointers = [pointer for _, pointer in findings("edition", document)]
    assert list(dict.fromkeys(pointers)) == [
        f"/laws/{index}{part}" for index in range(12) for part in ("", "/colour")
    ]


RECORDS = {
    "confirmation": model.Confirmation,
    "contact-point": model.ContactPoint,
    "evidence": model.Evidence,
    "help-channel": model.HelpChannel,
    "hours": model.Hours,
    "law": model.Law,
    "misprint": model.Misprint,
    "organization": model.Organization,
    "source": model.Source,
    "task-force": model.TaskForce,
    "tombstone": model.Tombstone,
}
PARTS = {
    "common/$defs/coverage": model.Coverage,
    "common/$defs/former_names/items": model.FormerName,
    "common/$defs/value": model.Value,
    "help-channel/properties/operators/items": model.Operator,
    "hours/properties/periods/items": model.OpeningHours,
    "index/properties/editions/items": model.EditionInfo,
    "organization/properties/addresses/items": model.Address,
    "organization/properties/memberships/items": model.Membership,
}


@pytest.mark.parametrize("place", [*RECORDS, *PARTS])
def test_the_model_has_the_attributes_of_the_schema_in_the_same_order(place):
    schema, cls = dict(EVERYWHERE)[place], {**RECORDS, **PARTS}[place]
    fields = attrs.fields(cls)
    names = [field.name for field in fields]
    required = [field.name for field in fields if field.default is attrs.NOTHING]
    not_in_the_model = {"crc32"} if cls is model.EditionInfo else {"kind"} - set(names)
    assert names == [name for name in schema["properties"] if name not in not_in_the_model]
    assert required == [name for name in schema["required"] if name not in not_in_the_model]


def test_the_names_are_sorted_and_without_suffix():
    names = schema_names()
    assert names == tuple(sorted(names))
    assert {"common", "contact-point", "edition", "help-channel", "tombstone"} <= set(names)
    assert not any("." in name for name in names)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_can_be_had_as_a_path(name):
    with schema_path(name) as path:
        assert path.name == f"{name}.schema.json"
        assert path.read_text(encoding="utf-8") == schemas.schema_text(name)


@pytest.mark.parametrize("ask", [schema_path, schemas.schema_text])
def test_a_schema_that_is_not_there_is_refused_with_a_word_that_is(ask):
    with pytest.raises(ctr.UnknownTerm, match="Did you mean 'help-channel'"):
        ask("help-chanel")
    with pytest.raises(ctr.UnknownTerm):
        ask("../pyproject")


def test_the_registry_has_all_schemas_and_nothing_else():
    registry = schema_registry()
    assert sorted(registry) == sorted(schema["$id"] for schema in SCHEMAS.values())
    assert registry is schema_registry()
    resolver = registry.resolver(base_uri="urn:ct-trafficking-resources:schemas:evidence")
    common = resolver.lookup("urn:ct-trafficking-resources:schemas:common#/$defs/id")
    assert common.contents == SCHEMAS["common"]["$defs"]["id"]


def test_the_registry_fetches_nothing():
    resolver = schema_registry().resolver()
    with pytest.raises(Unresolvable):
        resolver.lookup("https://json-schema.org/draft/2020-12/schema")


def test_the_registry_serves_schemas_of_the_reader_s_own():
    schema = {"$ref": "urn:ct-trafficking-resources:schemas:contact-point"}
    validator = Draft202012Validator(schema, registry=schema_registry())
    contact = SCHEMAS["help-channel"]["examples"][0]["contacts"][0]
    assert validator.is_valid(contact)
    assert not validator.is_valid({**contact, "value": "8883737888"})
