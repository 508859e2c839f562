"""Files that partners send, and files that nobody should."""

from __future__ import annotations

import builtins
import json
import os
import threading
import time
from pathlib import Path

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.strict_json import Limits as JsonLimits
from ct_trafficking_resources.errors import MissingExtra
from ct_trafficking_resources.updates import form, reading, tables
from ct_trafficking_resources.updates.reading import Form, Limits, read
from ct_trafficking_resources.updates.template import template

CASES = Path(__file__).parents[2] / "cases" / "updates"
FILES = CASES / "files"
EXPECTED = json.loads((CASES / "files.json").read_text(encoding="utf-8"))
BASE = json.loads((FILES / "base.json").read_text(encoding="utf-8"))


def test_every_file_has_an_expectation():
    assert {file.name for file in FILES.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("from_bytes", [False, True])
def test_a_file_gets_the_findings_it_must(name, from_bytes):
    source = (FILES / name).read_bytes() if from_bytes else FILES / name
    submission = read(source, name=name)
    expected = EXPECTED[name]
    assert [f"{one.place}: {one.severity} {one.rule}" for one in submission.findings] == expected[
        "findings"
    ]
    stored = [f"{one.place}: {one.typed} -> {one.stored}" for one in submission.stored_forms]
    assert stored == expected.get("stored", [])
    if expected["document"] is None:
        assert submission.document is None
    else:
        assert (submission.document == BASE) == (expected["document"] == "as base.json")
    has_error = any("error" in one for one in expected["findings"])
    assert submission.ok is not has_error


@pytest.mark.parametrize("name", EXPECTED)
def test_a_finding_says_what_is_wrong_and_what_to_do(name):
    for finding in read(FILES / name, name=name).findings:
        for text in (finding.message, finding.hint):
            assert text == text.strip()
            assert text[-1] in ".?)" or text.endswith("`")
            assert text.isascii()
            assert text.isprintable()
            assert len(text) < 400


def test_what_is_typed_is_stored_in_our_form():
    document = read(FILES / "typed-numbers.json").document
    office, careline = document["records"][0]["contacts"][0], document["records"][1]["contacts"][0]
    assert (office["value"], office["display"], office["extension"]) == (
        "+12035552368",
        "203-555-2368",
        "4",
    )
    assert (careline["value"], careline["display"]) == ("+18008422288", "1-800-842-2288")


def test_one_digit_changed_in_a_spreadsheet_is_found_by_its_cell():
    submission = read(FILES / "careline-one-digit.xlsx")
    assert submission.document["records"][1]["contacts"][0]["value"] == "+18008422289"
    place = submission.places.of("/records/1/contacts/0/value")
    assert (place.sheet, place.cell) == ("Contacts", "D4")


@pytest.mark.parametrize(
    ("drawn_from", "is_due"),
    [
        ("2026.9.1", False),
        ("2026.11.0", False),
        ("2026.12.0", True),
        ("2027.1.0", True),
        ("soon", False),  # refused for that, as is told below
        ("", False),
    ],
)
def test_only_a_form_that_is_older_than_a_column_may_lack_it(monkeypatch, drawn_from, is_due):
    new = form.Column("Motto", ("motto",), "What it says of itself.", since="2026.12.0")
    changed = form.ORGANIZATION._replace(columns=(*form.ORGANIZATION.columns, new))
    several = [changed if one is form.ORGANIZATION else one for one in form.TABLES]
    monkeypatch.setattr(tables, "TABLES", several)
    text = (FILES / "base.csv").read_text(encoding="utf-8-sig")
    submission = read(text.replace("2026.11.0", drawn_from).encode(), name="base.csv")
    said = [(one.rule, one.message) for one in submission.findings]
    lacks = ("CTR043", "The table Organization lacks: Motto.")
    assert (lacks in said) is is_due


@pytest.mark.parametrize("drawn_from", ["soon", "2026.12", ""])
def test_a_form_that_names_no_edition_is_refused_whatever_it_lacks(drawn_from):
    text = (FILES / "base.csv").read_text(encoding="utf-8-sig")
    data = text.replace("2026.11.0", drawn_from).encode()
    assert not ctr.check_update(data, name="base.csv").ok


def test_every_value_of_a_table_has_its_cell():
    submission = read(FILES / "base.csv", name="base.csv")
    places = {
        "/role": "base.csv:12 cell C12 /role",
        "/sources/0/url": "base.csv:16 cell A16 /sources/0/url",
        "/records/0/contacts/1/kind": "base.csv:22 cell D22 /records/0/contacts/1/kind",
        "/records/0/contacts/1": "base.csv:22 cell A22 /records/0/contacts/1",
        "/records/0/contacts/1/hours/periods/0": (
            "base.csv:22 cell O22 /records/0/contacts/1/hours/periods/0"
        ),
        "/records/1/name": "base.csv:31 cell B31 /records/1/name",
        "/nowhere": "base.csv /nowhere",
        "": "base.csv",
    }
    assert {pointer: str(submission.places.of(pointer)) for pointer in places} == places


def test_every_value_of_json_has_its_line_and_column():
    submission = read(FILES / "base.json", name="base.json")
    assert str(submission.places.of("/records/1/id")) == "base.json:72:13 /records/1/id"
    assert str(submission.places.of("/role/x")) == "base.json:5:11 /role/x"
    assert str(submission.places.of("/records/9")) == "base.json:23:14 /records/9"


def test_a_file_that_was_not_read_has_no_places_but_itself():
    assert str(read(b"{", name="x.json").places.of("/role")) == "x.json /role"


def test_a_row_that_was_emptied_is_taken_out():
    document = read(FILES / "row-emptied.csv").document
    assert document["records"][0]["contacts"] == BASE["records"][0]["contacts"][1:]


def test_a_row_that_was_added_gets_an_id_of_its_own():
    contacts = read(FILES / "row-added.csv").document["records"][0]["contacts"]
    assert contacts[:-1] == BASE["records"][0]["contacts"]
    assert contacts[-1] == {
        "id": "voice-2",
        "mode": "voice",
        "kind": "e164",
        "value": "+18605508255",
        "display": "860-550-8255",
        "vanity": "860-550-TALK",
        "purposes": ["general-information", "training"],
    }


def test_a_submission_knows_its_form_and_its_digest():
    submission = read(FILES / "base.json")
    assert submission.form is Form.JSON
    assert submission.name == str(FILES / "base.json")
    assert len(submission.sha256) == 64
    assert read(b"").form is None
    assert submission == read(FILES / "base.json")


# --- the file system ---------------------------------------------------------


def only(submission):
    (finding,) = submission.findings
    assert submission.document is None
    assert finding.severity is Severity.ERROR
    return finding


def test_a_folder_is_refused(tmp_path):
    assert only(read(tmp_path)).message == "This is a folder, not a file."


def test_a_file_that_is_not_there_is_refused(tmp_path):
    finding = only(read(tmp_path / "nothing.json"))
    assert (finding.rule, finding.message) == (
        "CTR010",
        "The file cannot be read: No such file or directory.",
    )


def test_a_name_that_cannot_be_is_refused():
    assert only(read("a\0b.json")).rule == "CTR010"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    assert only(read(tmp_path / "pipe.json")).message == "This is a pipe, not a file."


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices on this system")
def test_a_device_is_refused():
    assert only(read("/dev/zero")).message == "This is a device, not a file."


@pytest.mark.skipif(os.name == "nt", reason="rights differ on this system")
def test_a_file_without_permission_is_refused(tmp_path):
    file = tmp_path / "form.json"
    file.write_bytes(b"{}")
    file.chmod(0)
    if os.access(file, os.R_OK):  # the superuser may read it; another user is asked
        status = os.fork()
        if status == 0:
            os.seteuid(65534)
            os._exit(0 if read(file).findings[0].rule == "CTR010" else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(status, 0)[1]) == 0
    else:
        assert only(read(file)).rule == "CTR010"


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "form.json"
    file.write_bytes(b"{}" * 1000)
    real = os.read

    def slow(handle, size):
        data = real(handle, size)
        with file.open("ab") as writer:
            writer.write(b"{}")
        return data

    monkeypatch.setattr(reading.os, "read", slow)
    assert only(read(file, limits=Limits(size=3000))).rule == "CTR011"


def test_a_file_that_someone_else_is_writing_never_hangs(tmp_path):
    file = tmp_path / "form.json"
    file.write_bytes(b"{")
    stop = threading.Event()

    def write():
        with file.open("ab", buffering=0) as writer:
            while not stop.is_set():
                writer.write(b" " * 1000)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        started = time.monotonic()
        rules = {one.rule for one in read(file).findings}
        assert time.monotonic() - started < 30
    finally:
        stop.set()
        writer.join()
    assert rules <= {"CTR001", "CTR004", "CTR011"}
    assert rules


def test_a_disk_that_fails_is_a_finding(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(5, "Input/output error")

    file = tmp_path / "form.json"
    file.write_bytes(b"{}")
    monkeypatch.setattr(reading.os, "read", fail)
    assert only(read(file)).message == "The file cannot be read: Input/output error."


def test_an_empty_file_is_refused(tmp_path):
    (tmp_path / "form.json").touch()
    assert only(read(tmp_path / "form.json")).rule == "CTR013"


# --- limits -------------------------------------------------------------------


def test_a_file_at_the_limit_is_read_and_one_byte_more_is_not(tmp_path):
    data = (FILES / "base.json").read_bytes()
    file = tmp_path / "form.json"
    file.write_bytes(data)
    assert read(file, limits=Limits(size=len(data))).ok
    assert read(data, limits=Limits(size=len(data))).ok
    assert only(read(file, limits=Limits(size=len(data) - 1))).rule == "CTR001"
    assert only(read(data, limits=Limits(size=len(data) - 1))).rule == "CTR001"


@pytest.mark.parametrize(
    ("name", "limits", "rule"),
    [
        ("base.csv", Limits(rows=1), "CTR044"),
        ("base.csv", Limits(columns=23), "CTR044"),
        ("base.csv", Limits(cell=20), "CTR008"),
        ("base.xlsx", Limits(rows=2), "CTR044"),
        ("base.xlsx", Limits(columns=23), "CTR044"),
        ("base.xlsx", Limits(parts=5), "CTR030"),
        ("base.xlsx", Limits(unpacked=1000), "CTR030"),
        ("base.xlsx", Limits(elements=1000), "CTR030"),
        ("base.json", Limits(json=JsonLimits(depth=3)), "CTR003"),
        ("base.json", Limits(json=JsonLimits(keys=6)), "CTR009"),
        ("base.json", Limits(json=JsonLimits(items=1)), "CTR009"),
        ("base.json", Limits(json=JsonLimits(string=20)), "CTR008"),
        ("base.json", Limits(json=JsonLimits(size=20)), "CTR001"),
    ],
)
def test_limits_can_be_set(name, limits, rule):
    assert rule in {one.rule for one in read(FILES / name, limits=limits).findings}


def test_only_so_many_findings_are_shown():
    findings = read(FILES / "cells-not-readable.csv", limits=Limits(findings=2)).findings
    assert [one.rule for one in findings] == ["CTR033", "CTR033", "CTR015"]
    assert findings[-1].severity is Severity.NOTE


def test_the_part_that_packs_too_well_is_told_from_the_sum():
    message = read(FILES / "zip-bomb.xlsx").findings[0].message
    assert "times its size" in message
    message = read(FILES / "unpacks-to-much.xlsx").findings[0].message
    assert "unpacks to" in message


def test_sheets_ten_times_the_form_are_read():
    assert read(FILES / "base.xlsx", limits=Limits(ratio=20)).ok


# --- without openpyxl ----------------------------------------------------------


@pytest.fixture
def no_openpyxl(monkeypatch):
    real = builtins.__import__

    def refuse(name, *rest):
        if name == "openpyxl":
            raise ModuleNotFoundError("No module named 'openpyxl'", name=name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)


@pytest.mark.usefixtures("no_openpyxl")
def test_without_openpyxl_a_spreadsheet_asks_for_the_extra():
    with pytest.raises(MissingExtra, match=r"ct-trafficking-resources\[xlsx\]"):
        read(FILES / "base.xlsx")
    with pytest.raises(MissingExtra, match="use the form as"):
        template("pd-bridgeport", "xlsx")


@pytest.mark.usefixtures("no_openpyxl")
def test_without_openpyxl_everything_else_is_read():
    assert read(FILES / "base.csv").ok
    assert read(FILES / "base.json").ok
