"""Every form says everything, and no text from outside can break out of it."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest
from hypothesis import given, strategies as st
from jsonschema import Draft4Validator

from ct_trafficking_resources.checks import reports
from ct_trafficking_resources.checks.findings import Finding, Place, Severity
from ct_trafficking_resources.errors import UnknownTerm

anything = st.text(st.characters(), max_size=30)
numbers = st.none() | st.integers(1, 10**6)
findings = st.builds(
    Finding,
    rule=st.just("CTR999"),
    severity=st.sampled_from(Severity),
    place=st.builds(
        Place,
        file=anything,
        pointer=anything,
        line=numbers,
        column=numbers,
        end_line=numbers,
        end_column=numbers,
        sheet=st.none() | anything,
        cell=st.none() | anything,
    ),
    message=anything,
    hint=anything,
    found=st.none() | anything,
    replacement=st.none() | anything,
    expression=st.none() | anything,
)


def test_text_has_a_line_that_editors_turn_into_a_link(finding):
    first, hint, expression, last, end = reports.text([finding], title="Audit").split("\n")
    assert first.startswith("app/pages/help me.html:3:7: error CTR411: ")
    assert hint == "    Use 1-888-373-7888."
    assert expression == "    ctr.load().hotline.voice.display"
    assert last == "Audit: 1 error."
    assert end == ""


def test_text_says_so_when_there_is_nothing():
    assert reports.text([]) == "Findings: no findings.\n"


def test_text_counts_by_severity(finding, pointed):
    assert reports.text([finding, finding, pointed]).endswith("Findings: 2 errors, 1 note.\n")


def test_json_holds_every_field_that_is_set(finding):
    document = json.loads(reports.json_text([finding], title="Audit"))
    assert document["title"] == "Audit"
    assert document["counts"] == {"error": 1, "warning": 0, "note": 0}
    assert document["findings"] == [
        {
            "rule": "CTR411",
            "severity": "error",
            "place": {
                "file": "app/pages/help me.html",
                "line": 3,
                "column": 7,
                "end_line": 3,
                "end_column": 21,
            },
            "message": "'1-800-373-7888' is a misprint.",
            "hint": "Use 1-888-373-7888.",
            "found": "1-800-373-7888",
            "record": "national-human-trafficking-hotline",
            "replacement": "1-888-373-7888",
            "expression": "ctr.load().hotline.voice.display",
        }
    ]


def test_github_escapes_what_ends_a_property(finding, pointed):
    finding = attrs.evolve(finding, place=attrs.evolve(finding.place, file="a,b:c%.html"))
    error, notice = reports.github([finding, pointed]).splitlines()
    assert error == (
        "::error file=a%2Cb%3Ac%25.html,line=3,col=7,endLine=3,endColumn=21,title=CTR411"
        "::'1-800-373-7888' is a misprint. Use 1-888-373-7888."
    )
    assert notice == (
        r"::notice file=caf\udce9.json,title=CTR999::/contacts/0: "
        r"Line one.\nLine | two. Do 100%25 of it, then: stop."
    )


def test_github_is_silent_when_there_is_nothing():
    assert reports.github([]) == ""


def test_markdown_is_a_table(finding, pointed):
    text = reports.markdown([finding, pointed], title="Audit").split("\n")
    assert text[:6] == [
        "## Audit",
        "",
        "1 error, 1 note.",
        "",
        "| severity | rule | place | what is wrong | what to do |",
        "| --- | --- | --- | --- | --- |",
    ]
    assert text[6].startswith("| error | CTR411 | app/pages/help me.html:3:7 | '1-800-373-7888'")
    assert r"Line one.\\nLine \| two." in text[7]
    assert text[8:] == [""]


def test_markdown_without_findings_has_no_table():
    assert reports.markdown([]) == "## Findings\n\nNo findings.\n"


def test_sarif_says_where_what_and_how_to_mend_it(finding):
    run = json.loads(reports.sarif([finding], title="Audit"))["runs"][0]
    result = run["results"][0]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {
        "uri": "app/pages/help%20me.html",
        "uriBaseId": "%SRCROOT%",
    }
    assert place["region"] == {"startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 21}
    assert run["columnKind"] == "unicodeCodePoints"
    assert result["level"] == "error"
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "CTR411"
    replacement = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement["insertedContent"] == {"text": "1-888-373-7888"}
    assert replacement["deletedRegion"] == place["region"]


def test_sarif_describes_the_rules_of_its_findings(finding):
    other = attrs.evolve(finding, rule="CTR231")
    log = json.loads(reports.sarif([finding, other, finding]))["runs"][0]
    described = log["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == ["CTR231", "CTR411"]
    assert [result["ruleIndex"] for result in log["results"]] == [1, 0, 1]
    assert described[0] == {
        "id": "CTR231",
        "shortDescription": {
            "text": "911 and the national hotline are there, by voice and the hotline also by text."
        },
        "fullDescription": {"text": "A card is never empty."},
        "help": {"text": "A card is never empty."},
        "defaultConfiguration": {"level": "error"},
    }


def test_sarif_of_a_finding_without_region_or_described_rule(pointed):
    result = json.loads(reports.sarif([pointed]))["runs"][0]["results"][0]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "/contacts/0"}]
    assert "ruleIndex" not in result
    assert "fixes" not in result


def test_sarif_names_an_absolute_file_by_its_address(finding):
    finding = attrs.evolve(finding, place=Place(file=str(Path("/srv/a b.html").absolute())))
    result = json.loads(reports.sarif([finding]))["runs"][0]["results"][0]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact["uri"].startswith("file:///")
    assert artifact["uri"].endswith("/a%20b.html")


OFFICIAL = Path(__file__).parents[2] / "cases" / "official"
SARIF = Draft4Validator(
    json.loads((OFFICIAL / "sarif-2.1.0" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
)


def test_sarif_keeps_to_its_official_schema(finding, pointed):
    SARIF.validate(json.loads(reports.sarif([finding, pointed])))


@given(findings)
def test_sarif_of_anything_keeps_to_its_official_schema(finding):
    SARIF.validate(json.loads(reports.sarif([finding])))


def test_sarif_names_a_cell_once_that_is_written_like_its_pointer(finding):
    same = attrs.evolve(finding, place=Place(file="a.csv", cell="/0", pointer="/0"))
    log = json.loads(reports.sarif([same]))
    SARIF.validate(log)
    (location,) = log["runs"][0]["results"][0]["locations"]
    assert location["logicalLocations"] == [{"fullyQualifiedName": "/0"}]


def test_the_official_schema_of_sarif_finds_what_is_wrong(finding):
    log = json.loads(reports.sarif([finding]))
    log["runs"][0]["results"][0]["level"] = "loud"
    assert not SARIF.is_valid(log)


@pytest.mark.parametrize("form", reports.FORMS)
@given(findings=st.lists(findings, max_size=3))
def test_every_form_can_be_encoded_and_is_the_same_twice(form, findings):
    text = reports.render(form, findings)
    assert text == reports.render(form, findings)
    text.encode()


@given(findings)
def test_a_finding_takes_one_line_a_part_whatever_its_text(finding):
    parts = 2 + (finding.expression is not None)
    assert len(reports.text([finding]).splitlines()) == parts + 1
    assert len(reports.github([finding]).splitlines()) == 1
    assert len(reports.markdown([finding]).splitlines()) == 6 + 1


@given(findings)
def test_no_form_for_people_lets_a_control_character_through(finding):
    for form in ("text", "github", "markdown"):
        assert reports.render(form, [finding]).replace("\n", "").isprintable()


@pytest.mark.parametrize("form", reports.FORMS)
def test_every_form_shows_the_cell_of_a_spreadsheet(form, finding):
    place = Place(file="form.xlsx", pointer="/role", sheet="Contacts", cell="D4")
    text = reports.render(form, [attrs.evolve(finding, place=place)])
    assert "Contacts" in text
    assert "D4" in text


def test_sarif_names_the_cell_beside_the_pointer(finding):
    place = Place(file="form.xlsx", pointer="/role", sheet="Contacts", cell="D4")
    log = json.loads(reports.sarif([attrs.evolve(finding, place=place)]))
    result = log["runs"][0]["results"][0]
    names = [one["fullyQualifiedName"] for one in result["locations"][0]["logicalLocations"]]
    assert names == ["Contacts!D4", "/role"]
    assert result["message"]["text"].startswith("sheet Contacts cell D4: ")


@pytest.mark.parametrize("file", ["\udd00", "/\udd00", "caf\udce9.json"])
def test_sarif_of_a_name_with_half_a_character_can_be_written(finding, file):
    log = json.loads(reports.sarif([attrs.evolve(finding, place=Place(file=file))]))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].isascii()


def test_an_unknown_form_names_those_there_are():
    with pytest.raises(UnknownTerm, match="sarif"):
        reports.render("pdf", [])
