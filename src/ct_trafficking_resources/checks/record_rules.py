"""The rules of records, which a schema cannot state: across values and over time.

They hold for the records folder (`publishing`), for an edition file from outside
(`edition.foreign`), and for what an override or a partner's update would make of
the records. The rules here ask whether a reference leads somewhere, what a
statement rests on, and whether what is over stays over; those about single
values are in `value_rules`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import attrs

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import Problem, confirms, defined, evidences, rule
from ct_trafficking_resources.checks.value_rules import NAMED, all_shows
from ct_trafficking_resources.edition.history import is_revoked, revocation
from ct_trafficking_resources.model import Organization, TaskForce
from ct_trafficking_resources.model.fields import lists
from ct_trafficking_resources.policy import (
    AS_RELEASED,
    hosts_of,
    is_enough_to_show,
    level_of,
    of_same_organization,
)
from ct_trafficking_resources.vocabulary import EvidenceLevel, Mode, TombstoneSubject

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ct_trafficking_resources.checks.rules import RecordCheck, Records, Rule
    from ct_trafficking_resources.model import Misprint, Tombstone

_ADD = "Correct the id, or add the record it names."


@rule(
    "CTR201",
    Severity.ERROR,
    "A record that is named exists.",
    reason="A reader follows the name; a dead end hides what it meant.",
    across=True,
)
def _records_exist(records: Records) -> Iterator[Problem]:
    for record, pointer, id, expected in _named(records):
        target = records.by_id.get(id)
        if target is None:
            yield Problem(pointer, f"There is no record {id!r}.", _ADD, record=record)
        elif expected is not None and not isinstance(target, expected):
            yield Problem(
                pointer,
                f"{id!r} is of the kind {target.kind}, not {expected.kind}.",
                "Name a record of the right kind.",
                record=record,
            )


def _named(  # noqa: C901 - one branch for each kind of reference
    records: Records,
) -> Iterator[tuple[str, str, str, type[Organization | TaskForce] | None]]:
    """Yield record, JSON Pointer, the id named there and the class it must have."""
    for record in records.by_id.values():
        if isinstance(record, Organization):
            if record.parent is not None:
                yield record.id, "/parent", record.parent, Organization
            for index, membership in enumerate(record.memberships):
                pointer = f"/memberships/{index}/task_force"
                yield record.id, pointer, membership.task_force, TaskForce
        for index, operator in enumerate(getattr(record, "operators", ())):
            if operator.organization is not None:
                pointer = f"/operators/{index}/organization"
                yield record.id, pointer, operator.organization, Organization
    for record, pointer, contact in records.contacts():
        for index, other in enumerate(contact.shared_with):
            yield record.id, f"{pointer}/shared_with/{index}", other, None
    for misprint in records.misprints:
        if misprint.record is not None:
            yield misprint.id, "/record", misprint.record, None


@rule(
    "CTR202",
    Severity.ERROR,
    "A contact point that is named exists in the same record.",
    reason="A relay or a pair that leads nowhere leaves the reader without the number.",
)
def _contacts_exist(records: Records) -> Iterator[Problem]:
    for record, pointer, contact in records.contacts():
        for key in ("relay_to", "paired_with"):
            id = getattr(contact, key)
            if id is not None and (id == contact.id or record.contact(id) is None):
                yield Problem(
                    f"{pointer}/{key}",
                    f"The record has no other contact point {id!r}.",
                    f"It has: {', '.join(contact.id for contact in record.contacts)}.",
                    record=record.id,
                )


@rule(
    "CTR203",
    Severity.ERROR,
    "An id is given once.",
    reason="An id that means two things makes every pin and log ambiguous.",
    across=True,
)
def ids_unique(records: Records) -> Iterator[Problem]:
    """Yield the ids that are given twice."""
    for record in records.reachable():
        counts = Counter(contact.id for contact in record.contacts)
        for index, contact in enumerate(record.contacts):
            if counts[contact.id] > 1:
                yield Problem(
                    f"/contacts/{index}/id",
                    f"Two contact points have the id {contact.id!r}.",
                    "Give each its own.",
                    record=record.id,
                )
    history: list[Tombstone | Misprint] = [*records.tombstones, *records.misprints]
    counts = Counter([*records.by_id, *(entry.id for entry in history)])
    for entry in history:
        if counts[entry.id] > 1:
            yield Problem(
                "/id",
                f"The id {entry.id!r} is given twice.",
                "An id is never used again for another subject.",
                record=entry.id,
            )


@rule(
    "CTR204",
    Severity.ERROR,
    "A pair names each other.",
    reason="English and Spanish lines are shown together or not at all.",
)
def _pairs_mutual(records: Records) -> Iterator[Problem]:
    for record, pointer, contact in records.contacts():
        other = record.contact(contact.paired_with) if contact.paired_with else None
        if other is not None and other.paired_with != contact.id:
            yield Problem(
                f"{pointer}/paired_with",
                f"{other.id!r} does not name {contact.id!r} in return.",
                f"Give {other.id!r} paired_with {contact.id!r}.",
                record=record.id,
            )


@rule(
    "CTR205",
    Severity.ERROR,
    "A relay says which number to ask for.",
    reason="The relay operator connects to the number that the caller gives.",
    hint="Set relay_to to the id of the voice contact point.",
)
def _relay_has_number(records: Records) -> Iterator[Problem]:
    for record, pointer, contact in records.contacts():
        if contact.mode != Mode.RELAY or "relay" in getattr(record, "purposes", ()):
            continue
        other = record.contact(contact.relay_to) if contact.relay_to else None
        if other is None or other.mode != Mode.VOICE:
            yield Problem(
                pointer, "The relay does not name a voice number of this record.", record=record.id
            )


@rule(
    "CTR221",
    Severity.ERROR,
    "The level of evidence is no higher than the sources bear out.",
    reason="A level that is claimed and not earned misleads the auditor. Pages of one publisher"
    " are one source, and a copy of a page is none. A curator may set a lower level: two"
    " publishers may still go back to one.",
)
def _level_is_earned(records: Records) -> Iterator[Problem]:
    ranking = list(EvidenceLevel)
    for record, pointer, evidence in evidences(records):
        earned = level_of(evidence)
        if earned is EvidenceLevel.CORROBORATED:  # unless it all comes from one organization
            earned = level_of(evidence, _own_hosts(records, record))
        claims_more = evidence.level in ranking[: ranking.index(earned)]
        if claims_more and (record, evidence.digest) not in AS_RELEASED:
            yield Problem(
                f"{pointer}/level",
                f"The sources bear out {earned.value!r}, not {str(evidence.level)!r}.",
                f"Write {earned.value!r} or lower.",
                record=record,
            )


def _own_hosts(records: Records, id: str) -> frozenset[str]:
    """Return the hosts of a record and of what the same organization runs."""
    record = records.by_id.get(id)
    others = records.by_id.values()
    return hosts_of(*of_same_organization(record, others)) if record else frozenset()


@rule(
    "CTR222",
    Severity.ERROR,
    "At least one source of a shown value can be opened.",
    reason="An auditor must be able to read the page.",
    hint="Find the page, or hold the value.",
)
def _citable(records: Records) -> Iterator[Problem]:
    for record, pointer, evidence in evidences(records):
        if record in records.by_id and all(source.url is None for source in evidence.sources):
            yield Problem(f"{pointer}/sources", "No source has an address.", record=record)


@rule(
    "CTR223",
    Severity.ERROR,
    "Weak evidence is held: a help channel's value, and any that a person in danger may rely on,"
    " needs high confidence, or medium and an official or operator's page; another office's needs"
    " at least medium.",
    reason="A person in danger relies on it; nobody checks the number before dialing.",
    hint="Move it to records/held with the reason.",
)
def _strong_enough(records: Records) -> Iterator[Problem]:
    for record, pointer, contact in records.contacts():
        shown = is_enough_to_show(record, contact)
        if not shown and (record.id, contact.value) not in AS_RELEASED:
            confidence = str(contact.evidence.confidence)
            yield Problem(
                pointer,
                f"{contact.display!r} has confidence {confidence!r} and too weak sources.",
                record=record.id,
            )


@rule(
    "CTR224",
    Severity.ERROR,
    "Dates are in order and not in the future.",
    reason="A date from the future makes stale data look fresh.",
)
def _dates_in_order(records: Records) -> Iterator[Problem]:
    yield from _days_of_evidence(records)
    for owner in records.by_id.values():
        for part in lists(type(owner)):
            for index, item in enumerate(getattr(owner, part)):
                since, until = getattr(item, "since", None), getattr(item, "until", None)
                if since and until and _is_before(until, since):
                    yield Problem(
                        f"/{part}/{index}",
                        "It ends before it begins.",
                        "Correct since or until.",
                        record=owner.id,
                    )
    for located in records.contacts():
        contact = located.contact
        if contact.valid_from and contact.valid_to and contact.valid_from > contact.valid_to:
            yield Problem(
                located.pointer,
                "It ends before it begins.",
                "Correct valid_from or valid_to.",
                record=located.record.id,
            )


def _days_of_evidence(records: Records) -> Iterator[Problem]:
    for record, pointer, evidence in evidences(records):
        for index, source in enumerate(evidence.sources):
            if source.read > records.on or source.as_of > source.read:
                yield Problem(
                    f"{pointer}/sources/{index}",
                    "The page was read before it was written, or in the future.",
                    "Correct date or read.",
                    record=record,
                )
        for index, confirmation in enumerate(evidence.confirmations):
            if confirmation.day > records.on:
                yield Problem(
                    f"{pointer}/confirmations/{index}/day",
                    "Nobody can have confirmed it in the future.",
                    "Correct day.",
                    record=record,
                )


def _is_before(one: str, other: str) -> bool:
    """Tell whether a date is before another, as far as both are exact."""
    exact = min(len(one), len(other))
    return one[:exact] < other[:exact]


@rule(
    "CTR225",
    Severity.ERROR,
    "A confirmation is of the value that it stands with.",
    reason="It holds for one value only. Beside another one, it lets in what nobody confirmed.",
    hint="Take it out. Where the value needs one, ask the partner again.",
)
def _confirms_its_value(records: Records) -> Iterator[Problem]:
    for record, pointer, evidence in evidences(records):
        for index, confirmation in enumerate(evidence.confirmations):
            values = _confirmable(records, record, pointer).get(confirmation.what, ())
            if not any(confirms(confirmation.value, value) for value in values):
                yield Problem(
                    f"{pointer}/confirmations/{index}",
                    f"{confirmation.value!r} was confirmed, and is not what stands there.",
                    record=record,
                )


def _confirmable(records: Records, id: str, pointer: str) -> Mapping[str | None, Collection[str]]:
    """Return the values that a confirmation in a piece of evidence can be of, by its ``what``."""
    record: Any = records.by_id.get(id)
    if pointer.startswith("/contacts/"):
        return {None: [record.contacts[int(pointer.split("/")[2])].value]}
    if pointer != "/evidence" or record is None:
        return {}
    first = {contact.mode: contact.id for contact in reversed(getattr(record, "contacts", ()))}
    return {"hosts": getattr(record, "hosts", ()), "first": first.values()}


@rule(
    "CTR226",
    Severity.ERROR,
    "Who confirmed a value is a role, and no person is named.",
    reason="A person changes post, and may be in danger.",
    hint="Write the role, such as `records clerk`.",
)
def _role_is_no_name(records: Records) -> Iterator[Problem]:
    for record, pointer, evidence in evidences(records):
        for index, confirmation in enumerate(evidence.confirmations):
            if found := NAMED.search(confirmation.role):
                yield Problem(
                    f"{pointer}/confirmations/{index}/role",
                    f"{found[0]!r} looks like the name of a person.",
                    record=record,
                )


@rule(
    "CTR241",
    Severity.ERROR,
    "No revoked or misprinted value is shown.",
    reason="That is what tombstones and misprints are for.",
    hint="Take it out, or correct the tombstone or misprint.",
)
def nothing_revoked(records: Records) -> Iterator[Problem]:
    """Yield the contact points whose value must not be shown."""
    wrong = [
        (tombstone.id, tombstone.value)
        for tombstone in records.tombstones
        if tombstone.revoked and tombstone.value
    ]
    wrong += [(misprint.id, misprint.wrong) for misprint in records.misprints]
    revoked = [(id, revocation(value.kind, value.value)) for id, value in wrong]
    for record, pointer, contact in records.contacts():
        for id, value in revoked:
            if is_revoked(contact.kind, contact.value, (value,)):
                yield Problem(
                    f"{pointer}/value",
                    f"{contact.display!r} is withdrawn or a misprint: see {id!r}.",
                    record=record.id,
                )


@rule(
    "CTR242",
    Severity.ERROR,
    "A tombstone leads to a record that is there.",
    reason="Whoever asks for the old one must arrive.",
    hint="Name a record that is there.",
    across=True,
)
def _successor_lives(records: Records) -> Iterator[Problem]:
    tombstones = {
        tombstone.id: tombstone
        for tombstone in records.tombstones
        if tombstone.subject == TombstoneSubject.RECORD
    }
    for tombstone in records.tombstones:
        seen = {tombstone.id}
        target = tombstone.successor
        while target in tombstones and target not in seen:
            seen.add(target)
            target = tombstones[target].successor
        if target is not None and target not in records.by_id:
            yield Problem(
                "/successor",
                f"There is no record {target!r}, or the tombstones go round in a circle.",
                record=tombstone.id,
            )


@rule(
    "CTR243",
    Severity.ERROR,
    "A misprint names the value that was meant.",
    reason="The audit puts the right value in the place of the wrong one.",
    across=True,
)
def _meant_value(records: Records) -> Iterator[Problem]:
    for misprint in records.misprints:
        if misprint.contact is None:
            continue
        record = records.by_id.get(misprint.record or "")
        contact = getattr(record, "contact", lambda _: None)(misprint.contact)
        if contact is None:
            yield Problem(
                "/contact",
                f"The record has no contact point {misprint.contact!r}.",
                "Correct record or contact.",
                record=misprint.id,
            )
        elif (
            misprint.right is not None
            and misprint.right.kind == contact.kind
            and misprint.right.value != contact.value
        ):
            yield Problem(
                "/right",
                f"{misprint.right.value!r} is not the value of that contact point.",
                f"It is {contact.value!r}.",
                record=misprint.id,
            )


RULES: tuple[Rule[RecordCheck], ...] = (*defined("CTR2"), all_shows)
"""By id, with those in `value_rules`; asked in this order."""


def problems(
    records: Records, touched: Collection[str] | None = None
) -> Iterator[tuple[Rule[RecordCheck], Problem]]:
    """Yield what is wrong with a set of records, rule by rule.

    Args:
        records: The records.
        touched: Ids of those that are new or changed, where the others are
            known to be right; all if None. Rules that compare records still
            see all of them.
    """
    changed = records
    if touched is not None:
        ids = records.by_id.keys() & touched
        changed = attrs.evolve(records, by_id={id: records.by_id[id] for id in sorted(ids)})
    for asked in RULES:
        for problem in asked.check(records if asked.across else changed):
            yield asked, problem


def problems_alone(
    records: Records, *, but: Collection[str] = ()
) -> Iterator[tuple[Rule[RecordCheck], Problem]]:
    """Yield what is wrong with records, each looked at without the others.

    Args:
        records: The records.
        but: Ids of rules that are known to have nothing to say.
    """
    for asked in RULES:
        if not asked.across and asked.id not in but:
            for problem in asked.check(records):
                yield asked, problem
