"""One edition, loaded, as typed objects.

A directory keeps the documents of its edition and turns each into a record
when it is first asked for. It holds no file and asks no clock; what works on a
directory (cards, exports, audits) is a function beside it.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, overload

from ct_trafficking_resources.edition.codec import decode
from ct_trafficking_resources.edition.history import History, index, may_repeat, revocation
from ct_trafficking_resources.edition.storage import SECTIONS, id_of, intact, is_dated, parse
from ct_trafficking_resources.errors import UnknownRecord, WithdrawnRecord
from ct_trafficking_resources.model.channels import HOTLINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from ct_trafficking_resources.model import (
        HelpChannel,
        Hotline,
        Law,
        Misprint,
        Organization,
        Record,
        TaskForce,
        Tombstone,
    )
    from ct_trafficking_resources.vocabulary import Audience, Mode, Purpose

_T = TypeVar("_T")
_RAISE: Any = object()
_PARTS = ("document", "digest", "revoked", "day", "history", "overrides")
"""What a directory is made of; everything else follows from it, and is not pickled."""
_FIRST, _LAST = "0001-01-01", "9999-12-31"


@cache
def installed() -> History:
    """Return the history that came with the installed package."""
    return History(tombstones=_read("tombstones.json"), misprints=_read("misprints.json"))


def _read(name: str) -> tuple[Any, ...]:
    return tuple(map(decode, json.loads(intact(name, index().files[name]))["records"]))


def _installed_history() -> History:
    return installed()


def written_history(directory: Directory) -> History:
    """Return tombstones and misprints as they were written: for checks, and never to be shown."""
    return directory._history()  # noqa: SLF001 - beside the class


class Directory:
    """One edition of the data, as typed, immutable records.

    Get one from `load`. Records come in a stated order: channels by rank (harm
    avoided), everything else by name.

    Two directories are equal if they show the same bytes in the same way: on the
    same day, with the same revoked values and the same overrides.
    """

    __slots__ = (*(f"_{part}" for part in _PARTS), "_built", "_by_id", "_shown_history")

    _document: Mapping[str, Any]
    _digest: str
    _revoked: frozenset[str]
    _day: date | None
    _history: Callable[[], History]
    _overrides: tuple[str, ...]
    _built: dict[str, Any]
    _by_id: dict[str, tuple[str, bytes | dict[str, Any]]]
    _shown_history: list[History]

    def __init__(  # noqa: PLR0913 - what a directory is made of
        self,
        document: Mapping[str, Any],
        digest: str,
        *,
        revoked: frozenset[str] = frozenset(),
        day: date | None = None,
        history: Callable[[], History] = _installed_history,
        overrides: tuple[str, ...] = (),
    ) -> None:
        """Wrap the document of an edition; users call `load` instead.

        Args:
            document: The edition, already checked or known to be good; a record
                may still be the bytes of its line (see `layout`).
            digest: SHA-256 of its bytes.
            revoked: ``kind:value`` of values that must never be shown.
            day: The day on which its values are looked at, or None if no
                value of the edition begins or ends on a day.
            history: Gives the tombstones and misprints.
            overrides: SHA-256 of the override files that were applied.
        """
        records = {
            id_of(record): (section, record) for section in SECTIONS for record in document[section]
        }
        values: tuple[object, ...] = (
            document,
            digest,
            revoked,
            day,
            history,
            overrides,
            {},
            records,
            [],
        )
        for name, value in zip(self.__slots__, values, strict=True):
            object.__setattr__(self, name, value)

    # --- the edition -----------------------------------------------------

    @property
    def edition(self) -> str:
        """Number of the edition, such as ``2026.11.0``."""
        number: str = self._document["edition"]
        return number

    @property
    def released(self) -> date:
        """Day on which the edition was released."""
        return date.fromisoformat(self._document["released"])

    @property
    def review_by(self) -> date:
        """Day by which a person must have reviewed the edition."""
        return date.fromisoformat(self._document["review_by"])

    @property
    def status(self) -> str:
        """``preview``, ``released`` or ``reconstructed``."""
        status: str = self._document["status"]
        return status

    @property
    def statement(self) -> str:
        """What the edition says about itself, in a sentence or two."""
        return self.redacted(self._document["statement"])

    @property
    def digest(self) -> str:
        """SHA-256 of the edition's exact bytes, in lower-case hexadecimal."""
        return self._digest

    @property
    def pin(self) -> str:
        """What to write down so that exactly these bytes are loaded again."""
        return f"{self.edition}@sha256:{self.digest}"

    @property
    def overrides(self) -> tuple[str, ...]:
        """SHA-256 of each override file that was applied, in order; mostly empty.

        Where it is not empty, the digest and the pin still name the edition's
        bytes; log the overrides beside them.
        """
        return self._overrides

    @property
    def day(self) -> date | None:
        """The day on which the values are looked at; None if it makes no difference."""
        return self._day

    # --- the records -----------------------------------------------------

    @property
    def task_forces(self) -> tuple[TaskForce, ...]:
        """The task forces, by name."""
        return self._section("task_forces")  # type: ignore[return-value]

    @property
    def organizations(self) -> tuple[Organization, ...]:
        """The organizations, by name."""
        return self._section("organizations")  # type: ignore[return-value]

    @property
    def partners(self) -> tuple[Organization, ...]:
        """The organizations that belong to a task force, by name."""
        return tuple(
            organization for organization in self.organizations if organization.memberships
        )

    @property
    def channels(self) -> tuple[HelpChannel, ...]:
        """The help channels, by harm avoided."""
        return self._section("channels")  # type: ignore[return-value]

    @property
    def laws(self) -> tuple[Law, ...]:
        """The laws, by name."""
        return self._section("laws")  # type: ignore[return-value]

    @property
    def tombstones(self) -> tuple[Tombstone, ...]:
        """What was withdrawn, by id; the newest that the package knows.

        What to use instead is what this directory shows now, or None.
        """
        return self._told().tombstones

    @property
    def misprints(self) -> tuple[Misprint, ...]:
        """Known wrong forms, by id; the newest that the package knows.

        What is right is what this directory shows now, or None.
        """
        return self._told().misprints

    @property
    def hotline(self) -> Hotline:
        """The National Human Trafficking Hotline, the one everyone needs."""
        return self._record(HOTLINE)  # type: ignore[return-value]

    def members(self, task_force: str) -> tuple[Organization, ...]:
        """Return the organizations that belong to a task force, by name.

        Raises:
            UnknownRecord: There is no such task force.
        """
        self.task_force(task_force)
        return tuple(
            organization
            for organization in self.organizations
            if any(membership.task_force == task_force for membership in organization.memberships)
        )

    # --- look-up ---------------------------------------------------------

    def channel(self, id: str) -> HelpChannel:
        """Return the help channel with this id.

        Raises:
            UnknownRecord: There is none.
            WithdrawnRecord: It was withdrawn; the exception says when and why.
        """
        return self._typed("channels", id)  # type: ignore[return-value]

    def organization(self, id: str) -> Organization:
        """Return the organization with this id; errors as for `channel`."""
        return self._typed("organizations", id)  # type: ignore[return-value]

    def task_force(self, id: str) -> TaskForce:
        """Return the task force with this id; errors as for `channel`."""
        return self._typed("task_forces", id)  # type: ignore[return-value]

    def __getitem__(self, id: str) -> Record:
        return self.get(id)

    @overload
    def get(self, id: str, *, follow: bool = False) -> Record: ...
    @overload
    def get(self, id: str, default: _T, *, follow: bool = False) -> Record | _T: ...
    def get(self, id: str, default: Any = _RAISE, *, follow: bool = False) -> Any:
        """Return the record with this id.

        Args:
            id: Its id.
            default: What to return if no record has ever had this id.
            follow: Return the successor of a withdrawn record instead of
                raising.

        Raises:
            UnknownRecord: No record has this id, and no default is given.
            WithdrawnRecord: It was withdrawn (a default does not hide that),
                and *follow* is false or nothing replaced it.
        """
        if id in self:
            return self._record(id)
        tombstone = self._history().tombstone(id) if isinstance(id, str) else None
        if tombstone is not None:
            if follow and tombstone.successor is not None:
                return self.get(tombstone.successor, follow=True)
            raise WithdrawnRecord(next(one for one in self.tombstones if one.id == id))
        if default is _RAISE:
            raise UnknownRecord(id, None, tuple(self._by_id))
        return default

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and id in self._by_id

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Record]:
        return map(self._record, self._by_id)

    # --- search ----------------------------------------------------------

    def find(  # noqa: PLR0913 - the public contract; all by keyword
        self,
        *,
        audience: Audience | str | None = None,
        purpose: Purpose | str | None = None,
        mode: Mode | str | None = None,
        language: str | None = None,
        open_at: datetime | None = None,
        town: str | None = None,
    ) -> tuple[HelpChannel, ...]:
        """Return the help channels that fit every condition, best first.

        A channel fits if one of its contact points fits every condition. Staff
        who speak the language come before interpreters; a contact point whose
        languages no source names counts as English only. Unknown hours are not
        closed: such a channel comes after those known to be open. Ties keep the
        order of harm avoided. All conditions are optional.

        Args:
            audience: Whom the channel is for, as an `Audience` or its string.
            purpose: What it is for.
            mode: How you reach it.
            language: BCP 47 tag, such as ``"es"``, in any case; ``"es-MX"``
                finds the same.
            open_at: A moment: a datetime with a time zone.
            town: A town in Connecticut. There is no list of towns to check it
                against: a misspelled one finds what serves the whole state.

        Returns:
            The channels; empty if nothing fits.

        Raises:
            UnknownTerm: A word is not in its vocabulary, or *language* is no
                language tag.
            ValueError: *open_at* has no time zone.
            TypeError: *town* is not a string.

        Example:
            >>> from ct_trafficking_resources.testing import fictional_directory
            >>> directory = fictional_directory()
            >>> [channel.id for channel in directory.find(purpose="sexual-assault", language="es")]
            ['fictional-assault-line']
        """
        from ct_trafficking_resources.edition.search import find

        return find(
            self.channels,
            audience=audience,
            purpose=purpose,
            mode=mode,
            language=language,
            open_at=open_at,
            town=town,
        )

    # --- time and withdrawal ----------------------------------------------

    @property
    def is_dated(self) -> bool:
        """Tell whether a value of the edition begins or ends on a day."""
        return any(is_dated(record) for section in SECTIONS for record in self._document[section])

    def as_of(self, day: date) -> Directory:
        """Return the same edition with the values that are valid on a day.

        An edition in which no value begins or ends on a day looks the same on
        every day, and is returned as it is.

        Raises:
            TypeError: *day* is no date.
        """
        from ct_trafficking_resources.clock import plain_day

        day = plain_day(day)
        if day == self._day or not self.is_dated:
            return self
        return self._but(day=day)

    def withheld(self, id: str) -> tuple[Tombstone, ...]:
        """Return why parts of a record are not shown: the tombstones that revoke them.

        Parts are contact points, hosts, and words that repeat a revoked value.

        Raises:
            UnknownRecord: The edition has no such record.
        """
        from ct_trafficking_resources.edition.revocation import without_revoked

        if id not in self:
            raise UnknownRecord(id, None, tuple(self._by_id))
        document = parse(self._by_id[id][1])
        return tuple(
            tombstone
            for tombstone in self.tombstones
            if tombstone.revoked
            and (value := tombstone.value)
            and without_revoked(document, frozenset({revocation(value.kind, value.value)}))
            is not document
        )

    def redacted(self, text: str) -> str:
        """Return a text with ``(withdrawn)`` in the place of what must not be shown."""
        if not may_repeat(text, self._revoked):
            return text
        from ct_trafficking_resources.edition.revocation import cut

        return cut(text, self._revoked)

    def overridden(
        self,
        replaced: Mapping[tuple[str, str], Mapping[str, Any]],
        revoked: frozenset[str],
        tombstones: tuple[Tombstone, ...],
        override: str,
    ) -> Directory:
        """Return the directory as an override changes it; users call `apply_override`.

        Args:
            replaced: Record and contact point to the contact point's new document.
            revoked: Values that must not be shown, beside those known already.
            tombstones: Why.
            override: SHA-256 of the override file.
        """
        document = dict(self._document)
        changed = {record for record, _ in replaced}
        for section in SECTIONS:
            document[section] = [
                _with(parse(one), replaced) if id_of(one) in changed else one
                for one in document[section]
            ]
        return self._but(
            document=document,
            revoked=self._revoked | revoked,
            history=_More(self._history, tombstones),
            overrides=(*self._overrides, override),
        )

    def _but(self, **changes: Any) -> Directory:
        return Directory(**self._parts() | changes)

    def _parts(self) -> dict[str, Any]:
        return {part: getattr(self, f"_{part}") for part in _PARTS}

    # --- the object ------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Directory):
            return NotImplemented
        return self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    def __repr__(self) -> str:
        return f"<Directory {self.pin[:30]}...>"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a Directory cannot be changed ({name})")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a Directory cannot be changed ({name})")

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (self._parts(),)

    def __deepcopy__(self, memo: object) -> Directory:
        return self

    def _identity(self) -> tuple[object, ...]:
        return self._digest, self._day, self._revoked, self._overrides

    def _section(self, section: str) -> tuple[Record, ...]:
        if section not in self._built:
            records = tuple(map(self._record, map(id_of, self._document[section])))
            self._built.setdefault(section, records)
        built: tuple[Record, ...] = self._built[section]
        return built

    def _typed(self, section: str, id: str) -> Record:
        if isinstance(id, str) and id in self._by_id and self._by_id[id][0] == section:
            return self._record(id)
        self.get(id, None)  # raises if it was withdrawn
        raise UnknownRecord(
            id,
            SECTIONS[section],
            tuple(map(id_of, self._document[section])),
            SECTIONS[self._by_id[id][0]] if id in self else None,
        )

    def _record(self, id: str) -> Record:
        record: Record | None = self._built.get(id)
        return self._build(id) if record is None else record

    def _told(self) -> History:
        """Return tombstones and misprints as they may be shown, with what is right now."""
        if not self._shown_history:
            from ct_trafficking_resources.edition.revocation import shown_history

            revoked = self._revoked | index().revoked
            self._shown_history.append(shown_history(self._history(), tuple(self), revoked))
        return self._shown_history[0]

    def _build(self, id: str) -> Record:
        line = self._by_id[id][1]
        document: Mapping[str, Any] = parse(line)
        if isinstance(line, dict) or may_repeat(line.decode(), self._revoked):
            document = self._without_revoked(document)
        document = self._valid(document)
        # Of two threads that build the same record, both get the first one's.
        record: Record = self._built.setdefault(id, decode(document))
        return record

    def _without_revoked(self, document: Mapping[str, Any]) -> Mapping[str, Any]:
        from ct_trafficking_resources.edition.revocation import without_revoked

        return without_revoked(document, self._revoked)

    def _valid(self, document: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the document of a record with the contact points that are valid on the day."""
        if self._day is None or "contacts" not in document:
            return document
        day = self._day.isoformat()
        valid = [
            contact
            for contact in document["contacts"]
            if contact.get("valid_from", _FIRST) <= day <= contact.get("valid_to", _LAST)
        ]
        ids = {contact["id"] for contact in valid}
        reached = [contact for contact in valid if contact.get("relay_to") in {None, *ids}]
        return {**document, "contacts": reached}


class _More:
    """A history with more tombstones, as an object that can be pickled."""

    __slots__ = ("history", "tombstones")

    def __init__(self, history: Callable[[], History], tombstones: tuple[Tombstone, ...]) -> None:
        self.history, self.tombstones = history, tombstones

    def __call__(self) -> History:
        known = self.history()
        return known._replace(tombstones=(*known.tombstones, *self.tombstones))


def _with(
    document: Mapping[str, Any], replaced: Mapping[tuple[str, str], Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Return the document of a record with other contact points in the place of its own."""
    contacts = [
        replaced.get((document["id"], contact["id"]), contact) for contact in document["contacts"]
    ]
    return {**document, "contacts": contacts}


def _restore(parts: dict[str, Any]) -> Directory:
    """Return an unpickled directory, without what has been revoked since it was pickled."""
    directory = Directory(**parts)
    if index().revoked <= parts["revoked"]:
        return directory
    now = directory._but(revoked=parts["revoked"] | index().revoked)  # noqa: SLF001 - beside the class
    is_same = now.statement == directory.statement and tuple(now) == tuple(directory)
    return directory if is_same else now
