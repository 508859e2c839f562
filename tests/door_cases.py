"""The doors through which a value comes in, and the same change through each of them.

A change is a file ``tests/cases/doors/VERDICT-KIND-WHAT.json``: the record, a JSON Patch of it,
the pages that are cited, what was confirmed, and the rules that refuse it. ``wrong`` says that
every door that can carry the change refuses it for these rules; ``right``, that none does.
"""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

import ct_trafficking_resources as ctr
import example_data
import sample_data
from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import all_rules
from ct_trafficking_resources.checks.schemas import BASE
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.edition.codec import SCHEMA_VERSION, decode, decode_contact, encode
from ct_trafficking_resources.errors import RefusedData
from ct_trafficking_resources.override import apply_override
from ct_trafficking_resources.policy import hosts_of, level_of, of_same_organization
from ct_trafficking_resources.publishing import build, release
from ct_trafficking_resources.publishing.folder import FOLDERS, record_text
from ct_trafficking_resources.updates import template, text_rules
from ct_trafficking_resources.updates.check import check_update

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ct_trafficking_resources.checks.findings import Finding

FOLDER = example_data.CASES / "doors"
ON, RELEASED = example_data.ON, date(2026, 12, 10)
SAID = {"role": "records clerk", "way": "telephone-on-record", "day": "2026-11-23"}


class Change(NamedTuple):
    """A change of one record.

    Attributes:
        name: Its verdict, its kind, and what it is.
        record: Id of the record.
        patch: What changes, as a JSON Patch of the record.
        pages: The pages that are cited: address, kind and words.
        confirmed: What was confirmed: contact point and value.
        rules: Ids of the rules that refuse it.
        otherwise: Doors that cannot carry it, or for whose own rules it is something else,
            and why.
    """

    name: str
    record: str
    patch: list[dict[str, Any]]
    pages: list[dict[str, Any]]
    confirmed: list[dict[str, str]]
    rules: tuple[str, ...]
    otherwise: dict[str, str]

    def __str__(self) -> str:
        return self.name

    @property
    def sources(self) -> list[dict[str, Any]]:
        """The pages as sources of evidence."""
        return [{"title": "Contact", "read": str(ON), **page} for page in self.pages]

    def records(self) -> dict[str, Any]:
        """Return the records with the change, and with its pages as evidence."""
        after = deepcopy(world())
        before = after["records"][self.record]
        record = example_data.patched(before, deepcopy(self.patch))
        old = {contact["id"]: contact for contact in before["contacts"]}
        own = hosts_of(*of_same_organization(decode(before), map(decode, _records(after))))
        for contact in record["contacts"]:
            if contact != old.get(contact["id"]):
                contact["evidence"] = self._evidence(contact, own)
        heard = self._heard("hosts") + self._heard("first")
        if heard:
            record["evidence"] = {**record["evidence"], "confirmations": heard}
        after["records"][self.record] = encode(decode(record))
        return after

    def _evidence(self, contact: dict[str, Any], own: frozenset[str]) -> dict[str, Any]:
        evidence = {"level": "single-source", "confidence": "high", "sources": self.sources}
        level = level_of(decode_contact({**contact, "evidence": evidence}).evidence, own)
        heard = self._heard(contact["id"])
        return {**evidence, "level": level.value, **({"confirmations": heard} if heard else {})}

    def _heard(self, contact: str) -> list[dict[str, str]]:
        what = {"what": contact} if contact in {"hosts", "first"} else {}
        return [
            {**what, **SAID, **{key: said for key, said in heard.items() if key != "contact"}}
            for heard in self.confirmed
            if heard["contact"] == contact
        ]


@cache
def changes() -> tuple[Change, ...]:
    """Return every change, by name."""
    return tuple(
        Change(
            name=path.stem,
            record=case["record"],
            patch=case["patch"],
            pages=case.get("pages", []),
            confirmed=case.get("confirmed", []),
            rules=tuple(case.get("rules", ())),
            otherwise=case.get("otherwise", {}),
        )
        for path in sorted(FOLDER.glob("*-*.json"))
        for case in [json.loads(path.read_text(encoding="utf-8"))]
    )


