"""A partner's workbook, from the template to the card."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

import ct_trafficking_resources as ctr
import sample_data

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "src" / "ct_trafficking_resources"
DAY = "2026-11-24"


def tree(folder):
    """Return every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def release(run):
    """Release what was applied, under a number that comes after all others."""
    done = run("release", "2098.1.0", "--on", DAY)
    assert done.returncode == 0, done.stdout


@pytest.fixture
def checkout(tmp_path):
    """A checkout of its own: the package with the sample data, its records, the schemas."""
    shutil.copytree(PACKAGE, tmp_path / "src" / PACKAGE.name)
    data = tmp_path / "src" / PACKAGE.name / "data"
    shutil.rmtree(data / "editions")
    shutil.copytree(sample_data.SAMPLE, data, dirs_exist_ok=True)
    sample_data.write_records(tmp_path / "records")
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    return tmp_path


@pytest.fixture
def run(checkout):
    def command(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "ct_trafficking_resources", *map(str, arguments)],
            capture_output=True,
            check=False,
            encoding="utf-8",
            cwd=checkout,
            env={**os.environ, "PYTHONPATH": str(checkout / "src"), "PYTHONIOENCODING": "utf-8"},
        )

    return command


@pytest.fixture
def fill(run, checkout):
    """Draw the form of an organization, and fill it in as a clerk does."""

    def workbook(organization, old, new, pages):
        path = checkout / "form.xlsx"
        drawn = run("template", organization, "-o", path)
        assert drawn.returncode == 0, drawn.stderr
        book = openpyxl.load_workbook(path)
        book["Update"]["C2"], book["Update"]["D2"] = "Records clerk", DAY
        for row, (url, kind, words) in enumerate(pages, 2):
            values = {"A": url, "B": "Contact us", "C": kind, "F": DAY, "G": words}
            for column, value in values.items():
                book["Sources"][f"{column}{row}"] = value
        (cell,) = [cell for row in book["Contacts"] for cell in row if cell.value == old]
        cell.value = new
        book.save(path)
        return path, f"Contacts cell {cell.coordinate}"

    return workbook


def test_one_digit_of_the_careline_is_refused_with_the_cell_the_reason_and_what_to_do(
    run, fill, checkout
):
    page = ("https://portal.ct.gov/dcf", "operator", "Careline 1-800-842-2289")
    path, cell = fill("ct-dcf", "1-800-842-2288", "1-800-842-2289", [page])
    done = run("validate", path, "--on", DAY)
    assert done.returncode == 1
    first, hint, *_ = done.stdout.splitlines()
    assert first.startswith(f"{path} sheet {cell} /records/1/contacts/0/value: error CTR341: ")
    assert first.endswith('is almost the present "+18008422288": one digit differs.')
    assert "Ask the partner by a way that you knew before this update came" in hint
    for form in ("json", "sarif", "github", "markdown"):
        told = run("validate", path, "--on", DAY, "--format", form)
        assert told.returncode == 1
        assert cell.rpartition(" ")[2] in told.stdout
        assert "Traceback" not in told.stderr
    before = tree(checkout)
    applied = run("apply", path, "--on", DAY)
    assert applied.returncode == 1
    assert tree(checkout) == before


def test_another_office_number_is_accepted_applied_released_and_shown(run, fill, checkout):
    page = ("https://www.bridgeportct.gov/contact", "operator", "Dispatch 203-576-2300")
    path, cell = fill("pd-bridgeport", "203-576-7671", "(203) 576-2300", [page])
    done = run("validate", path, "--submitted-by", "pd-bridgeport", "--on", DAY)
    assert done.returncode == 0, done.stdout
    assert f'{cell} /records/0/contacts/0/value: "(203) 576-2300" is stored as' in done.stdout
    assert "    before: +12035767671\n    after:  +12035762300\n" in done.stdout
    before, before_src = tree(checkout), tree(checkout / "src")
    assert run("apply", path, "--on", DAY, "--dry-run").returncode == 0
    assert tree(checkout) == before
    assert run("apply", path, "--submitted-by", "pd-bridgeport", "--on", DAY).returncode == 0
    assert run("build", "--on", DAY).returncode == 0
    assert tree(checkout / "src") == before_src
    assert "203-576-7671" in run("show", "pd-bridgeport").stdout
    release(run)
    after = tree(checkout / "src")
    editions = {name: data for name, data in before_src.items() if "/editions/" in name}
    assert {name: after[name] for name in editions} == editions
    shown = json.loads(run("show", "pd-bridgeport", "--format", "json").stdout)
    voice = shown["contacts"][0]
    assert (voice["display"], voice["evidence"]["level"]) == ("203-576-2300", "partner-confirmed")
    assert "203-576-2300" in run("show", "pd-bridgeport").stdout
    for one in ctr.available_editions():
        assert run("pin", "--edition", f"{one.number}@sha256:{one.sha256}").returncode == 0


def test_a_line_that_two_pages_print_is_on_the_card_once_it_is_released(run, fill):
    pages = [
        ("https://portal.ct.gov/dcf/careline", "operator", "Careline 1-866-555-7300"),
        ("https://www.211ct.org/careline", "third-party", "Call 1-866-555-7300"),
    ]
    path, _ = fill("ct-dcf", "1-800-842-2288", "1-866-555-7300", pages)
    report = run("validate", path, "--on", DAY, "--format", "markdown")
    assert report.returncode == 0, report.stdout
    assert "-    Call 1-800-842-2288\n+    Call 1-866-555-7300\n" in report.stdout
    assert run("apply", path, "--on", DAY).returncode == 0
    release(run)
    card = run("card", "--audience", "child").stdout
    assert "Call 1-866-555-7300" in card
    assert "1-800-842-2288" not in card


def test_the_same_form_again_changes_nothing(run, fill):
    page = ("https://www.bridgeportct.gov/contact", "operator", "Dispatch 203-576-2300")
    path, _ = fill("pd-bridgeport", "203-576-7671", "203-576-2300", [page])
    assert run("apply", path, "--on", DAY).returncode == 0
    again = run("apply", path, "--on", DAY)
    assert again.returncode == 0
    assert again.stdout.endswith("changes nothing.\n")
    assert "wrote" not in again.stderr


def test_every_present_record_comes_back_as_it_went_out(sample, draw_from, check):
    for organization in sample.organizations:
        update = draw_from(sample, organization.id)
        report = check(update, directory=sample)
        assert [finding.rule for finding in report.findings] == ["CTR319"], organization.id
        assert report.ok
        assert report.edits == report.changes == ()
        assert report.after == report.before
