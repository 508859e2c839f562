"""Check a partner's update: may it go in, and what would it change?

A file takes these steps, each only if the one before left something to look at:
it is read, its values are put into the form that is stored (`reading`), every
text is looked at by itself (`text_rules`), and the whole is held against the
schema. Then it is laid beside the records (`proposal`), and the rules about
updates and those about records are asked.
"""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any

import attrs

from ct_trafficking_resources.checks import gate, record_rules
from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.gate import Difference
from ct_trafficking_resources.checks.prose import EMERGENCY, contacts_in, no_hidden_contact
from ct_trafficking_resources.checks.rules import Found, Problem, first
from ct_trafficking_resources.checks.schemas import impossible_days, misfits
from ct_trafficking_resources.clock import today
from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.edition.directory import Directory
from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.edition.storage import SECTIONS
from ct_trafficking_resources.errors import UnknownEdition, quote
from ct_trafficking_resources.model.base import brief
from ct_trafficking_resources.updates import envelope, reading, risk
from ct_trafficking_resources.updates.evidence import confirmations, how_to_confirm
from ct_trafficking_resources.updates.proposal import Proposal
from ct_trafficking_resources.updates.reading import Limits
from ct_trafficking_resources.updates.text_rules import text_problems
from ct_trafficking_resources.vocabulary import Audience

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from os import PathLike

    from ct_trafficking_resources.changes import Change, Comparison
    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.checks.rules import Broken, Rule
    from ct_trafficking_resources.updates.edits import Edit
    from ct_trafficking_resources.updates.reading import Submission

    ProposalCheck = Callable[[Proposal], Iterable[Problem]]


UPDATE_RULES: tuple[Rule[ProposalCheck], ...] = (
    *risk.RISK_RULES,
    *risk.HOST_RULES,
    *risk.TRUST_RULES,
)
"""Asked of an update that passed its schema, and of the records that it wants to change."""

_ORDER = tuple(Severity)


def check_update(  # noqa: PLR0913 - the first three are the contract, the others by keyword
    source: str | PathLike[str] | bytes,
    submitted_by: str | None = None,
    directory: Directory | None = None,
    *,
    name: str | None = None,
    on: date | None = None,
    confirmed: Iterable[Mapping[str, Any]] = (),
    base: Directory | None = None,
    limits: Limits | None = None,
) -> UpdateReport:
    """Check a partner's update against an edition. Nothing is written.

    Args:
        source: The path of the file (JSON, CSV or .xlsx), or its bytes.
        submitted_by: Id of the organization that sent the file, as you know it
            from how it arrived. If None, the sender is not checked.
        directory: The edition that the update changes; ``load()`` if None.
        name: What to call the file in findings; its path if None.
        on: The day of the check; today in Connecticut if None.
        confirmed: What a person confirmed with the partner: mappings with ``record``,
            ``contact``, ``value`` (as it was heard), ``role`` (of the person who was
            asked), ``way`` (a word of `ConfirmedBy`) and ``day``.
        base: The edition whose number the form names. If None, or if it has
            another number, it is looked up in the package.
        limits: The largest file that is read (bytes, rows, levels and so on);
            the usual limits if None.

    Returns:
        The report: what is wrong, what would change, and what that means.

    Raises:
        BadConfirmation: A confirmation does not say all of this.
        MissingExtra: The file is a workbook, and the extra ``[xlsx]`` is not
            installed.

    Example:
        >>> import json
        >>> import ct_trafficking_resources as ctr
        >>> from ct_trafficking_resources.testing import fictional_directory
        >>> from ct_trafficking_resources.updates.template import template
        >>> directory = fictional_directory()
        >>> form = json.loads(template("fictional-help", "json", directory))
        >>> form |= {"role": "Records clerk", "submitted_on": "2001-02-05"}
        >>> contact = form["records"][0]["contacts"][0]
        >>> contact |= {"value": "+18605553007", "display": "860-555-3007"}
        >>> report = ctr.check_update(
        ...     json.dumps(form).encode(), "fictional-help", directory, on=directory.released
        ... )
        >>> report.ok
        False
    """
    heard = confirmations(confirmed)
    limits = limits or Limits()
    submission = reading.read(source, name=name, limits=limits)
    present = load() if directory is None else directory

    def report(findings: Iterable[Finding], proposal: Proposal | None = None) -> UpdateReport:
        worst_first = sorted(findings, key=lambda finding: _ORDER.index(finding.severity))
        return UpdateReport(
            submission=submission,
            before=present,
            findings=first(worst_first, limits.findings, submission.name),
            proposal=proposal,
        )

    document = submission.document
    if document is None:
        return report(submission.findings)
    found = Found(submission.places.of, submission.findings)
    found.add(text_problems(document))
    found.add(misfits("update", document))
    found.add(impossible_days(document))
    if found.has_errors:
        return report(found.findings())
    number = document["edition"]
    proposal = Proposal(
        document,
        present=present,
        base=base if base is not None and base.edition == number else _base(number, present),
        on=on or today(),
        sender=submitted_by,
        confirmed=heard,
    )
    found = Found(submission.places.of, filter(_about_changes(proposal), found.findings()))
    found.add(chain(_update_problems(proposal), _record_problems(proposal)))
    return report(found.findings(), proposal)


