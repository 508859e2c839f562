"""Read by the csv module, and by LibreOffice where it is installed."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.exports.csv import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

OFFICE = shutil.which("soffice")
HOSTILE = [
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\uff1d1+1",
    'a";=1+1;"',
    "a,=1+1",
    "a;=1+1",
    "a\t=1+1",
    "a\r\n=1+1",
    "'=1+1",
    "''quoted",
    "0123",
    "007",
    '=HYPERLINK("https://evil.example","x")',
]


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def taken_back(cell: str) -> str:
    """Return a cell as it was: the recipe of docs/exports.md."""
    return cell.removeprefix("'")


def hostile_edition(changed, text):
    def change(document):
        document["channels"][2].update(name=text, short_name=text)
        contact = document["channels"][2]["contacts"][0]
        contact.update(display=text, label=text, note=text, menu=text, keyword=text, vanity=text)
        contact["evidence"]["sources"][0]["url"] = text
        document["edition"] = text

    return changed(change)


@pytest.mark.parametrize("edition", ["sample", "fictional"])
def test_there_is_one_row_a_contact_point(edition, fictional):
    directory = fictional if edition == "fictional" else ctr.load()
    rows = read(ctr.export("csv", directory))
    assert [(row["record_id"], row["contact_id"]) for row in rows] == [
        (record.id, contact.id)
        for record in (*directory.channels, *directory.organizations, *directory.task_forces)
        for contact in record.contacts
    ]
    assert all(tuple(row) == COLUMNS and None not in row.values() for row in rows)


@pytest.mark.parametrize("edition", ["sample", "fictional"])
def test_what_is_read_back_is_what_the_directory_holds(edition, fictional):
    directory = fictional if edition == "fictional" else ctr.load()
    for row in read(ctr.export("csv", directory)):
        record = directory[row["record_id"]]
        contact = record.contact(row["contact_id"])
        back = {column: taken_back(cell) for column, cell in row.items()}
        assert back["contact"] == contact.display
        assert back["link"] == contact.uri
        assert back["record_name"] == record.name
        assert back["extension"] == (contact.extension or "")
        assert back["note"] == (contact.note or "")


def test_a_number_is_written_as_people_write_it(fictional):
    rows = read(ctr.export("csv", fictional, records="national-human-trafficking-hotline"))
    assert [row["contact"] for row in rows[:2]] == ["1-800-555-0199", "233733"]
    expected = {
        "record_kind": "help-channel",
        "record_id": "national-human-trafficking-hotline",
        "record_name": "Example Line",
        "contact_id": "voice",
        "mode": "voice",
        "contact": "1-800-555-0199",
        "link": "tel:+18005550199",
        "label": "",
        "extension": "",
        "keyword": "",
        "vanity": "1-800-EXAMPLE",
        "menu": "press 2 for Spanish",
        "hours": "24 hours a day, every day",
        "languages": "en es",
        "interpreters": "Interpreters: Spanish, at least 200 languages.",
        "purposes": "trafficking-help trafficking-report",
        "audiences": "victim public mandated-reporter",
        "places": "United States",
        "answered_by": "nonprofit",
        "tips_only": "no",
        "immigration_enforcement": "no",
        "note": "Toll-free.",
        "evidence_level": "corroborated",
        "evidence_up_to": "2026-07-01",
        "source": "https://example.org/page",
        "edition": "2030.1.0",
    }
    assert {column: rows[0][column] for column in expected} == expected


def test_a_purpose_of_the_contact_point_comes_before_the_channels(changed, fictional):
    def change(document):
        document["channels"][1]["contacts"][0]["purposes"] = ["training"]

    assert read(ctr.export("csv", changed(change)))[1]["purposes"] == "training"
    police = read(ctr.export("csv", fictional, records="example-police"))
    assert [row["purposes"] for row in police] == ["police-non-emergency", "crime-tips"]
    assert {row["audiences"] for row in police} == {""}


def test_digits_whose_leading_zero_would_be_lost_get_an_apostrophe(fictional):
    rows = read(ctr.export("csv", fictional, records="example-agency"))
    assert [row["extension"] for row in rows] == ["", "", "'012", "", ""]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_starts_with_what_a_spreadsheet_would_run(text, changed):
    rows = read(ctr.export("csv", hostile_edition(changed, text)))
    for row in rows:
        for cell in row.values():
            assert not re.match(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]", cell), cell
    (row,) = (row for row in rows if row["record_id"] == "example-local")
    assert (
        re.sub(r"\s+", " ", taken_back(row["label"])).strip()
        == re.sub(r"[\s\ufeff\u200b]+", " ", text).strip()
    )


def test_every_cell_is_quoted_and_every_row_ends_with_crlf(fictional):
    text = ctr.export("csv", fictional)
    assert text.endswith('"\r\n')
    assert all(line[0] == line[-1] == '"' for line in text.removesuffix("\r\n").split("\r\n"))


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("separators", ["44,34,76", "44/59/9,34,76"])
def test_libreoffice_finds_no_formula(separators, changed, tmp_path: Path):
    def change(document):
        contacts = document["channels"][2]["contacts"]
        for number, text in enumerate(HOSTILE):
            contacts.append({**contacts[0], "id": f"c{number}", "label": text, "note": text})

    (tmp_path / "export.csv").write_text(
        ctr.export("csv", changed(change)), encoding="utf-8", newline=""
    )
    # Comma, or comma, semicolon and tab; double quotes; UTF-8.
    subprocess.run(
        [
            OFFICE,
            "--headless",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            f"--infilter=CSV:{separators}",
            *("--convert-to", "fods", "--outdir", str(tmp_path), str(tmp_path / "export.csv")),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    sheet = (tmp_path / "export.fods").read_text(encoding="utf-8")
    assert "1-800-555-0199" in sheet
    assert "Example Line" in sheet
    assert "table:formula" not in sheet
    assert sheet.count("<table:table-row") >= len(HOSTILE)
