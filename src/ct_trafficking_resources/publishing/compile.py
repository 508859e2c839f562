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
from ct_trafficking_resources.revocation import revocation
from ct_trafficking_resources.schemas import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ct_trafficking_resources.publishing.folder import Folder

LICENSE = "CC0-1.0"
CANDIDATE_COUNT = 999
"""Last part of a candidate's number; no release is given it, so the two are never mixed up."""


class Shipped(NamedTuple):
    """What is shipped once an edition is released.

    Attributes:
        editions: Every edition, number to bytes, oldest first.
        files: The files that the release writes, by path within the package's
            data, the index last.
    """

    editions: dict[str, bytes]
    files: dict[str, bytes]

    @property
    def revoked(self) -> frozenset[str]:
        """``kind:value`` of every value that must never be shown."""
        return frozenset(json.loads(self.files["index.json"])["revoked"])


def compile_release(
    folder: Folder, header: Mapping[str, str], shipped: Mapping[str, bytes]
) -> Shipped:
    """Return what is shipped once the records are released.

    Args:
        folder: The records, already checked.
        header: Number, dates, status and statement of the new edition.
        shipped: Number to bytes of the editions that are shipped already; they
            stay as they are.
    """
    number, edition = header["edition"], edition_bytes(folder, header)
    every = {**shipped, number: edition}
    editions = {one: every[one] for one in sorted(every, key=edition_key)}
    tombstones = folder.of("tombstones")
    index = {
        "schema": f"{BASE}index",
        "schema_version": SCHEMA_VERSION,
        "license": LICENSE,
        "editions": _entries(editions, folder.editions["withdrawn"]),
        "revoked": revoked(tombstones),
    }
    files = {
        f"editions/{number}.json": edition,
        "tombstones.json": _history("tombstones", tombstones),
        "misprints.json": _history("misprints", folder.of("misprints")),
        "index.json": layout.write(index),
    }
    return Shipped(editions, files)


def edition_bytes(folder: Folder, header: Mapping[str, str]) -> bytes:
    """Return the bytes of the edition that a folder of records gives under a header."""
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


def candidate_bytes(folder: Folder, on: date) -> bytes:
    """Return the bytes of the candidate: an edition file that says it was never released.

    Its number is that of the last edition with the count 999, so it comes after
    what is shipped and before the next month's.

    Args:
        folder: The records, already checked.
        on: The day it is of.
    """
    last = folder.header
    year, month, _ = edition_key(last["edition"])
    header = {
        **last,
        "edition": f"{year}.{month}.{CANDIDATE_COUNT}",
        "released": on.isoformat(),
        "status": "preview",
        "statement": (
            f"Candidate: the records on {on.isoformat()}, after edition {last['edition']}."
            " It was never released. Do not show it to anyone who needs help."
        ),
    }
    return edition_bytes(folder, header)


def edition_key(number: str) -> tuple[int, ...]:
    """Return what editions are sorted by."""
    return tuple(map(int, number.split(".")))


def revoked(tombstones: list[dict[str, Any]]) -> list[str]:
    """Return ``kind:value`` of every value that must never be shown."""
    values = (one["value"] for one in tombstones if one.get("revoked"))
    return sorted({revocation(one["kind"], one["value"]) for one in values})


def _entries(editions: dict[str, bytes], withdrawn: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the index's entries, oldest first; a withdrawn one names the newest that is not."""
    newest = next(one for one in reversed(editions) if one not in withdrawn)
    entries = []
    for number, data in editions.items():
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
