"""What is over stays over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.revocation import is_revoked, revocation
from ct_trafficking_resources.rules.base import Problem, rule
from ct_trafficking_resources.vocabulary import TombstoneSubject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.rules.base import Records


@rule(
    "CTR241",
    "No revoked or misprinted value is shown.",
    "That is what tombstones and misprints are for.",
)
def _nothing_revoked(records: Records) -> Iterator[Problem]:
    wrong = [(one.id, one.value) for one in records.tombstones if one.revoked and one.value]
    wrong += [(one.id, one.wrong) for one in records.misprints]
    revoked = [(id, revocation(value.kind, value.value)) for id, value in wrong]
    for record, pointer, contact in records.contacts():
        for id, value in revoked:
            if is_revoked(contact.kind, contact.value, (value,)):
                yield Problem(
                    record.id,
                    f"{pointer}/value",
                    f"{contact.display!r} is withdrawn or a misprint: see {id!r}.",
                    "Take it out, or correct the tombstone or misprint.",
                )


@rule(
    "CTR242",
    "A tombstone leads to a record that is there.",
    "Whoever asks for the old one must arrive.",
    across=True,
)
def _successor_lives(records: Records) -> Iterator[Problem]:
    stones = {one.id: one for one in records.tombstones if one.subject == TombstoneSubject.RECORD}
    for stone in records.tombstones:
        seen = {stone.id}
        target = stone.successor
        while target in stones and target not in seen:
            seen.add(target)
            target = stones[target].successor
        if target is not None and target not in records.by_id:
            yield Problem(
                stone.id,
                "/successor",
                f"There is no record {target!r}, or the tombstones go round in a circle.",
                "Name a record that is there.",
            )


@rule(
    "CTR243",
    "A misprint names the value that was meant.",
    "The audit puts the right value in the place of the wrong one.",
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
                misprint.id,
                "/contact",
                f"The record has no contact point {misprint.contact!r}.",
                "Correct record or contact.",
            )
        elif (
            misprint.right is not None
            and misprint.right.kind == contact.kind
            and misprint.right.value != contact.value
        ):
            yield Problem(
                misprint.id,
                "/right",
                f"{misprint.right.value!r} is not the value of that contact point.",
                f"It is {contact.value!r}.",
            )


RULES = (_nothing_revoked, _successor_lives, _meant_value)
