"""The fictional records as an edition, and forms that are drawn from it."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from ct_trafficking_resources.edition.codec import decode
from ct_trafficking_resources.edition.directory import Directory
from ct_trafficking_resources.edition.history import History
from ct_trafficking_resources.publishing.folder import FOLDERS, record_text
from ct_trafficking_resources.updates.check import check_update
from ct_trafficking_resources.updates.edits import as_submitted, own_records

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ct_trafficking_resources.updates.check import UpdateReport

ON = date(2026, 11, 23)
SECTIONS = {
    "task_forces": "task-force",
    "organizations": "organization",
    "channels": "help-channel",
    "laws": "law",
}
HEADER = {
    "edition": "2031.2.0",
    "released": "2026-11-23",
    "review_by": "2027-02-21",
    "status": "preview",
    "statement": "An example.",
}
SOURCE = {
    "url": "https://police.example.gov/contact",
    "title": "Contact us",
    "kind": "operator",
    "read": "2026-11-23",
    "says": "Front desk 203-555-7300",
}


def edition(example: dict[str, Any], number: str = "2031.2.0", **header: str) -> Directory:
    """Return the fictional records as an edition."""
    records = example["records"].values()
    document = {
        **HEADER,
        "edition": number,
        **header,
        **{
            section: [one for one in records if one["kind"] == kind]
            for section, kind in SECTIONS.items()
        },
    }
    history = History(
        tombstones=tuple(map(decode, example["tombstones"].values())),
        misprints=tuple(map(decode, example["misprints"].values())),
    )
    digest = sha256(json.dumps([document, example], sort_keys=True).encode()).hexdigest()
    return Directory(document, digest, history=lambda: history)


def draw(organization: str, directory: Directory) -> dict[str, Any]:
    """Return the update that changes nothing."""
    return {
        "schema": "urn:ct-trafficking-resources:schemas:update",
        "edition": directory.edition,
        "submitted_by": organization,
        "role": "Records clerk",
        "submitted_on": "2026-11-23",
        "sources": [deepcopy(SOURCE)],
        "records": [as_submitted(one) for one in own_records(organization, directory)],
    }


@pytest.fixture
def directory(example: dict[str, Any]) -> Directory:
    """The fictional edition."""
    return edition(example)


@pytest.fixture
def form(directory: Directory) -> Callable[..., dict[str, Any]]:
    """Draw the form of an organization; the police if none is named."""
    return lambda organization="example-police": draw(organization, directory)


@pytest.fixture
def check(directory: Directory) -> Callable[..., UpdateReport]:
    """Check an update against the fictional edition."""

    def run(update: Any, sender: str | None = None, **options: Any) -> UpdateReport:
        data = json.dumps(update, indent=1).encode()
        settings = {"name": "form.json", "on": ON, "directory": directory, **options}
        return check_update(data, sender, **settings)

    return run


@pytest.fixture
def edition_of() -> Callable[..., Directory]:
    """Make an edition of fictional records."""
    return edition


@pytest.fixture
def draw_from() -> Callable[[Directory, str], dict[str, Any]]:
    """Draw the form of an organization from an edition."""
    return lambda directory, organization: draw(organization, directory)


@pytest.fixture
def records(tmp_path: Path, example: dict[str, Any]) -> Path:
    """A records folder of the fictional records, in which all is right."""
    folder = tmp_path / "records"
    folders = {kind: name for name, kind in FOLDERS.items()}
    parts = ("records", "tombstones", "misprints")
    documents = [one for part in parts for one in example[part].values()]
    files = {f"{folders[one['kind']]}/{one['id']}.json": one for one in documents}
    files |= {
        "edition.json": HEADER,
        "register.json": {"ids": {one["id"]: one["kind"] for one in documents}},
        "editions.json": {"released": {}, "withdrawn": {}},
    }
    for name, document in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(record_text(document), encoding="utf-8")
    return folder
