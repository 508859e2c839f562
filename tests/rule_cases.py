"""The cases of the rules, and the doors through which they come in.

A case is a file ``tests/cases/rules/DOOR/ID-VERDICT-WHAT.json``. The folder is the door: what
the case is given to. ``ID`` is the rule that the case is about; ``wrong`` says that the rule
finds something in it, ``right`` that it does not. In the file stand why, what the door is
given, and the findings that must come out, with as much of each as the case is about.
"""

from __future__ import annotations

import json
import os
import warnings
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from itertools import chain, repeat
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

import attrs

import ct_trafficking_resources as ctr
import example_data
from ct_trafficking_resources.audit.scanning import scan
from ct_trafficking_resources.cards.phrases import Tied
from ct_trafficking_resources.checks import record_rules, strict_json
from ct_trafficking_resources.checks.findings import Finding, Place
from ct_trafficking_resources.checks.rules import Records
from ct_trafficking_resources.checks.schemas import BASE
from ct_trafficking_resources.edition.codec import SCHEMA_VERSION, decode
from ct_trafficking_resources.edition.history import Index
from ct_trafficking_resources.errors import RefusedData
from ct_trafficking_resources.lock import check_lock, make_lock, read_lock
from ct_trafficking_resources.override import apply_override
from ct_trafficking_resources.publishing import build, release
from ct_trafficking_resources.publishing.folder import FOLDERS, record_text
from ct_trafficking_resources.updates import reading
from ct_trafficking_resources.updates.apply import apply_update
from ct_trafficking_resources.updates.bulk import check_line
from ct_trafficking_resources.updates.check import check_update

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from ct_trafficking_resources.edition.directory import Directory

FOLDER = example_data.CASES / "rules"
FILES = example_data.CASES / "updates" / "files"


class Case(NamedTuple):
    """One case of a rule.

    Attributes:
        path: Its file.
    """

    path: Path

    @property
    def door(self) -> str:
        """What it is given to."""
        return self.path.parent.name

    @property
    def rule(self) -> str:
        """Id of the rule that it is about."""
        return self.path.stem.split("-")[0]

    @property
    def verdict(self) -> str:
        """``wrong`` or ``right``."""
        return self.path.stem.split("-")[1]

    def read(self) -> dict[str, Any]:
        """Return what stands in it."""
        document: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return document

    def findings(self, scratch: Path) -> Sequence[Finding]:
        """Return what the door says of it.

        Args:
            scratch: An empty folder.
        """
        return tuple(DOORS[self.door](self.read(), scratch))

    def __str__(self) -> str:
        return f"{self.door}/{self.path.stem}"


def all_cases() -> list[Case]:
    """Return every case of every rule, by door and name."""
    return [Case(path) for path in sorted(FOLDER.glob("*/*.json"))]


