"""From the records folder to the shipped files, by the command that curators use."""

from __future__ import annotations

import hashlib
import json
import os
import re
import zlib
from pathlib import Path
from typing import Any

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources import cli, schemas, strict_json
from ct_trafficking_resources.publishing.files import replace_file
from ct_trafficking_resources.publishing.folder import FOLDERS, read

ROOT = Path(__file__).parents[2]
SHIPPED = Path(ctr.__file__).parent / "data"
CASES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "tests" / "cases" / "publishing").glob("*.json"))
}
EDITION = "editions/2031.2.0.json"
LEFT_TO_OTHERS = {"CTR001", "CTR002", "CTR003", "CTR004", "CTR005", "CTR006", "CTR007", "CTR100"}
"""Where exactly and in which words these find something is tested beside them."""


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """Run ``ct-resources build`` in an empty folder; give status, findings and messages."""
    monkeypatch.chdir(tmp_path)

    def run(records: Path, data: Path, *options: str) -> tuple[int, list[Any], str]:
        arguments = ["build", "--records", str(records), "--data", str(data), "--format", "json"]
        with pytest.raises(SystemExit) as caught:
            cli.main([*arguments, *options])
        out, err = capsys.readouterr()
        return caught.value.code, json.loads(out)["findings"], err

    return run


@pytest.fixture
def make(run):
    """Build records in which all is right; give the shipped files."""

    def make(records: Path, data: Path) -> dict[str, bytes]:
        assert run(records, data) == (0, [], "")
        return files(data)

    return make


def edit(records: Path, edits: list[dict[str, str]]) -> None:
    for one in edits:
        path = records / one["file"]
        if "text" in one:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(one["text"].encode(one.get("encoding", "utf-8")))
        elif "copy" in one:
            path.write_bytes((records / one["copy"]).read_bytes())
        elif "find" in one:
            text = path.read_text(encoding="utf-8")
            assert one["find"] in text, one
            path.write_text(text.replace(one["find"], one["put"], 1), encoding="utf-8")
        else:
            path.unlink()


# --- what is shipped ----------------------------------------------------------------


def test_what_is_shipped_is_what_the_records_give(run):
    before = files(SHIPPED)
    assert run(ROOT / "records", SHIPPED, "--check") == (0, [], "")
    assert files(SHIPPED) == before


def test_building_twice_gives_the_same_bytes(make, records, data, tmp_path):
    once = make(records, data)
    assert make(records, data) == once
    assert make(records, tmp_path / "other") == once
    assert set(once) >= {EDITION, "index.json", "misprints.json", "tombstones.json"}


def test_nothing_but_the_shipped_files_is_left_behind(make, records, data):
    assert not [name for name in make(records, data) if Path(name).name.startswith(".")]


def test_the_index_names_the_bytes_of_the_edition(make, records, data):
    built = make(records, data)
    entry = json.loads(built["index.json"])["editions"][-1]
    assert entry["sha256"] == hashlib.sha256(built[EDITION]).hexdigest()
    assert entry["crc32"] == f"{zlib.crc32(built[EDITION]):08x}"
    assert entry["number"] == "2031.2.0"
    header = json.loads((records / "edition.json").read_text(encoding="utf-8"))
    for key in ("released", "review_by", "status"):
        assert entry[key] == header[key]


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        (EDITION, "edition"),
        ("index.json", "index"),
        ("tombstones.json", "tombstones"),
        ("misprints.json", "misprints"),
    ],
)
def test_a_shipped_file_fits_its_schema(make, records, data, name, schema):
    text = strict_json.read(make(records, data)[name], name)
    assert text.findings == ()
    assert schemas.check(schema, text) == ()
    assert text.document["license"] == "CC0-1.0"


def test_an_edition_holds_every_record_and_nothing_that_is_held(make, records, data, example):
    edition = json.loads(make(records, data)[EDITION])
    sections = ("task_forces", "organizations", "channels", "laws")
    shipped = [one for name in sections for one in edition[name]]
    assert {one["id"]: one for one in shipped} == example["records"]
    assert "example-held-law" not in str(edition)


def test_channels_stand_by_rank_and_everything_else_by_name(make, records, data):
    edit(
        records,
        [{"file": "channels/711-relay.json", "find": '"rank": 200', "put": '"rank": 30'}],
    )
    edition = json.loads(make(records, data)[EDITION])
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


