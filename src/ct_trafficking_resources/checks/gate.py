"""The gate: what is asked of a change, whichever door it comes through.

A number can be perfectly formed and still send a person to the wrong place. Rules
that look at records as they are cannot tell. These look at a change: the records as
they are and as they would be (`Difference`). They ask how such a number comes about:
by a slip of the finger, by a copied row or page, by someone who wants the calls.

A partner's form, a curator's edit, an override and an edition file from outside are
asked the same. Each door makes the two sets of records and says where a problem
stands in what it was given. A value that was there before and stays is not new,
and is not asked about. Who relies on a value and what evidence is enough, `policy`
knows; what a number is, `phone`; what looks like a host, `web`.

Some changes are refused *until confirmed*: a person asks the partner, by a way that
was known before the change came, and types the value as they hear it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import attrs

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.prose import no_hidden_contact
from ct_trafficking_resources.checks.rules import Problem, is_confirmed, rule
from ct_trafficking_resources.errors import quote
from ct_trafficking_resources.model import HelpChannel, Law
from ct_trafficking_resources.phone import digits_of, near_miss
from ct_trafficking_resources.policy import is_victim_facing
from ct_trafficking_resources.vocabulary import DIALED, TombstoneSubject, ValueKind

if TYPE_CHECKING:
    from ct_trafficking_resources.checks.rules import Broken, Records, Rule
    from ct_trafficking_resources.model import ContactPoint, Organization, Record, TaskForce

Reachable: TypeAlias = "HelpChannel | Organization | TaskForce"


class ContactChange(NamedTuple):
    """A contact point that is new, changed or gone.

    Attributes:
        was_in: The record it was in; None if there was no such record.
        is_in: The record it is in; None if there is no such record any more.
        before: As it was; None if it is new.
        after: As it would be; None if it is gone.
        pointer: JSON Pointer to it within the record as it would be; of what is gone,
            the whole record.
    """

    was_in: Reachable | None
    is_in: Reachable | None
    before: ContactPoint | None
    after: ContactPoint | None
    pointer: str

    @property
    def record(self) -> str:
        """Id of its record, as it would be if it is there."""
        record = self.is_in or self.was_in
        return record.id if record else ""

    @property
    def id(self) -> str:
        """Id of the contact point."""
        contact = self.after or self.before
        return contact.id if contact else ""

    @property
    def new_value(self) -> ContactPoint | None:
        """The contact point, if its value is not the one it had."""
        same = self.before is not None and self.after is not None
        return None if same and _value(self.before) == _value(self.after) else self.after

    @property
    def facing(self) -> frozenset[bool]:
        """Whether victims use it (`policy.is_victim_facing`), as it was and as it would be."""
        sides = ((self.was_in, self.before), (self.is_in, self.after))
        return frozenset(
            is_victim_facing(record, contact)
            for record, contact in sides
            if record is not None and contact is not None
        )

    @property
    def is_confirmed(self) -> bool:
        """Whether a person at the partner has confirmed the value."""
        return self.after is not None and is_confirmed(self.after.evidence, self.after.value)

    def touches(self, *fields: str) -> bool:
        """Tell whether one of these fields differs, or the whole came or went."""
        return not (self.before and self.after) or any(
            getattr(self.before, field) != getattr(self.after, field) for field in fields
        )


def _value(contact: ContactPoint | None) -> tuple[str, str]:
    return (contact.kind, contact.value) if contact is not None else ("", "")


@attrs.frozen(kw_only=True)
class Difference:
    """The records as they are beside the records as they would be.

    Attributes:
        before: The last edition; empty if there is none.
        after: What would be, with what was confirmed in its evidence.
    """

    before: Records
    after: Records

    @cached_property
    def contacts(self) -> tuple[ContactChange, ...]:
        """The contact points that are new, changed or gone."""
        return tuple(self._changes())

    @property
    def is_first(self) -> bool:
        """Whether there is nothing to compare with."""
        return not self.before.by_id

    @cached_property
    def formerly(self) -> dict[str, str]:
        """Id to former id of the records that a tombstone says are the same."""
        before, after = self.before.by_id, self.after.by_id
        return {
            tombstone.successor: tombstone.id
            for tombstone in self.after.tombstones
            if tombstone.subject == TombstoneSubject.RECORD
            and tombstone.successor in after.keys() - before.keys()
            and tombstone.id in before.keys() - after.keys()
        }

    def _changes(self) -> Iterator[ContactChange]:
        for record in self.after.reachable():
            was = self.before.by_id.get(self.formerly.get(record.id, record.id))
            if record is not was and record != was:
                yield from _between(_reachable(was), record)
        kept = self.after.by_id.keys() | set(self.formerly.values())
        for record in self.before.reachable():
            if record.id not in kept:
                yield from _between(record, None)


def _reachable(record: Record | None) -> Reachable | None:
    return None if record is None or isinstance(record, Law) else record


def _between(was: Reachable | None, now: Reachable | None) -> Iterator[ContactChange]:
    """Yield what changed in a record; what keeps neither its id nor its value is gone."""
    old = {contact.id: contact for contact in was.contacts} if was else {}
    new = {
        contact.id: (index, contact) for index, contact in enumerate(now.contacts if now else ())
    }
    former = {id: id for id in old.keys() & new.keys()}
    unmatched = {_row(contact): id for id, contact in old.items() if id not in former}
    for id, (_, contact) in new.items():
        if id not in former and _row(contact) in unmatched:
            former[id] = unmatched.pop(_row(contact))
    for id, (index, contact) in new.items():
        before = old[former[id]] if id in former else None
        change = ContactChange(was, now, before, contact, f"/contacts/{index}")
        if before != contact or len(change.facing) > 1:
            yield change
    for id in old.keys() - former.values():
        yield ContactChange(was, now, old[id], None, "")


def _row(contact: ContactPoint) -> tuple[str, str, str]:
    return contact.mode, contact.kind, contact.value


GateCheck: TypeAlias = Callable[[Difference], Iterable[Problem]]
"""Asks a change; yields what breaks the rule, with the id of the record."""

ASK = (
    "Ask the partner by a way that you knew before this change came, never by the new value,"
    " and never by a test call to a crisis line. Write down the confirmation, with the value as"
    " you heard it."
)
"""What to do about a value that a person must confirm; a door may say how."""


# --- slips ------------------------------------------------------------------------------------


@rule(
    "CTR341",
    Severity.ERROR,
    "A value is not almost the present one.",
    reason="One digit, one swap or one toll-free prefix: that is how a number goes wrong, and"
    " +1 800 373 7888 instead of +1 888 373 7888 stands in public code to this day.",
    hint=ASK,
    supersedes=("CTR342",),
)
def near_present(difference: Difference) -> Iterator[Problem]:
    """Yield new values that are almost another one of the same record."""
    for change in difference.contacts:
        known = change.was_in.contacts if change.was_in else ()
        near = change.new_value and _near(change.new_value, known)
        if near and not change.is_confirmed:
            yield _slip(change, f"the present {quote(near[0].value)}: {near[1]}")


def _near(contact: ContactPoint, known: Iterable[ContactPoint]) -> tuple[ContactPoint, str] | None:
    """Return which known value a new one almost is, and by which slip; None if it is known."""
    known = tuple(known)
    if any(_value(other) == _value(contact) for other in known):
        return None
    slips = ((other, _slip_between(contact, other)) for other in known)
    return next(((other, how) for other, how in slips if how), None)


def _slip_between(contact: ContactPoint, right: ContactPoint) -> str | None:
    """Say how a value is almost a known one, or None."""
    if contact.kind in DIALED and right.kind in DIALED:
        how = near_miss(digits_of(contact.value), digits_of(right.value))
        return how.in_words() if how else None
    if contact.kind == right.kind == ValueKind.EMAIL:
        how = near_miss(contact.value.lower(), right.value.lower())
        return how.in_words("letter") if how else None
    return None


def _slip(change: ContactChange, what: str) -> Problem:
    value = change.after.value if change.after else ""
    return Problem(
        f"{change.pointer}/value", f"{quote(value)} is almost {what}.", record=change.record
    )


@rule(
    "CTR342",
    Severity.ERROR,
    "A new number is not almost one that people in danger use.",
    reason="A slip in a number that was copied from a help channel's page leads to nobody.",
    hint=ASK,
)
def near_known(difference: Difference) -> Iterator[Problem]:
    """Yield new numbers that are almost those of a help channel, or of help elsewhere."""
    known = [located.contact for located in difference.before.contacts()]
    values = set(map(_value, known))
    relied_on = [
        (located.record.id, located.contact)
        for located in difference.before.contacts()
        if located.contact.kind in DIALED
        and (
            isinstance(located.record, HelpChannel)
            or is_victim_facing(located.record, located.contact)
        )
    ]
    for change in difference.contacts:
        contact = change.new_value
        if contact is None or contact.kind not in DIALED or _value(contact) in values:
            continue
        near = ((id, other, _slip_between(contact, other)) for id, other in relied_on)
        found = next(((id, other, how) for id, other, how in near if how), None)
        if found and not change.is_confirmed:
            yield _slip(change, f"{quote(found[1].value)} of {found[0]}: {found[2]}")


RULES: tuple[Rule[GateCheck], ...] = (near_present, near_known, no_hidden_contact)
"""Asked of a change, in this order."""


def problems(difference: Difference) -> Iterator[Broken]:
    """Yield what is wrong with a change, rule by rule."""
    for asked in RULES:
        yield from ((asked, problem) for problem in asked.check(difference))
