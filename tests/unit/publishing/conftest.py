"""A records folder made from the fictional records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ct_trafficking_resources.publishing.folder import FOLDERS, record_text

ROOT = Path(__file__).parents[3]
HEADER = {
    "edition": "2031.2.0",
    "released": "2026-11-23",
    "review_by": "2027-02-21",
    "status": "preview",
    "statement": "An example.",
}


@pytest.fixture
def records(tmp_path: Path, example: dict[str, Any]) -> Path:
    """A records folder in which all is right."""
    folder = tmp_path / "records"
    folders = {kind: name for name, kind in FOLDERS.items()}
    documents = [
        one for part in ("records", "tombstones", "misprints") for one in example[part].values()
    ]
    documents.append(_held(example))
    ids = {one["id"]: one["kind"] for one in documents}
    for document in documents:
        path = folder / folders[document["kind"]] / f"{document['id']}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(record_text(document), encoding="utf-8")
    for name, document in {
        "edition.json": HEADER,
        "register.json": {"ids": dict(sorted(ids.items()))},
        "editions.json": {"released": {}, "withdrawn": {}},
    }.items():
        (folder / name).write_text(record_text(document), encoding="utf-8")
    return folder


def _held(example: dict[str, Any]) -> dict[str, Any]:
    """Return a law that is held as a whole."""
    law = {**example["records"]["example-law"], "id": "example-held-law"}
    return {
        "kind": "held",
        "id": law["id"],
        "record": {"reason": "Nobody read it.", "document": law},
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder of the shipped files, still empty."""
    return tmp_path / "data"
