"""Check a partner's update: may it go in, and what does it change?

In this order, each step only if the one before left something to look at: read
within limits, text rules, JSON Schema, rules of updates, rules of records as
they would be, risk.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from ct_trafficking_resources.checks import record_rules
from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import Found, first
from ct_trafficking_resources.checks.schemas import impossible_days, misfits
from ct_trafficking_resources.clock import today
from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.errors import UnknownEdition
from ct_trafficking_resources.updates import envelope, mentions, reading, risk
from ct_trafficking_resources.updates.evidence import confirmation
from ct_trafficking_resources.updates.proposal import Proposal
from ct_trafficking_resources.updates.reading import Limits
from ct_trafficking_resources.updates.report import UpdateReport
from ct_trafficking_resources.updates.text_rules import text_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from os import PathLike

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.checks.rules import Broken, Problem, Rule
    from ct_trafficking_resources.edition.directory import Directory

    ProposalCheck = Callable[[Proposal], Iterable[Problem]]

UPDATE_RULES: tuple[Rule[ProposalCheck], ...] = (
    *envelope.RULES,
    *risk.RISK_RULES,
    *risk.HOST_RULES,
    *mentions.RULES,
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
    confirmed: Iterable[str] = (),
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
        confirmed: What a person confirmed with the partner, each as
            ``RECORD/CONTACT=VALUE``, with the value as they heard it.
        base: The edition whose number the form names. If None, or if it has
            another number, it is looked up in the package.
        limits: The largest file that is read (bytes, rows, levels and so on);
            the usual limits if None.

    Returns:
        The report: what is wrong, what would change, and what that means.

    Raises:
        BadConfirmation: A confirmation does not have the form above.
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
    confirmations = [confirmation(text) for text in confirmed]
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
        confirmed=confirmations,
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
    """Yield what breaks the rules about an update."""
    for rule in UPDATE_RULES:
        yield from ((rule, problem) for problem in rule.check(proposal))


def _record_problems(proposal: Proposal) -> Iterator[Broken]:
    """Yield what would be wrong with the records and is not wrong today."""
    if not proposal.after:
        return
    after = proposal.records(after=True)
    found = list(record_rules.problems(after, proposal.after.keys()))
    known = set(record_rules.problems(proposal.records(after=False))) if found else set()
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
