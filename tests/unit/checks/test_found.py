"""What the steps of a check found, and what of it is worth saying."""

import pytest

from ct_trafficking_resources.checks.findings import Place
from ct_trafficking_resources.checks.rules import Found, Problem, all_rules

RULES = {rule.id: rule for rule in all_rules()}


@pytest.fixture
def found():
    return Found(lambda pointer: Place(file="form.json", pointer=pointer))


def broken(*problems):
    return [
        (RULES[id], Problem(pointer, "It is wrong.", "Correct it.")) for id, pointer in problems
    ]


def said(found):
    return [(finding.rule, finding.place.pointer) for finding in found.findings()]


def test_a_step_does_not_look_at_what_the_step_before_found_wrong(found):
    found.add(broken(("CTR311", "/name"), ("CTR312", "/name")))
    found.add(broken(("CTR100", "/name"), ("CTR100", "/role")))
    assert said(found) == [("CTR311", "/name"), ("CTR312", "/name"), ("CTR100", "/role")]
    assert found.bad == {"/name", "/role"}
    assert found.has_errors


def test_a_value_that_was_only_warned_of_is_looked_at(found):
    found.add(broken(("CTR317", "/name")))
    assert not found.has_errors
    found.add(broken(("CTR100", "/name")))
    assert said(found) == [("CTR100", "/name")]  # the warning waits until the value is right


def test_an_error_of_the_whole_hides_nothing(found):
    found.add(broken(("CTR100", ""), ("CTR016", "")))
    found.add(broken(("CTR107", "")))
    assert said(found) == [("CTR100", ""), ("CTR016", ""), ("CTR107", "")]
    assert found.bad == frozenset()


def test_a_rule_supersedes_others_at_its_place_and_at_what_holds_it(found):
    assert RULES["CTR306"].supersedes == ("CTR224",)
    found.add(
        broken(
            ("CTR306", "/sources/0/read"),
            ("CTR224", "/sources/0/read"),
            ("CTR224", "/sources/0"),
            ("CTR224", "/sources/1"),
            ("CTR223", "/sources/0"),
        )
    )
    assert said(found) == [
        ("CTR306", "/sources/0/read"),
        ("CTR224", "/sources/1"),
        ("CTR223", "/sources/0"),
    ]


def test_nothing_is_said_twice(found):
    found.add(broken(("CTR224", "/sources/0"), ("CTR224", "/sources/0")))
    assert said(found) == [("CTR224", "/sources/0")]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_supersedes_rules_that_there_are(rule):
    assert RULES.keys() >= set(rule.supersedes) - {rule.id}
    assert rule.id not in rule.supersedes
