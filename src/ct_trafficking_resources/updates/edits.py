"""An organization's own records as they stand in an update, and what two states differ in.

Its own are its organization record and the help channels that it operates today.
In an update they stand without evidence and without what is private. States are
compared value by value, contact by contact; what a difference means for the
people who use the record is for `changes` and `risk`.

If a form was drawn from an older edition, three states of a record are laid
beside each other: the one the form was drawn from, the present one, and the one
sent in. A value that only one side changed is taken from that side. Where both
changed it, to different things, a person must decide; and so where both changed
where a contact point leads, for half of one way and half of another lead nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from ct_trafficking_resources.checks.gate import LEADS
from ct_trafficking_resources.edition.codec import decode_contact
from ct_trafficking_resources.model.base import brief, encode_public
from ct_trafficking_resources.policy import is_victim_facing, of_same_organization

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ct_trafficking_resources.edition.codec import Document
    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.model import HelpChannel, Organization, Record


def own_records(organization: str, directory: Directory) -> tuple[Organization | HelpChannel, ...]:
    """Return an organization's own records, its organization record first.

    Args:
        organization: Its id.
        directory: Where to look.

    Raises:
        UnknownRecord: There is no such organization.
        WithdrawnRecord: It was withdrawn.
    """
    return of_same_organization(directory.organization(organization), directory.channels)


def as_submitted(record: Record) -> dict[str, Any]:
    """Return the document of a record as it stands in an update."""
    bare: dict[str, Any] = _without_evidence(encode_public(record))
    return bare


def _without_evidence(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_evidence(item) for key, item in value.items() if key != "evidence"}
    if isinstance(value, list):
        return [_without_evidence(item) for item in value]
    return value


NO_EVIDENCE: dict[str, Any] = {"level": "single-source", "confidence": "low", "sources": []}
"""What stands for evidence where what an update says is decoded: an update has none."""

_FIXED = frozenset({"kind", "id", "contacts"})


@attrs.frozen(kw_only=True)
class Edit:
    """One value that is different.

    Attributes:
        record: Id of the record.
        contact: Id of the contact point, or None for the record itself.
        field: The key; None if the whole contact point came or went.
        before: What it was; None if it was not there.
        after: What it is to be; None if it is not there any more.
    """

    record: str
    contact: str | None = None
    field: str | None = None
    before: Any = None
    after: Any = None

    __repr__ = brief

    def __str__(self) -> str:
        return "/".join(part for part in (self.record, self.contact, self.field) if part)


def edits(before: Document, after: Document) -> Iterator[Edit]:
    """Yield what leads from one state of a record to another.

    Args:
        before: The record as it is, without evidence.
        after: The record as it is to be, without evidence.
    """
    id: str = before["id"]
    for key in {**before, **after}:
        if key not in _FIXED and before.get(key) != after.get(key):
            yield Edit(record=id, field=key, before=before.get(key), after=after.get(key))
    old, new = contacts_of(before), contacts_of(after)
    for contact in {**old, **new}:
        yield from _contact_edits(id, contact, old.get(contact), new.get(contact))
    kept = [contact for contact in old if contact in new]
    order = [contact for contact in new if contact in old]
    if kept != order:
        yield Edit(record=id, field="contacts", before=kept, after=order)


def contacts_of(record: Document) -> dict[str, dict[str, Any]]:
    """Return the contact points of a record by id, in their order."""
    return {contact["id"]: contact for contact in record.get("contacts", ())}


def _contact_edits(
    record: str, contact: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> Iterator[Edit]:
    if old is None or new is None:
        yield Edit(record=record, contact=contact, before=old, after=new)
        return
    for key in {**old, **new}:
        if old.get(key) != new.get(key):
            yield Edit(
                record=record,
                contact=contact,
                field=key,
                before=old.get(key),
                after=new.get(key),
            )


class ContactChange(NamedTuple):
    """A contact point that an update adds, changes or removes.

    Attributes:
        record: The record it belongs to, as it is.
        contact: Id of the contact point.
        before: As it is, or None.
        after: As it is to be, or None.
        fields: What differs; empty if the whole came or went.
    """

    record: Organization | HelpChannel
    contact: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    fields: frozenset[str]

    @property
    def facing(self) -> frozenset[bool]:
        """Tell whether victims use it (`policy.is_victim_facing`), as it is and as it is to be."""
        contacts = (decode_contact({**state, "evidence": NO_EVIDENCE}) for state in self.states)
        return frozenset(is_victim_facing(self.record, contact) for contact in contacts)

    @property
    def states(self) -> tuple[Mapping[str, Any], ...]:
        """As it is and as it is to be, as far as it is there."""
        return tuple(state for state in (self.before, self.after) if state is not None)

    def touches(self, *fields: str) -> bool:
        """Tell whether one of these keys differs, or the whole came or went."""
        return not self.fields or not self.fields.isdisjoint(fields)


def contact_changes(
    record: Organization | HelpChannel, after: Mapping[str, Any], edits: Iterable[Edit]
) -> Iterator[ContactChange]:
    """Yield what an update does to the contact points of one record.

    Args:
        record: The record as it is.
        after: The record as it is to be.
        edits: What differs in it.
    """
    old, new = contacts_of(as_submitted(record)), contacts_of(after)
    fields: dict[str, set[str]] = {}
    for edit in edits:
        if edit.contact is not None:
            fields.setdefault(edit.contact, set()).update([edit.field] if edit.field else [])
    for contact, keys in fields.items():
        yield ContactChange(record, contact, old.get(contact), new.get(contact), frozenset(keys))


_Path = tuple[str | None, str | None]


class Conflict(NamedTuple):
    """A value that both sides changed, each to something else.

    Attributes:
        record: Id of the record.
        contact: Id of the contact point, or None for the record itself.
        field: The key; None for the whole contact point.
        base: What it was when the form was drawn.
        present: What it is now.
        submitted: What the update wants it to be.
    """

    record: str
    contact: str | None
    field: str | None
    base: Any
    present: Any
    submitted: Any


class Merged(NamedTuple):
    """A record in which both sides' changes are joined.

    Attributes:
        document: The record; where there is a conflict, as it is now.
        conflicts: What a person must decide.
    """

    document: dict[str, Any]
    conflicts: tuple[Conflict, ...]


def merge(base: Document | None, present: Document, submitted: Document) -> Merged:
    """Join what an update changed since its base with what changed meanwhile.

    Args:
        base: The record in the edition that the form was drawn from, or None if
            it was not there yet.
        present: The record as it is.
        submitted: The record as it was sent in.
    """
    joining = _Joining(present["id"])
    fields = joining.fields(
        None,
        _without_contacts(base or {}),
        _without_contacts(present),
        _without_contacts(submitted),
    )
    contacts = joining.contacts(
        contacts_of(base or {}), contacts_of(present), contacts_of(submitted)
    )
    document = {**fields, "contacts": contacts} if contacts else fields
    return Merged(document, tuple(joining.conflicts))


def _without_contacts(record: Document) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "contacts"}


class _Joining:
    """Joins the parts of one record, and notes the conflicts."""

    def __init__(self, record: str) -> None:
        self.record = record
        self.conflicts: list[Conflict] = []

    def pick(
        self, path: _Path, base: Any, present: Any, submitted: Any, *, moved: bool = False
    ) -> Any:
        """Return the side that changed a value; None is a value that is not there.

        Args:
            path: Contact point and key.
            base: What it was.
            present: What it is.
            submitted: What it is to be.
            moved: What belongs to it changed meanwhile, so it must not change alone.
        """
        if submitted in (base, present):
            return present
        if present == base and not moved:
            return submitted
        self.conflicts.append(Conflict(self.record, *path, base, present, submitted))
        return present

    def fields(
        self,
        contact: str | None,
        base: Mapping[str, Any],
        present: Mapping[str, Any],
        submitted: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Join two states of a record or of a contact point, key by key."""
        moved = any(base.get(key) != present.get(key) for key in LEADS)
        joined = {
            key: self.pick(
                (contact, key),
                base.get(key),
                present.get(key),
                submitted.get(key),
                moved=moved and key in LEADS,
            )
            for key in {**present, **submitted}
        }
        return {key: value for key, value in joined.items() if value is not None}

    def contacts(
        self,
        base: Mapping[str, Any],
        present: Mapping[str, Any],
        submitted: Mapping[str, Any],
    ) -> list[Any]:
        """Join the contact points; one that came or went is one value."""
        order = submitted if _common(submitted, base) != _common(base, submitted) else present
        joined = []
        for id in {**order, **present, **submitted}:
            was, now, wanted = base.get(id), present.get(id), submitted.get(id)
            if was is not None and now is not None and wanted is not None:
                joint = self.fields(id, was, now, wanted)
            else:
                joint = self.pick((id, None), was, now, wanted)
            if joint is not None:
                joined.append(joint)
        return joined


def _common(some: Mapping[str, Any], others: Mapping[str, Any]) -> list[str]:
    return [id for id in some if id in others]
