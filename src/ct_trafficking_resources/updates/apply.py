"""Put an accepted update into the records folder: everything, or nothing.

What is written: the changed records, each changed value with the update as its
evidence; and the update itself with what it changed, in ``updates/``. The folder
as it would be must pass all checks of a build. Apps see the change with the next
release.
"""

from __future__ import annotations

import json
from difflib import unified_diff
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import rule
from ct_trafficking_resources.clock import today
from ct_trafficking_resources.edition.codec import decode, encode
from ct_trafficking_resources.edition.directory import Directory
from ct_trafficking_resources.edition.history import History
from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.errors import UnknownEdition, quote
from ct_trafficking_resources.model.base import brief
from ct_trafficking_resources.publishing import build, folder as records_folder
from ct_trafficking_resources.publishing.build import edition_bytes
from ct_trafficking_resources.publishing.folder import record_text, replace_files
from ct_trafficking_resources.updates.check import check_update
from ct_trafficking_resources.words import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.publishing.folder import Folder
    from ct_trafficking_resources.updates.check import UpdateReport
    from ct_trafficking_resources.updates.edits import Edit
    from ct_trafficking_resources.updates.proposal import Proposal

_Value: TypeAlias = tuple[str, str]
"""Kind and value of a contact point; of an address, ``address`` and its text."""

_LONGEST = 800
"""Characters of a text in the schemas."""

_LONGEST_NAME = 200
"""Characters of a line in the schemas."""

_NO_MARKUP = str.maketrans("<>", "__")


@attrs.frozen(kw_only=True)
class Application:
    """What applying an update does, or why it is not done.

    Attributes:
        report: The check of the update against the records, or None if the
            folder cannot be used.
        findings: Why nothing was written, beside what only warns.
        files: Path within the folder to what stands, or would stand, there.
        before: The same of what stood there.
        written: The files are in place.
    """

    report: UpdateReport | None
    findings: tuple[Finding, ...] = ()
    files: dict[str, str] = attrs.field(factory=dict, repr=False)
    before: dict[str, str] = attrs.field(factory=dict, repr=False)
    written: bool = False

    __repr__ = brief

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return all(finding.severity != Severity.ERROR for finding in self.findings)

    @property
    def beside(self) -> tuple[Finding, ...]:
        """What was found beside the update: in the records, as they are or would be."""
        about_update = self.report.findings if self.report else ()
        return tuple(finding for finding in self.findings if finding not in about_update)

    def to_dict(self) -> dict[str, Any]:
        """Return the check of the update, and what became of the records, as JSON types."""
        return {
            "ok": self.ok,
            "written": self.written,
            "files": list(self.files),
            "records_findings": [encode(finding) for finding in self.beside],
            "report": self.report.to_dict() if self.report else None,
            "diff": self.diff(),
        }

    def diff(self) -> str:
        """Return the change of the files as a unified diff."""
        return "".join(
            line
            for name, text in self.files.items()
            for line in unified_diff(
                self.before.get(name, "").splitlines(keepends=True),
                text.splitlines(keepends=True),
                f"a/{name}" if name in self.before else "/dev/null",
                f"b/{name}",
            )
        )


def apply_update(  # noqa: PLR0913 - the first two say what and where, the others by keyword
    source: str | PurePath | bytes,
    records: Path,
    *,
    submitted_by: str | None = None,
    confirmed: Iterable[Mapping[str, Any]] = (),
    on: date | None = None,
    name: str | None = None,
    dry_run: bool = False,
) -> Application:
    """Apply a partner's update to a records folder.

    Args:
        source: The file, or its bytes.
        records: The records folder.
        submitted_by: The organization that the update came from, as you know it
            from how it arrived; not checked if None.
        confirmed: What a person confirmed with the partner; see `check_update`.
        on: The day on which it is applied; today in Connecticut if None.
        name: What to call the file; its path if None.
        dry_run: Write nothing.

    Raises:
        BadConfirmation: A confirmation does not say all that it must.
        MissingExtra: It is a spreadsheet, and openpyxl is not installed.
        OSError: The folder cannot be written, or someone else changed it meanwhile;
            it is as it was.
    """
    folder = records_folder.read(records)
    # Which record an id means that stands in two folders, nobody can say.
    unusable = folder.findings or tuple(build.given_twice(folder))
    if unusable:
        return Application(report=None, findings=unusable)
    on = on or today()
    report = check_update(
        source,
        submitted_by,
        _directory(folder),
        name=name,
        on=on,
        confirmed=confirmed,
        base=_base(folder),
    )
    proposal = report.proposal
    if not report.ok or proposal is None or not proposal.edits:
        return Application(report=report, findings=report.findings)
    files = dict(_files(report, proposal, folder))
    found = (*report.findings, *_held(report, proposal, folder))
    application = Application(
        report=report,
        findings=found,
        files=files,
        before={name: folder.texts[name].text for name in files if name in folder.texts},
    )
    if not application.ok:
        return application
    return _write(application, folder, proposal.on, dry_run=dry_run)


