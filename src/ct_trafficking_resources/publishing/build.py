"""Check the records folder, and give the candidate: the edition file that it would be.

Nothing is written but record files in canonical form (`format_records`). What is
shipped changes by a release alone.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources import rules
from ct_trafficking_resources.codec import decode, encode
from ct_trafficking_resources.findings import error_at
from ct_trafficking_resources.freshness import VICTIM_CHANNEL
from ct_trafficking_resources.publishing import folder as records_folder
from ct_trafficking_resources.publishing.canonical import record_text
from ct_trafficking_resources.publishing.compile import candidate_bytes
from ct_trafficking_resources.publishing.files import replace_file
from ct_trafficking_resources.publishing.past_editions import check_withdrawn
from ct_trafficking_resources.publishing.register import check_register
from ct_trafficking_resources.rules.base import Records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ct_trafficking_resources.findings import Finding, Place
    from ct_trafficking_resources.publishing.folder import Folder

_LAST_DAY = date(2099, 12, 31) - timedelta(days=VICTIM_CHANNEL.review_after)
"""The day of review must be one that the schemas know."""


class Build(NamedTuple):
    """What a build has to say and to give.

    Attributes:
        findings: What is wrong with the records.
        candidate: The bytes of the candidate; None if something is wrong.
    """

    findings: tuple[Finding, ...]
    candidate: bytes | None


def build(records: Path, on: date) -> Build:
    """Check the records and give the candidate; nothing is written.

    Args:
        records: The records folder.
        on: The day they are looked at.
    """
    folder = records_folder.read(records)
    if folder.findings:
        return Build(folder.findings, None)
    day = candidate_day(folder, on)
    findings = check(folder, day)
    return Build(findings, None if findings else candidate_bytes(folder, day))


def candidate_day(folder: Folder, on: date) -> date:
    """Return the day of the candidate: *on*, but never before the last release."""
    return max(on, date.fromisoformat(folder.header["released"]))


def check(folder: Folder, on: date) -> tuple[Finding, ...]:
    """Return what is wrong on a day with records that were read without findings."""
    return tuple(_findings(folder, on))


def collect(folder: Folder, on: date) -> Records:
    """Return the records of the folder, decoded, to be looked at together on a day."""
    documents = (one for name in records_folder.RECORDS for one in folder.of(name))
    return Records(
        by_id={one["id"]: decode(one) for one in documents},
        tombstones=tuple(map(decode, folder.of("tombstones"))),
        misprints=tuple(map(decode, folder.of("misprints"))),
        on=on,
    )


def _findings(folder: Folder, on: date) -> Iterator[Finding]:
    yield from _far_off(folder, on)
    yield from _not_canonical(folder)
    yield from _broken_rules(folder, collect(folder, on))
    yield from check_register(folder)
    yield from check_withdrawn(folder)


def _far_off(folder: Folder, on: date) -> Iterator[Finding]:
    if on > _LAST_DAY:
        place = folder.texts[records_folder.HEADER].place("/released")
        hint = "Check the clock of this machine, or the day that was given."
        yield error_at("CTR546", place, f"An edition cannot have the date {on}.", hint)


def _broken_rules(folder: Folder, records: Records) -> Iterator[Finding]:
    for rule, problem in rules.problems(records):
        place = _place(folder, problem.record, problem.pointer)
        yield error_at(rule.id, place, problem.message, problem.hint)


def _place(folder: Folder, id: str, pointer: str) -> Place:
    for name in (*records_folder.RECORDS, "tombstones", "misprints"):
        if f"{name}/{id}.json" in folder.texts:
            return folder.place(name, id, pointer)
    return folder.texts[records_folder.HEADER].place("")


def _not_canonical(folder: Folder) -> Iterator[Finding]:
    for name, text in folder.texts.items():
        if _canonical(name, text.document) != text.text:
            hint = "Run `ct-resources build --format-records`."
            yield error_at("CTR105", text.place(""), "The file is not in canonical form.", hint)


def _canonical(name: str, document: Any) -> str:
    kind = name.partition("/")[0]
    is_record = kind in records_folder.FOLDERS.keys() - records_folder.AS_WRITTEN
    return record_text(encode(decode(document)) if is_record else document)


def format_records(records: Path) -> tuple[str, ...]:
    """Rewrite the record files that are not in canonical form; return their names.

    Files with findings of their own are left alone.
    """
    changed = []
    for name, text in records_folder.read(records).texts.items():
        canonical = _canonical(name, text.document)
        if canonical != text.text:
            replace_file(records / name, canonical.encode())
            changed.append(name)
    return tuple(changed)
