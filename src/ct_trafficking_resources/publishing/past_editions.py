"""Editions that are shipped: their bytes are the truth, whatever the records say.

``records/editions.json`` notes the SHA-256 of each; a release adds to what is
shipped and never changes it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from ct_trafficking_resources.findings import error_at
from ct_trafficking_resources.publishing.folder import EDITIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ct_trafficking_resources.findings import Finding
    from ct_trafficking_resources.publishing.folder import Folder

_GET_BACK = "A shipped edition never changes. Get its file back from version control."
_BY_RELEASE_ALONE = (
    "Only `ct-resources release` adds an edition. Get the data folder and"
    " records/editions.json back from version control."
)


def shipped(data: Path) -> dict[str, bytes]:
    """Return the editions in the data folder: number to bytes."""
    return {file.stem: file.read_bytes() for file in sorted((data / "editions").glob("*.json"))}


def changed(folder: Folder, editions: Mapping[str, bytes]) -> Iterator[Finding]:
    """Yield a finding for each shipped edition that is gone, changed, or was never released.

    Args:
        folder: The records.
        editions: Number to bytes of the editions in the data folder.
    """
    text = folder.texts[EDITIONS]
    released = folder.editions["released"]
    for number, digest in released.items():
        place = text.place(f"/released/{number}")
        if number not in editions:
            message = f"The shipped edition {number} is gone from the data folder."
            yield error_at("CTR108", place, message, _GET_BACK)
        elif sha256(editions[number]).hexdigest() != digest:
            message = f"The shipped edition {number} is not what it was."
            yield error_at("CTR108", place, message, _GET_BACK)
    for number in sorted(editions.keys() - released.keys()):
        message = f"The data folder holds an edition {number} that was never released."
        yield error_at("CTR108", text.place("/released"), message, _BY_RELEASE_ALONE)


def check_withdrawn(folder: Folder) -> Iterator[Finding]:
    """Yield a finding for each edition that is withdrawn and was never released."""
    for number in sorted(folder.editions["withdrawn"].keys() - folder.editions["released"].keys()):
        yield error_at(
            "CTR109",
            folder.texts[EDITIONS].place(f"/withdrawn/{number}"),
            f"There is no edition {number}.",
            "Withdraw released editions only.",
        )
