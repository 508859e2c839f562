"""Every reference leads somewhere."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ct_trafficking_resources.model import Organization, TaskForce
from ct_trafficking_resources.rules.base import Problem, rule
from ct_trafficking_resources.vocabulary import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.model import Misprint, Tombstone
    from ct_trafficking_resources.rules.base import Records

_ADD = "Correct the id, or add the record it names."


@rule(
    "CTR201",
    "A record that is named exists.",
    "A reader follows the name; a dead end hides what it meant.",
    across=True,
)
def _records_exist(records: Records) -> Iterator[Problem]:
    for record, pointer, id, expected in _named(records):
        target = records.by_id.get(id)
        if target is None:
            yield Problem(record, pointer, f"There is no record {id!r}.", _ADD)
        elif expected is not None and not isinstance(target, expected):
            yield Problem(
                record,
                pointer,
                f"{id!r} is of the kind {target.kind}, not {expected.kind}.",
                "Name a record of the right kind.",
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
    "A contact point that is named exists in the same record.",
    "A relay or a pair that leads nowhere leaves the reader without the number.",
)
def _contacts_exist(records: Records) -> Iterator[Problem]:
    for record, pointer, contact in records.contacts():
        for key in ("relay_to", "paired_with"):
            id = getattr(contact, key)
            if id is not None and (id == contact.id or record.contact(id) is None):
                yield Problem(
                    record.id,
                    f"{pointer}/{key}",
                    f"The record has no other contact point {id!r}.",
                    f"It has: {', '.join(one.id for one in record.contacts)}.",
                )


@rule(
    "CTR203",
    "An id is given once.",
    "An id that means two things makes every pin and log ambiguous.",
    across=True,
)
def _ids_unique(records: Records) -> Iterator[Problem]:
    for record in records.reachable():
        counts = Counter(contact.id for contact in record.contacts)
        for index, contact in enumerate(record.contacts):
            if counts[contact.id] > 1:
                yield Problem(
                    record.id,
                    f"/contacts/{index}/id",
                    f"Two contact points have the id {contact.id!r}.",
                    "Give each its own.",
                )
    history: list[Tombstone | Misprint] = [*records.tombstones, *records.misprints]
    counts = Counter([*records.by_id, *(one.id for one in history)])
    for one in history:
        if counts[one.id] > 1:
            yield Problem(
                one.id,
                "/id",
                f"The id {one.id!r} is given twice.",
                "An id is never used again for another subject.",
            )


@rule(
    "CTR204",
    "A pair names each other.",
    "English and Spanish lines are shown together or not at all.",
)
def _pairs_mutual(records: Records) -> Iterator[Problem]:
    for record, pointer, contact in records.contacts():
        other = record.contact(contact.paired_with) if contact.paired_with else None
        if other is not None and other.paired_with != contact.id:
            yield Problem(
                record.id,
                f"{pointer}/paired_with",
                f"{other.id!r} does not name {contact.id!r} in return.",
                f"Give {other.id!r} paired_with {contact.id!r}.",
            )


@rule(
    "CTR205",
    "A relay says which number to ask for.",
    "The relay operator connects to the number that the caller gives.",
)
def _relay_has_number(records: Records) -> Iterator[Problem]:
    for record, pointer, contact in records.contacts():
        if contact.mode != Mode.RELAY or "relay" in getattr(record, "purposes", ()):
            continue
        other = record.contact(contact.relay_to) if contact.relay_to else None
        if other is None or other.mode != Mode.VOICE:
            yield Problem(
                record.id,
                pointer,
                "The relay does not name a voice number of this record.",
                "Set relay_to to the id of the voice contact point.",
            )


RULES = (_records_exist, _contacts_exist, _ids_unique, _pairs_mutual, _relay_has_number)
