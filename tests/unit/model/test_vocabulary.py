"""The vocabularies are those of the schemas, and say what their words mean."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import Any

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources import vocabulary
from ct_trafficking_resources.checks import schemas
from ct_trafficking_resources.vocabulary import ValueKind, known_term, term

ENUMS = {
    name: one
    for name in vocabulary.__all__
    if isinstance(one := getattr(vocabulary, name), type) and issubclass(one, StrEnum)
}
IN_THE_SCHEMAS = {
    "AnsweredBy": "help-channel/properties/answered_by",
    "Area": "common/$defs/coverage/properties/area",
    "Audience": "help-channel/properties/audiences/items",
    "Confidence": "evidence/properties/confidence",
    "ConfirmedBy": "confirmation/properties/way",
    "Day": "hours/properties/periods/items/properties/days/items",
    "EvidenceLevel": "evidence/properties/level",
    "Harm": "misprint/properties/harm",
    "MembershipRole": "organization/properties/memberships/items/properties/role",
    "MembershipStatus": "organization/properties/memberships/items/properties/status",
    "Mode": "contact-point/properties/mode",
    "OrganizationType": "organization/properties/type",
    "Purpose": "common/$defs/purpose",
    "SourceKind": "source/properties/kind",
    "TaskForceStatus": "task-force/properties/status",
    "TombstoneSubject": "tombstone/properties/subject",
    "ValueKind": "common/$defs/value_kind",
    "WithdrawalReason": "tombstone/properties/reason",
}
WITHOUT_ENUM = {
    "contact-point/properties/kind",  # the value kinds that can be used
    "edition-header/properties/status",  # what an edition is; text in the interface
    "edition/properties/status",
    "held/properties/record/properties/document/properties/kind",  # the kinds of records
    "hours/properties/timezone",  # names of the IANA
    "index/properties/editions/items/properties/status",
    "register/properties/ids/additionalProperties",  # the kinds of records
}


def at(place: str) -> Any:
    name, *way = place.split("/")
    found = json.loads(schemas.schema_text(name))
    for step in way:
        found = found[step]
    return found


def titled_enums(schema: Any, place: str) -> list[str]:
    """Return where a schema lists words and not only narrows them."""
    if isinstance(schema, list):
        schema = dict(enumerate(schema))
    if not isinstance(schema, dict):
        return []
    here = [place] if "enum" in schema and "title" in schema else []
    return here + [
        found for key, one in schema.items() for found in titled_enums(one, f"{place}/{key}")
    ]


@pytest.mark.parametrize("name", ENUMS)
def test_a_vocabulary_has_the_words_of_the_schema_in_the_same_order(name):
    assert [member.value for member in ENUMS[name]] == at(IN_THE_SCHEMAS[name])["enum"]


def test_every_list_of_words_in_the_core_schemas_is_a_vocabulary():
    core = {place.partition("/")[0] for place in (*IN_THE_SCHEMAS.values(), *WITHOUT_ENUM)}
    places = {place for name in core for place in titled_enums(at(name), name)}
    assert places == set(IN_THE_SCHEMAS.values()) | WITHOUT_ENUM


def test_the_value_kinds_of_a_contact_point_are_value_kinds():
    kinds = [kind.value for kind in ValueKind]
    assert at("contact-point/properties/kind")["enum"] == kinds[:5]
    assert kinds[5:] == ["host", "phrase"]


@pytest.mark.parametrize("place", sorted({*IN_THE_SCHEMAS.values(), *WITHOUT_ENUM}))
def test_every_word_is_documented(place):
    schema = at(place)
    if place == IN_THE_SCHEMAS["Day"]:
        return  # Monday needs no words.
    explained = re.findall(r"`([^`]+)`: ", schema["description"])
    assert explained == schema["enum"]


@pytest.mark.parametrize("name", ENUMS)
def test_a_vocabulary_is_public_documented_and_without_doublets(name):
    enum = ENUMS[name]
    assert getattr(vocabulary, name) is getattr(ctr, name, enum) is enum
    assert name in vocabulary.__all__
    assert enum.__doc__.splitlines()[0].endswith(".")
    assert len(enum.__members__) == len(enum)


@pytest.mark.parametrize("name", ENUMS)
def test_a_word_is_its_plain_text(name):
    for member in ENUMS[name]:
        assert member == member.value == str(member) == f"{member}"
        assert hash(member) == hash(member.value)
        assert term(ENUMS[name], member.value) is member
        assert known_term(ENUMS[name], member.value) is known_term(ENUMS[name], member) is member


def test_a_word_that_only_newer_data_know_stays_text():
    assert term(ctr.Mode, "hologram") == "hologram"
    assert type(term(ctr.Mode, "hologram")) is str


@pytest.mark.parametrize("word", ["Voice", "VOICE", "voise", "", 3, None, ["voice"], "hologram"])
def test_a_word_that_a_caller_got_wrong_is_refused(word):
    with pytest.raises(ctr.UnknownTerm) as caught:
        known_term(ctr.Mode, word)
    assert caught.value.vocabulary == "Mode"
    assert caught.value.word == word
    assert caught.value.known == tuple(ctr.Mode)
    assert "There are: voice, text, chat, relay, tty, web, web-form, email." in str(caught.value)


def test_the_word_that_was_meant_is_named():
    with pytest.raises(ValueError, match=r"^'VOISE' is no Mode\. Did you mean 'voice'\? "):
        known_term(ctr.Mode, "VOISE")


def test_a_name_that_is_not_there_is_no_attribute():
    with pytest.raises(AttributeError, match="no attribute 'Colour'"):
        vocabulary.Colour  # noqa: B018
