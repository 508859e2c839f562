"""From the records folder to the shipped files."""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources import schemas, strict_json
from ct_trafficking_resources.publishing import build
from ct_trafficking_resources.publishing.folder import FOLDERS, read

ROOT = Path(__file__).parents[2]
SHIPPED = Path(ctr.__file__).parent / "data"
CASES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "tests" / "cases" / "publishing").glob("*.json"))
}


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def make(records: Path, data: Path) -> dict[str, bytes]:
    result = build.build(records, data)
    assert result.findings == ()
    build.write(result.shipped, data)
    return files(data)


# --- what is shipped ----------------------------------------------------------------


def test_what_is_shipped_is_what_the_records_give():
    result = build.build(ROOT / "records", SHIPPED)
    assert result.findings == ()
    assert build.differences(result.shipped, SHIPPED) == ()


def test_building_twice_gives_the_same_bytes(records, data, tmp_path):
    once = make(records, data)
    assert make(records, data) == once
    assert make(records, tmp_path / "other") == once
    assert set(once) >= {
        "editions/2031.2.0.json",
        "index.json",
        "misprints.json",
        "tombstones.json",
    }


def test_nothing_but_the_shipped_files_is_left_behind(records, data):
    assert not [name for name in make(records, data) if Path(name).name.startswith(".")]


def test_the_index_names_the_bytes_of_the_edition(records, data):
    built = make(records, data)
    edition = built["editions/2031.2.0.json"]
    entry = json.loads(built["index.json"])["editions"][-1]
    assert entry["sha256"] == hashlib.sha256(edition).hexdigest()
    assert entry["crc32"] == f"{zlib.crc32(edition):08x}"
    assert entry["number"] == "2031.2.0"
    header = json.loads((records / "edition.json").read_text(encoding="utf-8"))
    for key in ("released", "review_by", "status"):
        assert entry[key] == header[key]


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("editions/2031.2.0.json", "edition"),
        ("index.json", "index"),
        ("tombstones.json", "tombstones"),
        ("misprints.json", "misprints"),
    ],
)
def test_a_shipped_file_fits_its_schema(records, data, name, schema):
    text = strict_json.read(make(records, data)[name], name)
    assert text.findings == ()
    assert schemas.check(schema, text) == ()
    assert text.document["license"] == "CC0-1.0"


def test_an_edition_holds_every_record_and_nothing_that_is_held(records, data, example):
    edition = json.loads(make(records, data)["editions/2031.2.0.json"])
    held = [
        one for name in ("task_forces", "organizations", "channels", "laws") for one in edition[name]
    ]
    assert {one["id"]: one for one in held} == example["records"]
    assert "example-held-law" not in str(edition)


def test_channels_stand_by_rank_and_everything_else_by_name(records, data, example):
    name = records / "channels" / "711-relay.json"
    name.write_text(
        name.read_text(encoding="utf-8").replace('"rank": 200', '"rank": 30'), encoding="utf-8"
    )
    edition = json.loads(make(records, data)["editions/2031.2.0.json"])
    assert [one["id"] for one in edition["channels"]] == [
        "911-connecticut",
        "national-human-trafficking-hotline",
        "711-relay",  # of one rank, by id
        "example-line",
        "example-helpline",
        "example-shared-line",
        "example-tips",
    ]
    assert [one["name"] for one in edition["organizations"]] == [
        "Example Federal Agency",
        "Example Nonprofit",
        "Example Police Department",
    ]


def test_names_are_sorted_without_regard_to_capitals(records, data):
    name = records / "organizations" / "example-police.json"
    name.write_text(
        name.read_text(encoding="utf-8").replace('"name": "Example Police', '"name": "eXAMPLE M', 1),
        encoding="utf-8",
    )
    edition = json.loads(make(records, data)["editions/2031.2.0.json"])
    assert [one["id"] for one in edition["organizations"]] == [
        "example-agency",
        "example-police",
        "example-nonprofit",
    ]


def test_an_edition_has_one_record_a_line(records, data):
    lines = make(records, data)["editions/2031.2.0.json"].decode().splitlines()
    assert sum(line.startswith('{"kind":"') for line in lines) == 12
    assert any(line.startswith('{"kind":"law","id":"example-law"') for line in lines)


def test_the_index_lists_what_must_never_be_shown(records, data):
    index = json.loads(make(records, data)["index.json"])
    assert index["revoked"] == ["e164:+12035552999", "host:old-example.org"]


def test_the_history_is_shipped_sorted_by_id(records, data, example):
    built = make(records, data)
    for name in ("tombstones", "misprints"):
        shipped = json.loads(built[f"{name}.json"])["records"]
        assert [one["id"] for one in shipped] == sorted(example[name])
        assert {one["id"]: one for one in shipped} == example[name]


def test_editions_that_are_shipped_already_stay_in_the_index(records, data):
    make(records, data)
    header = records / "edition.json"
    text = header.read_text(encoding="utf-8")
    for number in ("2031.10.0", "2031.2.1"):
        header.write_text(text.replace("2031.2.0", number), encoding="utf-8")
        built = make(records, data)
    numbers = [one["number"] for one in json.loads(built["index.json"])["editions"]]
    assert numbers == ["2031.2.0", "2031.2.1", "2031.10.0"]  # as numbers, not as text
    assert {f"editions/{number}.json" for number in numbers} <= built.keys()


