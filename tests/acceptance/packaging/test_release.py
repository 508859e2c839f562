"""A release turns no test red: two releases in a copy of the tree, then the suite in it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date, timedelta

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.publishing.folder import record_text

from .conftest import ROOT, environment

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis", "__pycache__")
DAY = max(date(2027, 1, 4), ctr.load().released + timedelta(days=32))


def edit(path, change):
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(record_text(document), encoding="utf-8")


def other_words(records):
    """Change the summary of every record."""
    for path in (*records.glob("channels/*.json"), *records.glob("organizations/*.json")):
        edit(path, lambda it: it.update(summary=f"{it['summary'][:400]} Seen again."))


def another_number(records):
    """Change the number of every police department that no other record names."""

    def change(department):
        for contact in department.get("contacts", ()):
            value = contact["value"]
            if contact["kind"] == "e164" and everything.count(value) == 1:
                shown = f"203-555-{next(count)}"
                contact.update(value=f"+1{shown.replace('-', '')}", display=shown)
                contact.pop("vanity", None)

    everything = "".join(path.read_text(encoding="utf-8") for path in records.glob("*/*.json"))
    count = iter(range(2000, 9999))
    for path in sorted(records.glob("organizations/pd-*.json")):
        edit(path, change)


def another_record(records):
    """Add an organization."""
    added = json.loads((records / "organizations" / "pd-bridgeport.json").read_text("utf-8"))
    added |= {"id": "example-office", "name": "Example Office", "type": "nonprofit"}
    for key in ("memberships", "addresses", "contacts", "hosts"):
        added.pop(key, None)
    path = records / "organizations" / "example-office.json"
    path.write_text(record_text(added), encoding="utf-8")
    edit(
        records / "register.json",
        lambda it: it.update(
            ids=dict(sorted({**it["ids"], "example-office": "organization"}.items()))
        ),
    )


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_two_releases_turn_no_test_red(tmp_path):
    tree = tmp_path / "tree"
    shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
    python = environment(tmp_path / "venv", tree / "src").python_path

    def run(*arguments):
        done = subprocess.run(
            [python, "-m", *arguments], cwd=tree, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-5_000:]

    releases = {
        f"{DAY.year}.{DAY.month}.0": (other_words, another_number),
        f"{DAY.year}.{DAY.month}.1": (another_record,),
    }
    for place, (number, changes) in enumerate(releases.items()):
        for change in changes:
            change(tree / "records")
        on = DAY + timedelta(days=place)
        run("ct_trafficking_resources", "release", number, "--on", on.isoformat())
    init = tree / "src" / "ct_trafficking_resources" / "__init__.py"
    code = init.read_text(encoding="utf-8")
    init.write_text(re.sub(r'(?<=^__version__ = ").*(?=")', number, code, flags=re.MULTILINE))
    run("pytest", "-q", "-n", "auto", "-p", "no:cacheprovider")