def _base(number: str, present: Directory) -> Directory | None:
    """Return the edition that a form was drawn from, or None if it is not known."""
    if number == present.edition:
        return present
    try:
        return load(number)
    except UnknownEdition:
        return None


def _about_changes(proposal: Proposal) -> Callable[[Finding], bool]:
    """Return what tells whether a finding is about the file, or a value that would change."""

    def is_about_change(finding: Finding) -> bool:
        pointer = finding.place.pointer
        return not pointer.startswith("/records/") or proposal.is_changed(pointer)

    return is_about_change


def _update_problems(proposal: Proposal) -> Iterator[Broken]:
    """Yield what breaks the rules about an update, and those about any change."""
    for rules in (envelope.RULES, UPDATE_RULES):
        for rule in rules:
            yield from ((rule, problem) for problem in rule.check(proposal))
        if rules is envelope.RULES:
            yield from _gate_problems(proposal)
            yield from risk.taken_away(proposal)


def _gate_problems(proposal: Proposal) -> Iterator[Broken]:
    """Yield what is wrong with the change, whichever way it came."""
    difference = Difference(before=proposal.before, after=proposal.would_be)
    for rule, problem in gate.problems(difference):
        hint = problem.hint
        if rule.hint == gate.ASK:
            contact = proposal.contact_at(problem.record, problem.pointer)
            hint = how_to_confirm(problem.record, contact or "")
        pointer = proposal.pointer_after(problem.record, problem.pointer)
        yield rule, problem._replace(pointer=pointer, hint=hint)
    for found in sorted(contacts_in(proposal.document["role"], EMERGENCY)):
        yield no_hidden_contact, Problem("/role", f"The text holds {quote(found)}.")


def _record_problems(proposal: Proposal) -> Iterator[Broken]:
    """Yield what would be wrong with the records and is not wrong today."""
    if not proposal.after:
        return
    found = list(record_rules.problems(proposal.would_be, proposal.after.keys()))
    known = set(record_rules.problems(proposal.before)) if found else set()
    for rule, problem in found:
        if (rule, problem) not in known:
            elsewhere = "" if problem.record in proposal.after else f"In {problem.record}: "
            yield (
                rule,
                problem._replace(
                    pointer=proposal.pointer_after(problem.record, problem.pointer) or "/records",
                    message=f"{elsewhere}{problem.message}",
                ),
            )


# --- the report ------------------------------------------------------------------------

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

    __repr__ = brief

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
            old, new = (
                card(audience, language, directory=directory).text()
                for directory in (before, after)
            )
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

    __repr__ = brief

    @property
    def ok(self) -> bool:
        """Whether it may go in: there is no error, warnings and notes apart."""
        return all(finding.severity != Severity.ERROR for finding in self.findings)

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

    def to_dict(self) -> dict[str, Any]:
        """Return the report as a JSON document."""
        head = self.proposal.document if self.proposal else {}
        return {
            "file": self.submission.name,
            "ok": self.ok,
            "edition": self.before.edition,
            "update": {"sha256": self.digest, **{key: head.get(key) for key in _HEAD}},
            "findings": list(map(encode, self.findings)),
            "edits": list(map(encode, self.edits)),
            "changes": list(map(encode, self.changes)),
            "cards": list(map(encode, self.cards)),
            "stored_forms": list(map(encode, self.submission.stored_forms)),
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
            records.get(record.id) or encode(record) for record in getattr(directory, section)
        ]
    mixed = sha256(f"{directory.digest} {digest}".encode()).hexdigest()
    return Directory(document, mixed)
