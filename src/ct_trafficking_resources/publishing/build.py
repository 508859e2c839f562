"""What the records give: their check, the candidate, and the files of a release.

`build` checks the records folder and gives the candidate: the edition file that it
would be. `compile_release` gives what is shipped once an edition is released: the
same bytes every time, the index made from the editions alone, so that it cannot
say what they do not. Nothing is written here but record files in canonical form
(`format_records`); what is shipped changes by a release alone.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources.cards.phrases import CATALOGUES, card_languages, wording
from ct_trafficking_resources.changes import compare
from ct_trafficking_resources.checks import gate, record_rules, strict_json
from ct_trafficking_resources.checks.findings import Place, Severity
from ct_trafficking_resources.checks.gate import Difference
from ct_trafficking_resources.checks.rules import Records, rule, worth_saying
from ct_trafficking_resources.checks.schemas import BASE
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.edition.codec import SCHEMA_VERSION, decode, encode
from ct_trafficking_resources.edition.directory import Directory
from ct_trafficking_resources.edition.foreign import read_bytes
from ct_trafficking_resources.edition.history import INDEX, History, index, revocation
from ct_trafficking_resources.policy import VICTIM_CHANNEL
from ct_trafficking_resources.publishing import folder as records_folder
from ct_trafficking_resources.publishing.folder import (
    AS_WRITTEN,
    EDITIONS,
    FOLDERS,
    RECORDS,
    REGISTER,
    record_text,
    replace_files,
)
from ct_trafficking_resources.words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from importlib_resources.abc import Traversable

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.publishing.folder import Folder

LICENSE = "CC0-1.0"
CANDIDATE_COUNT = 999
"""Last part of a candidate's number; no release is given it, so the two are never mixed up."""


# --- what is shipped -----------------------------------------------------------------------------


class Shipped(NamedTuple):
    """What is shipped once an edition is released.

    Attributes:
        editions: Every edition, number to bytes, oldest first.
        files: The files that the release writes, by path within the package's
            data, the index last.
    """

    editions: dict[str, bytes]
    files: dict[str, bytes]

    @property
    def revoked(self) -> frozenset[str]:
        """``kind:value`` of every value that must never be shown."""
        return frozenset(json.loads(self.files[INDEX])["revoked"])


def compile_release(
    folder: Folder, header: Mapping[str, str], shipped: Mapping[str, bytes]
) -> Shipped:
    """Return what is shipped once the records are released.

    Args:
        folder: The records, already checked.
        header: Number, dates, status and statement of the new edition.
        shipped: Number to bytes of the editions that are shipped already; they
            stay as they are.
    """
    number, edition = header["edition"], edition_bytes(folder, header)
    every = {**shipped, number: edition}
    editions = {one: every[one] for one in sorted(every, key=edition_key)}
    history = {f"{name}.json": _history(name, folder.of(name)) for name in HISTORY}
    index = index_bytes(editions, folder.editions["withdrawn"], history)
    files = {f"editions/{number}.json": edition, **history, INDEX: index}
    return Shipped(editions, files)


HISTORY = ("tombstones", "misprints")
"""What a release ships beside the editions."""


def index_bytes(
    editions: dict[str, bytes], withdrawn: Mapping[str, str], history: Mapping[str, bytes]
) -> bytes:
    """Return the bytes of the index of what is shipped.

    Args:
        editions: Every edition, number to bytes, oldest first.
        withdrawn: Why an edition was withdrawn, by number.
        history: The files of the tombstones and the misprints, by name.
    """
    tombstones = json.loads(history["tombstones.json"])["records"]
    return storage.write_guarded(
        {
            "schema": f"{BASE}index",
            "schema_version": SCHEMA_VERSION,
            "license": LICENSE,
            "editions": _entries(editions, withdrawn),
            "revoked": revoked(tombstones),
            "files": {name: storage.checksum(data) for name, data in history.items()},
        }
    )


