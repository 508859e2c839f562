"""An emergency between two releases: a small file that revokes or replaces values.

It is read from a path that the caller gives, with the digest that the caller
gives, and never from anywhere else. It is in force for 30 days at most, because
by then a release carries the change. It may revoke values, or replace the value
of a contact point by one whose sources print it; it adds nothing.
What it gives must keep every rule that an edition must keep.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from hashlib import sha256 as sha256_of
from os import fspath
from typing import TYPE_CHECKING, Any

import attrs

from ct_trafficking_resources.checks import gate, record_rules, schemas, strict_json
from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import Records, rule, worth_saying
from ct_trafficking_resources.checks.value_rules import always_there
from ct_trafficking_resources.clock import plain_day, today
from ct_trafficking_resources.edition.codec import decode, decode_contact, encode
from ct_trafficking_resources.edition.directory import written_history
from ct_trafficking_resources.edition.foreign import check_schema, read_file
from ct_trafficking_resources.edition.history import is_revoked, revocation
from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.errors import ExpiredOverride, RefusedData
from ct_trafficking_resources.model import ContactPoint
from ct_trafficking_resources.model.base import having
from ct_trafficking_resources.policy import (
    ALWAYS_SHOWN,
    hosts_of,
    level_of,
    of_same_organization,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.checks.rules import Problem, Rule
    from ct_trafficking_resources.checks.strict_json import JsonText
    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.model import Tombstone

LIMITS = strict_json.Limits(size=64_000, depth=12)
"""An override names a handful of values; more is an edition."""

LONGEST = timedelta(days=30)
"""A release takes less; an override that stays becomes a second source of truth."""

MOST_HIDDEN = 10
"""Contact points that one override may hide; a host shared by many agencies hides more."""


def apply_override(
    path: str | PathLike[str],
    *,
    sha256: str,
    directory: Directory | None = None,
    on: date | None = None,
) -> Directory:
    """Return a directory with the changes of an override file.

    The file must fit its schema, and the result must keep every rule. The day
    is compared only here: a process that runs for weeks calls `load` and
    `apply_override` again for what it shows next.

    Args:
        path: The override file.
        sha256: The SHA-256 of the file, as 64 lowercase hexadecimal digits.
        directory: The edition to change; ``load()`` if None.
        on: The day; today in Connecticut if None.

    Returns:
        The changed directory. *directory* stays as it is.

    Raises:
        DigestMismatch: The file has another SHA-256 than you gave.
        ExpiredOverride: The override is not in force on that day.
        NewerSchema: The file is written for a later version of the library.
        RefusedData: The file does not pass the checks. Nothing of it is used.
    """
    name = fspath(path)
    data = read_file(name, sha256, LIMITS)
    text = strict_json.read(data, name, LIMITS)
    _refuse(name, text.findings or check_schema("override", text) or _too_long(text))
    document = text.document
    day = today() if on is None else plain_day(on)
    _check_day(name, document, day)
    directory = load() if directory is None else directory
    replaced, findings = _replaced(text, directory)
    _refuse(name, findings or tuple(_unknown(text, directory)))
    changed = directory.overridden(
        replaced,
        frozenset(map(_revocation, document["revoke"])),
        tuple(_tombstone(*one, document["issued"]) for one in enumerate(document["revoke"])),
        sha256_of(data).hexdigest(),
    )
    findings = tuple(_too_broad(text, directory, changed))
    _refuse(name, findings or tuple(_broken_rules(text, changed, tuple(replaced), day)))
    _refuse(name, tuple(_wrong_changes(text, directory, replaced, day)))
    return changed


TOO_LONG = rule(
    "CTR521",
    Severity.ERROR,
    "An override ends on or after the day it is issued, within 30 days.",
    reason="By then a release carries the change.",
    hint=f"An override ends on or after the day it is issued, within {LONGEST.days} days.",
)(apply_override)
NOT_SHOWN = rule(
    "CTR522",
    Severity.ERROR,
    "An override names values that the edition shows.",
    reason="One that names another value would do nothing, or something else.",
    hint="Name a value that the edition shows.",
)(apply_override)
TOO_BROAD = rule(
    "CTR524",
    Severity.ERROR,
    "An override hides ten contact points at most, and leaves 911 and a way to the"
    " national hotline.",
    reason="It is for single values, and nobody may be left without help by it.",
)(apply_override)


def _refuse(name: str, findings: tuple[Finding, ...]) -> None:
    if findings:
        raise RefusedData(name, findings)


def _too_long(text: JsonText) -> tuple[Finding, ...]:
    issued, expires = (date.fromisoformat(text.document[key]) for key in ("issued", "expires"))
    if issued <= expires <= issued + LONGEST:
        return ()
    message = f"It is to be in force from {issued} to {expires}."
    return (TOO_LONG.finding(text.place("/expires"), message),)


def _check_day(name: str, document: dict[str, Any], on: date) -> None:
    issued, expires = (
        date.fromisoformat(document["issued"]),
        date.fromisoformat(document["expires"]),
    )
    if not issued <= on <= expires:
        raise ExpiredOverride(name, issued, expires, on)


def _replaced(
    text: JsonText, directory: Directory
) -> tuple[dict[tuple[str, str], dict[str, Any]], tuple[Finding, ...]]:
    """Return the new documents of the contact points whose values are replaced."""
    documents: dict[tuple[str, str], dict[str, Any]] = {}
    findings = []
    for index, one in enumerate(text.document["replace"]):
        pointer = f"/replace/{index}"
        try:
            contact = _contact(directory, one)
        except LookupError as error:
            findings.append(NOT_SHOWN.finding(text.place(pointer), str(error)))
            continue
        shown, to = (contact.kind, contact.value), (one["to"]["kind"], one["to"]["value"])
        if shown == to:
            continue  # a release carries it already
        if shown != (one["from"]["kind"], one["from"]["value"]):
            message = f"The value there is {contact.value!r}, not {one['from']['value']!r}."
            findings.append(NOT_SHOWN.finding(text.place(f"{pointer}/from"), message))
            continue
        document = {
            **{key: value for key, value in encode(contact).items() if key not in _OF_OLD_VALUE},
            **one["to"],
            "evidence": {
                "level": "single-source",
                "confidence": "high",
                **{key: one[key] for key in ("sources", "confirmations") if key in one},
            },
        }
        own = hosts_of(*of_same_organization(directory[one["record"]], directory))
        level = level_of(decode_contact(document).evidence, own)
        document["evidence"]["level"] = level.value
        if not schemas.validator("contact-point").is_valid(document):
            message = f"What is for {contact.mode} cannot be {one['to']['kind']} {to[1]!r}."
            findings.append(NOT_SHOWN.finding(text.place(f"{pointer}/to"), message, _NAME_FITTING))
            continue
        documents[one["record"], one["contact"]] = document
    return documents, tuple(findings)


_NAME_FITTING = "Name a value that the contact point could hold in an edition."
_OF_OLD_VALUE = frozenset(
    {*having(ContactPoint, "leads", "then"), *having(ContactPoint, "of_value")}
)
"""What belonged to the old value and not to the contact point."""


def _contact(directory: Directory, one: dict[str, Any]) -> ContactPoint:
    record: Any = directory[one["record"]]
    contact: ContactPoint | None = getattr(record, "contact", lambda _: None)(one["contact"])
    if contact is None:
        raise LookupError(f"{one['record']!r} shows no contact point {one['contact']!r}.")
    return contact


def _unknown(text: JsonText, directory: Directory) -> Iterator[Finding]:
    """Yield each revoked value that the edition neither shows nor knows to be revoked."""
    known = {
        revocation(tombstone.value.kind, tombstone.value.value)
        for tombstone in written_history(directory).tombstones
        if tombstone.value
    }
    for index, one in enumerate(text.document["revoke"]):
        value = _revocation(one)
        if value not in known and not any(
            is_revoked(contact.kind, contact.value, (value,)) for contact in _contacts(directory)
        ):
            message = f"The edition shows no {one['kind']} {one['value']!r}."
            yield NOT_SHOWN.finding(text.place(f"/revoke/{index}"), message)


def _contacts(directory: Directory) -> list[ContactPoint]:
    return [contact for record in directory for contact in getattr(record, "contacts", ())]


def _too_broad(text: JsonText, before: Directory, after: Directory) -> Iterator[Finding]:
    """Yield what an override may not take away."""
    gone = len(_contacts(before)) - len(_contacts(after))
    if gone > MOST_HIDDEN:
        message = f"It would hide {gone} contact points."
        hint = f"An override hides {MOST_HIDDEN} at most; for more, release an edition."
        yield TOO_BROAD.finding(text.place("/revoke"), message, hint)
    for id, modes, _ in ALWAYS_SHOWN.values():
        channel = after.channel(id) if id in after else None
        had_one = id in before and any(before.channel(id).first(mode) for mode in modes)
        if had_one and channel and not any(channel.first(mode) for mode in modes):
            message = f"It would leave {id!r} without a way to reach it."
            yield TOO_BROAD.finding(text.place("/revoke"), message, "Replace the value instead.")


def _broken_rules(
    text: JsonText, changed: Directory, replaced: tuple[tuple[str, str], ...], on: date
) -> Iterator[Finding]:
    """Yield the rules that the replaced values break."""
    for id, contact in replaced:
        record: Any = changed[id]
        if record.contact(contact) is None:
            message = f"{id}, {contact}: the new value is revoked."
            yield record_rules.nothing_revoked.finding(
                text.place(f"{_entry(text, id, contact)[0]}/to/value"),
                message,
                "Name another value.",
            )
    records = Records.of(changed, on)
    changed_records = {id for id, _ in replaced}
    for broken, problem in record_rules.problems(records):
        if problem.record in changed_records and broken not in _NOT_FOR_OVERRIDES:
            yield _finding(text, records, broken, problem)


def _wrong_changes(
    text: JsonText, directory: Directory, replaced: dict[tuple[str, str], dict[str, Any]], on: date
) -> Iterator[Finding]:
    """Yield what is wrong with the changes themselves.

    The words of a source are looked at as they stand in the file: a directory leaves them
    out where they name what is revoked, too.
    """
    before = Records.of(directory, on)
    by_id: dict[str, Any] = dict(before.by_id)
    for (id, contact), document in replaced.items():
        new = decode_contact(document)
        contacts = tuple(new if old.id == contact else old for old in by_id[id].contacts)
        by_id[id] = attrs.evolve(by_id[id], contacts=contacts)
    after = attrs.evolve(before, by_id=by_id)
    for broken, problem in worth_saying(gate.problems(gate.Difference(before=before, after=after))):
        yield _finding(text, after, broken, problem)


def _finding(text: JsonText, records: Records, broken: Rule[Any], problem: Problem) -> Finding:
    """Return the finding about a replaced value, where it stands in the file."""
    message = f"{problem.record}{problem.pointer}: {problem.message}"
    return broken.finding(text.place(_where(text, records, problem)), message, problem.hint)


def _where(text: JsonText, records: Records, problem: Problem) -> str:
    """Return where what a problem is about stands in the file."""
    found = _OF_CONTACT.match(problem.pointer)
    if found is None:
        return "/replace"
    record: Any = records.by_id[problem.record]
    pointer, entry = _entry(text, record.id, record.contacts[int(found[1])].id)
    part = found[2] or ""
    if part.startswith("/evidence/") and pointer != "/replace":
        part = part.removeprefix("/evidence")
        return pointer + (part if part.split("/")[1] in entry else "/sources")
    return f"{pointer}/to{part}" if part[1:] in entry["to"] else pointer


def _entry(text: JsonText, record: str, contact: str) -> tuple[str, dict[str, Any]]:
    """Return the replacement of a contact point, and where it stands."""
    for index, entry in enumerate(text.document["replace"]):
        if (entry["record"], entry["contact"]) == (record, contact):
            return f"/replace/{index}", entry
    return "/replace", {"to": ()}


_OF_CONTACT = re.compile(r"/contacts/([0-9]+)(/.*)?\Z")

_NOT_FOR_OVERRIDES = {
    always_there: "What may not be lost is looked at above; a revoked line may be.",
}
"""Rules that an override need not keep, with the reason."""


def _tombstone(number: int, one: dict[str, Any], issued: str) -> Tombstone:
    """Return why a value is not shown, for those who ask."""
    tombstone: Tombstone = decode(
        {
            "kind": "tombstone",
            "id": f"override-{issued}-{number}",
            "subject": "value",
            "name": one["value"],
            "value": {"kind": one["kind"], "value": one["value"]},
            "withdrawn": issued,
            "reason": "dangerous",
            "explanation": one["reason"],
            "revoked": True,
            "evidence": {
                "level": "single-source",
                "confidence": "high",
                "sources": [
                    {
                        "url": None,
                        "title": "An override file, issued between two releases",
                        "kind": "third-party",
                        "date": issued,
                        "read": issued,
                    }
                ],
            },
        }
    )
    return tombstone


def _revocation(one: dict[str, str]) -> str:
    return revocation(one["kind"], one["value"])
