"""``ct-resources verify``: check editions, a pin, or a lock file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ct_trafficking_resources.cli import options
from ct_trafficking_resources.cli.findings import print_findings
from ct_trafficking_resources.editions import available_editions, load
from ct_trafficking_resources.errors import DamagedData, DigestMismatch, RefusedData
from ct_trafficking_resources.findings import Place, Severity, error_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ct_trafficking_resources.findings import Finding

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("verify")
@click.argument("pin", required=False)
@click.option("--lock", type=_FILE, help="A lock file, as `ct-resources pin ID...` writes it.")
@click.option("--file", type=_FILE, help="An edition file of your own, for the lock file.")
@options.on
@options.as_format
def command(
    pin: str | None, lock: Path | None, file: Path | None, on: date | None, form: str
) -> int:
    """Check PIN, or a lock file, or every edition of the package.

    Exit status 1 if something is wrong; warnings and notes do not count.
    """
    if pin is not None and lock is not None:
        raise click.UsageError("Give a PIN or --lock, not both: a lock file holds its pin.")
    if lock is None and (file is not None or on is not None):
        raise click.UsageError("--file and --on go with --lock.")
    title = "Editions" if lock is None else "Lock file"
    if lock is not None:
        findings = _check_lock(lock, file, on)
    else:
        pins = [pin] if pin is not None else [one.pin for one in available_editions()]
        findings = tuple(finding for one in pins for finding in _check_pin(one))
    print_findings(findings, form, title=title)
    return 1 if any(one.severity is Severity.ERROR for one in findings) else 0


def _check_lock(path: Path, file: Path | None, on: date | None) -> tuple[Finding, ...]:
    from ct_trafficking_resources.lock import check_lock, read_lock

    lock = read_lock(path.read_bytes(), str(path))
    try:
        locked = load(file, sha256=lock.sha256) if file is not None else None
    except RefusedData as refused:
        return tuple(refused.findings)
    except DigestMismatch as mismatch:
        return (_differs(str(file), mismatch),)
    return check_lock(lock, on, locked=locked)


def _check_pin(pin: str) -> Iterator[Finding]:
    try:
        load(pin)
    except (DigestMismatch, DamagedData) as mismatch:
        yield _differs(pin, mismatch)


def _differs(file: str, mismatch: DigestMismatch | DamagedData) -> Finding:
    hint = "Do not show anything of it before you know why."
    return error_at("CTR501", Place(file=file), str(mismatch), hint)