def edition_bytes(folder: Folder, header: Mapping[str, str]) -> bytes:
    """Return the bytes of the edition that a folder of records gives under a header."""
    edition = {
        "schema": f"{BASE}edition",
        "schema_version": SCHEMA_VERSION,
        "edition": header["edition"],
        "released": header["released"],
        "review_by": header["review_by"],
        "status": header["status"],
        "statement": header["statement"],
        "license": LICENSE,
        "task_forces": _by_name(folder.of("task-forces")),
        "organizations": _by_name(folder.of("organizations")),
        "channels": sorted(folder.of("channels"), key=lambda one: (one["rank"], one["id"])),
        "laws": _by_name(folder.of("laws")),
    }
    return storage.write(edition)


def candidate_bytes(folder: Folder, on: date) -> bytes:
    """Return the bytes of the candidate: an edition file that says it was never released.

    Its number is that of the last edition with the count 999, so it comes after
    what is shipped and before the next month's.

    Args:
        folder: The records, already checked.
        on: The day it is of.
    """
    last = folder.header
    year, month, _ = edition_key(last["edition"])
    header = {
        **last,
        "edition": f"{year}.{month}.{CANDIDATE_COUNT}",
        "released": on.isoformat(),
        "status": "preview",
        "statement": (
            f"Candidate: the records on {on.isoformat()}, after edition {last['edition']}."
            " It was never released. Do not show it to anyone who needs help."
        ),
    }
    return edition_bytes(folder, header)


def edition_key(number: str) -> tuple[int, ...]:
    """Return what editions are sorted by."""
    return tuple(map(int, number.split(".")))


def revoked(tombstones: list[dict[str, Any]]) -> list[str]:
    """Return ``kind:value`` of every value that must never be shown."""
    values = (tombstone["value"] for tombstone in tombstones if tombstone.get("revoked"))
    return sorted({revocation(value["kind"], value["value"]) for value in values})


