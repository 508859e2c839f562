"""From the records folder to the shipped files, by the command that curators use."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ct_trafficking_resources as ctr
import example_data
import sample_data
from ct_trafficking_resources import cli
from ct_trafficking_resources.checks import schemas, strict_json
from ct_trafficking_resources.publishing import release as releasing
from ct_trafficking_resources.publishing.folder import FOLDERS, read, record_text, replace_file

ROOT = Path(__file__).parents[3]
DAY = "2026-11-23"
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

    def run(records: Path, *options: str) -> tuple[int, list[Any], str]:
        arguments = ["build", "--records", str(records), "--on", DAY, "--format", "json"]
        with pytest.raises(SystemExit) as caught:
            cli.main([*arguments, *options])
        out, err = capsys.readouterr()
        return caught.value.code, json.loads(out)["findings"], err

    return run


@pytest.fixture
def make(tmp_path):
    """Release a copy of records in which all is right; give the shipped files."""

    def make(records: Path, data: Path) -> dict[str, bytes]:
        copy = tmp_path / f"records-for-{data.name}"
        shutil.copytree(records, copy)
        changelog = tmp_path / f"{data.name}.md"
        result = releasing.release("2031.2.0", copy, data, changelog, date.fromisoformat(DAY))
        assert result.findings == ()
        releasing.write(result)
        return files(data)

    return make


# --- what is shipped ----------------------------------------------------------------


def test_the_same_records_give_the_same_bytes(make, records, data, tmp_path):
    once = make(records, data)
    assert make(records, tmp_path / "other") == once
    assert set(once) == {EDITION, "index.json", "misprints.json", "tombstones.json"}


def test_nothing_but_the_shipped_files_is_left_behind(make, records, data):
    assert not [name for name in make(records, data) if Path(name).name.startswith(".")]


def test_the_index_names_the_bytes_of_the_edition(make, records, data):
    built = make(records, data)
    entry = json.loads(built["index.json"])["editions"][-1]
    assert entry["sha256"] == hashlib.sha256(built[EDITION]).hexdigest()
    assert entry["crc32"] == f"{zlib.crc32(built[EDITION]):08x}"
    assert entry["number"] == "2031.2.0"
    edition = json.loads(built[EDITION])
    for key in ("released", "review_by", "status"):
        assert entry[key] == edition[key]


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
    example_data.edit(
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
    example_data.edit(
        records, [{"file": police, "find": "Example Police Dep", "put": "eXAMPLE M Dep"}]
    )
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


def test_what_was_released_can_be_loaded(make, records, data):
    digest = hashlib.sha256(make(records, data)[EDITION]).hexdigest()
    directory = ctr.load(data / EDITION, sha256=digest)
    assert directory.pin == f"2031.2.0@sha256:{digest}"
    assert directory["example-line"].voice.uri == "tel:+12035552001"


# --- the candidate ------------------------------------------------------------------


def test_a_build_writes_nothing(run, records, tmp_path):
    before = files(tmp_path)
    assert run(records) == (0, [], "")
    assert files(tmp_path) == before


def test_a_candidate_is_written_where_it_is_asked_for(run, records, tmp_path):
    before, candidate = files(tmp_path), tmp_path / "candidate.json"
    status, findings, err = run(records, "-o", str(candidate))
    digest = hashlib.sha256(candidate.read_bytes()).hexdigest()
    assert (status, findings) == (0, [])
    assert err == f"wrote the candidate to {candidate}, SHA-256 {digest}\n"
    assert files(tmp_path) == {**before, "candidate.json": candidate.read_bytes()}
    run(records, "-o", "again.json")
    assert (tmp_path / "again.json").read_bytes() == candidate.read_bytes()


def test_a_candidate_can_be_loaded_and_says_that_it_is_none_of_the_editions(run, records, tmp_path):
    header = json.loads((records / "edition.json").read_text(encoding="utf-8"))
    (records / "edition.json").write_text(record_text({**header, "status": "released"}))
    path = tmp_path / "candidate.json"
    assert run(records, "-o", str(path), "--on", "2027-01-05")[0] == 0
    candidate = ctr.load(path, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    assert (candidate.edition, candidate.status) == ("2031.2.999", "preview")
    assert candidate.released == date(2027, 1, 5)
    assert candidate.statement.startswith(
        "Candidate: the records on 2027-01-05, after edition 2031.2.0. It was never released."
    )
    assert candidate["example-line"].voice.uri == "tel:+12035552001"


def test_a_candidate_is_never_older_than_the_last_edition(run, records, tmp_path):
    path = tmp_path / "candidate.json"
    assert run(records, "-o", str(path), "--on", "2020-01-01")[0] == 0
    assert json.loads(path.read_bytes())["released"] == DAY


def test_a_day_that_is_far_off_is_refused(run, records):
    status, (finding,), _ = run(records, "--on", "2099-12-31")
    assert (status, finding["rule"]) == (1, "CTR546")


def test_records_that_are_wrong_give_no_candidate(run, records, tmp_path):
    example_data.edit(records, [{"file": "notes.txt", "text": ""}])
    assert run(records, "-o", str(tmp_path / "candidate.json"))[0] == 1
    assert not (tmp_path / "candidate.json").exists()


@pytest.mark.parametrize("way", ["editions/2026.11.0.json", "new.json", "below/new.json", "link"])
def test_a_candidate_is_not_written_among_what_is_shipped(records, tmp_path, capsys, way):
    data = tmp_path / "src" / "ct_trafficking_resources" / "data"
    shutil.copytree(sample_data.SAMPLE, data)
    link = tmp_path / "link.json"
    link.symlink_to(data / "index.json")
    before = files(data)
    output = link if way == "link" else data / way
    with pytest.raises(SystemExit) as caught:
        cli.main(["build", "--records", str(records), "-o", str(output)])
    assert caught.value.code == 2
    assert "Only `ct-resources release` writes there" in " ".join(capsys.readouterr().err.split())
    assert files(data) == before


# --- checking -----------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_file_gets_its_findings_and_is_left_alone(name, run, records):
    example_data.edit(records, CASES[name]["edits"])
    before = files(records)
    status, findings, err = run(records)
    assert (status, err) == (1, "")
    assert files(records) == before
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
def test_what_is_no_file_is_not_read(run, records):
    os.mkfifo(records / "laws" / "pipe.json")  # reading it would wait for ever
    (records / "laws" / "nowhere.json").symlink_to(records / "laws" / "none.json")
    status, findings, _ = run(records)
    assert (status, [one["rule"] for one in findings]) == (1, ["CTR102", "CTR102"])


def test_a_file_that_is_too_large_is_not_read(run, records):
    (records / "laws" / "example-law.json").write_bytes(b" " * 4_000_001)
    status, (finding,), _ = run(records)
    assert (status, finding["rule"]) == (1, "CTR110")


def test_findings_are_printed_for_a_person_too(capsys, records):
    example_data.edit(records, [{"file": "notes.txt", "text": ""}])
    with pytest.raises(SystemExit):
        cli.main(["build", "--records", str(records)])
    out, err = capsys.readouterr()
    assert f"{records / 'notes.txt'}: error CTR102: This file has no place" in out
    assert "Records stand in: task-forces" in out
    assert err == ""


def test_a_build_says_that_all_is_right(capsys, records, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        cli.main(["build", "--records", str(records)])
    assert capsys.readouterr() == ("Records: no findings.\n", "")


# --- canonical form -----------------------------------------------------------------

UNTIDY = ["channels/example-line.json", "held/example-held-law.json", "register.json"]


def test_record_files_can_be_brought_into_canonical_form(run, records):
    before = files(records)
    for name in UNTIDY:
        (records / name).write_text(json.dumps(json.loads(before[name])), encoding="utf-8")
    status, findings, _ = run(records)
    assert status == 1
    assert {one["rule"] for one in findings} == {"CTR105"}
    assert len(findings) == 3
    status, findings, err = run(records, "--format-records")
    assert (status, findings) == (0, [])
    assert sorted(err.splitlines()) == [f"rewrote {name}" for name in UNTIDY]
    assert files(records) == before
    assert run(records, "--format-records") == (0, [], "")


def test_a_file_that_is_wrong_is_not_brought_into_form(run, records):
    broken = records / "laws" / "example-law.json"
    broken.write_text('{"kind": "law"}', encoding="utf-8")
    assert run(records, "--format-records")[0] == 1
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


def test_a_file_that_cannot_be_written_is_named_itself(tmp_path):
    target = tmp_path / "edition.json"
    target.mkdir()
    with pytest.raises(OSError, match=re.escape(f"'{target}'")) as caught:
        replace_file(target, b"{}")
    assert caught.value.filename == str(target)
    assert [one.name for one in tmp_path.iterdir()] == ["edition.json"]
