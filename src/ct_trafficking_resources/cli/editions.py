"""The commands on editions: which there are, how to pin one, what changed, how old it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ct_trafficking_resources.changes import compare
from ct_trafficking_resources.checks.findings import Place, Severity
from ct_trafficking_resources.cli import options
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.edition.history import INDEX, index
from ct_trafficking_resources.edition.loading import available_editions, load
from ct_trafficking_resources.errors import DamagedData, DigestMismatch, RefusedData
from ct_trafficking_resources.freshness import FreshnessState, check_freshness

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from importlib.metadata import PackagePath

    from ct_trafficking_resources.checks.findings import Finding


@click.command("editions")
@options.as_format
def editions_command(form: str) -> None:
    """List the editions of the package, oldest first, with their digests."""
    editions = available_editions()
    if form == "json":
        options.print_json([{**encode(edition), "pin": edition.pin} for edition in editions])
        return
    for edition in editions:
        click.echo(
            f"{edition.number}  {edition.status}, {edition.released}, review by {edition.review_by}"
        )
        click.echo(f"    {edition.pin}")
        if edition.withdrawn is not None:
            click.echo(f"    withdrawn: {edition.withdrawn} Use {edition.replaced_by}.")


@click.command("pin")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@options.edition
@click.option(
    "--max-age-days",
    type=click.IntRange(1, 3650),
    help="In a lock file: how old the newest evidence of a value may be.",
)
@options.output
@options.as_format
def pin_command(
    ids: tuple[str, ...],
    edition: str | None,
    max_age_days: int | None,
    output: Path | None,
    form: str,
) -> None:
    """Print the pin of an edition; with IDs, a lock file for the records an app uses.

    Commit the lock file, and run `ct-resources verify --lock FILE` in the app's
    tests.
    """
    if max_age_days is not None and not ids:
        raise click.UsageError("--max-age-days goes into a lock file: name the IDs an app uses.")
    directory = load(edition)
    if ids:
        from ct_trafficking_resources.lock import make_lock

        lock = make_lock(ids, directory, max_age_days).to_dict()
        text = json.dumps(lock, ensure_ascii=False, indent=2)
    elif form == "json":
        parts = {"edition": directory.edition, "sha256": directory.digest, "pin": directory.pin}
        text = json.dumps(parts, indent=2)
    else:
        text = directory.pin
    options.put(f"{text}\n", output)


_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("verify")
@click.argument("pin", required=False)
@click.option("--lock", type=_FILE, help="A lock file, as `ct-resources pin ID...` writes it.")
@click.option("--file", type=_FILE, help="An edition file of your own, for the lock file.")
@options.on
@options.as_format
def verify_command(
    pin: str | None, lock: Path | None, file: Path | None, on: date | None, form: str
) -> int:
    """Check PIN, or a lock file, or every file of the package.

    Exit status 1 if something is wrong; warnings and notes do not count.
    """
    if pin is not None and lock is not None:
        raise click.UsageError("Give a PIN or --lock, not both: a lock file holds its pin.")
    if lock is None and (file is not None or on is not None):
        raise click.UsageError("--file and --on go with --lock.")
    title = "Lock file" if lock is not None else "Package" if pin is None else "Editions"
    if lock is not None:
        findings = _check_lock(lock, file, on)
    else:
        files = _package() if pin is None else {pin: partial(load, pin)}
        findings = tuple(finding for file in files.items() for finding in _check_file(*file))
    options.print_findings(findings, form, title=title)
    return 1 if any(finding.severity is Severity.ERROR for finding in findings) else 0


def _check_lock(path: Path, file: Path | None, on: date | None) -> tuple[Finding, ...]:
    from ct_trafficking_resources.edition.foreign import read_bytes
    from ct_trafficking_resources.lock import LIMITS, check_lock, read_lock

    lock = read_lock(read_bytes(path, LIMITS.size), str(path))
    try:
        locked = load(file, sha256=lock.sha256) if file is not None else None
    except RefusedData as refused:
        return tuple(refused.findings)
    except DigestMismatch as mismatch:
        return (_differs(str(file), mismatch),)
    return check_lock(lock, on, locked=locked)


def _check_file(name: str, look: Callable[[], object]) -> Iterator[Finding]:
    try:
        look()
    except (DigestMismatch, DamagedData) as mismatch:
        yield _differs(name, mismatch)


_Looks = dict[str, Callable[[], object]]
"""Files by name, each with a look at its bytes."""


def _package() -> _Looks:
    """Return a look at every file of the package; say which have no checksums."""
    data: _Looks = {INDEX: index}
    with suppress(DamagedData):  # the look at it says so
        data |= {edition.pin: partial(load, edition.pin) for edition in available_editions()}
        data |= {name: partial(storage.intact, name, crc) for name, crc in index().files.items()}
    parts: _Looks = {f"data/{storage.LIST}": storage.checksums}
    with suppress(DamagedData):  # as above
        parts = parts if storage.checksums() else {}
        for path, crc in storage.checksums().items():
            folder, _, name = path.rpartition("/")
            parts[path] = partial(storage.intact, name, crc, folder)
    code = _code()
    click.echo(
        f"Looked at {len(data) + len(parts)} files of data and {len(code)} of code.", err=True
    )
    unlisted = ["catalogues, styles, forms, schemas"] * (not parts) + ["code"] * (not code)
    if unlisted:
        click.echo(f"No checksums, as in any checkout: {', '.join(unlisted)}.", err=True)
    return data | parts | code


def _code() -> _Looks:
    """Return a look at each module, by the hashes that pip keeps of what it installs."""
    from importlib import metadata

    with suppress(metadata.PackageNotFoundError):
        files = metadata.files("ct-trafficking-resources") or ()
        return {str(file): partial(_hash, file) for file in files if file.suffix == ".py"}
    return {}


def _hash(file: PackagePath) -> None:
    from base64 import urlsafe_b64encode
    from hashlib import sha256

    try:
        digest = urlsafe_b64encode(sha256(file.read_binary()).digest()).decode().rstrip("=")
    except OSError as error:
        raise DamagedData(str(file), f"it cannot be read ({error})") from error
    if file.hash is None or digest != file.hash.value:
        raise DamagedData(str(file), storage.OTHER_BYTES)


def _differs(file: str, mismatch: DigestMismatch | DamagedData) -> Finding:
    from ct_trafficking_resources.lock import NOT_THERE

    hint = "Do not show anything of it before you know why."
    return NOT_THERE.finding(Place(file=file), str(mismatch), hint)


@click.command("compare")
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--ids",
    metavar="ID,ID",
    help="Only these records: does anything my app shows change? Exit status 1 if so.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
def compare_command(old: str, new: str | None, ids: str | None, form: str) -> int:
    """Say what changed from edition OLD to NEW, by effect; NEW is the newest if not given.

    With --ids, the exit status is 1 if something changed that is more than
    wording, order or evidence.
    """
    comparison = compare(old, new or load())
    if ids is not None:
        comparison = comparison.only(id.strip() for id in ids.split(","))
    if form == "json":
        options.print_json(comparison.to_dict())
    else:
        text = comparison.text() if form == "text" else comparison.markdown()
        click.echo(text, nl=False)
    return 1 if ids is not None and comparison.seen else 0


@click.command("freshness")
@options.on
@click.option(
    "--fail-on",
    type=click.Choice([FreshnessState.DUE.value, FreshnessState.STALE.value]),
    help="Exit status 1 if a value is in this state or a worse one.",
)
@click.option("--all", "everything", is_flag=True, help="List the fresh values as well.")
@options.edition
@options.as_format
def freshness_command(
    on: date | None,
    fail_on: str | None,
    everything: bool,  # noqa: FBT001 - click gives options by name
    edition: str | None,
    form: str,
) -> int:
    """Say how old every value is, and when a person must look at it again."""
    report = check_freshness(on, load(edition))
    if form == "json":
        options.print_json(report.to_dict())
    else:
        for value in report.at_least(FreshnessState.FRESH if everything else FreshnessState.DUE):
            click.echo(str(value))
        counts = ", ".join(f"{len(report.of(state))} {state.value}" for state in FreshnessState)
        overdue = f", overdue by {report.overdue_by} days" if report.overdue_by else ""
        click.echo(
            f"Edition {report.edition} on {report.on}: {counts};"
            f" review of the edition by {report.review_by}{overdue}.",
            err=True,
        )
    return 1 if fail_on is not None and report.at_least(fail_on) else 0
