"""Check the records folder, compile it, and write the result or compare it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources import rules
from ct_trafficking_resources.codec import decode, encode
from ct_trafficking_resources.findings import Place, error_at
from ct_trafficking_resources.publishing import folder as records_folder, past_editions
from ct_trafficking_resources.publishing.canonical import record_text
from ct_trafficking_resources.publishing.changelog import with_data_part
from ct_trafficking_resources.publishing.compile import compile_all
from ct_trafficking_resources.publishing.files import replace_file
from ct_trafficking_resources.publishing.register import check_register
from ct_trafficking_resources.rules.base import Records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.findings import Finding
    from ct_trafficking_resources.publishing.compile import Shipped
    from ct_trafficking_resources.publishing.folder import Folder

_RUN_BUILD = "Run `ct-resources build` and commit what it writes."


class Build(NamedTuple):
    """What a build has to say and to give.

    Attributes:
        findings: What is wrong; nothing is written unless it is empty.
        shipped: The files that the records give; None if they are wrong.
    """

    findings: tuple[Finding, ...]
    shipped: Shipped | None


def build(records: Path, data: Path) -> Build:
    """Check the records and compile them; nothing is written.

    Args:
        records: The records folder.
        data: The package's data folder, for the editions released before.
    """
    folder = records_folder.read(records)
    past = records_folder.read_history(records)
    findings = tuple(finding for one in (folder, *past) for finding in one.findings)
    return Build(findings, None) if findings else compile_folder(folder, past, data)


def compile_folder(folder: Folder, past: tuple[Folder, ...], data: Path) -> Build:
    """Check records that were read without findings, and compile them."""
    findings = check(folder, past)
    if findings:
        return Build(findings, None)
    shipped = compile_all(folder, past, past_editions.released(folder, data))
    changed = tuple(past_editions.changed(folder, shipped))
    return Build(changed, None) if changed else Build((), shipped)


def check(folder: Folder, past: tuple[Folder, ...]) -> tuple[Finding, ...]:
    """Return what is wrong with records that were read without findings."""
    return (*_findings(folder), *_past_findings(folder, past))


def _past_findings(folder: Folder, past: tuple[Folder, ...]) -> Iterator[Finding]:
    """Yield what is wrong with the reconstructed editions, and with the list of editions."""
    for one in past:
        yield from _not_canonical(one)
        yield from _broken_rules(one, collect(one, on=_released(folder)))
        yield from past_editions.later_sources(one)
        yield from past_editions.unregistered(folder, one)
    yield from past_editions.check_withdrawn(folder, past)


def differences(shipped: Shipped, data: Path, changelog: Path) -> tuple[Finding, ...]:
    """Return a finding for each shipped file that is not what the records give.

    The changelog is looked at for its data part only, and if it is there.
    """
    wrong = [
        (name, "The file is not what the records give.")
        for name, content in shipped.files.items()
        if not (data / name).is_file() or (data / name).read_bytes() != content
    ]
    places = [(data / name, message) for name, message in wrong]
    places += [(file, "No records give this file.") for file in strays(shipped, data)]
    if changelog.is_file() and changelog.read_bytes() != _changelog(changelog, shipped):
        places.append((changelog, "Its data part is not what the editions give."))
    return tuple(
        error_at("CTR104", Place(file=str(path)), message, _RUN_BUILD) for path, message in places
    )


def strays(shipped: Shipped, data: Path) -> tuple[Path, ...]:
    """Return the files among the editions that the records do not give."""
    files = sorted((data / "editions").glob("*"))
    return tuple(file for file in files if f"editions/{file.name}" not in shipped.files)


def _changelog(changelog: Path, shipped: Shipped) -> bytes:
    return with_data_part(changelog.read_text(encoding="utf-8"), shipped).encode()


def write(shipped: Shipped, data: Path, changelog: Path) -> None:
    """Write the shipped files, the index last; take away editions that are none.

    The data part of the changelog is renewed if the changelog is there.
    """
    if changelog.is_file():
        replace_file(changelog, _changelog(changelog, shipped))
    for name, content in shipped.files.items():
        replace_file(data / name, content)
    for file in strays(shipped, data):
        file.unlink()


def collect(folder: Folder, on: date | None = None) -> Records:
    """Return the records of the folder, decoded, to be looked at together.

    Args:
        folder: The records.
        on: The day they are looked at; that of their edition if not given.
    """
    documents = (one for name in records_folder.RECORDS for one in folder.of(name))
    return Records(
        by_id={one["id"]: decode(one) for one in documents},
        tombstones=tuple(map(decode, folder.of("tombstones"))),
        misprints=tuple(map(decode, folder.of("misprints"))),
        on=on or _released(folder),
    )


def _released(folder: Folder) -> date:
    return date.fromisoformat(folder.texts[records_folder.HEADER].document["released"])


def _findings(folder: Folder) -> Iterator[Finding]:
    yield from _not_canonical(folder)
    yield from _broken_rules(folder, collect(folder))
    yield from check_register(folder)


def _broken_rules(folder: Folder, records: Records) -> Iterator[Finding]:
    is_past = records_folder.REGISTER not in folder.texts
    for rule, problem in rules.problems(records):
        if is_past and rule.id in past_editions.NOT_FOR_HISTORY:
            continue
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
    for folder in (records_folder.read(records), *records_folder.read_history(records)):
        for name, text in folder.texts.items():
            canonical = _canonical(name, text.document)
            if canonical != text.text:
                replace_file(Path(text.file), canonical.encode())
                changed.append(Path(text.file).relative_to(records).as_posix())
    return tuple(changed)