def _directory(folder: Folder) -> Directory:
    """Return the records of a folder, under the number of the last edition."""
    data = edition_bytes(folder, folder.header)
    history = History(
        tombstones=tuple(map(decode, folder.of("tombstones"))),
        misprints=tuple(map(decode, folder.of("misprints"))),
    )
    return Directory(json.loads(data), sha256(data).hexdigest(), history=lambda: history)


def _base(folder: Folder) -> Directory | None:
    """Return the last edition, if it is one of the package.

    A form is drawn from what is shipped; the records may have moved on since.
    """
    try:
        return load(folder.header["edition"])
    except UnknownEdition:
        return None


def _files(report: UpdateReport, proposal: Proposal, folder: Folder) -> Iterator[tuple[str, str]]:
    for id, document in proposal.after.items():
        yield f"{folder.folder_of(id)}/{id}.json", record_text(document)
    for misprint in proposal.misprints:
        yield f"misprints/{misprint.id}.json", record_text(encode(misprint))
    trail = _trail(report, proposal)
    yield f"{records_folder.UPDATES}/{trail['id']}.json", record_text(trail)


def _trail(report: UpdateReport, proposal: Proposal) -> dict[str, Any]:
    """Return who sent what, when, from which file, and what it changed."""
    day, confirmed = proposal.on.isoformat(), list(proposal.confirmed)
    return {
        "kind": "applied-update",
        "id": f"{day}-{proposal.digest[:16]}",
        "applied_on": day,
        "file": _file_name(report.submission.name),
        "file_sha256": report.submission.sha256,
        "sha256": proposal.digest,
        **({"confirmed": confirmed} if confirmed else {}),
        "changes": [_change(edit) for edit in proposal.edits],
        "update": proposal.document,
    }


def _file_name(name: str) -> str:
    """Return the name of a file as a line of plain text, whatever a partner called it."""
    shown = visible(PurePath(name).name).translate(_NO_MARKUP)
    return shown[:_LONGEST_NAME].strip() or "update"


def _change(edit: Edit) -> dict[str, str]:
    parts = {
        "record": edit.record,
        "contact": edit.contact,
        "field": edit.field,
        "before": _in_words(edit.before),
        "after": _in_words(edit.after),
    }
    return {key: value for key, value in parts.items() if value is not None}


def _in_words(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _held(report: UpdateReport, proposal: Proposal, folder: Folder) -> Iterator[Finding]:
    """Yield a finding for each new value that the curators hold back."""
    reasons = dict(_reasons(folder))
    for pointer, shown, value in _brought_in(proposal):
        if value in reasons:
            id, reason = reasons[value]
            yield HELD_BACK.finding(
                report.submission.places.of(pointer),
                f"{quote(shown)} is held back: {reason}",
                f"If that is settled, take it out of records/held/{id}.json, then apply it again.",
            )


HELD_BACK = rule(
    "CTR362",
    Severity.ERROR,
    "No value is brought in that the curators hold back.",
    reason="It was doubted, and the reason stands in `records/held/`.",
)(_held)


def _reasons(folder: Folder) -> Iterator[tuple[_Value, tuple[str, str]]]:
    """Yield the values that are held, each with where and why."""
    for held in folder.of("held"):
        for part in held.get("contacts", ()):
            contact = part["contact"]
            yield (contact["kind"], contact["value"]), (held["id"], part["reason"])
        for part in held.get("addresses", ()):
            yield ("address", part["text"].lower()), (held["id"], part["reason"])
        whole = held.get("record", {})
        for contact in whole.get("document", {}).get("contacts", ()):
            yield (contact["kind"], contact["value"]), (held["id"], whole["reason"])


def _brought_in(proposal: Proposal) -> Iterator[tuple[str, str, _Value]]:
    """Yield where a new value stands in the update, how it is shown, and the value."""
    for change in proposal.contact_changes:
        after = change.after
        if after is not None and change.touches("value", "kind"):
            pointer = proposal.pointer(change.record.id, change.contact, "value")
            yield pointer, after["display"], (after["kind"], after["value"])
    for edit in proposal.edits:
        if edit.contact is None and edit.field == "addresses":
            pointer = proposal.pointer(edit.record, None, "addresses")
            for address in edit.after or ():
                yield pointer, address["text"], ("address", address["text"].lower())


def _write(application: Application, folder: Folder, on: date, *, dry_run: bool) -> Application:
    """Check the folder as it would be, and write the files."""
    files = {name: text.encode() for name, text in application.files.items()}
    changed = folder.with_files(files)
    wrong = changed.findings or build.check(changed, build.candidate_day(changed, on))
    if not wrong and not dry_run:
        replace_files(folder, {folder.path / name: text for name, text in files.items()})
    findings = (*application.findings, *wrong)
    return attrs.evolve(application, findings=findings, written=not wrong and not dry_run)
