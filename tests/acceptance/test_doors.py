"""No door is softer than another: the same change through every door that can carry it."""

from __future__ import annotations

import pytest

from ct_trafficking_resources.checks import gate, record_rules
from ct_trafficking_resources.updates.check import UPDATE_RULES
from ct_trafficking_resources.updates.text_rules import TEXT_RULES
from door_cases import DOORS, Doors, changes, doors_of, without

CASES = [(change, door) for change in changes() for door in doors_of(change)]
WRONG = [case for case in CASES if case[0].rules]
PLUGGED = {rule.id for rule in (*gate.RULES, *record_rules.RULES, *UPDATE_RULES, *dict(TEXT_RULES))}
UNPLUGGED = [case for case in WRONG if {*case[0].rules} <= PLUGGED]
RIGHT = [case for case in CASES if not case[0].rules]


@pytest.fixture(scope="module")
def doors(tmp_path_factory):
    return Doors(tmp_path_factory.mktemp("doors"))


def test_a_change_says_in_its_name_whether_it_is_right():
    for change in changes():
        assert change.name.startswith("wrong-" if change.rules else "right-"), change.name


@pytest.mark.parametrize(("change", "door"), WRONG, ids=str)
def test_a_wrong_value_is_refused_at_every_door(doors, change, door):
    assert set(doors.refusals(door, change)) & set(change.rules)


@pytest.mark.parametrize(("change", "door"), UNPLUGGED, ids=str)
def test_without_its_rules_a_wrong_value_would_come_in(doors, change, door):
    with without(*change.rules):
        assert doors.refusals(door, change) == []


@pytest.mark.parametrize(("change", "door"), RIGHT, ids=str)
def test_a_right_value_is_let_in_at_every_door(doors, change, door):
    assert doors.refusals(door, change) == []


@pytest.mark.parametrize("rule", gate.RULES, ids=lambda rule: rule.id)
def test_of_each_rule_of_the_gate_a_change_is_refused_for_it_alone_at_every_door(rule):
    alone = {door for change, door in WRONG if change.rules == (rule.id,)}
    assert alone == set(DOORS)
