"""The editions that come with the package, and how to load one.

The index says which editions there are, how their bytes must look, and which
values must never be shown. A default load reads the index and one edition.
"""

from __future__ import annotations

import json
from datetime import date
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any
from zlib import crc32

from ct_trafficking_resources import layout, resources
from ct_trafficking_resources.directory import Directory
from ct_trafficking_resources.errors import DamagedData, DigestMismatch, UnknownEdition

if TYPE_CHECKING:
    from ct_trafficking_resources.model import EditionInfo

_loaded: dict[str, Directory] = {}
_index: dict[str, Any] = {}


def load(
    edition: str | PathLike[str] | None = None,
    *,
    sha256: str | None = None,
) -> Directory:
    """Return an edition of the data.

    The default is the newest edition that is not withdrawn. Its bytes are
    checked against a CRC-32, so that damage on disk never becomes a different
    number; a pin checks SHA-256. Nothing is fetched from a network.

    Args:
        edition: ``"2026.11.0"``, a pin ``"2026.11.0@sha256:<64 hex>"``, or
            with *sha256* the path of an edition file of your own, which is
            checked against the schema and the rules.
        sha256: Expected digest of the edition, 64 lower-case hexadecimal
            digits. Needed for a file of your own.

    Raises:
        UnknownEdition: The package has no such edition; names those it has.
        DigestMismatch: The bytes are not those that were pinned.
        DamagedData: A file of the package is damaged.
        RefusedData: A file of your own does not pass the checks.
    """
    if edition is not None and (isinstance(edition, PathLike) or not _is_number(edition, sha256)):
        from ct_trafficking_resources.foreign import load_file

        return load_file(fspath(edition), sha256, _revoked())
    number, pinned = _parse(edition)
    directory = _loaded.get(number)
    if directory is None:
        directory = _loaded.setdefault(number, _read(number))
    for expected in (pinned, sha256):
        if expected is not None:
            _verify(number, expected)
    return directory


def available_editions() -> tuple[EditionInfo, ...]:
    """Return what the installed package knows about its editions, oldest first."""
    from ct_trafficking_resources.model import EditionInfo

    return tuple(
        EditionInfo(
            number=entry["number"],
            released=date.fromisoformat(entry["released"]),
            review_by=date.fromisoformat(entry["review_by"]),
            status=entry["status"],
            sha256=entry["sha256"],
            withdrawn=entry.get("withdrawn"),
            replaced_by=entry.get("replaced_by"),
        )
        for entry in _read_index()["editions"]
    )


def _parse(edition: str | None) -> tuple[str, str | None]:
    """Return the number and the digest that a selector names."""
    entries = _read_index()["editions"]
    if edition is None:
        return next(one["number"] for one in reversed(entries) if "withdrawn" not in one), None
    number, at, digest = str(edition).partition("@sha256:")
    numbers = tuple(one["number"] for one in entries)
    if number not in numbers or (at and not digest):
        raise UnknownEdition(edition, numbers)
    return number, digest or None


def _is_number(edition: str, sha256: str | None) -> bool:
    """Tell whether a selector is an edition's number or pin, and not a path."""
    return sha256 is None or edition.partition("@")[0].replace(".", "").isdigit()


def _read(number: str) -> Directory:
    entry = _entry(number)
    document = _document(f"editions/{number}.json", entry["crc32"])
    return Directory(document, entry["sha256"], revoked=_revoked())


def _verify(number: str, expected: str) -> None:
    from hashlib import sha256

    actual = sha256(resources.read("editions", f"{number}.json")).hexdigest()
    if actual != expected:
        raise DigestMismatch(f"edition {number}", expected, actual)


def _entry(number: str) -> dict[str, Any]:
    return next(one for one in _read_index()["editions"] if one["number"] == number)


def _revoked() -> frozenset[str]:
    return frozenset(_read_index()["revoked"])


def _read_index() -> dict[str, Any]:
    if not _index:
        try:
            _index.update(json.loads(resources.read("index.json")))
        except (OSError, ValueError) as error:
            raise DamagedData("index.json", str(error)) from error
    return _index


def _document(name: str, crc: str) -> dict[str, Any]:
    try:
        data = resources.read(*name.split("/"))
    except OSError as error:
        raise DamagedData(name, str(error)) from error
    if f"{crc32(data):08x}" != crc:
        raise DamagedData(name, "the bytes are not those that the index names")
    return layout.skim(data)