def test_what_was_built_can_be_loaded(records, data):
    built = make(records, data)
    digest = hashlib.sha256(built["editions/2031.2.0.json"]).hexdigest()
    directory = ctr.load(data / "editions" / "2031.2.0.json", sha256=digest)
    assert directory.pin == f"2031.2.0@sha256:{digest}"
    assert directory["example-line"].voice.uri == "tel:+12035552001"


# --- checking -----------------------------------------------------------------------


def test_a_check_finds_a_file_that_differs_or_is_gone(records, data):
    make(records, data)
    result = build.build(records, data)
    assert build.differences(result.shipped, data) == ()
    with (data / "misprints.json").open("ab") as file:
        file.write(b"\n")
    (data / "editions" / "2031.2.0.json").unlink()
    found = build.differences(result.shipped, data)
    assert [(one.rule, one.place.file) for one in found] == [
        ("CTR104", str(data / "editions" / "2031.2.0.json")),
        ("CTR104", str(data / "misprints.json")),
    ]
    assert {one.hint for one in found} == {"Run `ct-resources build` and commit what it writes."}


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_file_gets_its_findings_and_nothing_is_built(name, records, data):
    edit(records, CASES[name]["edits"])
    result = build.build(records, data)
    assert result.shipped is None
    found = sorted(result.findings, key=lambda one: (one.place.file, one.place.pointer, one.rule))
    assert [
        {
            "rule": one.rule,
            "file": Path(one.place.file).relative_to(records).as_posix(),
            "line": one.place.line,
            "pointer": one.place.pointer,
        }
        for one in found
    ] == [
        {key: one[key] for key in ("rule", "file", "line", "pointer")}
        for one in CASES[name]["findings"]
    ]
    for one, expected in zip(found, CASES[name]["findings"], strict=True):
        assert expected["says"] in one.message
        assert expected["hint"] in one.hint
        assert one.hint
        assert one.severity == "error"
    assert not data.exists()


def edit(records: Path, edits: list[dict[str, str]]) -> None:
    for one in edits:
        path = records / one["file"]
        if "text" in one:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(one["text"].encode(one.get("encoding", "utf-8"), "surrogatepass"))
        elif "copy" in one:
            path.write_bytes((records / one["copy"]).read_bytes())
        elif "find" in one:
            text = path.read_text(encoding="utf-8")
            assert one["find"] in text, one
            path.write_text(text.replace(one["find"], one["put"], 1), encoding="utf-8")
        else:
            path.unlink()


def test_every_rule_about_files_has_a_wrong_case():
    rules = {one["rule"] for case in CASES.values() for one in case["findings"]}
    assert {f"CTR00{number}" for number in range(1, 8)} - rules == {"CTR001"}  # too large for a case
    assert {"CTR100", "CTR101", "CTR102", "CTR103", "CTR105", "CTR106"} <= rules


def test_a_file_that_is_too_large_is_not_read(records, data):
    (records / "laws" / "example-law.json").write_bytes(b" " * 4_000_001)
    (finding,) = build.build(records, data).findings
    assert finding.rule == "CTR001"


# --- canonical form -----------------------------------------------------------------


def test_record_files_can_be_brought_into_canonical_form(records, data):
    before = files(records)
    for name in ("channels/example-line.json", "held/example-held-law.json", "register.json"):
        document = json.loads(before[name])
        (records / name).write_text(json.dumps(document), encoding="utf-8")
    assert {one.rule for one in build.build(records, data).findings} == {"CTR105"}
    changed = build.format_records(records)
    assert sorted(changed) == [
        "channels/example-line.json",
        "held/example-held-law.json",
        "register.json",
    ]
    assert files(records) == before
    assert build.format_records(records) == ()


def test_a_file_that_is_wrong_is_not_brought_into_form(records):
    broken = records / "laws" / "example-law.json"
    broken.write_text('{"kind": "law"}', encoding="utf-8")
    assert build.format_records(records) == ()
    assert broken.read_text(encoding="utf-8") == '{"kind": "law"}'


# --- the folder ---------------------------------------------------------------------


def test_the_folder_gives_documents_by_kind_sorted_by_id(records, example):
    folder = read(records)
    assert folder.findings == ()
    assert [one["id"] for one in folder.of("tombstones")] == sorted(example["tombstones"])
    assert [one["id"] for one in folder.of("held")] == ["example-held-law"]
    assert set(FOLDERS) >= {path.name for path in records.iterdir() if path.is_dir()}


def test_a_value_is_placed_in_its_file(records):
    place = read(records).place("laws", "example-law", "/citation")
    assert place.file == str(records / "laws" / "example-law.json")
    assert (place.line, place.pointer) == (5, "/citation")


def test_the_real_register_has_every_id_once_and_knows_no_other():
    ids = json.loads((ROOT / "records" / "register.json").read_text(encoding="utf-8"))["ids"]
    assert list(ids) == sorted(ids)
    names = {path.stem for path in (ROOT / "records").glob("*/*.json")}
    assert set(ids) == names
