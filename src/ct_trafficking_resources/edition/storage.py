"""The files that come with the package, as bytes and as paths.

Bytes are read through the package's own loader (PEP 302), which works from a
folder, a wheel, a zip on ``sys.path`` and a frozen app, and costs no import.
Paths and listings need importlib-resources, which is imported when asked for.

A file is compared with its CRC-32 when it is read, so that a damaged one is never
another answer. The index names the checksums of what a release writes. Those of
the other files stand in a list that is written when the wheel is built
(``hatch_build.py``); a checkout has none. Both end with a checksum of themselves.

How a shipped file is laid out: JSON, one record a line.

A diff then shows which record changed, and a look-up parses one line of the
file and not all of it.
"""

from __future__ import annotations

import json
from functools import cache
from os.path import dirname, join
from typing import TYPE_CHECKING, Any
from zlib import crc32, error as ZlibError  # noqa: N812 - a class

import ct_trafficking_resources
from ct_trafficking_resources.errors import DamagedData

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from importlib.abc import ResourceLoader
    from pathlib import Path
    from typing import cast

    from importlib_resources.abc import Traversable

_PACKAGE = dirname(ct_trafficking_resources.__file__)  # noqa: PTH120 - pathlib costs 5 ms
_DATA = join(_PACKAGE, "data")  # noqa: PTH118 - as above
"""The folder of the index, the editions, the tombstones and the misprints."""


SCHEMA_VERSION = "1.0"
"""Version of the schemas that this version reads and writes, MAJOR.MINOR."""


def major(version: str) -> int:
    """Return the major number of a schema version; a reader refuses a higher one than its own."""
    return int(version.partition(".")[0])


def read(*parts: str, folder: str | None = None) -> bytes:
    """Return the bytes of one file of the package.

    Args:
        parts: Where it stands below *folder*.
        folder: A folder of the package, with ``/`` between its steps. The default
            is the folder of the index and the editions.

    Raises:
        OSError: There is no such file.
    """
    loader = ct_trafficking_resources.__spec__.loader
    if TYPE_CHECKING:
        loader = cast("ResourceLoader", loader)
    within = _DATA if folder is None else join(_PACKAGE, *folder.split("/"))  # noqa: PTH118 - as above
    return loader.get_data(join(within, *parts))  # noqa: PTH118 - as above


_UNREADABLE = (OSError, EOFError, ImportError, ZlibError)
"""What a loader raises: of folders, and of damaged zips."""


def intact(name: str, crc: str | None = None, folder: str | None = None) -> bytes:
    """Return the bytes of a file that must be there, with a CRC-32.

    Args:
        name: Where it stands below *folder*.
        crc: The CRC-32, as `checksum` writes it; None where the caller compares.
        folder: As for `read`.

    Raises:
        DamagedData: It cannot be read, or has another CRC-32.
    """
    shown = f"{folder}/{name}" if folder else name
    try:
        data = read(*name.split("/"), folder=folder)
    except _UNREADABLE as error:
        raise DamagedData(shown, f"it cannot be read ({error})") from error
    if crc is not None and checksum(data) != crc:
        raise DamagedData(shown, OTHER_BYTES)
    return data


def checksum(data: bytes) -> str:
    """Return the CRC-32 of bytes, as the index writes it."""
    return f"{crc32(data):08x}"


OTHER_BYTES = "the bytes are not those that were shipped"
"""What is wrong with most damaged files."""


# --- what is neither code nor written by a release: catalogues, styles, forms, schemas -----------

LIST = "checksums.json"
"""Name of the list of their checksums, in the folder ``data``."""


@cache
def checksums() -> dict[str, str]:
    """Return the CRC-32 of each such file, by path below the package; empty in a checkout.

    Raises:
        DamagedData: The list is damaged, or missing though this is no checkout.
    """
    try:
        data = read(LIST, folder="data")
    except _UNREADABLE as error:
        try:
            read("common.schema.json", folder="data/schemas")  # copied by the same build
        except _UNREADABLE:
            return {}
        raise DamagedData(f"data/{LIST}", f"it cannot be read ({error})") from error
    files: dict[str, str] = parse_guarded(f"data/{LIST}", data)["files"]
    return files


def listed(folder: str) -> list[str]:
    """Return the names of the files in a folder of the package; empty in a checkout."""
    start = f"{folder}/"
    return [path.removeprefix(start) for path in checksums() if path.startswith(start)]


