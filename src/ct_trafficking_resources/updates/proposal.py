"""An update laid beside the records that it wants to change.

What the checks look at: who sends it, what is theirs, what each record was when
the form was drawn, what it is now, what it would become. Nothing is judged
here; records that cannot be compared (unknown, not theirs) are left out of the
comparison, and the checks say so.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from ct_trafficking_resources.checks.rules import Records, is_confirmed
from ct_trafficking_resources.edition.codec import decode, encode
from ct_trafficking_resources.edition.revocation import shown_entry
from ct_trafficking_resources.model import Value
from ct_trafficking_resources.model.fields import BY_KIND, lists
from ct_trafficking_resources.updates.edits import (
    NO_EVIDENCE,
    Conflict,
    ContactChange,
    Edit,
    Merged,
    as_submitted,
    contact_changes,
    edits,
    merge,
    own_records,
)
from ct_trafficking_resources.updates.evidence import OF_RECORD, Completion, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.model import HelpChannel, Misprint, Organization, Record


class Proposal:
    """An update that passed its schema, beside the edition it is to change.

    Attributes:
        document: The update.
        present: The edition as it is.
        base: The edition that the form was drawn from, or None if it is unknown.
        on: The day on which the update is looked at.
        sender: The organization that the update came from, as whoever received
            it knows, or None.
        confirmed: What a person has confirmed with the partner; see `evidence.confirmations`.
    """

    def __init__(  # noqa: PLR0913 - all by keyword
        self,
        document: Mapping[str, Any],
        *,
        present: Directory,
        base: Directory | None,
        on: date,
        sender: str | None = None,
        confirmed: Iterable[Mapping[str, str]] = (),
    ) -> None:
        self.document, self.present, self.base, self.on = document, present, base, on
        self.sender, self.confirmed = sender, tuple(confirmed)

    @property
    def submitted_by(self) -> str:
        """The organization that the update names as its sender."""
        id: str = self.document["submitted_by"]
        return id

    @property
    def edition(self) -> str:
        """The edition that the form was drawn from."""
        number: str = self.document["edition"]
        return number

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the update's content, whatever file it came in."""
        return digest_of(self.document)

    @property
    def sources(self) -> list[Mapping[str, Any]]:
        """The pages that the update cites."""
        return list(self.document["sources"])

    def is_confirmed(self, record: str, what: str, value: str) -> bool:
        """Tell whether a person has confirmed a value with the partner.

        Args:
            record: Id of the record.
            what: Id of the contact point, ``hosts`` or ``first``.
            value: The value, as it is to be.
        """
        after: Any = self._after.get(record)
        if what in OF_RECORD:
            return after is not None and is_confirmed(after.evidence, value, what)
        contact = after.contact(what) if after is not None else None
        return contact is not None and is_confirmed(contact.evidence, value)

    @cached_property
    def own(self) -> dict[str, Organization | HelpChannel]:
        """The sender's own records by id; empty if there is no such organization."""
        known = {organization.id for organization in self.present.organizations}
        if self.submitted_by not in known:
            return {}
        return {record.id: record for record in own_records(self.submitted_by, self.present)}

    @cached_property
    def compared(self) -> dict[str, Merged]:
        """The records that can be compared, by id, joined with what changed meanwhile.

        Not compared are records that are not the sender's, those that stand in the
        update twice or have a contact point twice, and all if nobody knows what
        the form was drawn from.
        """
        joined: dict[str, Merged] = {}
        records = self.document["records"] if self.base is not None else ()
        counts = Counter(record["id"] for record in records)
        for record in records:
            present = self.own.get(record["id"])
            if present is None or present.kind != record["kind"]:
                continue
            if counts[record["id"]] == 1 and _has_no_doubles(record):
                now = as_submitted(present)
                joined[record["id"]] = merge(self._was(record["id"]), now, _canonical(record))
        return joined

    @cached_property
    def moved(self) -> tuple[str, ...]:
        """Ids of the compared records that changed since the form was drawn."""
        return tuple(id for id in self.compared if self._was(id) != as_submitted(self.own[id]))

    def _was(self, id: str) -> dict[str, Any] | None:
        """Return a record as it was when the form was drawn, or None if it was not there."""
        record = self.base.get(id, None) if self.base is not None and id in self.base else None
        return as_submitted(record) if record is not None else None

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Values that both sides changed to different things."""
        return tuple(conflict for merged in self.compared.values() for conflict in merged.conflicts)

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """What the update changes in the records as they are now."""
        return tuple(
            edit
            for id, merged in self.compared.items()
            for edit in edits(as_submitted(self.own[id]), merged.document)
        )

    @cached_property
    def contact_changes(self) -> tuple[ContactChange, ...]:
        """What the update does to contact points, each as a whole."""
        return tuple(
            change
            for id, merged in self.compared.items()
            for change in contact_changes(
                self.own[id], merged.document, [edit for edit in self.edits if edit.record == id]
            )
        )

    @cached_property
    def after(self) -> dict[str, dict[str, Any]]:
        """The changed records as they would be stored, with evidence, by id."""
        return {id: encode(record) for id, record in self._after.items()}

    @cached_property
    def _after(self) -> dict[str, Record]:
        return {id: decode(document) for id, document in self._completed.items()}

    @cached_property
    def _completed(self) -> dict[str, dict[str, Any]]:
        changed = {edit.record for edit in self.edits}
        return {
            id: self._completion.complete(merged.document, self.own[id])
            for id, merged in self.compared.items()
            if id in changed
        }

    @cached_property
    def _completion(self) -> Completion:
        return Completion(self.document, self.on, self.confirmed)

    @cached_property
    def misprints(self) -> tuple[Misprint, ...]:
        """Misprints that name a changed value as the right one, as they would be.

        Whoever meets the wrong form must be led to the new value, not the old: an
        explanation loses the sentences that repeat the old one.
        """
        moved: dict[tuple[str | None, str | None], Value] = {
            (id, contact["id"]): Value(kind=contact["kind"], value=contact["value"])
            for id, document in self.after.items()
            for contact in document.get("contacts", ())
        }
        return tuple(
            shown_entry(misprint, moved[misprint.record, misprint.contact], frozenset())
            for misprint in self.before.misprints
            if misprint.right is not None
            and self._named(misprint) == misprint.right
            and moved.get((misprint.record, misprint.contact), misprint.right) != misprint.right
        )

    def _named(self, misprint: Misprint) -> Value | None:
        """Return the value that a misprint names, as it is now."""
        record = self.own.get(misprint.record or "")
        contact = record.contact(misprint.contact or "") if record is not None else None
        return Value(kind=contact.kind, value=contact.value) if contact is not None else None

    @cached_property
    def before(self) -> Records:
        """All records of the edition, as they are."""
        return Records.of(self.present, self.on)

    @cached_property
    def would_be(self) -> Records:
        """All records of the edition, as they would be."""
        misprints = {misprint.id: misprint for misprint in self.before.misprints}
        misprints |= {misprint.id: misprint for misprint in self.misprints}
        return attrs.evolve(
            self.before,
            by_id={**self.before.by_id, **self._after},
            misprints=tuple(misprints.values()),
        )

    # --- places ----------------------------------------------------------

    @cached_property
    def _places(self) -> dict[tuple[str, str | None], str]:
        places: dict[tuple[str, str | None], str] = {}
        for number, record in enumerate(self.document["records"]):
            places.setdefault((record["id"], None), f"/records/{number}")
            for place, contact in enumerate(record.get("contacts", ())):
                pointer = f"/records/{number}/contacts/{place}"
                places.setdefault((record["id"], contact["id"]), pointer)
        return places

    def pointer(self, record: str, contact: str | None = None, field: str | None = None) -> str:
        """Return where a value stands in the update, or the nearest that stands there."""
        found = self._places.get((record, contact))
        if found is None:
            return self._places.get((record, None), "")
        return f"{found}/{field}" if field else found

    def pointer_after(self, record: str, pointer: str) -> str:
        """Return where a value of a record as it would be stands in the update.

        Args:
            record: Id of the record.
            pointer: JSON Pointer within the record as it would be.
        """
        if "/evidence/sources/" in pointer and (cited := self._cited(record, pointer)):
            return cited
        if not pointer.startswith("/contacts/"):
            return self.pointer(record, None, pointer.removeprefix("/") or None)
        _, _, rest = pointer.removeprefix("/contacts/").partition("/")
        # Evidence does not stand in an update; it is evidence for the value.
        field = re.sub(r"^evidence\b.*", "value", rest) or None
        return self.pointer(record, self.contact_at(record, pointer), field)

    def contact_at(self, record: str, pointer: str) -> str | None:
        """Return the id of the contact point that holds a place, or None if none does.

        Args:
            record: Id of the record.
            pointer: JSON Pointer within the record as it would be.
        """
        place = re.match("/contacts/([0-9]+)", pointer)
        contacts = self.after.get(record, {}).get("contacts", ())
        known = place is not None and int(place[1]) < len(contacts)
        return contacts[int(place[1])]["id"] if place and known else None

    def _cited(self, record: str, pointer: str) -> str | None:
        """Return where a source of a changed record stands in the update, if it does."""
        if record not in self._completed:
            return None
        source: Any = self._completed[record]
        for step in pointer.split("/")[1:]:
            source = source[int(step) if isinstance(source, list) else step]
        if source == self._completion.own:
            return "/submitted_on"
        return f"/sources/{self.sources.index(source)}" if source in self.sources else None

    def is_changed(self, pointer: str) -> bool:
        """Tell whether the update changes the value at one of its JSON Pointers."""
        return any(
            f"{pointer}/".startswith(f"{self.pointer(edit.record, edit.contact, edit.field)}/")
            for edit in self.edits
        )


def _has_no_doubles(record: Mapping[str, Any]) -> bool:
    ids = [contact["id"] for contact in record.get("contacts", ())]
    return len(set(ids)) == len(ids)


def _canonical(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record of an update in canonical order, what is at its default left out."""

    def filled(value: Mapping[str, Any]) -> dict[str, Any]:
        return {**value, "evidence": NO_EVIDENCE}

    document = filled(record)
    for part in lists(BY_KIND[record["kind"]]):
        if part in record:
            document[part] = list(map(filled, record[part]))
    return as_submitted(decode(document))
