"""The one way in which a record file is written.

Records are written for people: indented, keys in the order of the model. How
the shipped files are written is in `layout`.

Files are replaced as a whole, so that a reader never sees half of one.

The records folder: what a curator edits.

::

    records/edition.json       the last edition: number, dates, status and statement
    records/register.json      every id that was ever given, and for what
    records/editions.json      which editions are released or withdrawn
    records/channels/ID.json   one file a record, folder by kind
    records/held/ID.json       what is known but not good enough to show
    records/updates/ID.json    a partner's update that was applied, with what it changed
"""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources.checks import schemas, strict_json
from ct_trafficking_resources.checks.findings import Place, error_at
from ct_trafficking_resources.edition.foreign import check_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.checks.strict_json import JsonText


def record_text(document: Mapping[str, Any]) -> str:
    """Return the text of a record file."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def replace_file(target: Path, content: bytes) -> None:
    """Replace a file as a whole, or leave it as it was.

    A link stays and what it leads to is replaced; who may read the file stays.
    What is no file, such as ``/dev/stdout``, is written to.

    Args:
        target: The file; its folder is made if there is none.
        content: Its new bytes.

    Raises:
        OSError: It cannot be written.
    """
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with draft.open("xb") as file:
            file.write(content)
        if target.exists():
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        draft.replace(target)
    except OSError as error:
        error.filename, error.filename2 = str(target), None  # the draft is nobody's business
        raise
    finally:
        draft.unlink(missing_ok=True)


FOLDERS = {
    "task-forces": "task-force",
    "organizations": "organization",
    "channels": "help-channel",
    "laws": "law",
    "tombstones": "tombstone",
    "misprints": "misprint",
    "held": "held",
    "updates": "applied-update",
}
"""Folder by folder, the kind of record that stands in it."""

UPDATES = "updates"
AS_WRITTEN = frozenset({"held", UPDATES})
"""Folders whose documents are kept as they were written, and give no edition."""

RECORDS = ("task-forces", "organizations", "channels", "laws")
"""The folders of what an edition holds."""

HEADER = "edition.json"
REGISTER = "register.json"
EDITIONS = "editions.json"

_SCHEMAS = {HEADER: "edition-header", REGISTER: "register", EDITIONS: "editions"}


class Folder(NamedTuple):
    """The records folder, read.

    Attributes:
        texts: The files, by path within the folder.
        findings: What is wrong with the files themselves.
    """

    texts: dict[str, JsonText]
    findings: tuple[Finding, ...]

    @property
    def header(self) -> dict[str, Any]:
        """Number, dates, status and statement of the last edition."""
        document: dict[str, Any] = self.texts[HEADER].document
        return document

    @property
    def editions(self) -> dict[str, dict[str, str]]:
        """The ``released`` editions with their SHA-256, the ``withdrawn`` with the reason."""
        document: dict[str, dict[str, str]] = self.texts[EDITIONS].document
        return document

    def of(self, folder: str) -> list[dict[str, Any]]:
        """Return the documents of one kind, sorted by id."""
        return [
            text.document
            for name, text in sorted(self.texts.items())
            if name.partition("/")[0] == folder
        ]

    def place(self, kind_folder: str, id: str, pointer: str) -> Place:
        """Return where a value of a record stands."""
        return self.texts[f"{kind_folder}/{id}.json"].place(pointer)

    def folder_of(self, id: str) -> str:
        """Return the folder in which the record with this id stands."""
        return next(
            name.partition("/")[0]
            for name in self.texts
            if name.endswith(f"/{id}.json") and not name.startswith("held/")
        )


def read(folder: Path) -> Folder:
    """Read the records folder and check each file against its schema."""
    texts: dict[str, JsonText] = {}
    findings: list[Finding] = []
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            continue
        name = path.relative_to(folder).as_posix()
        schema = _schema(name) if path.is_file() else None
        if schema is None:
            message = "This file has no place in the records folder."
            findings.append(error_at("CTR102", Place(file=str(path)), message, _RECORDS_ONLY))
            continue
        text = strict_json.read(path.read_bytes(), str(path))
        found = (*text.findings, *_check(text, schema, path.stem))
        findings += found
        if not found:
            texts[name] = text
    findings += [
        error_at("CTR103", Place(file=str(folder / name)), "The file is not there.", _GET_BACK)
        for name in _SCHEMAS
        if not (folder / name).is_file()
    ]
    return Folder(texts, tuple(findings))


def _schema(name: str) -> str | None:
    """Return the schema for a file of the folder, or None if it has no place there."""
    if name in _SCHEMAS:
        return _SCHEMAS[name]
    folder, _, rest = name.partition("/")
    is_record = folder in FOLDERS and rest.endswith(".json") and "/" not in rest
    return FOLDERS[folder] if is_record else None


def _check(text: JsonText, kind: str, stem: str) -> Iterator[Finding]:
    if text.findings:
        return
    findings = check_schema(kind, text)
    yield from findings
    document = text.document
    if findings or kind in _SCHEMAS.values():
        return
    if document["id"] != stem:
        yield _misnamed(text, "/id", document["id"], stem)
    if kind == "held" and "record" in document:
        held = document["record"]["document"]
        if held["id"] != stem:
            yield _misnamed(text, "/record/document/id", held["id"], stem)
        yield from schemas.check(held["kind"], text, held, "/record/document")


def _misnamed(text: JsonText, pointer: str, id: str, stem: str) -> Finding:
    message = f"The file is named {stem!r}, the record {id!r}."
    return error_at("CTR101", text.place(pointer), message, "Name the file after the id.")


_RECORDS_ONLY = f"Records stand in: {', '.join(FOLDERS)}; each is named ID.json."
_GET_BACK = "Get it back from version control."
