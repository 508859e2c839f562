"""What changed between two directories, by its effect on the person who reads.

Records are matched by id; a record that a tombstone leads to counts as the same
one if it is new. Contact points are matched by id, because an id is kept while
the purpose stays the same, and then by value. Which effect a change of a field
has stands with the field, in the model.
"""

from __future__ import annotations

import warnings
from enum import StrEnum, unique
from itertools import groupby
from textwrap import fill
from typing import TYPE_CHECKING, Any

import attrs

from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.errors import UnknownRecord, WithdrawnEditionWarning
from ct_trafficking_resources.model import HelpChannel
from ct_trafficking_resources.model.base import brief, encode, having, per_class
from ct_trafficking_resources.model.fields import lists
from ct_trafficking_resources.policy import is_victim_facing
from ct_trafficking_resources.vocabulary import known_term
from ct_trafficking_resources.words import (
    contact_words,
    counted,
    in_words,
    markdown as escaped,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.model import ContactPoint, Operator, Record, Tombstone
    from ct_trafficking_resources.model.base import Part


@unique
class Effect(StrEnum):
    """What a change means for the person who uses the value, most harmful first."""

    NUMBER = "number"
    CODE = "code"
    ADDRESS = "address"
    WITHDRAWN = "withdrawn"
    ADDED = "added"
    RENAMED = "renamed"
    OPERATOR = "operator"
    SERVICE = "service"
    HOURS = "hours"
    LANGUAGES = "languages"
    OFFICE = "office"
    MEMBERSHIP = "membership"
    WORDING = "wording"
    EVIDENCE = "evidence"


HEADINGS = {
    Effect.NUMBER: "Number changed",
    Effect.CODE: "Code or keyword changed",
    Effect.ADDRESS: "Web or e-mail address changed",
    Effect.WITHDRAWN: "Withdrawn",
    Effect.ADDED: "Added",
    Effect.RENAMED: "New name",
    Effect.OPERATOR: "Run by someone else",
    Effect.SERVICE: "What it does, for whom, and what stays private",
    Effect.HOURS: "Hours changed",
    Effect.LANGUAGES: "Languages changed",
    Effect.OFFICE: "Office address changed",
    Effect.MEMBERSHIP: "Part in a task force",
    Effect.WORDING: "Wording or order only",
    Effect.EVIDENCE: "Evidence only",
}

UNSEEN = frozenset({Effect.WORDING, Effect.EVIDENCE})
"""Effects that no one who reaches for help has to know of."""

OF_VALUE = {
    "e164": Effect.NUMBER,
    "n11": Effect.NUMBER,
    "short-code": Effect.CODE,
    "url": Effect.ADDRESS,
    "email": Effect.ADDRESS,
}
"""Effect of another value, by its kind; of a kind not known here, `Effect.NUMBER`."""


@attrs.frozen(kw_only=True)
class Change:
    """One thing that changed.

    Attributes:
        effect: What it means for the person who uses the value.
        record: Id of the record, in the newer edition if it is there.
        name: Name of the record.
        kind: Kind of the record.
        formerly: Id of the record in the older edition, where that differs.
        contact: Id of the contact point, or None.
        what: What changed: an attribute, or how the contact point is used.
        before: What it was, in words, or None.
        after: What it is, in words, or None.
        why: When and why, where a tombstone or a date in the data says.
        victim_facing: A person in danger may rely on the contact point, or on the
            record where none is named (`policy.is_victim_facing`).
    """

    effect: Effect
    record: str
    name: str
    kind: str
    formerly: str | None = None
    contact: str | None = None
    what: str
    before: str | None = None
    after: str | None = None
    why: str | None = None
    victim_facing: bool = False

    __repr__ = brief


@attrs.frozen(kw_only=True)
class Kept:
    """A contact point whose value is the same in both editions.

    Attributes:
        record: Id of its record, in the newer edition.
        name: Name of the record.
        kind: Kind of the record.
        contact: Id of the contact point.
        value: The value, in words.
    """

    record: str
    name: str
    kind: str
    contact: str
    value: str


@attrs.frozen(kw_only=True)
class Side:
    """One of the two editions.

    Attributes:
        edition: Its number.
        released: Day of release.
        status: ``preview``, ``released`` or ``reconstructed``.
    """

    edition: str
    released: date
    status: str

    def __str__(self) -> str:
        return self.edition


@attrs.frozen(kw_only=True)
class Comparison:
    """What changed between two directories.

    Attributes:
        old: The older edition.
        new: The newer edition.
        changes: Most harmful effect first; within one, help channels first, by
            harm avoided, then the rest by name.
        kept: Contact points whose value is the same in both.
        ids: Ids of both editions.
    """

    old: Side
    new: Side
    changes: tuple[Change, ...]
    kept: tuple[Kept, ...]
    ids: frozenset[str] = attrs.field(repr=False)

    __repr__ = brief

    @property
    def seen(self) -> tuple[Change, ...]:
        """The changes that are more than wording, order or evidence."""
        return tuple(change for change in self.changes if change.effect not in UNSEEN)

    def of(self, effect: Effect | str) -> tuple[Change, ...]:
        """Return the changes with one effect.

        Raises:
            UnknownTerm: There is no such effect.
        """
        wanted = known_term(Effect, effect)
        return tuple(change for change in self.changes if change.effect is wanted)

    def only(self, ids: Iterable[str]) -> Comparison:
        """Return the part of the comparison that is about some records.

        Args:
            ids: Ids of records; a record that was renamed is found by either id.

        Raises:
            UnknownRecord: Neither edition has such a record.
        """
        wanted = frozenset(ids)
        unknown = sorted(wanted - self.ids)
        if unknown:
            raise UnknownRecord(unknown[0], None, sorted(self.ids))
        return attrs.evolve(
            self,
            changes=tuple(
                change for change in self.changes if {change.record, change.formerly} & wanted
            ),
            kept=tuple(kept_value for kept_value in self.kept if kept_value.record in wanted),
        )

    def text(self) -> str:
        """Return the comparison for a person at a terminal."""
        return text(self)

    def markdown(self) -> str:
        """Return the comparison as Markdown, for a changelog."""
        return markdown(self)

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON types."""
        return {
            "old": encode(self.old),
            "new": encode(self.new),
            "changes": [encode(change) for change in self.changes],
            "kept": [encode(kept_value) for kept_value in self.kept],
        }


_EFFECTS = tuple(Effect)


@per_class
def effects(cls: type) -> Mapping[str, Effect]:
    """Return the effect of a change of each field of a class; nothing that is private changes."""
    private = having(cls, "private")
    return {
        name: Effect(word) for name, word in having(cls, "effect").items() if name not in private
    }


def compare(old: Directory | str, new: Directory | str) -> Comparison:
    """Return what changed between two editions, most harmful changes first.

    You can compare withdrawn editions. No warning is given, because what is
    compared is not shown.

    Args:
        old: The older directory, or the number or pin of an edition in the
            package.
        new: The newer one.

    Returns:
        The changes, each with its effect on the people who use the value.

    Raises:
        UnknownEdition: The package has no such edition.
        DigestMismatch: An edition has another SHA-256 than its pin.

    Example:
        >>> import ct_trafficking_resources as ctr
        >>> from ct_trafficking_resources import testing
        >>> document = testing.fictional_document()
        >>> line = testing.channel_of(document, "fictional-wage-line")
        >>> line["contacts"][0].update(value="+18605552013", display="860-555-2013")
        >>> old, new = testing.fictional_directory(), testing.fictional_directory(document)
        >>> for change in ctr.compare(old, new).changes:
        ...     print(change.effect, change.record, change.before, "->", change.after)
        number fictional-wage-line voice 860-555-2010 -> voice 860-555-2013
    """
    old, new = _directory(old), _directory(new)
    changes: list[Change] = []
    kept: list[Kept] = []
    successors = _successors(old, new)
    formerly = {successor: id for id, successor in successors.items()}
    for record in new:
        known_as = formerly.get(record.id, record.id)
        if known_as not in old:
            changes.append(_added(record))
        else:
            pair = _Pair(old, new, old[known_as], record)
            changes += pair.changes()
            kept += pair.kept()
    changes += [
        _withdrawn(record, new)
        for record in old
        if record.id not in new and record.id not in successors
    ]
    order = _order(old, new)
    changes.sort(key=lambda one: (_EFFECTS.index(one.effect), order[one.record]))
    return Comparison(
        old=_side(old),
        new=_side(new),
        changes=tuple(_shown(change, new) for change in changes),
        kept=tuple(sorted(kept, key=lambda one: order[one.record])),
        ids=frozenset(order),
    )


def _shown(change: Change, new: Directory) -> Change:
    """Return a change that says of what is revoked only that it is gone."""
    texts = (change.before, change.after, change.why)
    before, after, why = (text and new.redacted(text) for text in texts)
    name = new.redacted(change.name)
    return attrs.evolve(change, name=name, before=before, after=after, why=why)


def _directory(edition: Directory | str) -> Directory:
    if not isinstance(edition, str):
        return edition
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", WithdrawnEditionWarning)
        return load(edition)


def _side(directory: Directory) -> Side:
    return Side(edition=directory.edition, released=directory.released, status=directory.status)


def _successors(old: Directory, new: Directory) -> dict[str, str]:
    """Return id and new id of the records that live on under another id."""
    return {
        tombstone.id: tombstone.successor
        for tombstone in new.tombstones
        if tombstone.successor is not None
        and tombstone.id in old
        and tombstone.id not in new
        and tombstone.successor in new
        and tombstone.successor not in old
    }


def _order(old: Directory, new: Directory) -> dict[str, int]:
    """Return a place for each id: channels first, then the rest, in the order of a directory."""
    order: dict[str, int] = {}
    for channels in (True, False):
        for directory in (new, old):
            for record in directory:
                if isinstance(record, HelpChannel) is channels:
                    order.setdefault(record.id, len(order))
    return order


def _contacts(record: Record) -> tuple[ContactPoint, ...]:
    return getattr(record, "contacts", ())


def _added(record: Record) -> Change:
    return Change(
        effect=Effect.ADDED,
        record=record.id,
        name=record.name,
        kind=record.kind,
        what="record",
        after="; ".join(contact_words(contact) for contact in _contacts(record)) or None,
        victim_facing=is_victim_facing(record),
    )


def _withdrawn(record: Record, new: Directory) -> Change:
    tombstone = next((tombstone for tombstone in new.tombstones if tombstone.id == record.id), None)
    return Change(
        effect=Effect.WITHDRAWN,
        record=record.id,
        name=record.name,
        kind=record.kind,
        what="record",
        before="; ".join(contact_words(contact) for contact in _contacts(record)) or None,
        why=_reason(tombstone),
        victim_facing=is_victim_facing(record),
    )


def _reason(tombstone: Tombstone | None) -> str | None:
    if tombstone is None:
        return None
    when = f"{tombstone.withdrawn}: " if tombstone.withdrawn else ""
    return f"{when}{tombstone.explanation}"


@attrs.frozen
class _Pair:
    """One record in both directories."""

    old: Directory
    new: Directory
    before: Record
    after: Record

    def changes(self) -> Iterator[Change]:
        """Yield what changed in the record."""
        in_lists = lists(type(self.after))
        for name, effect in self._effects.items():
            was, is_now = getattr(self.before, name, None), getattr(self.after, name)
            if was != is_now and name != "id" and name not in in_lists:
                why = self._renamed() if name == "name" else None
                yield self._change(effect, name, in_words(was), in_words(is_now), why=why)
        if self.before.id != self.after.id and self.before.name == self.after.name:
            yield self._change(Effect.RENAMED, "id", self.before.id, self.after.id)
        yield from self._contact_changes()
        yield from self._order_changes()
        yield from self._operator_changes()
        for name, cls in in_lists.items():
            if name not in {"contacts", "operators"}:
                yield from self._part_changes(name, cls)

    @property
    def _effects(self) -> Mapping[str, Effect]:
        return effects(type(self.after))

    def kept(self) -> Iterator[Kept]:
        """Yield the contact points whose value is the same."""
        for contact, other in self._match()[0]:
            if _value(contact) == _value(other):
                yield Kept(
                    record=self.after.id,
                    name=self.after.name,
                    kind=self.after.kind,
                    contact=other.id,
                    value=contact_words(other),
                )

    def _change(  # noqa: PLR0913, PLR0917 - what a change says
        self,
        effect: Effect,
        what: str,
        before: str | None,
        after: str | None,
        contacts: tuple[ContactPoint, ...] = (),
        why: str | None = None,
    ) -> Change:
        """Return a change; *contacts* is the contact point it is about, before and after."""
        return Change(
            effect=effect,
            record=self.after.id,
            name=self.after.name,
            kind=self.after.kind,
            formerly=self.before.id if self.before.id != self.after.id else None,
            contact=contacts[-1].id if contacts else None,
            what=what,
            before=before,
            after=after,
            why=why,
            victim_facing=any(
                is_victim_facing(record, contact)
                for record in (self.before, self.after)
                for contact in contacts or (None,)
            ),
        )

    def _renamed(self) -> str | None:
        """Return what a tombstone says about the old name."""
        for tombstone in self.new.tombstones:
            if tombstone.id == self.before.id != self.after.id:
                return _reason(tombstone)
            if tombstone.record == self.after.id and tombstone.name.startswith(self.before.name):
                return _reason(tombstone)
        return None

    def _match(
        self,
    ) -> tuple[list[tuple[ContactPoint, ContactPoint]], list[ContactPoint], list[ContactPoint]]:
        """Return the contact points in pairs, those that are gone, and those that are new."""
        gone, new = list(_contacts(self.before)), list(_contacts(self.after))
        pairs = []
        for is_same in (_same_id, _same_value):
            for contact in tuple(gone):
                other = next((one for one in new if is_same(contact, one)), None)
                if other is not None:
                    gone.remove(contact)
                    new.remove(other)
                    pairs.append((contact, other))
        return pairs, gone, new

    def _contact_changes(self) -> Iterator[Change]:
        pairs, gone, new = self._match()
        for was, is_now in pairs:
            yield from self._between(was, is_now)
        for contact in gone:
            told, why = contact_words(contact), self._why_gone(contact)
            yield self._change(Effect.WITHDRAWN, contact.mode, told, None, (contact,), why)
        for one in new:
            told, why = contact_words(one), self._where_before(one)
            yield self._change(Effect.ADDED, one.mode, None, told, (one,), why)

    def _between(self, was: ContactPoint, is_now: ContactPoint) -> Iterator[Change]:
        """Yield what changed in one contact point, another value first."""
        another = _value(was) != _value(is_now)
        if another:
            effect = OF_VALUE.get(is_now.kind, Effect.NUMBER)
            before, after = contact_words(was), contact_words(is_now)
            why = self._why_gone(was)
            yield self._change(effect, is_now.mode, before, after, (was, is_now), why)
        said_already = {"mode", "kind", "value", "display"} if another else set()
        for name, effect in effects(type(is_now)).items():
            before, after = getattr(was, name), getattr(is_now, name)
            if before != after and name not in said_already:
                yield self._change(effect, name, in_words(before), in_words(after), (was, is_now))

    def _why_gone(self, contact: ContactPoint) -> str | None:
        for tombstone in self.new.tombstones:
            value = tombstone.value
            if value and (value.kind, value.value) == (contact.kind, contact.value):
                return _reason(tombstone)
        return None

    def _where_before(self, contact: ContactPoint) -> str | None:
        """Return where the value stood, if another record had it."""
        for record in self.old:
            if record.id not in self.new:
                for one in _contacts(record):
                    if (one.kind, one.value) == (contact.kind, contact.value):
                        return f"in {self.old.edition} that of {record.name}"
        return None

    def _order_changes(self) -> Iterator[Change]:
        before = [contact.id for contact in _contacts(self.before)]
        after = [contact.id for contact in _contacts(self.after)]
        both = set(before) & set(after)
        before, after = [[id for id in ids if id in both] for ids in (before, after)]
        if before != after:
            effect = self._effects["contacts"]
            yield self._change(effect, "contacts", ", ".join(before), ", ".join(after))

    def _operator_changes(self) -> Iterator[Change]:
        if not isinstance(self.before, HelpChannel) or not isinstance(self.after, HelpChannel):
            return
        was, is_now = self.before.operator, self.after.operator
        if _operator(was) != _operator(is_now):
            why = f"since {is_now.since}" if is_now and is_now.since else None
            yield self._change(
                self._effects["operators"],
                "operator",
                was.name if was else None,
                is_now.name if is_now else None,
                why=why,
            )
        elif self.before.operators != self.after.operators:
            said = [
                list(map(_said, parts)) for parts in (self.before.operators, self.after.operators)
            ]
            yield self._change(
                Effect.EVIDENCE if said[0] == said[1] else Effect.WORDING,
                "operators",
                in_words(self.before.operators),
                in_words(self.after.operators),
            )

    def _part_changes(self, name: str, cls: type) -> Iterator[Change]:
        """Yield the changes in a list of parts, such as memberships, matched by their key."""
        key = having(cls, "key")
        mine, theirs = (
            {tuple(getattr(part, one) for one in key): part for part in getattr(record, name, ())}
            for record in (self.before, self.after)
        )
        whole = self._effects[name]
        for id in dict.fromkeys([*theirs, *mine]):
            was, is_now = mine.get(id), theirs.get(id)
            if was is None or is_now is None:
                yield self._change(whole, whole.value, in_words(was), in_words(is_now))
                continue
            differ = [
                effect
                for one, effect in effects(cls).items()
                if getattr(was, one) != getattr(is_now, one)
            ]
            if differ:
                worst = min(differ, key=_EFFECTS.index)
                yield self._change(worst, whole.value, in_words(was), in_words(is_now))


def _same_id(one: ContactPoint, other: ContactPoint) -> bool:
    return one.id == other.id


def _same_value(one: ContactPoint, other: ContactPoint) -> bool:
    return _value(one) == _value(other)


def _value(contact: ContactPoint) -> tuple[str, str, str]:
    return contact.mode, contact.kind, contact.value


def _operator(operator: Operator | None) -> str | None:
    return (operator.organization or operator.name) if operator else None


def _said(part: Part) -> list[object]:
    """Return the values of a part without its evidence."""
    return [
        getattr(part, name)
        for name, effect in effects(type(part)).items()
        if effect is not Effect.EVIDENCE
    ]


_WIDTH = 100
_KINDS = ("help-channel", "organization", "task-force", "law")
_NOTHING = "Nothing changed."


def text(comparison: Comparison) -> str:
    """Return the comparison for a person at a terminal."""
    lines = [f"From {_side_in_words(comparison.old)} to {_side_in_words(comparison.new)}", ""]
    for heading, entries in sections(comparison):
        lines.append(heading)
        lines += [
            fill(
                entry,
                _WIDTH,
                initial_indent="  ",
                subsequent_indent="      ",
                break_long_words=False,
                break_on_hyphens=False,
            )
            for entry in entries
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def markdown(comparison: Comparison) -> str:
    """Return the comparison as Markdown, for a changelog."""
    lines = [f"From {_side_in_words(comparison.old)} to {_side_in_words(comparison.new)}.", ""]
    for heading, entries in sections(comparison):
        lines += [f"**{heading}**", ""]
        lines += [f"- {escaped(entry)}" for entry in entries]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _side_in_words(side: Side) -> str:
    return f"{side.edition} ({side.status}, {side.released.day} {side.released:%B %Y})"


def sections(comparison: Comparison) -> Iterator[tuple[str, list[str]]]:
    """Yield a heading and its entries, most harmful effect first."""
    if not comparison.changes:
        yield _NOTHING, []
    if comparison.kept:
        yield "Still the same", list(_kept(comparison.kept))
    for effect, heading in HEADINGS.items():
        changes = comparison.of(effect)
        if changes:
            yield heading, list(_entries(changes))


def _kept(kept: Iterable[Kept]) -> Iterator[str]:
    for (record, name), group in groupby(kept, key=lambda one: (one.record, one.name)):
        yield f"{name} ({record}): {'; '.join(one.value for one in group)}"


def _entries(changes: tuple[Change, ...]) -> Iterator[str]:
    """Yield one entry for each record, and one for all that were added of a kind."""
    whole = [
        change for change in changes if change.effect is Effect.ADDED and change.contact is None
    ]
    others = (change for change in changes if change not in whole)
    for (record, name), group in groupby(others, key=lambda one: (one.record, one.name)):
        yield f"{name} ({record}): {'; '.join(dict.fromkeys(map(_told, group)))}"
    for kind in _KINDS:
        names = [f"{one.name} ({one.record})" for one in whole if one.kind == kind]
        if names:
            yield f"{counted(len(names), kind.replace('-', ' '))}: {'; '.join(names)}"


def _told(change: Change) -> str:
    """Return one change in words; its record is named before it."""
    what = change.what.replace("_", " ")
    place = f"{change.contact} " if change.contact and change.contact != change.what else ""
    if change.effect in UNSEEN:
        return f"{place}{what}"
    if change.effect is Effect.RENAMED:
        formerly = f" ({change.formerly})" if change.formerly else ""
        told = f"until then {change.before}{formerly}"
    elif change.effect is Effect.WITHDRAWN:
        told = change.before or "the whole record"
    elif change.effect is Effect.ADDED:
        told = change.after or ""
    elif change.effect in _PLAIN and change.before:
        told = f"{place}{change.before} -> {change.after or 'nobody'}"
    elif change.before and change.after:
        told = f"{place}{what} {change.before} -> {change.after}"
    elif change.after:
        told = f"{place}{what}, not known before: {change.after}"
    else:
        told = f"{place}{what}, no longer: {change.before}"
    return f"{told} ({change.why.rstrip('.')})" if change.why else told


_PLAIN = {Effect.NUMBER, Effect.CODE, Effect.ADDRESS, Effect.OPERATOR}
"""Effects whose values say themselves what they are."""
