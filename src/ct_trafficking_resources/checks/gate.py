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

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import attrs

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.prose import no_hidden_contact
from ct_trafficking_resources.checks.rules import Problem, evidences, is_confirmed, rule
from ct_trafficking_resources.errors import quote
from ct_trafficking_resources.model import ContactPoint, HelpChannel, Law
from ct_trafficking_resources.model.base import having
from ct_trafficking_resources.phone import (
    digits_of,
    is_printed,
    near_miss,
    prints_extension,
    without,
)
from ct_trafficking_resources.policy import (
    AS_RELEASED,
    hosts_of,
    independent,
    is_victim_facing,
    of_same_organization,
)
from ct_trafficking_resources.vocabulary import DIALED, SourceKind, TombstoneSubject, ValueKind
from ct_trafficking_resources.web import (
    bare,
    contact_host,
    domain_of,
    host_of,
    looks_like,
    page_host,
    page_hosts,
    poses_as,
)

if TYPE_CHECKING:
    from ct_trafficking_resources.checks.rules import Broken, Records, Rule
    from ct_trafficking_resources.model import Organization, Record, Source, TaskForce, Value

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

    def problem(self, field: str | None, message: str) -> Problem:
        """Return a problem with a field of it, or with the whole."""
        pointer = f"{self.pointer}/{field}" if field else self.pointer
        return Problem(pointer, message, record=self.record)

    def first_changed(self, *fields: str) -> str | None:
        """Return the first of some fields that differs; None if the whole is new."""
        differing = (field for field in fields if self.touches(field))
        return next(differing, None) if self.before else None

    def touches(self, *fields: str) -> bool:
        """Tell whether one of these fields differs, or the whole came or went."""
        return not (self.before and self.after) or any(
            getattr(self.before, field) != getattr(self.after, field) for field in fields
        )


def _value(contact: ContactPoint | Value | None) -> tuple[str, str]:
    return (contact.kind, contact.value) if contact is not None else ("", "")


@attrs.frozen(kw_only=True)
class Difference:
    """The records as they are beside the records as they would be.

    Attributes:
        before: The last edition; empty if there is none.
        after: What would be, with its evidence: sources and confirmations.
    """

    before: Records
    after: Records

    @cached_property
    def contacts(self) -> tuple[ContactChange, ...]:
        """The contact points that are new, changed or gone."""
        return tuple(self._changes())

    @cached_property
    def new_values(self) -> tuple[tuple[ContactChange, ContactPoint], ...]:
        """The contact points whose value is new, and confirmed by nobody."""
        return tuple(
            (change, change.new_value)
            for change in self.contacts
            if change.new_value is not None and not change.is_confirmed
        )

    @cached_property
    def changed(self) -> Records:
        """The records, tombstones and misprints that are new or changed, as they would be."""
        before, after = self.before, self.after
        old_tombstones, old_misprints = set(before.tombstones), set(before.misprints)
        return attrs.evolve(
            after,
            by_id={id: one for id, one in after.by_id.items() if before.by_id.get(id) != one},
            tombstones=tuple(one for one in after.tombstones if one not in old_tombstones),
            misprints=tuple(one for one in after.misprints if one not in old_misprints),
        )

    @cached_property
    def known_hosts(self) -> frozenset[str]:
        """The hosts of the records as they are."""
        return hosts_of(*self.before.reachable())

    def hosts_of_organization(self, id: str) -> frozenset[str]:
        """Return the hosts of a record and of what the same organization runs, on both sides."""
        sides = ((self.before, self.former(id)), (self.after, self.after.by_id.get(id)))
        return frozenset().union(
            *(
                hosts_of(*of_same_organization(record, side.by_id.values()))
                for side, record in sides
                if record is not None
            )
        )

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

    def former(self, id: str) -> Record | None:
        """Return a record as it was, under the id that it had; None if there was none."""
        return self.before.by_id.get(self.formerly.get(id, id))

    def _changes(self) -> Iterator[ContactChange]:
        for record in self.after.reachable():
            was = self.former(record.id)
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
    gone = (contact for id, contact in old.items() if id not in former.values())
    yield from (ContactChange(was, now, contact, None, "") for contact in gone)


def _row(contact: ContactPoint) -> tuple[str, str, str]:
    return contact.mode, contact.kind, contact.value


GateCheck: TypeAlias = Callable[[Difference], Iterable[Problem]]
"""Asks a change; yields what breaks the rule, with the id of the record."""

