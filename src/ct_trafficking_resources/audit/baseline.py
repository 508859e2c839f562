"""Findings that were there before: the JSON report of an earlier scan.

A finding is the same as before if rule, file and text are; where it stands in
the file may change. If there are more of the same than before, the last ones
are new.
"""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.checks import strict_json
from ct_trafficking_resources.edition.foreign import read_bytes, refused
from ct_trafficking_resources.errors import RefusedData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ct_trafficking_resources.checks.findings import Finding

Key = tuple[str, str, str]


LIMITS = strict_json.Limits(size=20_000_000, items=50_000)
"""A report has about 400 bytes for each finding."""


def read_file(path: PurePath) -> Counter[Key]:
    """Return the findings of a JSON report in a file, counted.

    Raises:
        RefusedData: It cannot be read, or is not a JSON report of a scan.
    """
    return read(read_bytes(path, LIMITS.size), str(path))


def read(data: bytes, name: str) -> Counter[Key]:
    """Return the findings of a JSON report, counted.

    Raises:
        RefusedData: It is not a JSON report of a scan.
    """
    text = strict_json.read(data, name, LIMITS)
    if text.findings:
        raise RefusedData(name, text.findings)
    try:
        return Counter(map(_key_of, text.document["findings"]))
    except (KeyError, TypeError, AttributeError):
        raise refused(
            name,
            "The file is not a JSON report of a scan.",
            "Make one: ct-resources scan PATH --format json > FILE.",
        ) from None


def new(findings: Iterable[Finding], before: Counter[Key]) -> Iterator[Finding]:
    """Yield the findings that were not there before."""
    left = before.copy()
    for finding in findings:
        key = (finding.rule, _portable(finding.place.file), finding.found or "")
        if left[key] > 0:
            left[key] -= 1
        else:
            yield finding


def _key_of(document: dict[str, Any]) -> Key:
    return (
        document["rule"],
        _portable(document["place"]["file"]),
        document.get("found", ""),
    )


def _portable(file: str) -> str:
    return PurePath(file).as_posix()
