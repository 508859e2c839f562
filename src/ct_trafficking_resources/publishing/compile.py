"""Records in, shipped files out: the same bytes every time.

The index is made from the editions alone; nothing of an earlier index is
carried over, so it cannot say what the editions do not.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from ct_trafficking_resources import layout
from ct_trafficking_resources.codec import SCHEMA_VERSION
from ct_trafficking_resources.publishing.folder import EDITIONS, HEADER
from ct_trafficking_resources.revocation import revocation
from ct_trafficking_resources.schemas import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ct_trafficking_resources.publishing.folder import Folder

LICENSE = "CC0-1.0"


class Shipped(NamedTuple):
    """The files that are shipped, by path within the package's data.

    Attributes:
        files: Path to bytes.
    """

    files: dict[str, bytes]

    @property
    def editions(self) -> dict[str, bytes]:
        """The editions among them: number to bytes, oldest first."""
        found = {
            name.removeprefix("editions/").removesuffix(".json"): data
            for name, data in self.files.items()
            if name.startswith("editions/")
        }
        return dict(sorted(found.items(), key=lambda item: edition_key(item[0])))

    @property
    def revoked(self) -> frozenset[str]:
        """``kind:value`` of every value that must never be shown."""
        return frozenset(json.loads(self.files["index.json"])["revoked"])


def compile_all(folder: Folder, past: Iterable[Folder], released: Mapping[str, bytes]) -> Shipped:
    """Return the files that the records folder gives.

    Args:
        folder: The records, already checked.
        past: The reconstructed editions, already checked.
        released: Number to bytes of the editions that were released before.
    """
    editions = {
        **released,
        **{_number(one): edition_bytes(one) for one in (*past, folder)},
    }
    tombstones = folder.of("tombstones")
    withdrawn: dict[str, str] = folder.texts[EDITIONS].document["withdrawn"]
    index = {
        "schema": f"{BASE}index",
        "schema_version": SCHEMA_VERSION,
        "license": LICENSE,
        "editions": _entries(editions, withdrawn),
        "revoked": revoked(tombstones),
    }
    return Shipped(
        {
            **{f"editions/{number}.json": data for number, data in editions.items()},
            "tombstones.json": _history("tombstones", tombstones),
            "misprints.json": _history("misprints", folder.of("misprints")),
            "index.json": layout.write(index),
        }
    )


def edition_bytes(folder: Folder) -> bytes:
    """Return the bytes of the edition that a folder of records gives."""
    header = folder.texts[HEADER].document
    edition = {
        "schema": f"{BASE}edition",
        "schema_version": SCHEMA_VERSION,
        "edition": header["edition"],
        "released": header["released"],
        "review_by": header["review_by"],
        "status": header["status"],
        "statement": header["statement"],
        "license": LICENSE,
        "task_forces": _by_name(folder.of("task-forces")),
        "organizations": _by_name(folder.of("organizations")),
        "channels": sorted(folder.of("channels"), key=lambda one: (one["rank"], one["id"])),
        "laws": _by_name(folder.of("laws")),
    }
    return layout.write(edition)


def edition_key(number: str) -> tuple[int, ...]:
    """Return what editions are sorted by."""
    return tuple(map(int, number.split(".")))


def revoked(tombstones: list[dict[str, Any]]) -> list[str]:
    """Return ``kind:value`` of every value that must never be shown."""
    values = (one["value"] for one in tombstones if one.get("revoked"))
    return sorted({revocation(one["kind"], one["value"]) for one in values})


def _number(folder: Folder) -> str:
    number: str = folder.texts[HEADER].document["edition"]
    return number


def _entries(editions: Mapping[str, bytes], withdrawn: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the index's entries, oldest first; a withdrawn one names the newest that is not."""
    numbers = sorted(editions, key=edition_key)
    newest = next(one for one in reversed(numbers) if one not in withdrawn)
    entries = []
    for number in numbers:
        data = editions[number]
        document = json.loads(data)
        entry = {
            "number": number,
            "released": document["released"],
            "review_by": document["review_by"],
            "status": document["status"],
            "sha256": sha256(data).hexdigest(),
            "crc32": f"{crc32(data):08x}",
        }
        if number in withdrawn:
            entry |= {"withdrawn": withdrawn[number], "replaced_by": newest}
        entries.append(entry)
    return entries


def _by_name(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(documents, key=lambda one: (one["name"].casefold(), one["id"]))


def _history(name: str, documents: list[dict[str, Any]]) -> bytes:
    return layout.write({"schema": f"{BASE}{name}", "license": LICENSE, "records": documents})