def told(found: Iterable[Finding], expected: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what was found, of each finding as much as is expected of the one in its place."""
    wanted = chain((one.keys() for one in expected), repeat({"rule"}))
    return [
        {key: value for key, value in _facts(one).items() if key in keys}
        for one, keys in zip(found, wanted, strict=False)
    ]


def _facts(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "record": finding.record,
        "pointer": place.pointer,
        "line": place.line,
        "cell": place.cell,
        "found": finding.found,
        "message": finding.message,
    }


# --- the doors ------------------------------------------------------------------------


def records(case: dict[str, Any], _scratch: Path) -> Iterator[Finding]:
    """Records that are looked at together: a patch of the example."""
    example = example_data.patched(example_data.example(), case["patch"])
    looked_at = Records(
        by_id={id: decode(one) for id, one in example["records"].items()},
        tombstones=tuple(map(decode, example["tombstones"].values())),
        misprints=tuple(map(decode, example["misprints"].values())),
        on=date.fromisoformat(example["on"]),
    )
    for rule, problem in record_rules.problems(looked_at):
        place = Place(file=problem.record, pointer=problem.pointer)
        finding = rule.finding(place, problem.message, problem.hint)
        yield attrs.evolve(finding, record=problem.record)


def update(case: dict[str, Any], _scratch: Path) -> Iterable[Finding]:
    """A partner's update: a patch of the form of an organization."""
    example = example_data.example()
    base = example_data.edition(example)
    present = base
    if "meanwhile" in case:
        present = example_data.edition(example_data.patched(example, case["meanwhile"]), "2031.3.0")
    return check_update(
        _form(case, base),
        case.get("sender"),
        present,
        name="form.json",
        on=example_data.ON,
        confirmed=case.get("confirmed", ()),
        base=base,
    ).findings


def _form(case: dict[str, Any], directory: Directory) -> bytes:
    form = example_data.form(case["organization"], directory)
    return json.dumps(example_data.patched(form, case["patch"]), indent=1).encode()


def file(case: dict[str, Any], scratch: Path) -> Iterable[Finding]:
    """A file that a partner sent: its text, or one of ``tests/cases/updates/files``."""
    path = FILES / case["file"] if "file" in case else scratch / case.get("name", "form.json")
    if "text" in case:
        path.write_text(case["text"], encoding="utf-8", newline="")
    given = case.get("limits", {})
    if "json" in given:
        given = {**given, "json": strict_json.Limits(**given["json"])}
    limits = reading.Limits(**given)
    with _growing(path) if case.get("grows") else patch("os.read", os.read):
        return reading.read(path, limits=limits).findings


@contextmanager
def _growing(path: Path) -> Iterator[None]:
    """Have somebody write to a file once it has been read for the first time."""
    really_read, written = os.read, []

    def read_and_write(handle: int, size: int) -> bytes:
        data = really_read(handle, size)
        if not written:
            written.append(path.write_bytes(path.read_bytes() + b" "))
        return data

    with patch("os.read", read_and_write):
        yield


def line(case: dict[str, Any], _scratch: Path) -> Iterable[Finding]:
    """A line of a file of lines."""
    return check_line(json.dumps(case["document"]).encode(), on=example_data.ON)


def apply(case: dict[str, Any], scratch: Path) -> Iterable[Finding]:
    """An update that is to go into the records, beside what is held back."""
    example = example_data.example()
    folder = example_data.write_folder(scratch / "records", example, *case["held"])
    form = _form(case, example_data.edition(example))
    return apply_update(form, folder, name="form.json", on=example_data.ON, dry_run=True).findings


def folder(case: dict[str, Any], scratch: Path) -> Iterable[Finding]:
    """The records folder, with files that were edited, as ``build`` sees it."""
    path = example_data.write_folder(scratch / "records", example_data.example())
    example_data.edit(path, case["edits"])
    with _catalogue(case.get("catalogue", {})):
        return build.build(path, date.fromisoformat(case.get("on", "2026-11-23"))).findings


@contextmanager
def _catalogue(notes: dict[str, dict[str, str]]) -> Iterator[None]:
    """Have notes about the example in the catalogue of English, as if it were shipped."""
    tied = {f"note.{key}": Tied.of("note", key, note) for key, note in notes.items()}
    shipped = Index({"2031.2.0": {"sha256": ""}} if notes else {}, frozenset(), {})
    with (
        patch.object(build, "card_languages", lambda: ("en",)),
        patch.object(build, "wording", lambda _: SimpleNamespace(tied=tied)),
        patch.object(build, "index", lambda: shipped),
    ):
        yield


def released(case: dict[str, Any], scratch: Path) -> Iterable[Finding]:
    """The release after the first one: a patch of the example, under a number, on a day."""
    path, data = scratch / "records", scratch / "data"
    changelog = scratch / "CHANGELOG.md"
    example_data.write_folder(path, example_data.example())
    first = release.release("2031.2.0", path, data, changelog, example_data.ON)
    assert first.findings == ()
    release.write(first)
    for name, content in _record_files(case.get("patch", [])).items():
        (path / name).write_text(content, encoding="utf-8")
    example_data.edit(scratch, case.get("edits", []))
    day = date.fromisoformat(case.get("on", "2026-12-10"))
    return release.release(case.get("number", "2031.3.0"), path, data, changelog, day).findings


def _record_files(steps: list[dict[str, Any]]) -> dict[str, str]:
    before, after = example_data.example(), example_data.patched(example_data.example(), steps)
    kinds = {kind: name for name, kind in FOLDERS.items()}
    return {
        f"{kinds[one['kind']]}/{id}.json": record_text(one)
        for part in ("records", "tombstones", "misprints")
        for id, one in after[part].items()
        if one != before[part].get(id)
    }


def edition(case: dict[str, Any], scratch: Path) -> Iterable[Finding]:
    """An edition file of one's own: a patch of the example, and the digest that is asked for."""
    example = example_data.patched(example_data.example(), case["patch"])
    schema = {"schema": f"{BASE}edition", "schema_version": SCHEMA_VERSION, "license": "CC0-1.0"}
    # Older than what is installed, so that it is not compared with it.
    content = json.dumps(example_data.document(example, "2015.1.0", **schema)).encode()
    (scratch / "own.json").write_bytes(content)
    digest = sha256(content).hexdigest() if case.get("digest", True) else None
    return _refusal(lambda: ctr.load(scratch / "own.json", sha256=digest))


def lock(case: dict[str, Any], _scratch: Path) -> Iterable[Finding]:
    """The lock file of an app: a patch of it, and what the editions have become since."""
    example = example_data.example()
    if "edition" in case:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ctr.WithdrawnEditionWarning)
            locked = newest = ctr.load(case["edition"])
    else:
        locked = example_data.edition(example)
        after = example_data.patched(example, case.get("newest", []))
        newest = example_data.edition(after, "2031.3.0")
    written = make_lock(case["uses"], directory=locked, max_age=case.get("max_age")).to_dict()
    if "since" in case:
        since = example_data.patched(example, case["since"])
        revoked = frozenset(case["revoked"])
        locked = example_data.edition(since, revoked=revoked, digest=locked.digest)
        newest = example_data.edition(since, "2031.3.0", revoked=revoked)
    content = json.dumps(example_data.patched(written, case.get("patch", []))).encode()
    on = date.fromisoformat(case.get("on", "2026-11-30"))
    return check_lock(read_lock(content, "app.lock"), on, locked=locked, newest=newest)


