"""Check a partner's update: may it go in, and what does it change?

In this order, each step only if the one before left something to look at: read
within limits, text rules, JSON Schema, rules of updates, rules of records as
they would be, risk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.checks import record_rules, schemas
from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import first
from ct_trafficking_resources.checks.schemas import day_findings
from ct_trafficking_resources.clock import today
from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.errors import UnknownEdition
from ct_trafficking_resources.updates import reading
from ct_trafficking_resources.updates.evidence import confirmation
from ct_trafficking_resources.updates.proposal import Proposal
from ct_trafficking_resources.updates.reading import Limits
from ct_trafficking_resources.updates.report import UpdateReport
from ct_trafficking_resources.updates.rules import text_findings, update_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from os import PathLike

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.edition.directory import Directory

_ORDER = tuple(Severity)

_ON_PAGES = frozenset({"CTR344", "CTR345"})
"""What asks for pages says nothing of the value itself, which may be wrong as well."""

_CITABLE = "CTR222"
"""That no page can be opened is what CTR344 and CTR345 say already."""

_DATES_IN_ORDER = "CTR224"
"""Every value that rests on a source repeats what is said of the source's dates."""


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
    heard = [confirmation(one) for one in confirmed]
    limits = limits or Limits()
    submission = reading.read(source, name=name, limits=limits)
    present = load() if directory is None else directory
    report = UpdateReport(submission=submission, before=present)
    if submission.document is None:
        return report.saying(submission.findings)
    found = [*submission.findings, *_first_look(submission)]
    if any(one.severity == Severity.ERROR for one in found):
        return report.saying(first(_sorted(found), limits.findings, submission.name))
    number = submission.document["edition"]
    proposal = Proposal(
        submission.document,
        present=present,
        base=base if base is not None and base.edition == number else _base(number, present),
        on=on or today(),
        sender=submitted_by,
        confirmed=heard,
    )
    found = _about_changes(found, proposal)
    found += update_findings(submission, proposal)
    found += _record_findings(submission, proposal, found)
    told = _errors(found)
    # What only warns of a value waits until the value is right.
    found = [one for one in found if one.severity == Severity.ERROR or not _is_in(one, told)]
    return report.about(proposal).saying(first(_sorted(found), limits.findings, submission.name))


def _first_look(submission: reading.Submission) -> Iterator[Finding]:
    """Yield what can be told without an edition, one finding a mistake.

    Where several speak of the same place, the first of these is kept: what
    reading found, what the text rules know, what the schema says.
    """
    told = _errors(submission.findings)
    # What cannot be read gives no kind and nothing to show; that goes without saying.
    told |= {pointer.removesuffix("/value").removesuffix("/mode") for pointer in told}
    texts = [one for one in text_findings(submission, submission.document) if not _is_in(one, told)]
    yield from texts
    told |= _errors(texts)
    yield from (one for one in schemas.check("update", submission) if not _is_in(one, told))
    yield from day_findings(submission, submission.document)


def _errors(findings: Iterable[Finding]) -> set[str]:
    return {one.place.pointer for one in findings if one.severity == Severity.ERROR}


def _is_in(finding: Finding, pointers: set[str]) -> bool:
    return finding.place.pointer in pointers


def _about_changes(findings: Iterable[Finding], proposal: Proposal) -> list[Finding]:
    """Return the findings without what only warns of a value that is there today."""
    edited = [proposal.pointer(one.record, one.contact, one.field) for one in proposal.edits]
    return [
        one
        for one in findings
        if one.severity != Severity.WARNING
        or not one.place.pointer.startswith("/records/")
        or any(one.place.pointer.startswith(pointer) for pointer in edited)
    ]


def _base(number: str, present: Directory) -> Directory | None:
    """Return the edition that a form was drawn from, or None if it is not known."""
    if number == present.edition:
        return present
    try:
        return load(number)
    except UnknownEdition:
        return None


def _record_findings(
    submission: reading.Submission, proposal: Proposal, found: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield what would be wrong with the records and is not wrong today.

    Args:
        submission: What knows where a value stands.
        proposal: The update beside the records.
        found: What is told already; what it says of a place is not said again.
    """
    if not proposal.after:
        return
    problems = list(record_rules.problems(proposal.records(after=True), proposal.after.keys()))
    if not problems:
        return
    known = {
        (rule.id, *problem)
        for rule, problem in record_rules.problems(proposal.records(after=False))
    }
    without_page = _errors(one for one in found if one.rule in _ON_PAGES)
    told = _errors(one for one in found if one.rule not in _ON_PAGES)
    if told & {"/submitted_on", *_dates_of_sources(proposal)}:
        problems = [one for one in problems if one[0].id != _DATES_IN_ORDER]
    for rule, problem in problems:
        pointer = proposal.pointer_after(problem.record, problem.pointer)
        on_pages = rule.id == _CITABLE and pointer in without_page
        if (rule.id, *problem) not in known and pointer not in told and not on_pages:
            told.add(pointer)
            elsewhere = "" if problem.record in proposal.after else f"In {problem.record}: "
            place = submission.place(pointer or "/records")
            yield rule.finding(place, f"{elsewhere}{problem.message}", problem.hint)


def _dates_of_sources(proposal: Proposal) -> Iterator[str]:
    for number in range(len(proposal.sources)):
        yield from (f"/sources/{number}/read", f"/sources/{number}/date")


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda one: _ORDER.index(one.severity))
