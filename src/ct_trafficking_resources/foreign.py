"""An edition file from outside: checked first, then used."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ct_trafficking_resources import rules, schemas, strict_json
from ct_trafficking_resources.codec import decode
from ct_trafficking_resources.directory import Directory
from ct_trafficking_resources.errors import DigestMismatch, RefusedData
from ct_trafficking_resources.findings import Finding, Place, Severity
from ct_trafficking_resources.rules.base import Records

if TYPE_CHECKING:
    from typing import Any

SECTIONS = ("task_forces", "organizations", "channels", "laws")


def load_file(path: str, expected: str | None, revoked: frozenset[str]) -> Directory:
    """Return the directory in an edition file of the caller's own.

    Args:
        path: The file.
        expected: SHA-256 that its bytes must have.
        revoked: Values that must never be shown.

    Raises:
        DigestMismatch: The bytes are not those that were asked for.
        RefusedData: The file cannot be read, or does not pass the checks.
    """
    if expected is None:
        raise _refused(
            path, "A file of your own needs its digest.", "Give sha256=, 64 hexadecimal digits."
        )
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise _refused(
            path, f"The file cannot be read: {error.strerror}.", "Check the path."
        ) from error
    actual = sha256(data).hexdigest()
    if actual != expected:
        raise DigestMismatch(path, expected, actual)
    text = strict_json.read(data, path)
    findings = text.findings or schemas.check("edition", text) or _broken_rules(text.document, path)
    if findings:
        raise RefusedData(path, findings)
    return Directory(text.document, actual, revoked=revoked)


def _broken_rules(document: dict[str, Any], path: str) -> tuple[Finding, ...]:
    records = Records(
        by_id={one["id"]: decode(one) for section in SECTIONS for one in document[section]},
        on=date.fromisoformat(document["released"]),
    )
    return tuple(
        Finding(
            rule=rule.id,
            severity=Severity.ERROR,
            place=Place(file=path, pointer=f"{problem.record}{problem.pointer}"),
            message=problem.message,
            hint=problem.hint,
        )
        for rule, problem in rules.problems(records)
    )


def _refused(path: str, message: str, hint: str) -> RefusedData:
    finding = Finding(
        rule="CTR110", severity=Severity.ERROR, place=Place(file=path), message=message, hint=hint
    )
    return RefusedData(path, (finding,))
