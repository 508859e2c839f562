"""Changes, as objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from ct_trafficking_resources.comparison.effects import UNSEEN, Effect
from ct_trafficking_resources.errors import UnknownRecord
from ct_trafficking_resources.model.content import encode
from ct_trafficking_resources.vocabulary import known_term

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


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
        victim_facing: Victims, children or workers use the record.
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
            changes=tuple(one for one in self.changes if {one.record, one.formerly} & wanted),
            kept=tuple(one for one in self.kept if one.record in wanted),
        )

    def text(self) -> str:
        """Return the comparison for a person at a terminal."""
        from ct_trafficking_resources.comparison.wording import text

        return text(self)

    def markdown(self) -> str:
        """Return the comparison as Markdown, for a changelog."""
        from ct_trafficking_resources.comparison.wording import markdown

        return markdown(self)

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON types."""
        return {
            "old": encode(self.old),
            "new": encode(self.new),
            "changes": [encode(change) for change in self.changes],
            "kept": [encode(one) for one in self.kept],
        }
