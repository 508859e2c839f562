"""The records of this repository, of which the next edition is made."""

from __future__ import annotations

import json
from pathlib import Path

from ct_trafficking_resources.clock import today
from ct_trafficking_resources.publishing.build import build
from ct_trafficking_resources.publishing.folder import FOLDERS

RECORDS = Path(__file__).parents[2] / "records"


def test_they_are_right_and_a_look_at_them_writes_nothing():
    before = {path: path.read_bytes() for path in RECORDS.rglob("*.json")}
    assert build(RECORDS, today()).findings == ()
    assert {path: path.read_bytes() for path in RECORDS.rglob("*.json")} == before


def test_the_register_has_every_id_once_and_knows_no_other():
    ids = json.loads((RECORDS / "register.json").read_text(encoding="utf-8"))["ids"]
    assert list(ids) == sorted(ids)
    assert set(ids) == {path.stem for name in FOLDERS for path in (RECORDS / name).glob("*.json")}