@cache
def world() -> dict[str, Any]:
    """Return the records as they are before any change; not to be changed."""
    patch = json.loads((FOLDER / "world.json").read_text(encoding="utf-8"))
    records: dict[str, Any] = example_data.patched(example_data.example(), patch)
    return records


def _records(everything: dict[str, Any]) -> list[dict[str, Any]]:
    return list(everything["records"].values())


class Doors:
    """The doors, beside an edition that was released into a folder of its own.

    Attributes:
        folder: What the doors write into.
        data: The data folder with the first edition.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        self.directory = example_data.edition(world())
        example_data.write_folder(folder / "records", world())
        first = self._release("2031.2.0", folder / "records", self.data, ON)
        assert first.findings == (), first.findings
        release.write(first)

    def refusals(self, door: str, change: Change) -> list[str]:
        """Return the ids of the rules for which a door refuses a change."""
        with TemporaryDirectory(dir=self.folder) as scratch:
            found = getattr(self, f"_{door}")(change, Path(scratch))
        return sorted({one.rule for one in found if one.severity == Severity.ERROR})

    def _release(self, number: str, records: Path, data: Path, on: date) -> release.Release:
        return release.release(number, records, data, self.folder / "CHANGELOG.md", on)

    # --- a partner's form -------------------------------------------------------------------

    def _form(self, change: Change, ending: str, draw: Callable[[Any], bytes]) -> Sequence[Finding]:
        owner = owner_of(change.record)
        update = example_data.form(owner or "", self.directory)
        update["sources"] = change.sources
        for index, record in enumerate(update["records"]):
            if record["id"] == change.record:
                update["records"][index] = example_data.patched(record, change.patch)
        return check_update(
            draw(update),
            owner,
            self.directory,
            name=f"form.{ending}",
            on=ON,
            confirmed=[{"record": change.record, **SAID, **heard} for heard in change.confirmed],
            base=self.directory,
        ).findings

    def _json(self, change: Change, _scratch: Path) -> Sequence[Finding]:
        return self._form(change, "json", lambda update: json.dumps(update).encode())

    def _csv(self, change: Change, _scratch: Path) -> Sequence[Finding]:
        return self._form(change, "csv", template._csv)

    def _xlsx(self, change: Change, _scratch: Path) -> Sequence[Finding]:
        return self._form(change, "xlsx", template.workbook)

    # --- a curator's edit -------------------------------------------------------------------

    def _edited(self, change: Change, scratch: Path) -> Path:
        records = shutil.copytree(self.folder / "records", scratch / "records")
        document = change.records()["records"][change.record]
        kinds = {kind: name for name, kind in FOLDERS.items()}
        file = records / kinds[document["kind"]] / f"{change.record}.json"
        file.write_text(record_text(document), encoding="utf-8")
        return records

    def _build(self, change: Change, scratch: Path) -> Sequence[Finding]:
        return build.build(self._edited(change, scratch), ON, self.data).findings

    def _release_next(self, change: Change, scratch: Path) -> Sequence[Finding]:
        return self._release(
            "2031.3.0", self._edited(change, scratch), self.data, RELEASED
        ).findings

    # --- files from outside -----------------------------------------------------------------

    def _override(self, change: Change, scratch: Path) -> Sequence[Finding]:
        before = world()["records"][change.record]
        after = example_data.patched(before, change.patch)
        ((old, new),) = moved(before, after)
        document = {
            "schema": f"{BASE}override",
            "schema_version": SCHEMA_VERSION,
            "issued": str(ON),
            "expires": str(RELEASED),
            "revoke": [],
            "replace": [
                {
                    "record": change.record,
                    "contact": new["id"],
                    "from": {key: old[key] for key in ("kind", "value")},
                    "to": {key: new[key] for key in ("kind", "value", "display")},
                    "reason": "It changed.",
                    "sources": change.sources,
                    **({"confirmations": heard} if (heard := change._heard(new["id"])) else {}),
                }
            ],
        }
        path, digest = _written(document, scratch)
        return _refusal(
            lambda: apply_override(path, sha256=digest, directory=self.directory, on=ON)
        )

    def _foreign(self, change: Change, scratch: Path) -> Sequence[Finding]:
        schema = {"schema": f"{BASE}edition", "schema_version": SCHEMA_VERSION}
        header = {**schema, "license": "CC0-1.0", "released": str(RELEASED)}
        path, digest = _written(
            example_data.document(change.records(), "2031.3.0", **header), scratch
        )
        with _installed(self.data):
            return _refusal(lambda: ctr.load(path, sha256=digest))


DOORS = ("json", "csv", "xlsx", "build", "release_next", "override", "foreign")


def doors_of(change: Change) -> Iterator[str]:
    """Yield the doors that can carry a change."""
    for door in DOORS:
        if door in change.otherwise:
            continue
        if door in {"json", "csv", "xlsx"} and owner_of(change.record) is None:
            continue
        if door == "override" and not _is_for_override(change):
            continue
        yield door


def owner_of(record: str) -> str | None:
    """Return the organization in whose form a record stands."""
    document = world()["records"][record]
    if document["kind"] == "organization":
        return record
    present = [one for one in document.get("operators", ()) if "until" not in one]
    return present[0]["organization"] if present else None


def moved(
    before: dict[str, Any], after: dict[str, Any]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the contact points that differ, as they were and as they are."""
    pairs = zip(before["contacts"], after["contacts"], strict=False)
    return [(old, new) for old, new in pairs if old != new]


