"""Files with wrong contacts, each with the findings it must get, and files that are right."""

from __future__ import annotations

from pathlib import Path

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.audit.scanning import scan
from ct_trafficking_resources.checks.findings import Severity

CASES = Path(__file__).parents[2] / "cases" / "audit"
WRONG = sorted(path for path in (CASES / "wrong").iterdir() if path.suffix != ".findings")
RIGHT = sorted((CASES / "right").iterdir())


def _lines(findings):
    return [
        f"{one.place.line}:{one.place.column} {one.rule} {' '.join(one.found.split())}"
        for one in findings
    ]


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.name)
def test_a_wrong_form_gets_its_findings(path):
    expected = Path(f"{path}.findings").read_text(encoding="utf-8").splitlines()
    assert _lines(ctr.audit_text(path.read_text(encoding="utf-8"))) == expected


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: path.name)
def test_a_right_form_gets_none(path):
    assert ctr.audit_text(path.read_text(encoding="utf-8")) == ()


@pytest.mark.parametrize("path", [*WRONG, *RIGHT], ids=lambda path: path.name)
def test_a_scan_says_the_same_as_an_audit_of_the_text(path):
    findings = ctr.audit_text(path.read_text(encoding="utf-8"), name=str(path))
    assert tuple(scan([path])) == findings


def test_eleven_mistakes_in_an_app_are_eleven_findings():
    found = [
        f"{Path(one.place.file).relative_to(CASES / 'apps' / 'eleven').as_posix()}:"
        f"{one.place.line}:{one.place.column} {one.rule} {one.found}"
        for one in scan([CASES / "apps" / "eleven"])
    ]
    expected = (CASES / "apps" / "eleven.findings").read_text(encoding="utf-8").splitlines()
    assert sorted(found) == expected
    assert len(found) == 11


def test_an_app_without_mistakes_has_no_findings():
    assert tuple(scan([CASES / "apps" / "clean"])) == ()


def test_what_replaces_a_finding_makes_the_app_clean():
    for path in (CASES / "apps" / "eleven").rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            for one in reversed(ctr.audit_text(text)):
                text = text.replace(one.found, one.replacement or "")
            assert ctr.audit_text(text) == ()


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.name)
def test_the_expression_of_a_finding_gives_what_is_right(path):
    for one in ctr.audit_text(path.read_text(encoding="utf-8")):
        if one.expression is not None:
            value = eval(one.expression, {"ctr": ctr})  # noqa: S307 - our own words
            assert value in one.hint
            assert one.replacement in {None, value}


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.name)
def test_a_finding_names_the_place_of_its_text(path):
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    for one in ctr.audit_text(text):
        place = one.place
        rest = "\n".join(lines[place.line - 1 :])[place.column - 1 :]
        assert rest.startswith(one.found)
        end = "\n".join(
            [*lines[: place.end_line - 1], lines[place.end_line - 1][: place.end_column - 1]]
        )
        assert end.endswith(one.found)


def test_every_misprint_and_retired_value_is_found(directory):
    missed = []
    for one in (*directory.misprints, *directory.tombstones):
        value = one.wrong if hasattr(one, "wrong") else one.value
        if value is None or value.value in {"233733", *NEEDS_MORE}:
            continue
        name = getattr(directory.get(one.record or "", None), "name", "")
        text = f"{name} in Connecticut, police, trafficking, text to {value.value}"
        if not any(finding.rule.startswith(("CTR41", "CTR42")) for finding in ctr.audit_text(text)):
            missed.append(one.id)
    assert missed == []


NEEDS_MORE = {
    # Said in words that stand for a whole page; the forms that were printed are found.
    "(203) 729-5221 as the New Haven Police Department",
    "Childhelp as a line for reporting child abuse",
}


def test_a_number_under_the_name_of_a_service_it_belongs_to_is_never_wrong(directory):
    for channel in directory.channels:
        for contact in channel.contacts:
            text = f"{channel.name}: {contact.display}"
            assert ctr.audit_text(text) == (), text


def test_all_right_values_together_are_right(directory):
    records = [*directory.channels, *directory.organizations]
    text = "\n\n".join(
        f"{record.name}\n" + "\n".join(f"- {one.display} ({one.uri})" for one in record.contacts)
        for record in records
    )
    assert [one for one in ctr.audit_text(text) if one.severity != Severity.NOTE] == []
