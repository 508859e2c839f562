"""Every card that an update would change, before and after.

What a check of an update has to say, and what the update would change.
"""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import attrs

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.edition.directory import Directory
from ct_trafficking_resources.edition.storage import SECTIONS
from ct_trafficking_resources.vocabulary import Audience

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ct_trafficking_resources.changes import Change, Comparison
    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.updates.edits import Edit
    from ct_trafficking_resources.updates.proposal import Proposal
    from ct_trafficking_resources.updates.reading import Submission

_AROUND = 2
"""Lines that are shown around a line that differs."""


@attrs.frozen(kw_only=True)
class CardChange:
    """A card that an update would change.

    Attributes:
        audience: Whom the card is for.
        language: Its language.
        before: Its text as it is.
        after: Its text as it would be.
    """

    audience: Audience
    language: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.audience.value}, {self.language}"

    def diff(self) -> list[str]:
        """Return the lines that differ, and those around them, as in a unified diff."""
        from difflib import unified_diff

        old, new = self.before.splitlines(), self.after.splitlines()
        return list(unified_diff(old, new, lineterm="", n=_AROUND))[2:]


def card_changes(before: Directory, after: Directory) -> Iterator[CardChange]:
    """Yield the cards that differ between two states of an edition.

    A card shows help channels and nothing else: without a change to one, none
    is drawn.
    """
    if before.channels == after.channels:
        return
    from ct_trafficking_resources.cards import card, languages

    for audience in Audience:
        for language in languages():
            old, new = (card(audience, language, directory=one).text() for one in (before, after))
            if old != new:
                yield CardChange(audience=audience, language=language, before=old, after=new)


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
        from ct_trafficking_resources.changes import compare

        return compare(self.before, self.after)

    @property
    def cards(self) -> tuple[CardChange, ...]:
        """The cards that it would change, with the text before and after."""
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
