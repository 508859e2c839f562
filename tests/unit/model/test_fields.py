"""What is said of each field stands with it, and nothing is left unsaid."""

from __future__ import annotations

import attrs
import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.changes import Effect
from ct_trafficking_resources.model import (
    Law,
    Organization,
    TaskForce,
    base,
    channels,
    fields,
    organizations,
)

KINDS = (ctr.HelpChannel, Organization, TaskForce, Law)
NOT_IN_RECORDS = {"EditionInfo", "Hotline", "Misprint", "Reachable", "Tombstone", "Value"}
EVERY_FIELD = [(cls, field) for cls in fields.CLASSES for field in attrs.fields(cls)]


def name_of(one):
    return one.__name__ if isinstance(one, type) else one.name


@pytest.mark.parametrize(("cls", "field"), EVERY_FIELD, ids=name_of)
def test_every_field_says_what_a_change_of_it_means(cls, field):
    assert field.metadata["effect"] in set(Effect), f"{cls.__name__}.{field.name}"


def test_all_classes_of_records_and_their_parts_are_known():
    defined = {
        one
        for module in (base, channels, organizations)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, base.Part) and one is not base.Part
    }
    assert {one for one in defined if one.__name__ not in NOT_IN_RECORDS} == set(fields.CLASSES)
    reached, new = set(), set(KINDS)
    while new:
        reached |= new
        new = {part for cls in new for part in fields.parts(cls).values()} - reached
    assert reached == set(fields.CLASSES)


@pytest.mark.parametrize("trait", ["text", "typed", "address", "private"])
def test_a_key_means_the_same_in_every_class(trait):
    """Texts are looked at by their key, whatever they stand in."""
    said = {}
    for cls, field in EVERY_FIELD:
        said.setdefault(field.name, {})[cls.__name__] = field.metadata.get(trait)
    for name, by_class in said.items():
        assert len(set(by_class.values())) == 1, (name, by_class)


def test_the_lists_with_evidence_follow_from_the_classes():
    assert list(fields.lists(ctr.HelpChannel)) == ["operators", "contacts"]
    assert list(fields.lists(Organization)) == ["memberships", "addresses", "contacts"]
    assert list(fields.lists(Law)) == []


def test_asking_for_a_trait_gives_the_fields_in_the_order_of_the_model():
    assert list(base.having(ctr.ContactPoint, "leads", "when")) == ["valid_from", "valid_to"]
    assert base.having(ctr.ContactPoint, "names") == {"label": True}
    assert base.having(Law, "leads") == {}


SHOWING = {"checked", "column", "csv", "sentence"}


@pytest.mark.parametrize(("cls", "field"), EVERY_FIELD, ids=name_of)
def test_what_is_private_can_be_left_out_and_is_shown_nowhere(cls, field):
    if field.metadata.get("private"):
        assert field.default is not attrs.NOTHING
        assert any(one.name == "evidence" for one in attrs.fields(cls)), "an update would lose it"
        assert SHOWING.isdisjoint(field.metadata)


def test_what_a_person_does_besides_dialing_is_a_text():
    leading, types = base.having(ctr.ContactPoint, "leads", "then"), attrs.fields(ctr.ContactPoint)
    for name in leading.keys() & base.having(ctr.ContactPoint, "sentence"):
        assert getattr(types, name).type == "str | None"
