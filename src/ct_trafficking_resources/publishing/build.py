"""Check the records folder, compile it, and write the result or compare it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources import rules
from ct_trafficking_resources.codec import decode, encode
from ct_trafficking_resources.findings import Finding, Place, Severity
from ct_trafficking_resources.publishing import folder as records_folder
from ct_trafficking_resources.publishing.canonical import record_text
from ct_trafficking_resources.publishing.compile import compile_edition
from ct_trafficking_resources.publishing.files import replace_file
from ct_trafficking_resources.publishing.register import check_register
from ct_trafficking_resources.rules.base import Records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ct_trafficking_resources.publishing.compile import Shipped
    from ct_trafficking_resources.publishing.folder import Folder

_RUN_BUILD = "Run `ct-resources build` and commit what it writes."


class Build(NamedTuple):
    """What a build has to say and to give.

    Attributes:
        findings: What is wrong; nothing is written unless it is empty.
        shipped: The files that the records give; empty if they are wrong.
    """

    findings: tuple[Finding, ...]
    shipped: Shipped | None


def build(records: Path, data: Path) -> Build:
    """Check the records and compile them; nothing is written.

    Args:
        records: The records folder.
        data: The package's data folder, for the editions shipped beside.
    """
    folder = records_folder.read(records)
    findings = folder.findings or tuple(_findings(folder))
    if findings:
        return Build(findings, None)
    return Build((), compile_edition(folder, _shipped_editions(data)))


def differences(shipped: Shipped, data: Path) -> tuple[Finding, ...]:
    """Return a finding for each shipped file that is not what the records give."""
    return tuple(
        Finding(
            rule="CTR104",
            severity=Severity.ERROR,
            place=Place(file=str(data / name)),
            message="The file is not what the records give.",
            hint=_RUN_BUILD,
        )
        for name, content in shipped.files.items()
        if not (data / name).is_file() or (data / name).read_bytes() != content
    )


def write(shipped: Shipped, data: Path) -> None:
    """Write the shipped files, the index last."""
    for name, content in shipped.files.items():
        replace_file(data / name, content)


def _shipped_editions(data: Path) -> list[dict[str, Any]]:
    index = data / "index.json"
    return json.loads(index.read_bytes())["editions"] if index.is_file() else []


def collect(folder: Folder) -> Records:
    """Return the records of the folder, decoded, to be looked at together."""
    header = folder.texts[records_folder.HEADER].document
    documents = (one for name in records_folder.RECORDS for one in folder.of(name))
    return Records(
        by_id={one["id"]: decode(one) for one in documents},
        tombstones=tuple(map(decode, folder.of("tombstones"))),
        misprints=tuple(map(decode, folder.of("misprints"))),
        on=date.fromisoformat(header["released"]),
    )


def _findings(folder: Folder) -> Iterator[Finding]:
    yield from _not_canonical(folder)
    for rule, problem in rules.problems(collect(folder)):
        yield Finding(
            rule=rule.id,
            severity=Severity.ERROR,
            place=_place(folder, problem.record, problem.pointer),
            message=problem.message,
            hint=problem.hint,
        )
    yield from check_register(folder)


def _place(folder: Folder, id: str, pointer: str) -> Place:
    for name in (*records_folder.RECORDS, "tombstones", "misprints"):
        if f"{name}/{id}.json" in folder.texts:
            return folder.place(name, id, pointer)
    return folder.texts[records_folder.HEADER].place("")


def _not_canonical(folder: Folder) -> Iterator[Finding]:
    for name, text in folder.texts.items():
        document = text.document
        kind = name.partition("/")[0]
        if kind in records_folder.FOLDERS and kind != "held":
            document = encode(decode(document))
        if record_text(document) != text.text:
            yield Finding(
                rule="CTR105",
                severity=Severity.ERROR,
                place=text.place(""),
                message="The file is not in canonical form.",
                hint="Run `ct-resources build --format-records`.",
            )


def format_records(records: Path) -> tuple[str, ...]:
    """Rewrite the record files that are not in canonical form; return their names.

    Files with findings of their own are left alone.
    """
    folder = records_folder.read(records)
    changed = []
    for name, text in folder.texts.items():
        kind = name.partition("/")[0]
        known = kind in records_folder.FOLDERS and kind != "held"
        canonical = record_text(encode(decode(text.document)) if known else text.document)
        if canonical != text.text:
            (records / name).write_text(canonical, encoding="utf-8")
            changed.append(name)
    return tuple(changed)
