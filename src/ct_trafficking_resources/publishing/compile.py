"""Records in, shipped files out: the same bytes every time."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from ct_trafficking_resources import layout
from ct_trafficking_resources.directory import host_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ct_trafficking_resources.publishing.folder import Folder

SCHEMA_VERSION = "1.0"
_BASE = "urn:ct-trafficking-resources:schemas:"
LICENSE = "CC0-1.0"


class Shipped(NamedTuple):
    """The files that an edition ships, by path within the package's data.

    Attributes:
        files: Path to bytes.
    """

    files: dict[str, bytes]


def compile_edition(folder: Folder, other_editions: list[dict[str, Any]]) -> Shipped:
    """Return the files that the records folder gives.

    Args:
        folder: The records, already checked.
        other_editions: Index entries of the editions that are shipped beside.
    """
    header = folder.texts["edition.json"].document
    edition = {
        "schema": f"{_BASE}edition",
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
    data = layout.write(edition)
    entry = {
        "number": header["edition"],
        "released": header["released"],
        "review_by": header["review_by"],
        "status": header["status"],
        "sha256": sha256(data).hexdigest(),
        "crc32": f"{crc32(data):08x}",
    }
    editions = [one for one in other_editions if one["number"] != entry["number"]]
    tombstones = folder.of("tombstones")
    index = {
        "schema": f"{_BASE}index",
        "schema_version": SCHEMA_VERSION,
        "license": LICENSE,
        "editions": sorted([*editions, entry], key=lambda one: edition_key(one["number"])),
        "revoked": revoked(tombstones),
    }
    return Shipped(
        {
            f"editions/{header['edition']}.json": data,
            "tombstones.json": _history("tombstones", tombstones),
            "misprints.json": _history("misprints", folder.of("misprints")),
            "index.json": layout.write(index),
        }
    )


def edition_key(number: str) -> tuple[int, ...]:
    """Return what editions are sorted by."""
    return tuple(map(int, number.split(".")))


def revoked(tombstones: list[dict[str, Any]]) -> list[str]:
    """Return ``kind:value`` of every value that must never be shown."""
    return sorted({_revocation(one["value"]) for one in tombstones if one.get("revoked")})


def _revocation(value: Mapping[str, str]) -> str:
    kind, text = value["kind"], value["value"]
    return f"{kind}:{host_of(text) if kind == 'host' else text}"


def _by_name(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(documents, key=lambda one: (one["name"].casefold(), one["id"]))


def _history(name: str, documents: list[dict[str, Any]]) -> bytes:
    return layout.write({"schema": f"{_BASE}{name}", "license": LICENSE, "records": documents})