ASK = (
    "Ask the partner by a way that you knew before this change came, never by the new value,"
    " and never by a test call to a crisis line. If it is right, write the confirmation into the"
    " evidence, with the value as you heard it."
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
    for change, contact in difference.new_values:
        record = change.is_in if difference.is_first else change.was_in
        others = [other for other in (record.contacts if record else ()) if other != contact]
        if any(_row(other) == _row(contact) for other in others):
            continue  # it is known; whether it is in its place, CTR354 asks
        if any(_value(other) == _value(contact) for other in others):
            others = [change.before] if change.before else []  # known, for another mode
        slip = next(_slips(difference, contact, others), None)
        if slip is not None:
            said = f"the present {quote(slip[0].value)}: {slip[1]}"
            yield change.problem("value", f"{quote(contact.value)} is almost {said}.")


@rule(
    "CTR342",
    Severity.ERROR,
    "A new number is not almost one that people in danger use.",
    reason="A slip in a number that was copied from a help channel's page leads to nobody.",
    hint=ASK,
)
def near_known(difference: Difference) -> Iterator[Problem]:
    """Yield new numbers that are almost those of a help channel, or of help elsewhere."""
    present = difference.after if difference.is_first else difference.before
    relied_on = [
        located
        for located in present.contacts()
        if isinstance(located.record, HelpChannel)
        or is_victim_facing(located.record, located.contact)
    ]
    relied_on.sort(key=lambda located: not isinstance(located.record, HelpChannel))
    known = {_value(located.contact) for located in difference.before.contacts()}
    for change, contact in difference.new_values:
        if contact.kind not in DIALED or _value(contact) in known:
            continue
        near = (
            f"{quote(other.value)} of {located.record.id}: {how}"
            for located in relied_on
            for other, how in _slips(difference, contact, [located.contact])
        )
        said = next(near, None)
        if said is not None:
            yield change.problem("value", f"{quote(contact.value)} is almost {said}.")


def _slips(
    difference: Difference, contact: ContactPoint, others: Iterable[ContactPoint]
) -> Iterator[tuple[ContactPoint, str]]:
    """Yield the values that a new one almost is, each with how it is made of them.

    Where there is no last edition, two numbers of one digit's difference are no slip if a
    page prints each; the one that none prints may be.
    """
    if difference.is_first and _is_printed(contact):
        return
    for other in others:
        how = _slip(contact, other)
        if how is not None:
            yield other, how


def _slip(contact: ContactPoint, right: ContactPoint) -> str | None:
    """Say how a value is almost a known one, or None."""
    if contact.kind in DIALED and right.kind in DIALED:
        how = near_miss(digits_of(contact.value), digits_of(right.value))
        return how.in_words() if how else None
    if contact.kind == right.kind == ValueKind.EMAIL:
        how = near_miss(contact.value.lower(), right.value.lower())
        return how.in_words("letter") if how else None
    return None


@rule(
    "CTR354",
    Severity.ERROR,
    "A contact point does not take the value of another one.",
    reason="A value that slipped into another row is well formed, known, and in the wrong place.",
    hint=ASK,
    supersedes=("CTR341",),
)
def in_its_row(difference: Difference) -> Iterator[Problem]:
    """Yield new values that another contact point has, or has no more."""
    for change, contact in difference.new_values:
        sides = [record.contacts for record in (change.was_in, change.is_in) if record]
        beside = next(
            (
                other.id
                for other in chain.from_iterable(sides)
                if other.id != contact.id and _row(other) == _row(contact)
            ),
            None,
        )
        if beside is not None:
            said = f"the value of {quote(beside)} in the same record, too"
            yield change.problem("value", f"{quote(contact.value)} is {said}.")
            continue
        lost = next(_lost_by(difference, change, contact), None)
        if lost is not None:
            said = f"the value of {quote(lost.id)} in {lost.record}, which would have it no more"
            yield change.problem("value", f"{quote(contact.value)} is {said}.")


def _lost_by(
    difference: Difference, change: ContactChange, contact: ContactPoint
) -> Iterator[ContactChange]:
    """Yield the contact points that a new value is taken from.

    Where a contact point is new, only those count that get another value: what is given
    up in one place and set up in another has moved.
    """
    for other in difference.contacts:
        loses = _value(other.before) == _value(contact) != _value(other.after)
        stays = other.after is not None and other.record == change.record
        if loses and (change.before is not None or stays):
            yield other


# --- hosts ------------------------------------------------------------------------------------

_SHORT_HOST = 8
"""Up to this many characters, hosts of different bodies differ in one letter (dol.gov, doj.gov)."""


@rule(
    "CTR343",
    Severity.ERROR,
    "A host does not look like a known one.",
    reason="A name that cannot be told from the right one at a glance is how people are lured, and"
    " a page below it is no page of theirs.",
    hint="Compare it letter by letter with the address in the browser. If the host is truly"
    " theirs, ask them by a way that you knew before this change came, and write the confirmation"
    " of the host into the evidence of the record.",
    supersedes=("CTR217", "CTR346"),
)
def no_lookalike(difference: Difference) -> Iterator[Problem]:
    """Yield new hosts of records, contact points and sources that look like known ones."""
    known = difference.known_hosts
    cited: frozenset[str] | None = None
    for record, pointer, host in _new_hosts(difference):
        other = next((right for right in sorted(known) if _are_alike(host, right)), None)
        if other is None:
            continue
        cited = _cited(difference.before) if cited is None else cited
        if host not in cited:
            yield Problem(
                pointer, f"The host {quote(host)} looks like {quote(other)}.", record=record
            )


def _are_alike(host: str, right: str) -> bool:
    """Tell whether a host, or the domain it stands below, can be taken for another one."""
    return poses_as(host, domain_of(right)) or any(
        looks_like(name, other) or (len(other) > _SHORT_HOST and near_miss(name, other) is not None)
        for name, other in ((host, right), (domain_of(host), domain_of(right)))
    )


def _new_hosts(difference: Difference) -> Iterator[tuple[str, str, str]]:
    """Yield the record and the place of hosts that no record had, and that nobody confirmed."""
    changed = difference.changed
    domains = frozenset(map(domain_of, difference.known_hosts))
    confirmed = {*difference.known_hosts, *domains}
    found: list[tuple[str, str, str]] = []
    for record in changed.by_id.values():
        for index, name in enumerate(getattr(record, "hosts", ())):
            if is_confirmed(record.evidence, name, "hosts"):
                confirmed |= {host_of(name), domain_of(host_of(name))}
            found.append((record.id, f"/hosts/{index}", host_of(name)))
    for change in difference.contacts:
        contact = change.after
        host = contact_host(contact.kind, contact.value) if contact else None
        if host is not None:
            if change.is_confirmed:
                confirmed |= {host, domain_of(host)}
            found.append((change.record, f"{change.pointer}/value", host))
    for id, pointer, evidence in evidences(changed):
        for index, source in enumerate(evidence.sources):
            host = page_host(source.url)
            if host is not None:  # pages below one domain have one publisher
                posing = any(poses_as(host, domain) for domain in domains)
                shown = host if posing else domain_of(host)
                found.append((id, f"{pointer}/sources/{index}", shown))
    yield from (place for place in found if place[2] not in confirmed)


def _cited(records: Records) -> frozenset[str]:
    """Return the hosts of the sources of records, and the domains that they stand below."""
    urls = (source.url for _, _, evidence in evidences(records) for source in evidence.sources)
    hosts = frozenset(page_hosts(urls))
    return hosts.union(map(domain_of, hosts))


# --- evidence ---------------------------------------------------------------------------------

LEADS = tuple(
    sorted(having(ContactPoint, "leads", "where", "then"), key=lambda key: key != "value")
)
"""Keys of a contact point that say together where a person arrives, the value first."""

REACHES = (*LEADS, *having(ContactPoint, "leads", "when"))
"""Keys that decide where a person arrives, or whether the way is shown at all."""


@rule(
    "CTR344",
    Severity.ERROR,
    "A change to what a person in danger uses rests on two independent pages that print it.",
    reason="Such a value is read once and dialed. A mistake or a lie in one form must not be"
    " enough to move it.",
    hint="Cite two public pages of different publishers, one of them a government's or the"
    " operator's own, and copy the words with the new value into `says` (What it says). Pages"
    " below one domain, and all of the sender's own, have one publisher. A fax number does not"
    " count, nor one that may be it: copy the word that stands before each number.",
    supersedes=("CTR222",),
)
def two_publishers(difference: Difference) -> Iterator[Problem]:
    """Yield what would lead a person in danger elsewhere on too little evidence."""
    for change in difference.contacts:
        # Whoever takes a line off the list of those that victims use may move it next time.
        moved = change.touches(*REACHES) or len(change.facing) > 1
        if change.after is None or not moved or True not in change.facing or difference.is_first:
            continue
        own = difference.hosts_of_organization(change.record)
        if not independent(_pages(change, change.after), own=own, known=difference.known_hosts):
            yield change.problem(
                change.first_changed(*REACHES, "purposes"),
                f"{quote(change.after.display)} of {change.record} is not printed by two"
                " independent pages that are cited for it.",
            )


@rule(
    "CTR345",
    Severity.ERROR,
    "A changed value stands on a page that can be opened.",
    reason="A slip in the form shows beside the words of the page, and an auditor can read them.",
    hint="Cite a public page, with its address, and copy the words with the new value into `says`"
    " (What it says), with its extension, menu or keyword if it has one. A fax number does not"
    " count, nor one that may be it: copy the word that stands before each number.",
    supersedes=("CTR222",),
)
def has_page(difference: Difference) -> Iterator[Problem]:
    """Yield what is changed and printed by no page that is cited."""
    for change in difference.contacts:
        contact = change.after
        if contact is None or not change.touches(*LEADS):
            continue
        if difference.is_first:
            released = (change.record, contact.value) in AS_RELEASED
            printed = contact.kind not in DIALED or _is_printed(contact) or released
        else:  # what victims use needs two pages: CTR344
            pages = _pages(change, contact)
            printed = True in change.facing or any(page_host(page.url) for page in pages)
        if not printed:
            yield change.problem(
                change.first_changed(*LEADS),
                f"{quote(contact.display)} is not printed by a page that is cited.",
            )


def _pages(change: ContactChange, contact: ContactPoint) -> list[Source]:
    """Return the sources that bear a change out.

    What was cited before and not read again bears out a new value if it prints it, and
    nothing else.
    """
    before = change.before.evidence.sources if change.before and not change.new_value else ()
    return [
        source
        for source in contact.evidence.sources
        if source not in before and source.kind != SourceKind.PARTNER and bears_out(source, contact)
    ]


def _is_printed(contact: ContactPoint) -> bool:
    """Tell whether a source prints a number, in digits or in letters."""
    words = [source.says or "" for source in contact.evidence.sources]
    letters = contact.vanity
    return any(is_printed(said, contact.value) for said in words) or any(
        _has_word(said, letters) for said in words if letters
    )


def bears_out(source: Source, contact: ContactPoint) -> bool:
    """Tell whether a source prints the value of a contact point.

    A number must stand in the words that the source is cited for, and so must
    what there is to do besides dialing: the extension, the digits to press in
    the menu, the keywords to send. Letters are no digits. An address must stand
    there too, or be the page itself.
    """
    words, value = source.says or "", contact.value
    if contact.extension and not prints_extension(words, value, contact.extension):
        return False
    if not all(_has_word(without(words, value), text) for text in _to_do(contact)):
        return False
    if contact.kind in DIALED:
        return is_printed(words, value)
    if contact.kind == ValueKind.EMAIL:
        return _has_word(words, value)
    return page_host(source.url) == host_of(value) or _has_word(words, bare(value))


def _to_do(contact: ContactPoint) -> Iterator[str]:
    """Yield what a person presses or sends besides the value and its extension."""
    for key in having(ContactPoint, "leads", "then"):
        said = (getattr(contact, key) if key != "extension" else None) or ()
        for text in [said] if isinstance(said, str) else said:
            digits = re.findall(r"[0-9]+", text) if key in _PROSE else []
            yield from digits or [text]


_PROSE = having(ContactPoint, "text", "prose")


def _has_word(words: str, wanted: str) -> bool:
    """Tell whether words hold a text that is no part of a longer word or address."""
    bounded = rf"(?<![\w@.-])(?:www\.)?{re.escape(wanted)}(?![\w@-]|[./]\w)"
    return re.search(bounded, words, re.IGNORECASE) is not None


# --- what is gone -----------------------------------------------------------------------------


@rule(
    "CTR543",
    Severity.ERROR,
    "What victims used is not taken away without a tombstone.",
    reason="Old copies of it are found for ever, and someone must be told what to do instead.",
    hint="Leave a tombstone that says when, why and what replaced it.",
)
def gone_with_a_reason(difference: Difference) -> Iterator[Problem]:
    """Yield what victims used, and nothing says why it is gone."""
    tombstones = difference.after.tombstones
    values = {_value(tombstone.value) for tombstone in tombstones if tombstone.value}
    records = {tombstone.id for tombstone in tombstones}
    for change in difference.contacts:
        told = _value(change.before) in values or (
            change.is_in is None and change.record in records
        )
        if change.after is None and True in change.facing and not told:
            yield change.problem(None, f"{quote(change.id)} is gone, without a word why.")


RULES: tuple[Rule[GateCheck], ...] = (
    near_present,
    near_known,
    two_publishers,
    has_page,
    in_its_row,
    no_lookalike,
    no_hidden_contact,
)
"""Asked of a change at every door, in this order."""


def problems(difference: Difference, *, also: Iterable[Rule[GateCheck]] = ()) -> Iterator[Broken]:
    """Yield what is wrong with a change, rule by rule.

    Args:
        difference: The change.
        also: Rules that this door asks beside those that every door asks.
    """
    for asked in (*RULES, *also):
        yield from ((asked, problem) for problem in asked.check(difference))
