"""Every rule has wrong and right cases: a patch of the example, and what it must get."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ct_trafficking_resources.checks import record_rules, schemas
from ct_trafficking_resources.checks.rules import Records
from ct_trafficking_resources.edition.codec import decode

FOLDER = Path(__file__).parents[2] / "cases" / "rules"
CASES = {path.stem: path for path in sorted(FOLDER.glob("*.json"))}


def records(example: dict[str, Any]) -> Records:
    return Records(
        by_id={id: decode(one) for id, one in example["records"].items()},
        tombstones=tuple(map(decode, example["tombstones"].values())),
        misprints=tuple(map(decode, example["misprints"].values())),
        on=date.fromisoformat(example["on"]),
    )


@pytest.mark.parametrize("name", CASES)
def test_a_case_gets_exactly_its_findings(name, example, patched):
    case = json.loads(CASES[name].read_text(encoding="utf-8"))
    found = list(record_rules.problems(records(patched(example, case["patch"]))))
    assert sorted((rule.id, one.record, one.pointer) for rule, one in found) == sorted(
        (one["rule"], one["record"], one["pointer"]) for one in case["findings"]
    )
    for rule, problem in found:
        assert problem.message.endswith(".")
        assert (problem.hint or rule.hint).endswith(".")


@pytest.mark.parametrize("name", CASES)
def test_what_a_rule_finds_the_schemas_let_through(name, example, patched):
    case = json.loads(CASES[name].read_text(encoding="utf-8"))
    for documents in list(patched(example, case["patch"]).values())[1:]:
        for document in documents.values():
            assert list(schemas.validator(document["kind"]).iter_errors(document)) == []


@pytest.mark.parametrize("rule", record_rules.RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_wrong_and_a_right_case(rule):
    own = [name for name in CASES if name.startswith(f"{rule.id}-")]
    assert any(name.startswith(f"{rule.id}-right-") for name in own)
    wrong = [name for name in own if name.startswith(f"{rule.id}-wrong-")]
    assert wrong
    for name in wrong:
        findings = json.loads(CASES[name].read_text(encoding="utf-8"))["findings"]
        assert rule.id in {one["rule"] for one in findings}


@pytest.mark.parametrize("name", CASES)
def test_the_name_of_a_case_says_what_it_is(name):
    id, verdict, _ = name.split("-", 2)
    findings = json.loads(CASES[name].read_text(encoding="utf-8"))["findings"]
    assert id in {rule.id for rule in record_rules.RULES}
    assert verdict == ("wrong" if findings else "right")


def test_a_rule_says_what_must_hold_and_why():
    for rule in record_rules.RULES:
        assert rule.id.startswith("CTR2")
        assert rule.title.endswith(".")
        assert rule.reason.endswith(".")


def test_the_ids_of_rules_are_unique():
    ids = [rule.id for rule in record_rules.RULES]
    assert len(set(ids)) == len(ids)