def _entries(editions: dict[str, bytes], withdrawn: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the index's entries, oldest first; a withdrawn one names the newest that is not."""
    newest = next(edition for edition in reversed(editions) if edition not in withdrawn)
    entries = []
    for number, data in editions.items():
        document = json.loads(data)
        entry = {
            "number": number,
            "released": document["released"],
            "review_by": document["review_by"],
            "status": document["status"],
            "sha256": sha256(data).hexdigest(),
            "crc32": storage.checksum(data),
        }
        if number in withdrawn:
            entry |= {"withdrawn": withdrawn[number], "replaced_by": newest}
        entries.append(entry)
    return entries


def _by_name(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(documents, key=lambda one: (one["name"].casefold(), one["id"]))


def _history(name: str, documents: list[dict[str, Any]]) -> bytes:
    return storage.write({"schema": f"{BASE}{name}", "license": LICENSE, "records": documents})


# --- the register of ids: given once, never used again for another subject -----------------------


def ids(folder: Folder) -> dict[str, str]:
    """Return the ids that the records use today, each with its kind.

    A record that is held as a whole keeps its id, and so does a record of which
    only a tombstone remains, and one of which only held values are known.
    """
    used = {
        document["id"]: FOLDERS[name]
        for name in FOLDERS
        if name not in AS_WRITTEN
        for document in folder.of(name)
    }
    for held in folder.of("held"):
        kind = held["record"]["document"]["kind"] if "record" in held else "held"
        used.setdefault(held["id"], kind)
    return dict(sorted(used.items()))


def check_register(folder: Folder) -> Iterator[Finding]:
    """Yield what the register and the records disagree on."""
    yield from given_twice(folder)
    text = folder.texts[REGISTER]
    registered = text.document["ids"]
    used = ids(folder)
    for id, kind in used.items():
        if id not in registered:
            yield REGISTERED.finding(
                text.place("/ids"),
                f"The id {id!r} is not registered.",
                f'Add "{id}": "{kind}" to the register.',
            )
        elif registered[id] not in {kind, "held"} and kind != "tombstone":
            yield REGISTERED.finding(
                text.place(f"/ids/{id}"),
                f"The id {id!r} was given to another kind: {registered[id]}, not {kind}.",
                "Give the new record an id of its own.",
            )
    for id in sorted(registered.keys() - used.keys()):
        yield REGISTERED.finding(
            text.place(f"/ids/{id}"),
            f"The record {id!r} is gone without a trace.",
            "Leave a tombstone that says when, why and what replaced it.",
        )


REGISTERED = rule(
    "CTR106",
    Severity.ERROR,
    "Every id is registered, keeps its kind, and is never gone without a tombstone.",
    reason="Apps keep ids, and an id that comes to mean something else leads them astray.",
)(check_register)


def given_twice(folder: Folder) -> Iterator[Finding]:
    """Yield the files of one id in two folders of records.

    What tombstones and misprints share with records, the rules find.
    """
    first: dict[str, str] = {}
    for folder_name in RECORDS:
        for document in folder.of(folder_name):
            id = document["id"]
            if first.setdefault(id, folder_name) != folder_name:
                yield REGISTERED.finding(
                    folder.place(folder_name, id, "/id"),
                    f"The id {id!r} stands in {first[id]} as well.",
                    "Give one of the two an id of its own.",
                )


_BY_RELEASE_ALONE = (
    "Only `ct-resources release` adds an edition. Get the data folder and"
    " records/editions.json back from version control."
)


def shipped(data: Path) -> dict[str, bytes]:
    """Return the editions in the data folder: number to bytes."""
    return {
        file.stem: read_bytes(file, strict_json.Limits().size)
        for file in sorted((data / "editions").glob("*.json"))
    }


def changed_past(
    folder: Folder, editions: Mapping[str, bytes], number: str | None = None
) -> Iterator[Finding]:
    """Yield a finding for each shipped edition that is gone, changed, or was never released.

    Args:
        folder: The records.
        editions: Number to bytes of the editions in the data folder.
        number: The only edition that is looked for; every one if None.
    """
    text = folder.texts[EDITIONS]
    released = folder.editions["released"]
    if number is not None:
        released = {number: released[number]}
    for known, digest in released.items():
        place = text.place(f"/released/{known}")
        if known not in editions:
            message = f"The shipped edition {known} is gone from the data folder."
            yield CHANGED_PAST.finding(place, message)
        elif sha256(editions[known]).hexdigest() != digest:
            message = f"The shipped edition {known} is not what it was."
            yield CHANGED_PAST.finding(place, message)
    for unknown in sorted(editions.keys() - released.keys()):
        message = f"The data folder holds an edition {unknown} that was never released."
        yield CHANGED_PAST.finding(text.place("/released"), message, _BY_RELEASE_ALONE)


CHANGED_PAST = rule(
    "CTR108",
    Severity.ERROR,
    "A shipped edition is what it was when it was released.",
    reason="Apps pin its digest.",
    hint="A shipped edition never changes. Get its file back from version control.",
)(changed_past)


def check_withdrawn(folder: Folder) -> Iterator[Finding]:
    """Yield a finding for each edition that is withdrawn and was never released."""
    for number in sorted(folder.editions["withdrawn"].keys() - folder.editions["released"].keys()):
        yield NEVER_RELEASED.finding(
            folder.texts[EDITIONS].place(f"/withdrawn/{number}"),
            f"There is no edition {number}.",
        )


NEVER_RELEASED = rule(
    "CTR109",
    Severity.ERROR,
    "Only a released edition is withdrawn.",
    reason="A slip in a number would leave the wrong one in use.",
    hint="Withdraw released editions only.",
)(check_withdrawn)


# --- the data part of CHANGELOG.md, which stands between two marks -------------------------------

BEGIN = "<!-- data: made by `ct-resources release` from the editions; do not edit by hand -->"
END = "<!-- data: end -->"


def with_data_part(changelog: str, shipped: Shipped) -> str:
    """Return a changelog with the data part that the editions give.

    A changelog without the marks gets them at its end.
    """
    part = f"{BEGIN}\n\n{data_part(shipped)}\n{END}"
    before, begin, rest = changelog.partition(BEGIN)
    if not begin:
        return f"{before.rstrip()}\n\n{part}\n".lstrip()
    return f"{before}{part}{rest.partition(END)[2]}"


def data_part(shipped: Shipped) -> str:
    """Return what changed from edition to edition, the newest first, as Markdown."""
    editions = directories(shipped)
    parts = ["## Data", ""]
    for old, new in reversed(list(pairwise(editions.values()))):
        parts += [f"### Edition {new.edition}", "", compare(old, new).markdown()]
    return "\n".join(parts)


def directories(shipped: Shipped) -> dict[str, Directory]:
    """Return the shipped editions as directories, by number, oldest first."""
    tombstones, misprints = (
        tuple(map(decode, json.loads(shipped.files[name])["records"]))
        for name in ("tombstones.json", "misprints.json")
    )
    history = History(tombstones=tombstones, misprints=misprints)
    return {
        number: Directory(json.loads(data), "", revoked=shipped.revoked, history=lambda: history)
        for number, data in shipped.editions.items()
    }


# --- build ---------------------------------------------------------------------------------------

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


def build(records: Path, on: date, data: Path | None = None) -> Build:
    """Check the records and give the candidate; nothing is written.

    Args:
        records: The records folder.
        on: The day they are looked at.
        data: The data folder that holds the last edition; the package's own if None.
    """
    folder = records_folder.read(records)
    findings = folder.findings or check(folder, candidate_day(folder, on), data)
    return Build(findings, None if findings else candidate_bytes(folder, candidate_day(folder, on)))


def candidate_day(folder: Folder, on: date) -> date:
    """Return the day of the candidate: *on*, but never before the last release."""
    return max(on, date.fromisoformat(folder.header["released"]))


def check(folder: Folder, on: date, data: Path | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with records that were read without findings.

    Args:
        folder: The records.
        on: The day they are looked at.
        data: The data folder that holds the last edition; the package's own if None.
    """
    return tuple(_findings(folder, on, data or storage.folder()))


def collect(folder: Folder, on: date) -> Records:
    """Return the records of the folder, decoded, to be looked at together on a day."""
    documents = (one for name in records_folder.RECORDS for one in folder.of(name))
    return Records(
        by_id={document["id"]: decode(document) for document in documents},
        tombstones=tuple(map(decode, folder.of("tombstones"))),
        misprints=tuple(map(decode, folder.of("misprints"))),
        on=on,
    )


def _findings(folder: Folder, on: date, data: Path | Traversable) -> Iterator[Finding]:
    yield from _far_off(folder, on)
    yield from _not_canonical(folder)
    last, lost = _last_edition(folder, data)
    yield from lost
    records = collect(folder, on)
    yield from _broken_rules(folder, last, records)
    yield from _parted(folder, records)
    yield from check_register(folder)
    yield from check_withdrawn(folder)


def _far_off(folder: Folder, on: date) -> Iterator[Finding]:
    if on > _LAST_DAY:
        place = folder.texts[records_folder.HEADER].place("/released")
        yield FAR_OFF.finding(place, f"An edition cannot have the date {on}.")


FAR_OFF = rule(
    "CTR546",
    Severity.ERROR,
    "The day of a candidate or release is one that a clock can show.",
    reason="Every age is counted from it.",
    hint="Check the clock of this machine, or the day that was given.",
)(_far_off)


def _last_edition(
    folder: Folder, data: Path | Traversable
) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """Return the edition that the records are compared with, and what is wrong with it.

    It is the newest that is not withdrawn; the newest at all, if all are withdrawn.
    If none was released, it is empty.
    """
    released, withdrawn = folder.editions["released"], folder.editions["withdrawn"]
    numbers = sorted(released, key=lambda number: (number not in withdrawn, edition_key(number)))
    if not numbers:
        return {}, ()
    number = numbers[-1]
    file = data / "editions" / f"{number}.json"
    there = {number: file.read_bytes()} if file.is_file() else {}
    lost = tuple(changed_past(folder, there, number))
    return {} if lost else json.loads(there[number]), lost


def _broken_rules(folder: Folder, last: dict[str, Any], records: Records) -> Iterator[Finding]:
    documents = (one for section in storage.SECTIONS for one in last.get(section, ()))
    before = Records(by_id={one["id"]: decode(one) for one in documents}, on=records.on)
    difference = Difference(before=before, after=records)
    change_rules = gate.problems(difference, also=(gate.gone_with_a_reason,))
    broken_rules = (*record_rules.problems(records), *change_rules)
    for broken, problem in worth_saying(broken_rules):
        place = _place(folder, problem.record, problem.pointer)
        yield broken.finding(place, problem.message, problem.hint)


def _place(folder: Folder, id: str, pointer: str) -> Place:
    for name in (*records_folder.RECORDS, "tombstones", "misprints"):
        if f"{name}/{id}.json" in folder.texts:
            return folder.place(name, id, pointer)
    return folder.texts[records_folder.HEADER].place("")


def _parted(folder: Folder, records: Records) -> Iterator[Finding]:
    number = folder.header["edition"]
    shipped = index().editions.get(number, {}).get("sha256")
    if shipped != folder.editions["released"].get(number, ""):
        return  # the catalogues are about the records of this package
    for language in card_languages():
        for key, tied in wording(language).tied.items():
            record: Any = records.by_id.get(tied.id)
            part = record.contact(tied.contact) if record and tied.contact else record
            if record is None or (part is not None and tied.present(part) == tied.about):
                continue  # words about a record that there is no more are never said
            now = "nothing" if part is None else _listed(tied.present(part))
            section, _, about = key.partition(".")
            escaped = about.replace("~", "~0").replace("/", "~1")
            yield PARTED.finding(
                Place(file=f"{CATALOGUES}/{language}.json", pointer=f"/{section}/{escaped}"),
                f"{key} in {language}.json was written for {_listed(tied.about)}."
                f" Now there is {now}.",
            )


def _listed(about: Mapping[str, object]) -> str:
    """Return fields with what they say, but for those that are empty."""
    return ", ".join(f"{name} {in_words(value)!r}" for name, value in about.items() if value)


PARTED = rule(
    "CTR111",
    Severity.ERROR,
    "What a catalogue of cards says about a line or contact belongs to what it is now.",
    reason="Beside another number or menu, it sends a person who is in danger the wrong way.",
    hint="Read whether the words still hold. Correct them, and what they were written for, in"
    " every catalogue. Until then no card says them.",
)(_parted)


def _not_canonical(folder: Folder) -> Iterator[Finding]:
    for name, text in folder.texts.items():
        if _canonical(name, text.document) != text.text:
            yield NOT_CANONICAL.finding(text.place(""))


NOT_CANONICAL = rule(
    "CTR105",
    Severity.ERROR,
    "The file is in canonical form.",
    reason="A change then shows in version control, and nothing but the change.",
    message="The file is not in canonical form.",
    hint="Run `ct-resources build --format-records`.",
)(_not_canonical)


def _canonical(name: str, document: Any) -> str:
    kind = name.partition("/")[0]
    is_record = kind in records_folder.FOLDERS.keys() - records_folder.AS_WRITTEN
    return record_text(encode(decode(document)) if is_record else document)


def format_records(records: Path) -> tuple[str, ...]:
    """Rewrite the record files that are not in canonical form; return their names.

    Files with findings of their own are left alone.
    """
    folder = records_folder.read(records)
    changed = {
        name: canonical
        for name, text in folder.texts.items()
        if (canonical := _canonical(name, text.document)) != text.text
    }
    replace_files(folder, {records / name: text.encode() for name, text in changed.items()})
    return tuple(changed)