_OF_OLD_VALUE = {"accepted_keywords", "extension", "keyword", "menu", "vanity"}
"""Keys that an override takes away with the old value."""


def _is_for_override(change: Change) -> bool:
    """Tell whether a change does nothing but replace one value by one with two pages."""
    before = world()["records"][change.record]
    after = example_data.patched(before, change.patch)
    rest = [{**one, "contacts": len(one["contacts"])} for one in (before, after)]
    pairs = moved(before, after)
    if rest[0] != rest[1] or len(pairs) != 1 or len(change.pages) < 2:
        return False
    old, new = pairs[0]
    keys = {key for key in {**old, **new} if old.get(key) != new.get(key)}
    gone = {key for key in keys - {"value", "kind", "display"} if key in _OF_OLD_VALUE - new.keys()}
    return "value" in keys and keys - gone <= {"value", "kind", "display"}


def _written(document: dict[str, Any], scratch: Path) -> tuple[Path, str]:
    content = json.dumps(document).encode()
    (scratch / "own.json").write_bytes(content)
    return scratch / "own.json", sha256(content).hexdigest()


def _refusal(use: Callable[[], object]) -> Sequence[Finding]:
    try:
        use()
    except RefusedData as refused:
        return refused.findings
    return ()


@contextmanager
def _installed(data: Path) -> Iterator[None]:
    """Have the package read another data folder."""
    before = Path(storage._DATA)
    sample_data.use(data)
    try:
        yield
    finally:
        sample_data.use(before)


@contextmanager
def without(*rules: str) -> Iterator[None]:
    """Have some rules find nothing."""
    named = [rule for rule in all_rules() if rule.id in rules]
    checks = [rule.check for rule in named]
    of_texts = tuple(asked for asked in text_rules.TEXT_RULES if asked[0] not in named)
    try:
        for rule in named:
            object.__setattr__(rule, "check", lambda *_: ())
        with patch.object(text_rules, "TEXT_RULES", of_texts):
            yield
    finally:
        for rule, check in zip(named, checks, strict=True):
            object.__setattr__(rule, "check", check)
