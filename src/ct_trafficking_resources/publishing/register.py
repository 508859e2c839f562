"""The register of ids: given once, never used again for another subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.findings import error_at
from ct_trafficking_resources.publishing.folder import AS_WRITTEN, FOLDERS, RECORDS, REGISTER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.findings import Finding
    from ct_trafficking_resources.publishing.folder import Folder


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
    yield from _given_twice(folder)
    text = folder.texts[REGISTER]
    registered = text.document["ids"]
    used = ids(folder)
    for id, kind in used.items():
        if id not in registered:
            yield error_at(
                "CTR106",
                text.place("/ids"),
                f"The id {id!r} is not registered.",
                f'Add "{id}": "{kind}" to the register.',
            )
        elif registered[id] not in {kind, "held"} and kind != "tombstone":
            yield error_at(
                "CTR106",
                text.place(f"/ids/{id}"),
                f"The id {id!r} was given to another kind: {registered[id]}, not {kind}.",
                "Give the new record an id of its own.",
            )
    for id in sorted(registered.keys() - used.keys()):
        yield error_at(
            "CTR106",
            text.place(f"/ids/{id}"),
            f"The record {id!r} is gone without a trace.",
            "Leave a tombstone that says when, why and what replaced it.",
        )


def _given_twice(folder: Folder) -> Iterator[Finding]:
    """Yield the files of one id in two folders of records.

    What tombstones and misprints share with records, the rules find.
    """
    first: dict[str, str] = {}
    for folder_name in RECORDS:
        for document in folder.of(folder_name):
            id = document["id"]
            if first.setdefault(id, folder_name) != folder_name:
                yield error_at(
                    "CTR106",
                    folder.place(folder_name, id, "/id"),
                    f"The id {id!r} stands in {first[id]} as well.",
                    "Give one of the two an id of its own.",
                )
