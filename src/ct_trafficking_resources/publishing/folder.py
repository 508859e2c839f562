"""The records folder: what a curator edits, and how its files are read and written.

::

    records/edition.json       the last edition: number, dates, status and statement
    records/register.json      every id that was ever given, and for what
    records/editions.json      which editions are released or withdrawn
    records/channels/ID.json   one file a record, folder by kind
    records/held/ID.json       what is known but not good enough to show
    records/updates/ID.json    a partner's update that was applied, with what it changed
    records/.journal           while files are renamed: which

Records are written for people: indented, keys in the order of the model. A file
is replaced as a whole, so that a reader never sees half of one. Several files
are replaced as one: the new ones are written beside the old ones and listed in a
plan; the plan is renamed to the journal; the files are renamed; the journal goes.
A run that is killed before the journal is there has changed nothing, one that is
killed later has changed everything: whoever reads or writes the folder next takes
the new files away, or renames those that are left. A journal says what each file
was and becomes, so that nothing is written over what was changed since; and it
reaches no file outside the folder that holds the records.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources.checks import schemas, strict_json
from ct_trafficking_resources.checks.findings import Place, Severity
from ct_trafficking_resources.checks.rules import rule
from ct_trafficking_resources.edition.foreign import check_schema, read_bytes
from ct_trafficking_resources.errors import RefusedData

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.checks.strict_json import JsonText

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

_JOURNAL, _PLAN = ".journal", ".journal.new"
_LARGEST = strict_json.Limits().size


# --- reading ----------------------------------------------------------------------------


class Folder(NamedTuple):
    """The records folder, read.

    Attributes:
        path: Where it stands.
        texts: The files, by path within the folder.
        findings: What is wrong with the files themselves.
        state: What shows later whether a file of the folder was changed.
        finished: A change that a killed run had begun was finished.
    """

    path: Path
    texts: dict[str, JsonText]
    findings: tuple[Finding, ...]
    state: dict[str, tuple[int, int]]
    finished: bool = False

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

    def with_files(self, files: Mapping[str, bytes]) -> Folder:
        """Return the folder as it would be with other files in it.

        Args:
            files: Path within the folder to the bytes that would stand there.
        """
        texts, findings = dict(self.texts), list(self.findings)
        for name, content in files.items():
            texts[name], found = _read_file(self.path, name, content)
            findings += found
        return self._replace(texts=texts, findings=tuple(findings))


def read(path: Path) -> Folder:
    """Read the records folder and check each file against its schema.

    A change that a killed run left is finished or taken back first.

    Raises:
        OSError: It cannot be read, or not be set right.
    """
    finished = False
    if any(os.path.lexists(path / name) for name in (_JOURNAL, _PLAN)):
        with _alone(path):
            finished = _recover(path)
    texts: dict[str, JsonText] = {}
    findings: list[Finding] = []
    state = _state(path)
    for name in state:
        if not _schema(name) or not (path / name).is_file():
            findings.append(STRAY.finding(Place(file=str(path / name))))
            continue
        try:
            text, found = _read_file(path, name, read_bytes(path / name, _LARGEST))
        except RefusedData as refused:
            findings += refused.findings
            continue
        findings += found
        if not found:
            texts[name] = text
    findings += [
        MISSING.finding(Place(file=str(path / name)))
        for name in _SCHEMAS
        if not (path / name).is_file()
    ]
    return Folder(path, texts, tuple(findings), state, finished)


MISNAMED = rule(
    "CTR101",
    Severity.ERROR,
    "A record's file is named after its id.",
    reason="Whoever looks for a record finds it.",
    hint="Name the file after the id.",
)(read)
STRAY = rule(
    "CTR102",
    Severity.ERROR,
    "Nothing but records stands in the records folder.",
    reason="What is not read would be thought to count.",
    message="This file has no place in the records folder.",
    hint=f"Records stand in: {', '.join(FOLDERS)}; each is named ID.json.",
)(read)
MISSING = rule(
    "CTR103",
    Severity.ERROR,
    "The header of the edition, the register of ids and `editions.json` are there.",
    reason="Without them an id can be given twice, and a shipped edition changed unseen.",
    message="The file is not there.",
    hint="Get it back from version control.",
)(read)


def _state(path: Path) -> dict[str, tuple[int, int]]:
    """Return the files of a folder, each with what shows that it was changed."""
    return {
        file.relative_to(path).as_posix(): (status.st_mtime_ns, status.st_size)
        for file in sorted(path.rglob("*"))
        if not file.is_dir() and (status := file.lstat())
    }


def _read_file(path: Path, name: str, content: bytes) -> tuple[JsonText, tuple[Finding, ...]]:
    """Return the text of a file that has its place in the folder, and what is wrong with it."""
    text = strict_json.read(content, str(path / name))
    return text, (*text.findings, *_check(text, _schema(name), PurePath(name).stem))


def _schema(name: str) -> str:
    """Return the schema for a file of the folder, or nothing if it has no place there."""
    if name in _SCHEMAS:
        return _SCHEMAS[name]
    folder, _, rest = name.partition("/")
    is_record = folder in FOLDERS and rest.endswith(".json") and "/" not in rest
    return FOLDERS[folder] if is_record else ""


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
    return MISNAMED.finding(text.place(pointer), message)


# --- writing ----------------------------------------------------------------------------


class ChangedMeanwhile(OSError):
    """The folder was changed by someone else; nothing was written."""


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
        with open(_open_stream(target), "wb") as stream:
            stream.write(content)
        return
    target = target.resolve()
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        _write(draft, content, target)
        draft.replace(target)
    except OSError as error:
        error.filename, error.filename2 = str(target), None  # the draft is nobody's business
        raise
    finally:
        with suppress(OSError):
            draft.unlink()


def _open_stream(target: Path) -> int:
    """Open a device or a pipe for writing, without waiting for somebody who reads it."""
    try:
        handle = os.open(target, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if error.errno == errno.ENXIO:
            error.strerror = "Nobody reads this pipe"
        raise
    os.set_blocking(handle, True)
    return handle


class _Change(NamedTuple):
    """A file that is to be replaced: where it stands, what it was and becomes (SHA-256)."""

    target: Path
    before: str | None
    after: str


def replace_files(folder: Folder, files: Mapping[Path, bytes]) -> None:
    """Replace several files as one: all of them, or none.

    Args:
        folder: The records folder, as it was read. It keeps the journal.
        files: Each file to its new bytes, in the order in which they are renamed.
            They may stand in other folders, below the one that holds the records.

    Raises:
        ChangedMeanwhile: The folder is not what was read.
        OSError: They cannot be written; all is as it was. If they were written and cannot
            be renamed, whoever reads the folder next renames those that are left.
    """
    records = folder.path.resolve()
    journal, plan = records / _JOURNAL, records / _PLAN
    contents = {_within(records, target): content for target, content in files.items()}
    with _alone(records):
        if _state(folder.path) != folder.state:
            message = "The folder was changed meanwhile. Nothing was written; try again"
            raise ChangedMeanwhile(errno.EBUSY, message, str(folder.path))
        changes = [
            _Change(target, _digest(target), sha256(content).hexdigest())
            for target, content in contents.items()
        ]
        listed = [(os.path.relpath(one.target, records), *one[1:]) for one in changes]
        try:
            _write(plan, json.dumps(listed).encode(), journal)
            for target, content in contents.items():
                _write(_draft(target), content, target)
            plan.replace(journal)
            _sync(records)
        finally:
            _recover(records)


def _within(records: Path, name: str | PurePath) -> Path:
    """Return where a file stands that is named from the records folder, if it may be replaced.

    Raises:
        OSError: It is no file, or stands outside the folder that holds the records.
    """
    target = (records / name if isinstance(name, str) else Path(name)).resolve()
    if not target.is_relative_to(records.parent):
        message = f"Only files below {records.parent} are written with the records"
        raise OSError(errno.EPERM, message, str(target))
    if target.exists() and not target.is_file():
        raise OSError(errno.EPERM, "This is no file that can be replaced", str(target))
    return target


def _recover(path: Path) -> bool:
    """Finish the change that the journal lists, or take back the one that the plan lists.

    Returns:
        Whether a change was finished.

    Raises:
        OSError: What is listed cannot be finished; nothing was changed.
    """
    records = path.resolve()
    journal, plan = records / _JOURNAL, records / _PLAN
    counts = os.path.lexists(journal)
    changes = _listed(records, journal if counts else plan)
    if counts:
        for change in changes:
            _refuse_changed(change, journal)
    for change in changes:
        draft = _draft(change.target)
        if counts and draft.exists():
            draft.replace(change.target)
        draft.unlink(missing_ok=True)
    for place in {change.target.parent for change in changes}:
        _sync(place)
    for left in (journal, plan):
        left.unlink(missing_ok=True)
    return counts


def _refuse_changed(change: _Change, journal: Path) -> None:
    """Refuse to go on with a file that is not as a killed run left it."""
    now, new = _digest(change.target), _digest(_draft(change.target))
    is_done = new is None and now == change.after
    if not is_done and not (new == change.after and now in {change.before, change.after}):
        message = (
            f"A run that was stopped left {change.target.name} to be replaced, and it was changed"
            " since. Get the files back from version control, then delete"
        )
        raise OSError(errno.EBUSY, message, str(journal))


def _listed(records: Path, path: Path) -> list[_Change]:
    """Return what a journal or plan lists; nothing if the plan was not written to its end."""
    try:
        listed = json.loads(read_bytes(path, _LARGEST)) if os.path.lexists(path) else []
        return [
            _Change(_within(records, str(name)), before, after) for name, before, after in listed
        ]
    except (RefusedData, OSError, ValueError, TypeError, RecursionError) as error:
        if path.name == _PLAN and type(error) is json.JSONDecodeError:
            return []
        message = "This was not left by a run that was stopped. Delete it"
        raise OSError(errno.EINVAL, message, str(path)) from error


def _digest(path: Path) -> str | None:
    """Return the SHA-256 of a file, or None if there is none."""
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _draft(target: Path) -> Path:
    """Return where the new file stands until it takes the place of the old one."""
    return target.with_name(f".{target.name}.new")


def _write(draft: Path, content: bytes, target: Path) -> None:
    """Write a file that is to take the place of another, down to the disk."""
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.unlink(missing_ok=True)
    with draft.open("xb") as file:
        file.write(content)
        file.flush()
        try:
            os.fsync(file.fileno())
        except OSError as error:
            if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # what cannot be synced
                raise
    if target.exists():
        draft.chmod(stat.S_IMODE(target.stat().st_mode))
    _sync(draft.parent)


def _sync(folder: Path) -> None:
    """Have the system write the names in a folder to the disk now, where it can."""
    with suppress(OSError):  # Windows opens no folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Wait until no other run is writing, and keep others from it."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
