"""What one state of a record and another differ in, value by value, contact by contact.

What that means for the people who use the record is the business of
`comparison` and `checks.risk`. Records are documents as they stand in an update:
without evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from ct_trafficking_resources.updates.own_records import as_submitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ct_trafficking_resources.codec import Document
    from ct_trafficking_resources.model import HelpChannel, Organization

_FIXED = frozenset({"kind", "id", "contacts"})

LEADS = (
    "value",
    "kind",
    "mode",
    "extension",
    "keyword",
    "accepted_keywords",
    "menu",
    "relay_to",
)
"""Keys of a contact point that say together where a person arrives."""


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
    kept = [one for one in old if one in new]
    order = [one for one in new if one in old]
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
    def states(self) -> tuple[Mapping[str, Any], ...]:
        """As it is and as it is to be, as far as it is there."""
        return tuple(one for one in (self.before, self.after) if one is not None)

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