def override(case: dict[str, Any], scratch: Path) -> Iterable[Finding]:
    """An override file: a patch of one that replaces a number."""
    content = json.dumps(example_data.patched(_OVERRIDE, case["patch"])).encode()
    path = scratch / "override.json"
    path.write_bytes(content)
    directory = example_data.edition(example_data.example())
    digest = sha256(content).hexdigest()
    on = date(2026, 12, 1)
    return _refusal(lambda: apply_override(path, sha256=digest, directory=directory, on=on))


_OVERRIDE = {
    "schema": "urn:ct-trafficking-resources:schemas:override",
    "schema_version": "1.0",
    "issued": "2026-12-01",
    "expires": "2026-12-20",
    "revoke": [],
    "replace": [
        {
            "record": "example-line",
            "contact": "text",
            "from": {"kind": "short-code", "value": "54321"},
            "to": {"kind": "short-code", "value": "298765", "display": "298765"},
            "reason": "The code was leased to someone else.",
            "sources": [
                {
                    "url": url,
                    "title": "Notice",
                    "kind": kind,
                    "date": "2026-12-01",
                    "read": "2026-12-01",
                    "says": "Text 298765",
                }
                for url, kind in (
                    ("https://www.example-line.org/notice", "operator"),
                    ("https://portal.example.gov/notice", "official"),
                )
            ],
        }
    ],
}


def _refusal(use: Callable[[], Directory]) -> Iterable[Finding]:
    try:
        use()
    except RefusedData as refused:
        return refused.findings
    return ()


def text(case: dict[str, Any], _scratch: Path) -> Iterable[Finding]:
    """A text that shows contacts."""
    return ctr.audit_text(case["text"], hand_typed=case.get("hand_typed", False))


def reply(case: dict[str, Any], _scratch: Path) -> Iterable[Finding]:
    """What a language model is about to say."""
    return ctr.check_reply(case["text"])


def scanned(case: dict[str, Any], scratch: Path) -> Iterable[Finding]:
    """A file of an app; it may go away before it is read."""
    path = scratch / "page.html"
    path.write_text(case["text"], encoding="utf-8")
    return scan([path], progress=(lambda _: path.unlink()) if case.get("goes_away") else None)


DOORS: dict[str, Callable[[dict[str, Any], Path], Iterable[Finding]]] = {
    "apply": apply,
    "edition": edition,
    "file": file,
    "folder": folder,
    "line": line,
    "lock": lock,
    "override": override,
    "records": records,
    "release": released,
    "reply": reply,
    "scan": scanned,
    "text": text,
    "update": update,
}
"""Folder of the cases to what they are given to."""
