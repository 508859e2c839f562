"""What one state of a record and another differ in, value by value.

What that means for the people who use the record is the business of
`comparison` and `risk`. Records are documents as they stand in an update:
without evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ct_trafficking_resources.codec import Document

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
