"""What is known, made ready for looking up: values, wrong forms, names.

Built once from a directory. It knows nothing of text; it answers what a value
is, whom it belongs to, and what would be right in its place.
"""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum, unique
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from ct_trafficking_resources.audit import policy
from ct_trafficking_resources.model import HelpChannel, Organization, Tombstone
from ct_trafficking_resources.model.channels import HOTLINE
from ct_trafficking_resources.phone import (
    TOLL_FREE_PREFIXES,
    NearMiss,
    digits_of,
    display,
    near_miss,
)
from ct_trafficking_resources.vocabulary import ADDRESSED, Mode, ValueKind
from ct_trafficking_resources.web import (
    bare,
    contact_host,
    host_of,
    longest_label,
    parents,
    skeleton,
    unpunycoded,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.model import ContactPoint, Misprint, Record, TaskForce, Value

_HALF = 4
"""One slip in ten digits leaves the first four or the last four as they were."""


@unique
class Standing(StrEnum):
    """What a value is."""

    CURRENT = "current"
    MISPRINT = "misprint"
    NEAR_MISS = "near-miss"
    RETIRED = "retired"
    LOOKALIKE = "look-alike"
    UNKNOWN = "unknown"


@attrs.frozen(kw_only=True)
class Holder:
    """A contact point and the record that has it.

    Attributes:
        record: The record.
        contact: The contact point.
        is_overridden: An override changed the directory: what is loaded without it
            may give another value.
    """

    record: HelpChannel | Organization | TaskForce
    contact: ContactPoint
    is_overridden: bool = False

    @property
    def expression(self) -> str | None:
        """Python that gives the contact point, with the package as ``ctr``; None if none does."""
        if self.is_overridden:
            return None
        id, mode = self.contact.id, self.contact.mode
        if mode in {Mode.VOICE, Mode.TEXT, Mode.CHAT} and self.record.first(mode) == self.contact:
            return f"{access(self.record)}.{mode}"
        return f"{access(self.record)}.contact({id!r})".replace("'", '"')


@attrs.frozen(kw_only=True)
class Right:
    """What would be right.

    Attributes:
        text: As it is written for people.
        uri: As a link, or None if it is none.
        record: Id of the record, or None.
        name: What the record is called, or None.
        expression: Python that gives the text, or None.
    """

    text: str
    uri: str | None = None
    record: str | None = None
    name: str | None = None
    expression: str | None = None


@attrs.frozen(kw_only=True)
class Judgement:
    """What a value is, by itself.

    Attributes:
        standing: In a word.
        holders: Who has it, or the value it was taken for; channels first.
        misprint: The known wrong form that it is, or None.
        tombstone: What remains of it, or None.
        slip: How a near miss came about, or None.
        host: The known host that it resembles, or None.
    """

    standing: Standing
    holders: tuple[Holder, ...] = ()
    misprint: Misprint | None = None
    tombstone: Tombstone | None = None
    slip: NearMiss | None = None
    host: str | None = None


UNKNOWN = Judgement(standing=Standing.UNKNOWN)


def access(record: Record) -> str:
    """Return Python that gives a record, with the package as ``ctr``."""
    if record.id == HOTLINE:
        return "ctr.load().hotline"
    kind = record.kind.replace("help-", "").replace("-", "_")
    return f'ctr.load().{kind}("{record.id}")'


class Known:
    """A directory, made ready for looking up."""

    def __init__(self, directory: Directory) -> None:
        """Index a directory; callers use `known_of`, which keeps what it built."""
        self.directory = directory
        self.records: dict[str, Record] = {record.id: record for record in directory}
        self.holders = tuple(_holders(directory))
        self._values: dict[tuple[str, str], tuple[Holder, ...]] = _grouped(self.holders)
        self._wrong: dict[tuple[str, str], Misprint] = {
            _key(one.wrong): one for one in directory.misprints
        }
        self._gone: dict[tuple[str, str], Tombstone] = {
            _key(one.value): one for one in directory.tombstones if one.value is not None
        }
        self.all_numbers = self._of(ValueKind.E164)
        self.codes = self._of(ValueKind.SHORT_CODE)
        self.stored = self.all_numbers.union(
            value for kind, value in (*self._wrong, *self._gone) if kind == ValueKind.E164
        )
        self.all_codes = self.codes.union(
            value for kind, value in (*self._wrong, *self._gone) if kind == ValueKind.SHORT_CODE
        )
        self.vanities = frozenset(
            holder.contact.vanity.upper() for holder in self.holders if holder.contact.vanity
        )
        self._near: dict[str, list[str]] = defaultdict(list)
        for number in self.all_numbers:
            for part in _parts(number):
                self._near[part].append(number)
        self.hosts = _hosts(self.holders, directory)
        self._listed_hosts = frozenset(
            host_of(value) for kind, value in (*self._wrong, *self._gone) if kind in ADDRESSED
        )
        self._skeletons = {skeleton(host): host for host in self.hosts}
        self._labels = {
            label.replace("-", ""): host
            for host in self.hosts
            if len(label := longest_label(host)) >= policy.LONG_LABEL
        }
        self._host = lru_cache(maxsize=_KEPT)(self._judge_host)
        self._code = lru_cache(maxsize=_KEPT)(self._judge_code)
        self._below: dict[str, set[str]] = defaultdict(set)
        for id, record in self.records.items():
            self._below[getattr(record, "parent", None) or ""].add(id)

    def _of(self, kind: ValueKind) -> frozenset[str]:
        return frozenset(value for one, value in self._values if one == kind)

    # --- values ----------------------------------------------------------

    def number(self, digits: str) -> Judgement:
        """Judge a telephone number.

        Args:
            digits: National digits; nine to eleven are worth asking for.
        """
        if digits in self.stored:
            return self._exact(ValueKind.E164, digits) or UNKNOWN
        candidates = {one for part in _parts(digits) for one in self._near.get(part, ())}
        return self._nearest(digits, ValueKind.E164, sorted(candidates))

    def code(self, digits: str) -> Judgement:
        """Judge a code for text messages."""
        return self._code(digits)

    def n11(self, digits: str) -> Judgement:
        """Judge a number of three digits."""
        return self._exact(ValueKind.N11, digits) or UNKNOWN

    def email(self, address: str) -> Judgement:
        """Judge an e-mail address; an unknown one is judged by its host if that is wrong."""
        exact = self._exact(ValueKind.EMAIL, address.lower())
        if exact is not None:
            return exact
        judged = self.host(address.rpartition("@")[2])
        return UNKNOWN if judged.standing == Standing.CURRENT else judged

    def url(self, address: str) -> Judgement:
        """Judge an address on the web, given without its scheme."""
        plain = address.removeprefix("www.").rstrip("/")
        exact = self._exact(ValueKind.URL, plain)
        return exact or self.host(plain.partition("/")[0])

    def host(self, host: str) -> Judgement:
        """Judge a host; what is below a known host is known."""
        return self._host(host.lower().removeprefix("www.").rstrip("."))

    def is_relevant_host(self, host: str) -> bool:
        """Tell whether a host in lower case is more than unknown."""
        text = host.lstrip(".-_").removeprefix("www.")
        return text in self._listed_hosts or self.host(text).standing != Standing.UNKNOWN

    def disguise(self, host: str) -> Judgement:
        """Judge a host that stands before an at-sign: a browser goes to what is behind."""
        judged = self.host(host)
        if judged.standing != Standing.CURRENT:
            return UNKNOWN
        return Judgement(standing=Standing.LOOKALIKE, host=judged.host)

    def _exact(self, kind: ValueKind, value: str) -> Judgement | None:
        key = (kind.value, value)
        if key in self._wrong:
            misprint = self._wrong[key]
            return Judgement(standing=Standing.MISPRINT, misprint=misprint)
        if key in self._gone:
            return Judgement(standing=Standing.RETIRED, tombstone=self._gone[key])
        if key in self._values:
            return Judgement(standing=Standing.CURRENT, holders=self._values[key])
        return None

    def _nearest(self, digits: str, kind: ValueKind, candidates: Iterable[str]) -> Judgement:
        slips = [(near_miss(digits, one), one) for one in candidates]
        found = [(list(NearMiss).index(how), how, one) for how, one in slips if how is not None]
        if not found:
            return UNKNOWN
        _, how, right = min(found)
        return Judgement(
            standing=Standing.NEAR_MISS, holders=self._values[kind.value, right], slip=how
        )

    def _judge_code(self, digits: str) -> Judgement:
        exact = self._exact(ValueKind.SHORT_CODE, digits)
        return exact or self._nearest(digits, ValueKind.SHORT_CODE, sorted(self.codes))

    def _judge_host(self, host: str) -> Judgement:
        for parent in parents(host):
            exact = self._exact(ValueKind.HOST, parent)
            if exact is not None:
                return exact
            if parent in self.hosts:
                return Judgement(standing=Standing.CURRENT, host=parent)
        shown = unpunycoded(host)
        looks = self._skeletons.get(skeleton(shown)) or self._embedded(shown)
        if looks is not None:
            return Judgement(standing=Standing.LOOKALIKE, host=looks)
        label = longest_label(shown).replace("-", "")
        if len(label) < policy.LONG_LABEL:
            return UNKNOWN
        near = self._labels.get(label) or next(
            (host for one, host in self._labels.items() if near_miss(label, one)), None
        )
        return Judgement(standing=Standing.NEAR_MISS, host=near) if near else UNKNOWN

    def _embedded(self, host: str) -> str | None:
        """Return the known host that *host* begins with, as in ``known.org.evil.com``."""
        return next(
            (
                one
                for one in self.hosts
                if host.startswith(f"{one}.") and len(longest_label(one)) >= policy.LONG_LABEL
            ),
            None,
        )

    # --- what would be right ----------------------------------------------

    def right_of(self, judged: Judgement) -> Right | None:
        """Return what would be right in place of a judged value, or None."""
        source = judged.misprint or judged.tombstone
        if source is not None:
            return self.right_for(source)
        if judged.host is not None:
            return self._right_host(judged.host, judged.host)
        return right(judged.holders[0]) if judged.holders else None

    def right_for(self, source: Misprint | Tombstone) -> Right | None:
        """Return what a misprint or a tombstone says is right, or None."""
        if isinstance(source, Tombstone):
            wrong, record, contact = source.value, source.successor or source.record, None
            value = source.replacement
        else:
            wrong, record, contact = source.wrong, source.record, source.contact
            value = source.right
        held = [one for one in self.holders if one.record.id == record]
        if value is not None:
            return self._right_value(value, record, held)
        if contact is not None:
            return self.contact(record, contact)
        modes = _INSTEAD.get(wrong.kind if wrong else "", ())
        return next((right(one) for one in held if one.contact.mode in modes), None)

    def _right_value(self, value: Value, record: str | None, held: list[Holder]) -> Right:
        for one in held:
            if _contact_key(one.contact) == _key(value):
                return right(one)
        if value.kind == ValueKind.HOST and _key(value)[1] in self.hosts:
            return self._right_host(_key(value)[1], value.value)
        known = self.records.get(record or "")
        name = display_name(known) if known else None
        shown = display(value.kind, value.value)
        return Right(text=shown, record=record if known else None, name=name)

    def contact(self, record: str | None, contact: str) -> Right | None:
        """Return a contact point as what is right, or None if there is no such one."""
        return next(
            (
                right(one)
                for one in self.holders
                if (one.record.id, one.contact.id) == (record, contact)
            ),
            None,
        )

    def named(self, record_id: str) -> Right | None:
        """Return the present name of a record as what is right, or None."""
        record = self.records.get(record_id)
        if record is None:
            return None
        return Right(
            text=record.name,
            record=record.id,
            name=record.name,
            expression=f"{access(record)}.name",
        )

    def _right_host(self, host: str, shown: str) -> Right:
        record = self.hosts[host]
        for holder in self.holders:
            contact = holder.contact
            if holder.record.id == record.id and contact.display.removeprefix("www.") == host:
                return right(holder)
        return Right(text=shown, record=record.id, name=display_name(record))

    # --- who belongs together ----------------------------------------------

    def family(self, holders: Iterable[Holder]) -> frozenset[str]:
        """Return the ids of the records whose name rightly stands beside a value."""
        ids = {id for holder in holders for id in _kin(holder)}
        return frozenset(ids.union(*(self._below.get(id, ()) for id in ids)))


_DIALLED = (Mode.VOICE, Mode.TEXT)
_WRITTEN = (Mode.WEB, Mode.WEB_FORM, Mode.CHAT, Mode.EMAIL)
_INSTEAD: dict[str, tuple[Mode, ...]] = {
    ValueKind.E164: _DIALLED,
    ValueKind.SHORT_CODE: _DIALLED,
    ValueKind.N11: _DIALLED,
    ValueKind.URL: _WRITTEN,
    ValueKind.HOST: _WRITTEN,
    ValueKind.EMAIL: _WRITTEN,
}
"""What of a record can stand in for a value that nothing replaces; nothing for phrases."""

_KEPT = 20_000
"""Hosts and codes whose judgement is kept: a tree and a table name few of them often."""


def _kin(holder: Holder) -> Iterator[str]:
    yield holder.record.id
    yield from holder.contact.shared_with
    parent = getattr(holder.record, "parent", None)
    if parent is not None:
        yield parent
    for operator in getattr(holder.record, "operators", ()):
        if operator.organization is not None:
            yield operator.organization


@lru_cache(maxsize=8)
def known_of(directory: Directory) -> Known:
    """Return a directory made ready for looking up; built once."""
    return Known(directory)


def right(holder: Holder) -> Right:
    """Return a contact point as what is right."""
    return Right(
        text=holder.contact.display,
        uri=holder.contact.uri,
        record=holder.record.id,
        name=display_name(holder.record),
        expression=holder.expression and f"{holder.expression}.display",
    )


def display_name(record: Record) -> str:
    """Return what a record is called in a sentence."""
    return getattr(record, "name", record.id)


def _parts(digits: str) -> Iterator[str]:
    yield f"{digits[:_HALF]}.."
    yield f"..{digits[-_HALF:]}"
    if digits[:3] in TOLL_FREE_PREFIXES:
        yield digits[3:]


def _holders(directory: Directory) -> Iterator[Holder]:
    """Yield all contact points, channels first, so that a shared value is a channel's."""
    records: tuple[HelpChannel | Organization | TaskForce, ...] = (
        *directory.channels,
        *directory.organizations,
        *directory.task_forces,
    )
    for record in records:
        for contact in record.contacts:
            if contact.relay_to is None:
                yield Holder(
                    record=record, contact=contact, is_overridden=bool(directory.overrides)
                )


def _grouped(holders: Iterable[Holder]) -> dict[tuple[str, str], tuple[Holder, ...]]:
    groups: dict[tuple[str, str], list[Holder]] = defaultdict(list)
    for holder in holders:
        groups[_contact_key(holder.contact)].append(holder)
    return {key: tuple(group) for key, group in groups.items()}


def _contact_key(contact: ContactPoint) -> tuple[str, str]:
    return _normal(contact.kind, contact.value)


def _key(value: Value) -> tuple[str, str]:
    return _normal(value.kind, value.value)


def _normal(kind: str, value: str) -> tuple[str, str]:
    if kind == ValueKind.E164:
        return kind, digits_of(value)
    if kind == ValueKind.URL:
        return kind, bare(value)
    return kind, value.lower().removeprefix("www.")


def _hosts(
    holders: Iterable[Holder], directory: Directory
) -> Mapping[str, HelpChannel | Organization | TaskForce]:
    hosts: dict[str, HelpChannel | Organization | TaskForce] = {}
    for holder in holders:
        host = contact_host(holder.contact.kind, holder.contact.value)
        if host is not None:
            hosts.setdefault(host, holder.record)
    for organization in directory.organizations:
        for host in organization.hosts:
            hosts.setdefault(host_of(host), organization)
    return hosts
