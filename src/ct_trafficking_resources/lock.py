"""The lock file that an app commits: the edition, its digest, and what is used of it.

The check answers one question in the app's own tests: is what this app shows
still what it was, still meant to be shown, and still looked after?
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from ct_trafficking_resources.changes import HEADINGS, UNSEEN, compare
from ct_trafficking_resources.checks import strict_json
from ct_trafficking_resources.checks.findings import Finding, Place, Severity
from ct_trafficking_resources.checks.rules import rule
from ct_trafficking_resources.checks.schemas import BASE
from ct_trafficking_resources.edition.codec import SCHEMA_VERSION
from ct_trafficking_resources.edition.foreign import check_schema
from ct_trafficking_resources.edition.loading import available_editions, load
from ct_trafficking_resources.errors import (
    DigestMismatch,
    RefusedData,
    UnknownEdition,
    UnknownRecord,
    WithdrawnEditionWarning,
    WithdrawnRecord,
)
from ct_trafficking_resources.freshness import Freshness, FreshnessState, check_freshness
from ct_trafficking_resources.model.base import brief

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from ct_trafficking_resources.changes import Change
    from ct_trafficking_resources.checks.rules import Rule
    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.model import ContactPoint, Record, Tombstone

NAME = "ct-resources.lock"
"""What the file is called by custom; it is never looked for."""

LIMITS = strict_json.Limits(size=1_000_000, depth=8)


@attrs.frozen(kw_only=True)
class Use:
    """One record that an app uses.

    Attributes:
        id: Its id.
        digest: Its digest, as the app saw it.
        values: Contact point and the link that was shown, so that a person who
            reviews the lock file sees the digits.
    """

    id: str
    digest: str
    values: tuple[tuple[str, str], ...]

    __repr__ = brief


@attrs.frozen(kw_only=True)
class Lock:
    """What an app shows.

    Attributes:
        file: What to call it in findings.
        edition: Number of the edition.
        sha256: Digest of the edition.
        uses: The records that are used.
        max_age: Days that the newest evidence of a value may be old, or None.
    """

    file: str = NAME
    edition: str
    sha256: str
    uses: tuple[Use, ...]
    max_age: int | None = None

    __repr__ = brief

    @property
    def pin(self) -> str:
        """The edition and its digest."""
        return f"{self.edition}@sha256:{self.sha256}"

    def to_dict(self) -> dict[str, Any]:
        """Return what the lock file says."""
        age = {} if self.max_age is None else {"max_age_days": self.max_age}
        return {
            "schema": f"{BASE}lock",
            "schema_version": SCHEMA_VERSION,
            "edition": self.edition,
            "sha256": self.sha256,
            **age,
            "uses": [
                {"id": use.id, "digest": use.digest, "values": dict(use.values)}
                for use in self.uses
            ],
        }


def make_lock(
    ids: Iterable[str], directory: Directory | None = None, max_age: int | None = None
) -> Lock:
    """Return a lock: what an app shows, for its tests and for an auditor.

    Args:
        ids: Ids of the records that the app uses.
        directory: The edition that the app shows; ``load()`` if None.
        max_age: How many days old the newest evidence of a value may be; no
            limit if None.

    Returns:
        The lock: the edition, its SHA-256, and for each record its digest and
        the links it shows. ``lock.to_dict()`` is what the lock file holds.

    Raises:
        UnknownRecord: The edition has no such record.
        WithdrawnRecord: The record was withdrawn.

    Example:
        >>> import ct_trafficking_resources as ctr
        >>> from ct_trafficking_resources.testing import fictional_directory
        >>> lock = ctr.make_lock(["911-connecticut"], fictional_directory(), max_age=90)
        >>> lock.edition, lock.uses[0].values
        ('2001.2.0', (('voice', 'tel:911'), ('text', 'sms:911')))
    """
    directory = load() if directory is None else directory
    records = [directory[id] for id in dict.fromkeys(ids)]
    return Lock(
        edition=directory.edition,
        sha256=directory.digest,
        uses=tuple(
            Use(id=record.id, digest=record.digest, values=_values(record))
            for record in sorted(records, key=lambda one: one.id)
        ),
        max_age=max_age,
    )


def read_lock(data: bytes, file: str = NAME) -> Lock:
    """Return the lock that a file holds.

    Args:
        data: The bytes of the file.
        file: What to call it in findings.

    Raises:
        NewerSchema: It is written for a later version of the library.
        RefusedData: It is no lock file.
    """
    text = strict_json.read(data, file, LIMITS)
    findings = text.findings or check_schema("lock", text)
    if findings:
        raise RefusedData(file, findings)
    document = text.document
    return Lock(
        file=file,
        edition=document["edition"],
        sha256=document["sha256"],
        uses=tuple(
            Use(id=use["id"], digest=use["digest"], values=tuple(use["values"].items()))
            for use in document["uses"]
        ),
        max_age=document.get("max_age_days"),
    )


def check_lock(
    lock: Lock,
    on: date | None = None,
    *,
    locked: Directory | None = None,
    newest: Directory | None = None,
) -> tuple[Finding, ...]:
    """Compare a lock with its edition and with the newest one.

    Errors: the edition is gone, damaged or withdrawn; a record in the lock is
    not what it was, was withdrawn, has a changed effect in the newest edition,
    or is older than the lock allows. Warning: a value is stale by the review
    policy. Note: only wording or evidence changed.

    Args:
        lock: What the app shows.
        on: The day; today in Connecticut if None.
        locked: The edition that the lock names, if it is from your own file.
        newest: The edition to compare with; ``load()`` if None.

    Returns:
        The findings; empty if the app may go on showing what it shows.

    Raises:
        ImpossibleDay: The edition was not released yet on that day.
        DamagedData: A file of the package is damaged. Reinstall the package.

    Example:
        >>> from datetime import date
        >>> import ct_trafficking_resources as ctr
        >>> from ct_trafficking_resources.testing import fictional_directory
        >>> directory = fictional_directory()
        >>> lock = ctr.make_lock(["911-connecticut"], directory)
        >>> ctr.check_lock(lock, date(2001, 2, 5), locked=directory, newest=directory)
        ()
    """
    try:
        locked = _locked(lock, locked)
    except (UnknownEdition, DigestMismatch) as error:
        hint = f"Pin an edition that is there: ct-resources pin -o {lock.file} ID..."
        return (_finding(lock, NOT_THERE, "/edition", str(error), hint),)
    return tuple(_check(lock, locked, load() if newest is None else newest, on))


NOT_THERE = rule(
    "CTR501",
    Severity.ERROR,
    "What an app locked, and every file of the package, has exactly the bytes it was shipped with.",
    reason="Other bytes may say anything.",
)(check_lock)
WITHDRAWN = rule(
    "CTR502",
    Severity.ERROR,
    "The edition that an app locked is not withdrawn.",
    reason="It is withdrawn because it leads people astray.",
)(check_lock)
NO_RECORD = rule(
    "CTR503",
    Severity.ERROR,
    "The edition holds every record that the lock names.",
    reason="What is not there cannot be shown.",
    hint="Take the id out.",
)(check_lock)
REVOKED = rule(
    "CTR504",
    Severity.ERROR,
    "No value that the lock names is revoked.",
    reason="Nobody who can help answers there now.",
    hint="Stop showing it today.",
)(check_lock)
TAMPERED = rule(
    "CTR505",
    Severity.ERROR,
    "The lock says what the edition says, digit by digit.",
    reason="A changed digit leads to a stranger, and nobody would see who changed it.",
    hint="Find out who changed what, then write the lock again: ct-resources pin.",
)(check_lock)
CHANGED = rule(
    "CTR506",
    Severity.ERROR,
    "The newest edition says the same, in its effect.",
    reason="What the app shows was right once. A change of wording or evidence alone is a"
    " note: it leads nobody elsewhere.",
)(check_lock)
AGED = rule(
    "CTR507",
    Severity.ERROR,
    "No value is older than the lock allows, or stale.",
    reason="Numbers change hands. A value that only the review policy calls stale is a warning:"
    " the lock sets no limit that it passes.",
    hint="Update the package; if it is the newest, tell the curators.",
)(check_lock)


def _locked(lock: Lock, given: Directory | None) -> Directory:
    import warnings

    if given is None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", WithdrawnEditionWarning)  # told as a finding
            return load(lock.pin)
    if given.edition != lock.edition:
        raise UnknownEdition(lock.edition, (given.edition,))
    if given.digest != lock.sha256:
        raise DigestMismatch(f"edition {given.edition}", lock.sha256, given.digest)
    return given


def _check(lock: Lock, locked: Directory, newest: Directory, on: date | None) -> Iterator[Finding]:
    for info in available_editions():
        if info.number == lock.edition and info.withdrawn is not None:
            message = f"Edition {info.number} was withdrawn. {info.withdrawn}"
            yield _finding(lock, WITHDRAWN, "/edition", message, f"Pin {info.replaced_by}.")
    changes = compare(locked, newest)
    used = set()
    for index, use in enumerate(lock.uses):
        pointer = f"/uses/{index}"
        try:
            record = locked[use.id]
        except (UnknownRecord, WithdrawnRecord) as error:
            yield _finding(lock, NO_RECORD, f"{pointer}/id", str(error))
            continue
        used.add(use.id)
        yield from _unlike(lock, pointer, use, record, locked)
        for change in changes.only([use.id]).changes:
            yield _changed(lock, pointer, change, newest)
    yield from _aged(lock, (locked, newest), used, on)


def _unlike(
    lock: Lock, pointer: str, use: Use, record: Record, locked: Directory
) -> Iterator[Finding]:
    """Yield where the lock and its own edition differ: tampering, or a revoked value."""
    before, values = dict(use.values), dict(_values(record))
    tombstones = locked.withheld(record.id)
    for contact in sorted(before.keys() | values.keys()):
        was, is_now = before.get(contact), values.get(contact)
        if was == is_now:
            continue
        place = f"{pointer}/values/{contact}"
        if is_now is None and tombstones:
            tombstone = next(
                (tombstone for tombstone in tombstones if _revokes(tombstone, str(was))),
                tombstones[0],
            )
            message = f"{use.id}, {contact}: {was} is revoked. {tombstone.explanation}"
            yield _finding(lock, REVOKED, place, message)
        else:
            message = f"{use.id}, {contact}: the lock says {was}, the edition {is_now}."
            yield _finding(lock, TAMPERED, place, message)
    if before == values and use.digest != record.digest:
        message = f"{use.id}: its content is not what the lock says."
        yield _finding(lock, TAMPERED, f"{pointer}/digest", message)


def _revokes(tombstone: Tombstone, uri: str) -> bool:
    return tombstone.value is not None and tombstone.value.value in uri


def _changed(lock: Lock, pointer: str, change: Change, newest: Directory) -> Finding:
    is_seen = change.effect not in UNSEEN
    what = f", {change.contact}" if change.contact else ""
    told = f": {change.before or 'nothing'} -> {change.after or 'nothing'}" if is_seen else ""
    why = f" ({change.why.rstrip('.')})" if change.why else ""
    return _finding(
        lock,
        CHANGED,
        pointer,
        f"{change.record}{what}: {HEADINGS[change.effect].lower()} ({change.what}){told}{why}.",
        f"Move on to {newest.edition}: ct-resources pin -o {lock.file} ID...",
        severity=None if is_seen else Severity.NOTE,
    )


def _aged(
    lock: Lock, directories: tuple[Directory, Directory], used: set[str], on: date | None
) -> Iterator[Finding]:
    """Yield the values that are too old, by the newest evidence that either edition has."""
    youngest: dict[tuple[str, str | None, str], Freshness] = {}
    locked, newest = (check_freshness(on, directory).values for directory in directories)
    for value in (*newest, *locked):
        key = value.record, value.contact, value.value
        youngest[key] = min(value, youngest.get(key, value), key=lambda one: one.age)
    for key in [(one.record, one.contact, one.value) for one in locked if one.record in used]:
        value = youngest[key]
        told = (
            f"{value.record}, {value.contact or 'office'}: the newest evidence for"
            f" {value.value} is {value.age} days old."
        )
        if lock.max_age is not None and value.age > lock.max_age:
            message = f"{told} The lock allows {lock.max_age}."
            yield _finding(lock, AGED, "/max_age_days", message)
        elif value.state is FreshnessState.STALE:
            yield _finding(lock, AGED, "", told, severity=Severity.WARNING)


def _values(record: Record) -> tuple[tuple[str, str], ...]:
    contacts: tuple[ContactPoint, ...] = getattr(record, "contacts", ())
    return tuple((contact.id, contact.uri) for contact in contacts if contact.uri)


def _finding(  # noqa: PLR0913 - the parts of a finding
    lock: Lock,
    broken: Rule[Any],
    pointer: str,
    message: str,
    hint: str | None = None,
    *,
    severity: Severity | None = None,
) -> Finding:
    place = Place(file=lock.file, pointer=pointer)
    return broken.finding(place, message, hint, severity=severity)