def part(name: str, folder: str) -> bytes:
    """Return the bytes of one such file, compared with the list where there is one.

    Args:
        name: The file.
        folder: Its folder, as for `read`.

    Raises:
        OSError: There is no such file.
        DamagedData: It cannot be read, or has another CRC-32.
    """
    known = checksums()
    if not known:
        return read(name, folder=folder)
    if f"{folder}/{name}" not in known:
        raise FileNotFoundError(name)
    return intact(name, known[f"{folder}/{name}"], folder)


def folder(*parts: str, within: str = "data") -> Traversable:
    """Return a folder of the package, to list or to open."""
    import importlib_resources

    return importlib_resources.files(ct_trafficking_resources).joinpath(within, *parts)


def path(*parts: str) -> AbstractContextManager[Path]:
    """Return a context manager for a real path to one file of the data.

    From a zip, the file is unpacked for as long as the context is open.
    """
    import importlib_resources

    file: AbstractContextManager[Path] = importlib_resources.as_file(folder(*parts))
    return file


SECTIONS = {
    "task_forces": "task force",
    "organizations": "organization",
    "channels": "help channel",
    "laws": "law",
}
"""The sections of an edition, each with the kind of record that it holds."""

_SEPARATORS = (",", ":")
_RECORD = b'{"kind":"'
_ID = 7
"""Place of the id among the parts of a record's line, split at the quotes."""


def write(document: Mapping[str, Any]) -> bytes:
    """Return the bytes of a shipped file: the same for the same document."""
    return lay_out(document, json.JSONEncoder(ensure_ascii=False, separators=_SEPARATORS)).encode()


def lay_out(document: Mapping[str, Any], encoder: json.JSONEncoder) -> str:
    """Return the text of a document, the items of its sections one a line."""
    lines = ",\n".join(
        f"{encoder.encode(key)}:{_section(value, encoder)}" for key, value in document.items()
    )
    return f"{{\n{lines}\n}}\n"


_GUARD = b'"crc32":"%08x"\n}\n'


def write_guarded(document: Mapping[str, Any]) -> bytes:
    """Return the bytes of a shipped file that ends with the CRC-32 of all before it."""
    body = write(document).removesuffix(b"\n}\n") + b",\n"
    return body + _GUARD % crc32(body)


def parse_guarded(name: str, data: bytes) -> dict[str, Any]:
    """Return the document that `write_guarded` wrote.

    Raises:
        DamagedData: The bytes are not those that were written.
    """
    body = data[: -len(_GUARD % 0)]
    if not body or data != body + _GUARD % crc32(body):
        raise DamagedData(name, OTHER_BYTES)
    document: dict[str, Any] = json.loads(data)
    return document


def _section(value: Any, encoder: json.JSONEncoder) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(map(encoder.encode, value)) + "\n]"
    return encoder.encode(value)


def skim(data: bytes) -> dict[str, Any]:
    """Return the document of a file that `write` wrote, its records unparsed.

    A record is the bytes of its line; `parse` makes a document of it.
    """
    head: list[bytes] = []
    sections: dict[str, list[bytes]] = {}
    records: list[bytes] = []
    for line in data.splitlines():
        if line.startswith(_RECORD):
            records.append(line)
        elif line.endswith(b":["):
            records = sections[line.split(b'"')[1].decode()] = []
        elif line.startswith(b'"'):
            head.append(line.removesuffix(b","))
    return {**json.loads(b"{%s}" % b",".join(head)), **sections}


def parse(record: bytes | dict[str, Any]) -> dict[str, Any]:
    """Return the document of a record, be it still the bytes of its line or not."""
    return json.loads(record.removesuffix(b",")) if isinstance(record, bytes) else record


def id_of(record: bytes | dict[str, Any]) -> str:
    """Return the id of a record without parsing its line."""
    if isinstance(record, bytes):
        return record.split(b'"', _ID + 1)[_ID].decode()
    id: str = record["id"]
    return id


def is_dated(record: bytes | dict[str, Any]) -> bool:
    """Tell whether a value of a record, or of a whole file, begins or ends on a day.

    The bytes are not parsed: inside a string the quotes would be escaped.
    """
    if isinstance(record, bytes):
        return b'"valid_' in record  # valid_from, valid_to
    contacts = record.get("contacts", ())
    return any("valid_from" in contact or "valid_to" in contact for contact in contacts)
