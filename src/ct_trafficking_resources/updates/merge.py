"""A form that was drawn from an older edition: what both sides changed.

Three states of a record are laid beside each other: the one the form was drawn
from, the present one, and the one sent in. A value that only one side changed
is taken from that side. Where both changed it, to different things, a person
must decide; and so where both changed where a contact point leads, for half of
one way and half of another lead nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources.updates.edits import LEADS, contacts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ct_trafficking_resources.codec import Document

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
