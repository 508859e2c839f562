"""A copy of the package's data that a test may damage, and edition files of one's own."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.edition import loading, storage
from sample_data import SAMPLE as DATA, forget

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases" / "editions"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of the package's data folder that `load` reads."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    monkeypatch.setattr(storage, "_DATA", str(folder))
    forget()
    yield folder
    monkeypatch.undo()
    forget()


def change_json(path, change):
    """Change a JSON file and write it in the layout of shipped files."""
    document = json.loads(path.read_bytes())
    is_guarded = document.pop("crc32", None) is not None
    change(document)
    path.write_bytes((storage.write_guarded if is_guarded else storage.write)(document))
    if path.name in {"tombstones.json", "misprints.json"}:
        checksum = {path.name: storage.checksum(path.read_bytes())}
        change_json(path.with_name("index.json"), lambda index: index["files"].update(checksum))
    return path


@pytest.fixture
def change_index(data):
    """Change the index of the copied data."""

    def apply(change):
        change_json(data / "index.json", change)
        forget()

    return apply


def edition_document(number="2026.11.0"):
    """Return the document of a shipped edition."""
    return json.loads((DATA / "editions" / f"{number}.json").read_bytes())


def small_document():
    """Return the newest edition with only 911, the hotline and its operators."""
    document = edition_document()
    kept = {
        "911-connecticut",
        "national-human-trafficking-hotline",
        "polaris",
        "compass-connections",
    }
    for section in ("task_forces", "organizations", "channels", "laws"):
        document[section] = [one for one in document[section] if one["id"] in kept]
    for channel in document["channels"]:
        for contact in channel["contacts"]:
            contact.pop("shared_with", None)
    return document


def contact_of(document, record, contact):
    """Return the document of a contact point, to be changed in place."""
    found = next(
        one
        for section in ("task_forces", "organizations", "channels")
        for one in document[section]
        if one["id"] == record
    )
    return next(one for one in found["contacts"] if one["id"] == contact)


@pytest.fixture
def write_edition(tmp_path):
    """Write an edition file of one's own; return its path and its digest."""

    def write(document, name="own.json"):
        content = document if isinstance(document, bytes) else json.dumps(document).encode()
        path = tmp_path / name
        path.write_bytes(content)
        return path, sha256(content).hexdigest()

    return write


@pytest.fixture
def own_edition(write_edition):
    """Write the newest edition with a change; return the directory in it."""

    def make(change):
        document = small_document()
        change(document)
        path, digest = write_edition(document)
        return loading.load(path, sha256=digest)

    return make


def told(read):
    """Return what a refused file is told: the exception, then rule and place of each finding."""
    with pytest.raises(ctr.ResourceError) as caught:
        read()
    lines = [type(caught.value).__name__]
    lines += [f"{one.rule} {one.place.pointer}" for one in getattr(caught.value, "findings", ())]
    return "".join(f"{line}\n" for line in lines)
