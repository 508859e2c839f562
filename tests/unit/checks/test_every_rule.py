"""Every rule says what it is, looks, finds its wrong cases, and leaves its right ones."""

from __future__ import annotations

import re
from inspect import isgeneratorfunction
from pathlib import Path

import pytest

import ct_trafficking_resources
import rule_cases
from ct_trafficking_resources.audit import rules as audit_rules
from ct_trafficking_resources.checks import schemas
from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import all_rules, defined, rule

RULES = all_rules()
CASES = rule_cases.all_cases()
SOURCE = Path(ct_trafficking_resources.__file__).parent
IS_DEFINED = re.compile(r'rule\(\s*"(CTR\d{3})",')


def of(id, verdict):
    return [case for case in CASES if (case.rule, case.verdict) == (id, verdict)]


# --- what a rule says -------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_must_hold_and_why_and_looks(rule):
    assert re.fullmatch(r"CTR\d{3}", rule.id)
    assert rule.severity in Severity
    assert rule.title.endswith(".")
    assert rule.reason.endswith(".")
    assert rule.hint.endswith((".", "", "{right}"))
    assert callable(rule.check)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_a_rule_supersedes_is_a_rule(rule):
    assert {*rule.supersedes} <= {other.id for other in RULES} - {rule.id}


def test_rules_are_listed_by_id_and_each_id_once():
    ids = [rule.id for rule in RULES]
    assert ids == sorted(set(ids))
    assert all_rules("CTR2") == tuple(rule for rule in RULES if rule.id.startswith("CTR2"))


def test_an_id_is_defined_once():
    with pytest.raises(ValueError, match="There is a rule CTR001 already: The file is not too"):
        rule("CTR001", Severity.ERROR, "Another.", reason="None.")(print)
    assert [one.title for one in defined("CTR001")] == ["The file is not too large."]


def test_ids_stand_in_the_definitions_of_rules_and_nowhere_else():
    found = {
        (path.relative_to(SOURCE).as_posix(), text)
        for path in SOURCE.rglob("*.py")
        for text in re.findall(
            r'"(CTR\d{3})"', re.sub(r"supersedes=\(.*\)", "", path.read_text("utf-8"))
        )
    }
    definitions = {
        (path.relative_to(SOURCE).as_posix(), text)
        for path in SOURCE.rglob("*.py")
        for text in IS_DEFINED.findall(path.read_text("utf-8"))
    }
    assert found == definitions
    assert {id for _, id in definitions} == {rule.id for rule in RULES}


# --- its cases --------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_wrong_and_a_right_case(rule):
    assert of(rule.id, "wrong")
    assert of(rule.id, "right")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_name_of_a_case_says_what_it_is(case):
    found = {one["rule"] for one in case.read()["findings"]}
    assert case.rule in {rule.id for rule in RULES}
    assert case.verdict in {"wrong", "right"}
    assert (case.rule in found) == (case.verdict == "wrong")
    assert case.read()["why"].endswith((".", "?"))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_gets_exactly_its_findings(case, tmp_path):
    expected = case.read()["findings"]
    found = case.findings(tmp_path)
    assert rule_cases.told(found, expected) == expected
    for finding in found:
        assert finding.message.endswith((".", "?")), finding.message
        assert finding.hint
        assert len(finding.message) < 400
    if case.door == "update":
        worst = [finding.severity for finding in found]
        assert worst == sorted(worst, key=list(Severity).index)
        assert all(finding.place.file == "form.json" and finding.place.line for finding in found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_that_does_not_look_is_missed(rule, tmp_path, monkeypatch):
    # What is asked of the rules of the audit are judges, which stand in other modules.
    check = audit_rules.JUDGE_OF.get(rule.id, rule.check)
    monkeypatch.setattr(check, "__code__", _silent(check).__code__)
    assert any(_is_missed(case, tmp_path) for case in of(rule.id, "wrong"))


def _silent(check):
    """Return what stands for a check that looks at nothing, a generator for a generator."""
    if isgeneratorfunction(check):
        return _nothing
    if check.__annotations__["return"] in {"str | None", "Finding | None"}:
        return lambda *_, **__: None
    return lambda *_, **__: ()


def _nothing(*_, **__):
    yield from ()


def _is_missed(case, scratch):
    expected = case.read()["findings"]
    try:
        found = case.findings(scratch)
    except (AttributeError, TypeError, ValueError):
        return True  # what reads gives nothing that could be looked at
    return rule_cases.told(found, expected) != expected


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.door == "records"], ids=lambda case: case.path.stem
)
def test_what_a_rule_of_records_finds_the_schemas_let_through(case, example, patched):
    for documents in list(patched(example, case.read()["patch"]).values())[1:]:
        for document in documents.values():
            assert list(schemas.validator(document["kind"]).iter_errors(document)) == []
