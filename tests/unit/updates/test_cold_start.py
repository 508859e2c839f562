"""One update is checked soon after a start: nothing is imported that only others need.

Each case runs in a process of its own, so that nothing is imported already.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

import ct_trafficking_resources as ctr
import sample_data
from ct_trafficking_resources.updates.edits import as_submitted

PACKAGE = "ct_trafficking_resources"
SAMPLE = ctr.load()
ABSENT = {
    *("click", "csv", "difflib", "html", "logging", "openpyxl", "phonenumbers"),
    *("importlib_resources", "jsonschema", "pathspec", "referencing", "segno", "subprocess"),
    *("tempfile", "xml", "zipfile"),
}
OF_OTHERS = {
    f"{PACKAGE}.{name}"
    for name in (
        *("audit", "cards", "checks.reports", "checks.schema_words", "cli", "edition.foreign"),
        *("exports", "publishing", "updates.apply", "updates.bulk", "updates.form"),
        *("updates.tables", "updates.workbook"),
    )
}
MODULES = "import sys, json; print(json.dumps(list(sys.modules)))"
CHECK = f"""{sample_data.ON_THE_SAMPLE}
import sys, {PACKAGE} as ctr
from datetime import date
report = ctr.check_update(sys.stdin.buffer.read(), on=date.fromisoformat({str(SAMPLE.released)!r}))
"""


def update() -> dict[str, Any]:
    record = as_submitted(SAMPLE.organization("pd-bridgeport"))
    record["contacts"][0].update(value="+12035762300", display="203-576-2300")
    source = {
        "url": "https://www.bridgeportct.gov/contact",
        "title": "Contact",
        "kind": "operator",
        "read": SAMPLE.released.isoformat(),
        "says": "Dispatch 203-576-2300",
    }
    return {
        "schema": "urn:ct-trafficking-resources:schemas:update",
        "edition": SAMPLE.edition,
        "submitted_by": "pd-bridgeport",
        "role": "Records clerk",
        "submitted_on": SAMPLE.released.isoformat(),
        "sources": [source],
        "records": [record],
    }


def brought_in(code: str, document: dict[str, Any]) -> set[str]:
    """Return the modules that a process imports for an update, beyond those of any process."""

    def modules(code: str) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-I", "-B", "-c", f"{code}\n{MODULES}"],
            input=json.dumps(document),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return set(json.loads(done.stdout.splitlines()[-1]))

    names = modules(code) - modules("")
    return names | {name.partition(".")[0] for name in names}


def test_an_update_that_is_right_imports_no_other_form_and_with_the_extra_fast_no_jsonschema():
    pytest.importorskip("jsonschema_rs", reason="the extra [fast] is not installed")
    names = brought_in(f"{CHECK}assert report.ok and report.edits", update())
    assert names & (ABSENT | OF_OTHERS) == set()


def test_a_mistake_is_judged_by_jsonschema():
    names = brought_in(f"{CHECK}assert not report.ok", {**update(), "role": ""})
    assert {"jsonschema", f"{PACKAGE}.checks.schema_words"} <= names


@pytest.mark.parametrize(
    ("id", "drawn"), [("pd-bridgeport", False), ("national-human-trafficking-hotline", True)]
)
def test_cards_are_drawn_only_if_a_help_channel_changes(id, drawn):
    code = f"""
import {PACKAGE} as ctr
from {PACKAGE}.edition.codec import encode
from {PACKAGE}.updates.check import card_changes
from {PACKAGE}.updates.check import _changed
before = ctr.load()
after = _changed(before, {{{id!r}: {{**encode(before[{id!r}]), "note": "Another."}}}}, "")
list(card_changes(before, after))
"""
    assert (f"{PACKAGE}.cards" in brought_in(code, {})) is drawn


def test_the_edition_as_it_would_be_is_made_once():
    report = ctr.check_update(json.dumps(update()).encode(), on=SAMPLE.released)
    assert report.after is report.after
    assert report.comparison is report.comparison
    assert report.cards == ()
