"""The contact points that an update adds, changes or removes, each as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources.updates.edits import contacts_of
from ct_trafficking_resources.updates.own_records import as_submitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ct_trafficking_resources.model import HelpChannel, Organization
    from ct_trafficking_resources.updates.edits import Edit


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
