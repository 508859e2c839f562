"""Editions that are not in work: released before, or reconstructed from dated sources.

A released edition never changes: ``records/editions.json`` keeps its SHA-256. A
reconstructed one stands in ``records/history/`` in the form of records, is
compiled like any other, holds only what sources of its time say, and is
withdrawn, because it is history and not for showing.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.findings import error_at
from ct_trafficking_resources.publishing.folder import EDITIONS, HEADER, REGISTER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ct_trafficking_resources.findings import Finding
    from ct_trafficking_resources.publishing.compile import Shipped
    from ct_trafficking_resources.publishing.folder import Folder

NOT_FOR_HISTORY = {
    "CTR231": "It is never shown, and no source of the time was seen for every line.",
}
"""Rules that a reconstructed edition need not keep, with the reason."""


def released(folder: Folder, data: Path) -> dict[str, bytes]:
    """Return the bytes of the released editions that stand in the data folder."""
    numbers = folder.texts[EDITIONS].document["released"]
    files = {number: data / "editions" / f"{number}.json" for number in numbers}
    return {number: file.read_bytes() for number, file in files.items() if file.is_file()}


def changed(folder: Folder, shipped: Shipped) -> Iterator[Finding]:
    """Yield a finding for each released edition that is not what it was."""
    editions = shipped.editions
    for number, digest in folder.texts[EDITIONS].document["released"].items():
        if number not in editions:
            message = f"The released edition {number} is gone from the data folder."
            hint = "Get its file back from version control."
        elif sha256(editions[number]).hexdigest() != digest:
            message = f"Edition {number} is released, and is not what it was."
            hint = (
                "A released edition never changes. Give records/edition.json the next number,"
                " or get the file back from version control."
            )
        else:
            continue
        yield error_at("CTR108", folder.texts[EDITIONS].place(f"/released/{number}"), message, hint)


def later_sources(past: Folder) -> Iterator[Finding]:
    """Yield each source that is undated or later than the reconstructed edition."""
    last = past.texts[HEADER].document["released"]
    for text in past.texts.values():
        for pointer, source in _sources(text.document, ""):
            date = source.get("date")
            if date is None or date > last:
                yield error_at(
                    "CTR109",
                    text.place(pointer),
                    f"The source is undated, or later than the edition of {last}.",
                    "A reconstructed edition holds only what sources of its time say.",
                )


def unregistered(folder: Folder, past: Folder) -> Iterator[Finding]:
    """Yield each id of a reconstructed edition that is not in the register."""
    ids = folder.texts[REGISTER].document["ids"]
    for name in past.texts:
        id = name.partition("/")[2].removesuffix(".json")
        if id and id not in ids:
            yield error_at(
                "CTR106",
                past.texts[name].place("/id"),
                f"The id {id!r} is not registered.",
                "Add it to records/register.json; what is over has a tombstone.",
            )


def check_withdrawn(folder: Folder, past: tuple[Folder, ...]) -> Iterator[Finding]:
    """Yield what the list of withdrawn editions and the editions disagree on."""
    document = folder.texts[EDITIONS].document
    withdrawn = document["withdrawn"]
    history = {one.texts[HEADER].document["edition"]: one for one in past}
    current = folder.texts[HEADER].document["edition"]
    for number, one in history.items():
        status = one.texts[HEADER].document["status"]
        if status != "reconstructed" or number not in withdrawn:
            yield error_at(
                "CTR109",
                one.texts[HEADER].place("/status"),
                f"Edition {number} is history, and is not marked so.",
                "Set its status to reconstructed, and withdraw it in records/editions.json.",
            )
    for number in withdrawn:
        if number == current or number not in {*history, *document["released"]}:
            yield error_at(
                "CTR109",
                folder.texts[EDITIONS].place(f"/withdrawn/{number}"),
                f"Edition {number} is in work, or there is none.",
                "Withdraw released or reconstructed editions only.",
            )


def _sources(value: Any, pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "sources":
                for index, source in enumerate(item):
                    yield f"{pointer}/sources/{index}", source
            else:
                yield from _sources(item, f"{pointer}/{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _sources(item, f"{pointer}/{index}")
