"""An edition file from outside: checked first, then used.

A file that has the digest of an edition of the package is that edition. Any other is
checked in the order of cost: size, digest, JSON, schema version, schema, dates, the
rules of records, and the gate. The gate asks of each record that the newest edition
of the package has too, what is not as it is there. An older file is only held to what
was revoked since: its values are hidden, as in any older edition. Nothing of a file
that fails is kept.
"""

from __future__ import annotations

import os
import re
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

import attrs

from ct_trafficking_resources.checks import gate, record_rules, schemas, strict_json
from ct_trafficking_resources.checks.findings import Place, Severity
from ct_trafficking_resources.checks.record_rules import ids_unique
from ct_trafficking_resources.checks.rules import Records, rule, worth_saying
from ct_trafficking_resources.checks.schemas import day_findings
from ct_trafficking_resources.checks.strict_json import CHECK, open_file
from ct_trafficking_resources.edition.codec import SCHEMA_VERSION, decode, major
from ct_trafficking_resources.edition.directory import Directory
from ct_trafficking_resources.edition.history import index
from ct_trafficking_resources.edition.storage import SECTIONS, skim
from ct_trafficking_resources.errors import (
    DigestMismatch,
    NewerSchema,
    NotReadable,
    RefusedData,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.checks.rules import Broken
    from ct_trafficking_resources.checks.strict_json import JsonText

_LATER = frozenset({"enum", "additionalProperties"})
"""What a later minor version of the schema may add: words and keys. Unknown
words degrade to their text, unknown keys are passed over."""


_VERSION = re.compile(r"([1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\Z")
_OURS = major(SCHEMA_VERSION), int(SCHEMA_VERSION.partition(".")[2])


def load_file(path: str, expected: str | None, installed: Directory) -> Directory:
    """Return the directory in an edition file of the caller's own.

    Args:
        path: The file.
        expected: SHA-256 that its bytes must have.
        installed: The newest edition of the package.

    Raises:
        DigestMismatch: The bytes are not those that were asked for.
        NewerSchema: The file is written for a later version of the library.
        RefusedData: The file cannot be read, or does not pass the checks.
    """
    data = read_file(path, expected, strict_json.Limits())
    digest, known = sha256(data).hexdigest(), index()
    if any(digest == entry["sha256"] for entry in known.editions.values()):
        return Directory(skim(data), digest, revoked=known.revoked)
    text = strict_json.read(data, path)
    if text.findings:
        raise RefusedData(path, text.findings)
    findings = check_schema("edition", text) or _broken_rules(text, installed)
    if findings:
        raise RefusedData(path, findings)
    return Directory(text.document, digest, revoked=known.revoked)


def read_file(path: str, expected: str | None, limits: strict_json.Limits) -> bytes:
    """Return the bytes of a file, never more than the limit, of exactly this digest.

    Raises:
        DigestMismatch: The bytes are not those that were asked for.
        RefusedData: There is no digest, no such file, or it is too large.
    """
    if expected is None:
        raise refused(
            path, "A file of your own needs its digest.", "Give sha256=, 64 hexadecimal digits."
        )
    data = read_bytes(path, limits.size)
    actual = sha256(data).hexdigest()
    if actual != expected:
        raise DigestMismatch(path, expected, actual)
    return data


def read_bytes(path: str | os.PathLike[str], most: int) -> bytes:
    """Return the bytes of a file, however long, of which at most *most* are read.

    Raises:
        RefusedData: There is no such file, or it is too large.
    """
    name = os.fspath(path)
    try:
        with os.fdopen(open_file(path), "rb") as file:
            data = file.read(most + 1)
    except NotReadable as error:
        raise refused(name, error.message, error.hint) from error
    except OSError as error:
        raise refused(name, f"The file cannot be read: {error.strerror}.", CHECK) from error
    if len(data) > most:
        raise refused(
            name,
            f"The file has more than {most:,} bytes.",
            "Check that it is the right file; those that this library writes are smaller.",
        )
    return data


UNUSABLE = rule(
    "CTR110",
    Severity.ERROR,
    "A file of your own is there, has its digest, and is not too large.",
    reason="Only what was meant is used, and no file makes the library work without end.",
)(read_file)


def check_schema(name: str, text: JsonText) -> tuple[Finding, ...]:
    """Check a document that says which schema version it was written for.

    What a later minor version may add is let through.

    Raises:
        NewerSchema: It was written for a later major version.
    """
    document = text.document
    written_for = _version(document)
    if written_for[0] > _OURS[0]:
        raise NewerSchema(text.file, document["schema_version"], SCHEMA_VERSION)
    findings = schemas.check(name, text)
    if findings and written_for > _OURS:
        errors = schemas.validator(name).iter_errors(document)
        if all(error.validator in _LATER for error in errors):
            findings = ()
    return findings or day_findings(text)


def _version(document: Any) -> tuple[int, int]:
    """Return the schema version that a document names; ours if it names none."""
    version = document.get("schema_version") if isinstance(document, dict) else None
    match = _VERSION.match(version) if isinstance(version, str) else None
    return (int(match[1]), int(match[2])) if match else _OURS


def _broken_rules(text: JsonText, installed: Directory) -> tuple[Finding, ...]:
    document: dict[str, Any] = text.document
    where: dict[str, str] = {}
    twice = []
    for section in SECTIONS:
        for place, one in enumerate(document[section]):
            pointer = f"/{section}/{place}"
            if where.setdefault(one["id"], pointer) != pointer:
                message = f"Two records have the id {one['id']!r}."
                where_it_is = text.place(f"{pointer}/id")
                twice.append(ids_unique.finding(where_it_is, message, "Give each its own."))
    records = Records(
        by_id={one["id"]: decode(one) for section in SECTIONS for one in document[section]},
        on=date.fromisoformat(document["released"]),
    )
    return tuple(twice) or tuple(
        rule.finding(
            text.place(f"{where.get(problem.record, '')}{problem.pointer}"),
            problem.message,
            problem.hint,
        )
        for rule, problem in worth_saying(
            (
                *record_rules.problems(records),
                *_changed(records, document["edition"], installed),
            )
        )
    )


def _changed(records: Records, number: str, installed: Directory) -> Iterator[Broken]:
    """Yield what is wrong with records that are otherwise in the newest edition."""
    if _in_order(number) < _in_order(installed.edition):
        return
    before = Records.of(installed, records.on)
    both = {id: record for id, record in records.by_id.items() if id in before.by_id}
    after = attrs.evolve(before, by_id=before.by_id | both)
    yield from gate.problems(gate.Difference(before=before, after=after))
    known = attrs.evolve(records, tombstones=before.tombstones, misprints=before.misprints)
    revoked = record_rules.nothing_revoked
    yield from ((revoked, problem) for problem in revoked.check(known))


def _in_order(number: str) -> tuple[int, ...]:
    return tuple(map(int, number.split(".")))


def refused(path: str, message: str, hint: str) -> RefusedData:
    """Return the exception for a file that is not used, with one finding about all of it."""
    return RefusedData(path, (UNUSABLE.finding(Place(file=path), message, hint),))