def test_names_are_sorted_without_regard_to_capitals(make, records, data):
    police = "organizations/example-police.json"
    edit(records, [{"file": police, "find": "Example Police Dep", "put": "eXAMPLE M Dep"}])
    edition = json.loads(make(records, data)[EDITION])
    assert [one["id"] for one in edition["organizations"]] == [
        "example-agency",
        "example-police",
        "example-nonprofit",
    ]


def test_an_edition_has_one_record_a_line(make, records, data):
    lines = make(records, data)[EDITION].decode().splitlines()
    assert sum(line.startswith('{"kind":"') for line in lines) == 12
    assert any(line.startswith('{"kind":"law","id":"example-law"') for line in lines)


def test_the_index_lists_what_must_never_be_shown(make, records, data):
    index = json.loads(make(records, data)["index.json"])
    assert index["revoked"] == ["e164:+12035552999", "host:old-example.org"]


def test_the_history_is_shipped_sorted_by_id(make, records, data, example):
    built = make(records, data)
    for name in ("tombstones", "misprints"):
        shipped = json.loads(built[f"{name}.json"])["records"]
        assert [one["id"] for one in shipped] == sorted(example[name])
        assert {one["id"]: one for one in shipped} == example[name]


def test_what_was_built_can_be_loaded(make, records, data):
    digest = hashlib.sha256(make(records, data)[EDITION]).hexdigest()
    directory = ctr.load(data / EDITION, sha256=digest)
    assert directory.pin == f"2031.2.0@sha256:{digest}"
    assert directory["example-line"].voice.uri == "tel:+12035552001"


# --- checking -----------------------------------------------------------------------


def test_a_check_writes_nothing(run, make, records, data):
    status, findings, _ = run(records, data, "--check")
    assert status == 1
    assert {one["rule"] for one in findings} == {"CTR104"}
    assert not data.exists()
    before = make(records, data)
    assert run(records, data, "--check") == (0, [], "")
    assert files(data) == before


def test_a_check_finds_a_file_that_differs_or_is_gone(run, make, records, data):
    make(records, data)
    with (data / "misprints.json").open("ab") as file:
        file.write(b"\n")
    (data / EDITION).unlink()
    status, findings, _ = run(records, data, "--check")
    assert status == 1
    assert sorted((one["rule"], one["place"]["file"]) for one in findings) == [
        ("CTR104", str(data / EDITION)),
        ("CTR104", str(data / "misprints.json")),
    ]
    hints = {one["hint"] for one in findings}
    assert hints == {"Run `ct-resources build` and commit what it writes."}


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_file_gets_its_findings_and_nothing_is_written(name, run, make, records, data):
    before = make(records, data)
    edit(records, CASES[name]["edits"])
    status, findings, err = run(records, data)
    assert (status, err) == (1, "")
    assert files(data) == before
    assert run(records, data, "--check")[1] == findings
    found = [
        (
            Path(one["place"]["file"]).relative_to(records).as_posix(),
            one["rule"],
            one["place"].get("pointer", ""),
            one["place"].get("line"),
            f"{one['message']} {one['hint']}",
        )
        for one in findings
    ]
    expected = CASES[name]["findings"]
    assert {row[:2] for row in found} == {(one["file"], one["rule"]) for one in expected}
    for one in expected:
        assert any(
            (file, rule) == (one["file"], one["rule"])
            and pointer.startswith(one["pointer"])
            and (line is not None or "line" not in one)
            and (line == one.get("line") or one["rule"] in LEFT_TO_OTHERS)
            and one.get("says", "") in words
            for file, rule, pointer, line, words in found
        ), one


def test_every_rule_about_files_has_a_wrong_case():
    rules = {one["rule"] for case in CASES.values() for one in case["findings"]}
    assert {"CTR002", "CTR003", "CTR004", "CTR005", "CTR006", "CTR007"} <= rules
    assert {"CTR100", "CTR101", "CTR102", "CTR103", "CTR105", "CTR106"} <= rules


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among files here")
def test_what_is_no_file_is_not_read(run, records, data):
    os.mkfifo(records / "laws" / "pipe.json")  # reading it would wait for ever
    (records / "laws" / "nowhere.json").symlink_to(records / "laws" / "none.json")
    status, findings, _ = run(records, data)
    assert (status, [one["rule"] for one in findings]) == (1, ["CTR102", "CTR102"])


