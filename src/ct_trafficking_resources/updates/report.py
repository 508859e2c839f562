"""What a check of an update has to say, and what the update would change."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import attrs

from ct_trafficking_resources.codec import encode
from ct_trafficking_resources.directory import Directory
from ct_trafficking_resources.findings import Severity
from ct_trafficking_resources.layout import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ct_trafficking_resources.comparison import Change, Comparison
    from ct_trafficking_resources.findings import Finding
    from ct_trafficking_resources.updates.card_changes import CardChange
    from ct_trafficking_resources.updates.edits import Edit
    from ct_trafficking_resources.updates.proposal import Proposal
    from ct_trafficking_resources.updates.reading import Submission

_HEAD = ("submitted_by", "role", "submitted_on", "edition")


@attrs.frozen(kw_only=True)
class UpdateReport:
    """What a check of an update has to say.

    Attributes:
        submission: The file, read.
        before: The edition as it is.
        findings: What is wrong, worst first.
        proposal: The update beside the records, or None if it could not be read
            that far.
    """

    submission: Submission = attrs.field(repr=False)
    before: Directory
    findings: tuple[Finding, ...] = ()
    proposal: Proposal | None = attrs.field(default=None, repr=False)

    @property
    def ok(self) -> bool:
        """Whether it may go in: there is no error, warnings and notes apart."""
        return all(one.severity != Severity.ERROR for one in self.findings)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What the update would change, value by value; empty if it could not be compared."""
        return self.proposal.edits if self.proposal else ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """What that means for the people who use the values, most harmful first."""
        return self.comparison.changes if self.edits else ()

    @cached_property
    def comparison(self) -> Comparison:
        """The edition as it is beside the edition as it would be."""
        from ct_trafficking_resources.comparison import compare

        return compare(self.before, self.after)

    @property
    def cards(self) -> tuple[CardChange, ...]:
        """The cards that it would change, with the text before and after."""
        from ct_trafficking_resources.updates.card_changes import card_changes

        return tuple(card_changes(self.before, self.after)) if self.edits else ()

    @property
    def digest(self) -> str | None:
        """SHA-256 of the update's content, whatever file it came in; None if unread."""
        return self.proposal.digest if self.proposal else None

    @cached_property
    def after(self) -> Directory:
        """The edition as it would be; as it is, if nothing could be compared."""
        if self.proposal is None or not self.proposal.after:
            return self.before
        return _changed(self.before, self.proposal.after, self.proposal.digest)

    def saying(self, findings: Iterable[Finding]) -> UpdateReport:
        """Return the report with findings."""
        return attrs.evolve(self, findings=tuple(findings))

    def about(self, proposal: Proposal) -> UpdateReport:
        """Return the report with what was compared."""
        return attrs.evolve(self, proposal=proposal)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as a JSON document."""
        head = self.proposal.document if self.proposal else {}
        return {
            "file": self.submission.name,
            "ok": self.ok,
            "edition": self.before.edition,
            "update": {"sha256": self.digest, **{key: head.get(key) for key in _HEAD}},
            "findings": [encode(one) for one in self.findings],
            "edits": [encode(one) for one in self.edits],
            "changes": [encode(one) for one in self.changes],
            "cards": [encode(one) for one in self.cards],
            "stored_forms": [encode(one) for one in self.submission.stored_forms],
        }


def _changed(directory: Directory, records: dict[str, dict[str, Any]], digest: str) -> Directory:
    """Return the edition with some records in another state.

    Its digest is no edition's: it is made of the edition's and the update's.
    """
    document: dict[str, Any] = {
        "edition": directory.edition,
        "released": directory.released.isoformat(),
        "review_by": directory.review_by.isoformat(),
        "status": directory.status,
        "statement": directory.statement,
    }
    for section in SECTIONS:
        document[section] = [
            records.get(one.id) or encode(one) for one in getattr(directory, section)
        ]
    mixed = sha256(f"{directory.digest} {digest}".encode()).hexdigest()
    return Directory(document, mixed)
