"""The files that come with the package, as bytes and as paths.

Bytes are read through the package's own loader (PEP 302), which works from a
folder, a wheel, a zip on ``sys.path`` and a frozen app, and costs no import.
Paths and listings need importlib-resources, which is imported when asked for.

How a shipped file is laid out: JSON, one record a line.

A diff then shows which record changed, and a look-up parses one line of the
file and not all of it.
"""

from __future__ import annotations

import json
from os.path import dirname, join
from typing import TYPE_CHECKING, Any

import ct_trafficking_resources

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
