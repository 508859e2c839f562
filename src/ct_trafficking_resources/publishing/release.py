"""Make a release: all checks, then the edition, the index and the changelog.

A number is given once and goes forward. What a person in danger uses does not
change on weak evidence: a release looks at every change since the edition
before, and asks for what the rules ask for. It adds an edition to those that are
shipped and leaves their bytes alone.
"""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources.checks.findings import Place, Severity
from ct_trafficking_resources.checks.rules import rule
from ct_trafficking_resources.edition.foreign import read_bytes
from ct_trafficking_resources.policy import (
    VICTIM_CHANNEL,
)
from ct_trafficking_resources.publishing import build, folder as records_folder
from ct_trafficking_resources.publishing.build import CANDIDATE_COUNT, compile_release, edition_key
from ct_trafficking_resources.publishing.folder import record_text, replace_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.checks.rules import Rule
    from ct_trafficking_resources.publishing.build import Shipped
    from ct_trafficking_resources.publishing.folder import Folder

_NUMBER = re.compile(r"20[0-9]{2}\.(?:[1-9]|1[0-2])\.(?:0|[1-9][0-9]{0,2})\Z")
_LARGEST = 4_000_000
"""Bytes of a changelog that is read."""
_PADDED = re.compile(r"20[0-9]{2}\.[0-9]{1,2}\.[0-9]{1,4}\Z")


class Release(NamedTuple):
    """What a release has to say and to give.

    Attributes:
        findings: What is wrong; nothing is written unless it is empty.
        files: The files to write: path to bytes, the index last. None if a run
            that was stopped had made this release, and it was finished now.
        folder: The records that it was made from.
    """

    findings: tuple[Finding, ...]
    files: dict[Path, bytes]
    folder: Folder


def release(number: str, records: Path, data: Path, changelog: Path, on: date) -> Release:
    """Check and compile an edition under a new number; nothing is written.

    Args:
        number: The number, such as ``2026.12.0``.
        records: The records folder.
        data: The package's data folder, with the editions that are shipped.
        changelog: The changelog, whose data part is renewed.
        on: Day of release.
    """
    folder = records_folder.read(records)
    findings = (*_misshapen(number), *folder.findings)
    if not findings and folder.finished and number in folder.editions["released"]:
        return Release((), {}, folder)
    findings = findings or tuple(_out_of_order(number, folder))
    if findings:
        return Release(findings, {}, folder)
    before = build.shipped(data)
    findings = tuple(build.changed_past(folder, before)) or build.check(folder, on, data)
    if findings:
        return Release(findings, {}, folder)
    header = _header(folder, number, on)
    shipped = compile_release(folder, header, before)
    return Release((), _files(folder, header, records, data, changelog, shipped), folder)


def write(release: Release) -> None:
    """Write the files of a release: all of them, or none.

    Raises:
        OSError: They cannot be written, or the records were changed meanwhile; all
            is as it was.
    """
    replace_files(release.folder, release.files)


def _misshapen(number: str) -> Iterator[Finding]:
    if not _is_number(number):
        plain = (
            ".".join(str(int(part)) for part in number.split(".")) if _PADDED.match(number) else ""
        )
        padded = f" Write {plain}." if _is_number(plain) else ""
        yield _finding(
            number,
            NO_NUMBER,
            f"{number!r} is not the number of an edition.",
            "Give year, month and count, without zeros in front, such as 2026.12.0; the count"
            f" {CANDIDATE_COUNT} marks a candidate.{padded}",
        )


NO_NUMBER = rule(
    "CTR541",
    Severity.ERROR,
    "The number of a release is year, month and count (0 to 998), no zeros in front.",
    reason="Numbers are compared, and the count 999 marks a candidate.",
)(_misshapen)


def _is_number(number: str) -> bool:
    return _NUMBER.match(number) is not None and edition_key(number)[-1] != CANDIDATE_COUNT


def _out_of_order(number: str, folder: Folder) -> Iterator[Finding]:
    taken = folder.editions["released"]
    newest = max(taken, key=edition_key, default=number)
    if number in taken:
        message = f"There is an edition {number} already."
    elif edition_key(number) < edition_key(newest):
        message = f"{number} goes backward: {newest} was released before."
    else:
        return
    yield _finding(number, OUT_OF_ORDER, message, f"Take a number after {newest}.")


OUT_OF_ORDER = rule(
    "CTR542",
    Severity.ERROR,
    "The number of a release is new, and goes forward.",
    reason="A number means one edition for ever.",
)(_out_of_order)


def _header(folder: Folder, number: str, on: date) -> dict[str, str]:
    """Return the header of the new edition."""
    return {
        **folder.header,
        "edition": number,
        "released": on.isoformat(),
        "review_by": (on + timedelta(days=VICTIM_CHANNEL.review_after)).isoformat(),
    }


def _files(  # noqa: PLR0913, PLR0917 - what is written where
    folder: Folder,
    header: dict[str, str],
    records: Path,
    data: Path,
    changelog: Path,
    shipped: Shipped,
) -> dict[Path, bytes]:
    number = header["edition"]
    digest = sha256(shipped.editions[number]).hexdigest()
    listed = folder.editions
    editions = {**listed, "released": {**listed["released"], number: digest}}
    before = read_bytes(changelog, _LARGEST).decode() if changelog.exists() else ""
    return {
        records / records_folder.HEADER: record_text(header).encode(),
        records / records_folder.EDITIONS: record_text(editions).encode(),
        changelog: build.with_data_part(before, shipped).encode(),
        **{data / name: content for name, content in shipped.files.items()},
    }


def _finding(number: str, broken: Rule[Any], message: str, hint: str | None = None) -> Finding:
    return broken.finding(Place(file=f"edition {number}"), message, hint)
