"""The fictional records of ``tests/cases/example.json``, as each part of the package reads them.

As they are, as an edition, as the form of an organization, as a records folder.
"""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from ct_trafficking_resources.edition.codec import decode
from ct_trafficking_resources.edition.directory import Directory
from ct_trafficking_resources.edition.history import History
from ct_trafficking_resources.publishing.folder import FOLDERS, record_text
from ct_trafficking_resources.updates.edits import as_submitted, own_records

CASES = Path(__file__).parent / "cases"
ON = date(2026, 11, 23)
_EXAMPLE = json.loads((CASES / "example.json").read_text(encoding="utf-8"))
_PARTS = ("records", "tombstones", "misprints")
_SECTIONS = {
    "task_forces": "task-force",
    "organizations": "organization",
    "channels": "help-channel",
    "laws": "law",
}
_HEADER = {
    "edition": "2031.2.0",
    "released": "2026-11-23",
    "review_by": "2027-02-21",
    "status": "preview",
    "statement": "An example.",
}
_SOURCE = {
    "url": "https://police.example.gov/contact",
    "title": "Contact us",
    "kind": "operator",
    "read": "2026-11-23",
    "says": "Front desk 203-555-7300",
}


def example() -> dict[str, Any]:
    """Return the fictional records, by id, free to be changed: one of every kind."""
    return deepcopy(_EXAMPLE)


def patched(document: Any, patch: list[dict[str, Any]]) -> Any:
    """Apply a JSON Patch (RFC 6902: add, replace, remove) to a copy of a document."""
    document = deepcopy(document)
    for step in patch:
        *way, last = step["path"].split("/")[1:]
        target = document
        for key in way:
            target = target[int(key) if isinstance(target, list) else key]
        if isinstance(target, list):
            last = len(target) if last == "-" else int(last)
        match step["op"]:
            case "remove":
                del target[last]
            case "add" if isinstance(target, list):
                target.insert(last, step["value"])
            case "add":
                assert last not in target, step
                target[last] = step["value"]
            case "replace":
                assert target[last] != step["value"], step
                target[last] = step["value"]
    return document


def document(records: dict[str, Any], number: str = "2031.2.0", **header: str) -> dict[str, Any]:
    """Return the document of an edition of the records."""
    return {
        **_HEADER,
        "edition": number,
        **header,
        **{
            section: [one for one in records["records"].values() if one["kind"] == kind]
            for section, kind in _SECTIONS.items()
        },
    }


def edition(
    records: dict[str, Any],
    number: str = "2031.2.0",
    *,
    digest: str | None = None,
    revoked: frozenset[str] = frozenset(),
    **header: str,
) -> Directory:
    """Return the records as an edition.

    Args:
        records: The records, by id.
        number: Its number.
        digest: Its digest, if it is not to follow from the records.
        revoked: Values that must not be shown.
        **header: Other parts of its header.
    """
    whole = document(records, number, **header)
    history = History(
        tombstones=tuple(map(decode, records["tombstones"].values())),
        misprints=tuple(map(decode, records["misprints"].values())),
    )
    own = sha256(json.dumps([whole, records], sort_keys=True).encode()).hexdigest()
    return Directory(whole, digest or own, revoked=revoked, history=lambda: history)


def form(organization: str, directory: Directory) -> dict[str, Any]:
    """Return the update of an organization that changes nothing."""
    return {
        "schema": "urn:ct-trafficking-resources:schemas:update",
        "edition": directory.edition,
        "submitted_by": organization,
        "role": "Records clerk",
        "submitted_on": "2026-11-23",
        "sources": [deepcopy(_SOURCE)],
        "records": [as_submitted(one) for one in own_records(organization, directory)],
    }


def write_folder(folder: Path, records: dict[str, Any], *held: dict[str, Any]) -> Path:
    """Write the records, and those that are held, as a records folder in which all is right."""
    kinds = {kind: name for name, kind in FOLDERS.items()}
    documents = [*(one for part in _PARTS for one in records[part].values()), *held]
    ids = {one["id"]: one["kind"] for one in documents}
    files = {f"{kinds[one['kind']]}/{one['id']}.json": one for one in documents}
    files |= {
        "edition.json": _HEADER,
        "register.json": {"ids": dict(sorted(ids.items()))},
        "editions.json": {"released": {}, "withdrawn": {}},
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(record_text(content), encoding="utf-8")
    return folder


def edit(folder: Path, edits: list[dict[str, str]]) -> None:
    """Edit files of a folder: write a text, copy a file, replace a text, or take a file away."""
    for step in edits:
        path = folder / step["file"]
        if "text" in step:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(step["text"].encode(step.get("encoding", "utf-8")))
        elif "copy" in step:
            path.write_bytes((folder / step["copy"]).read_bytes())
        elif "find" in step:
            text = path.read_text(encoding="utf-8")
            assert step["find"] in text, step
            path.write_text(text.replace(step["find"], step["put"], 1), encoding="utf-8")
        else:
            path.unlink()