def test_a_file_that_is_too_large_is_not_read(run, records, data):
    (records / "laws" / "example-law.json").write_bytes(b" " * 4_000_001)
    status, (finding,), _ = run(records, data)
    assert (status, finding["rule"]) == (1, "CTR001")


def test_findings_are_printed_for_a_person_too(capsys, records, data):
    edit(records, [{"file": "notes.txt", "text": ""}])
    with pytest.raises(SystemExit):
        cli.main(["build", "--records", str(records), "--data", str(data)])
    out, err = capsys.readouterr()
    assert f"{records / 'notes.txt'}: error CTR102: This file has no place" in out
    assert "Records stand in: task-forces" in out
    assert err == ""


def test_a_build_says_that_all_is_right(capsys, records, data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        cli.main(["build", "--records", str(records), "--data", str(data)])
    assert capsys.readouterr() == ("Records: no findings.\n", "")


# --- canonical form -----------------------------------------------------------------

UNTIDY = ["channels/example-line.json", "held/example-held-law.json", "register.json"]


def test_record_files_can_be_brought_into_canonical_form(run, records, data):
    before = files(records)
    for name in UNTIDY:
        (records / name).write_text(json.dumps(json.loads(before[name])), encoding="utf-8")
    status, findings, _ = run(records, data)
    assert status == 1
    assert {one["rule"] for one in findings} == {"CTR105"}
    assert len(findings) == 3
    status, findings, err = run(records, data, "--format-records")
    assert (status, findings) == (0, [])
    assert sorted(err.splitlines()) == [f"rewrote {name}" for name in UNTIDY]
    assert files(records) == before
    assert run(records, data, "--format-records") == (0, [], "")


def test_a_check_rewrites_no_record(run, records, data):
    law = records / "laws" / "example-law.json"
    law.write_text(json.dumps(json.loads(law.read_bytes())), encoding="utf-8")
    before = files(records)
    status, findings, err = run(records, data, "--check", "--format-records")
    assert (status, [one["rule"] for one in findings], err) == (1, ["CTR105"], "")
    assert files(records) == before


def test_a_file_that_is_wrong_is_not_brought_into_form(run, records, data):
    broken = records / "laws" / "example-law.json"
    broken.write_text('{"kind": "law"}', encoding="utf-8")
    assert run(records, data, "--format-records")[0] == 1
    assert broken.read_text(encoding="utf-8") == '{"kind": "law"}'


# --- the folder ---------------------------------------------------------------------


def test_the_folder_gives_documents_by_kind_sorted_by_id(records, example):
    folder = read(records)
    assert folder.findings == ()
    assert [one["id"] for one in folder.of("tombstones")] == sorted(example["tombstones"])
    assert [one["id"] for one in folder.of("held")] == ["example-held-law"]
    assert {path.name for path in records.iterdir() if path.is_dir()} <= FOLDERS.keys()


def test_the_folder_of_an_id_is_that_of_its_record_not_of_what_is_held(records):
    held = {"kind": "held", "id": "example-agency", "contacts": []}
    (records / "held" / "example-agency.json").write_text(json.dumps(held), encoding="utf-8")
    folder = read(records)
    assert folder.folder_of("example-agency") == "organizations"
    assert folder.folder_of("example-tips") == "channels"


def test_a_value_is_placed_in_its_file(records):
    place = read(records).place("laws", "example-law", "/citation")
    assert place.file == str(records / "laws" / "example-law.json")
    assert (place.line, place.pointer) == (5, "/citation")


def test_the_real_register_has_every_id_once_and_knows_no_other():
    ids = json.loads((ROOT / "records" / "register.json").read_text(encoding="utf-8"))["ids"]
    assert list(ids) == sorted(ids)
    assert set(ids) == {
        path.stem for name in FOLDERS for path in (ROOT / "records" / name).glob("*.json")
    }


def test_a_file_that_cannot_be_written_is_named_itself(tmp_path):
    target = tmp_path / "edition.json"
    target.mkdir()
    with pytest.raises(OSError, match=re.escape(f"'{target}'")) as caught:
        replace_file(target, b"{}")
    assert caught.value.filename == str(target)
    assert [one.name for one in tmp_path.iterdir()] == ["edition.json"]
