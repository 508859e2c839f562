"""Every rule has wrong and right updates: a patch of a form, and what it must get."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.updates.check import UPDATE_RULES
from ct_trafficking_resources.updates.text_rules import TEXT_RULES

FOLDER = Path(__file__).parents[2] / "cases" / "updates-checks"
CASES = {path.stem: path for path in sorted(FOLDER.glob("*.json"))}
RULES = (*TEXT_RULES, *UPDATE_RULES)
OPTIONS = ("sender", "confirmed")


def case(name: str) -> dict[str, Any]:
    return json.loads(CASES[name].read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", CASES)
def test_a_case_gets_exactly_its_findings(  # noqa: PLR0913, PLR0917 - fixtures
    name, form, check, patched, example, edition_of
):
    one = case(name)
    update = patched(form(one["organization"]), one["patch"])
    options = {key: one[key] for key in OPTIONS if key in one}
    if "meanwhile" in one:
        present = edition_of(patched(example, one["meanwhile"]), "2031.3.0")
        options |= {"directory": present, "base": edition_of(example)}
    report = check(update, **options)
    found = [(finding.rule, finding.place.pointer) for finding in report.findings]
    assert found == [(finding["rule"], finding["pointer"]) for finding in one["findings"]]
    for finding in report.findings:
        assert finding.message.endswith((".", "?")), finding.message
        assert finding.place.file == "form.json"
        assert finding.place.line
        assert len(finding.message) < 400
    worst = [finding.severity for finding in report.findings]
    assert worst == sorted(worst, key=list(Severity).index)
    assert report.ok == (Severity.ERROR not in worst)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_wrong_and_a_right_case(rule):
    own = [name for name in CASES if name.startswith(f"{rule.id}-")]
    right = [name for name in own if name.startswith(f"{rule.id}-right-")]
    wrong = [name for name in own if name.startswith(f"{rule.id}-wrong-")]
    assert right
    assert wrong
    for name in right:
        assert rule.id not in {one["rule"] for one in case(name)["findings"]}
    for name in wrong:
        assert rule.id in {one["rule"] for one in case(name)["findings"]}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_must_hold_why_and_what_to_do(rule):
    assert rule.id.startswith("CTR3")
    for text in (rule.title, rule.reason, rule.hint):
        assert text.endswith("."), text


def test_the_ids_of_rules_are_unique():
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)


def test_every_present_record_comes_back_as_it_went_out(sample, draw_from, check):
    for organization in sample.organizations:
        update = draw_from(sample, organization.id)
        report = check(update, directory=sample)
        assert [finding.rule for finding in report.findings] == ["CTR319"], organization.id
        assert report.ok
        assert report.edits == report.changes == ()
        assert report.after == report.before
