"""What a rule is, the list of all rules, and what the rules of records look at.

A rule is said once: its id, how much it matters, what must hold, why, what to
do, and the function that looks. Findings, the docs and SARIF all take it from
here. Which rules are asked of what, and in which order, is the business of the
module that asks them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

import attrs

from ct_trafficking_resources.checks.findings import Finding, Place, Severity
from ct_trafficking_resources.edition.directory import written_history
from ct_trafficking_resources.model import Law
from ct_trafficking_resources.model.fields import lists
from ct_trafficking_resources.phone import is_same

if TYPE_CHECKING:
    from datetime import date

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.model import (
        ContactPoint,
        Evidence,
        HelpChannel,
        Misprint,
        Organization,
        Record,
        TaskForce,
        Tombstone,
    )


class Problem(NamedTuple):
    """What a check has to say: a finding without its rule, and without its file.

    Attributes:
        pointer: JSON Pointer to where, within the record or the document.
        message: What is wrong, in a sentence.
        hint: What to do about it; None if the rule's own hint says it.
        record: Id of the record, where several are looked at; else empty.
    """

    pointer: str
    message: str
    hint: str | None = None
    record: str = ""


Check = TypeVar("Check", bound=Callable[..., Any])
Check_co = TypeVar("Check_co", bound=Callable[..., Any], covariant=True)


@attrs.frozen(kw_only=True, eq=False)
class Rule(Generic[Check_co]):
    """One rule; equal to itself alone. Use `rule` to define one.

    Attributes:
        id: Stable across versions.
        severity: How much a finding matters.
        title: What must hold, in a sentence.
        reason: Why.
        message: What is wrong, where all findings say the same; a template in the
            audit. Empty if each finding has its own.
        hint: What to do if it does not hold; empty if each finding has its own.
        check: Looks at something and tells what breaks the rule. What it is
            given, and how it tells, is the same for all rules that are asked
            together.
        supersedes: Ids of rules whose findings need not be given where this one
            finds an error: at the same place, or at what holds it directly.
        across: It compares records with each other; the others can be asked of
            one record alone.
    """

    id: str
    severity: Severity
    title: str
    reason: str
    message: str = ""
    hint: str = ""
    check: Check_co
    supersedes: tuple[str, ...] = ()
    across: bool = False

    def finding(
        self,
        place: Place,
        message: str | None = None,
        hint: str | None = None,
        *,
        severity: Severity | None = None,
    ) -> Finding:
        """Return a finding of this rule.

        Args:
            place: Where it is.
            message: What is wrong, in a sentence; the rule's own if not given.
            hint: What to do about it; the rule's own if not given.
            severity: How much it matters, where that is less than usual.
        """
        return Finding(
            rule=self.id,
            severity=severity or self.severity,
            place=place,
            message=message or self.message,
            hint=hint or self.hint,
        )


_DEFINED: dict[str, Rule[Any]] = {}


def rule(  # noqa: PLR0913 - the parts of a rule
    id: str,
    severity: Severity,
    title: str,
    *,
    reason: str,
    message: str = "",
    hint: str = "",
    supersedes: tuple[str, ...] = (),
    across: bool = False,
) -> Callable[[Check], Rule[Check]]:
    """Define a rule: make it of the function below, and list it.

    The arguments are the attributes of `Rule`.

    Raises:
        ValueError: There is a rule with this id.
    """

    def define(check: Check) -> Rule[Check]:
        if id in _DEFINED:
            raise ValueError(f"There is a rule {id} already: {_DEFINED[id].title}")
        defined = Rule(
            id=id,
            severity=severity,
            title=title,
            reason=reason,
            message=message,
            hint=hint,
            check=check,
            supersedes=supersedes,
            across=across,
        )
        _DEFINED[id] = defined
        return defined

    return define


def defined(prefix: str) -> tuple[Rule[Any], ...]:
    """Return the rules that are defined so far whose ids begin with *prefix*, by id."""
    return tuple(_DEFINED[id] for id in sorted(_DEFINED) if id.startswith(prefix))


_HOMES = (
    "audit.scanning",
    "audit.texts",
    "checks.gate",
    "checks.record_rules",
    "checks.schemas",
    "checks.strict_json",
    "edition.foreign",
    "lock",
    "override",
    "publishing.build",
    "publishing.folder",
    "publishing.release",
    "updates.apply",
    "updates.bulk",
    "updates.check",
    "updates.reading",
    "updates.tables",
    "updates.workbook",
)
"""The modules that define rules. Named, not imported above: they stand on this floor and
on higher ones, and import this module."""


def all_rules(prefix: str = "") -> tuple[Rule[Any], ...]:
    """Return every rule of the package whose id begins with *prefix*, by id."""
    for home in _HOMES:
        import_module(f"ct_trafficking_resources.{home}")
    return defined(prefix)


Broken: TypeAlias = tuple[Rule[Any], Problem]
"""A rule, and what breaks it."""


def worth_saying(broken: Iterable[Broken]) -> Iterator[Broken]:
    """Yield what breaks the rules of records, without what another rule says better.

    A rule tells what it supersedes, at the same place or at what holds it directly.
    """
    every = tuple(dict.fromkeys(broken))
    superseded = {
        (id, problem.record, pointer)
        for rule, problem in every
        for id in rule.supersedes
        for pointer in (problem.pointer, problem.pointer.rpartition("/")[0])
    }
    for rule, problem in every:
        if (rule.id, problem.record, problem.pointer) not in superseded:
            yield rule, problem


class Found:
    """What the steps of a check have found so far, in order.

    A step looks only at values in which the steps before it found no error.

    Attributes:
        place: Tells where the value at a JSON Pointer was written.
    """

    def __init__(self, place: Callable[[str], Place], findings: Iterable[Finding] = ()) -> None:
        """Begin a check.

        Args:
            place: Tells where the value at a JSON Pointer was written.
            findings: What is found already.
        """
        self.place = place
        self._findings = list(findings)

    @property
    def bad(self) -> frozenset[str]:
        """JSON Pointers of the values in which there is an error.

        An error of the whole is none of a value.
        """
        errors = (
            finding.place.pointer
            for finding in self._findings
            if finding.severity == Severity.ERROR
        )
        return frozenset(filter(None, errors))

    @property
    def has_errors(self) -> bool:
        """Whether an error is found."""
        return any(finding.severity == Severity.ERROR for finding in self._findings)

    def add(self, step: Iterable[Broken]) -> None:
        """Add what a step finds, but for values in which there is an error already."""
        bad = self.bad
        self._findings += [
            rule.finding(self.place(problem.pointer), problem.message, problem.hint)
            for rule, problem in step
            if problem.pointer not in bad
        ]

    def findings(self) -> list[Finding]:
        """Return what is worth saying: without what is said better by another finding.

        A rule tells what it supersedes. What only warns of a value waits until the
        value is right. Nothing is said twice.
        """
        bad = self.bad
        superseded = {
            (id, pointer)
            for finding in self._findings
            if finding.severity == Severity.ERROR
            for id in _DEFINED[finding.rule].supersedes
            for pointer in (finding.place.pointer, finding.place.pointer.rpartition("/")[0])
        }
        return [
            finding
            for finding in dict.fromkeys(self._findings)
            if (finding.rule, finding.place.pointer) not in superseded
            and (finding.severity == Severity.ERROR or finding.place.pointer not in bad)
        ]


def first(findings: Iterable[Finding], most: int, file: str) -> tuple[Finding, ...]:
    """Return the first findings, and say so if there are more."""
    waiting = iter(findings)
    shown = tuple(islice(waiting, most))
    if next(waiting, None) is None:
        return shown
    rest = CUT_SHORT.finding(Place(file=file), f"Only the first {most} findings are shown.")
    return (*shown, rest)


CUT_SHORT = rule(
    "CTR015",
    Severity.NOTE,
    "Only the first findings are shown.",
    reason="More than a hundred help nobody.",
    hint="Mend these, then check again.",
)(first)


@attrs.frozen(kw_only=True)
class Records:
    """The records that are looked at together.

    Attributes:
        by_id: Help channels, organizations, task forces and laws.
        tombstones: What was withdrawn.
        misprints: Known wrong forms.
        on: The day they are looked at.
    """

    by_id: dict[str, Record]
    tombstones: tuple[Tombstone, ...] = ()
    misprints: tuple[Misprint, ...] = ()
    on: date

    @classmethod
    def of(cls, directory: Directory, on: date) -> Records:
        """Return what a directory shows, and its tombstones and misprints as they were written."""
        tombstones, misprints = written_history(directory)
        by_id = {record.id: record for record in directory}
        return cls(by_id=by_id, tombstones=tombstones, misprints=misprints, on=on)

    def reachable(self) -> Iterator[HelpChannel | Organization | TaskForce]:
        """Yield the records that have contact points."""
        for record in self.by_id.values():
            if not isinstance(record, Law):
                yield record

    def contacts(self) -> Iterator[Located]:
        """Yield every contact point with its record and its JSON Pointer."""
        for record in self.reachable():
            for index, contact in enumerate(record.contacts):
                yield Located(record, f"/contacts/{index}", contact)


class Located(NamedTuple):
    """A contact point, and where it stands.

    Attributes:
        record: The record it belongs to.
        pointer: JSON Pointer within the record.
        contact: The contact point.
    """

    record: HelpChannel | Organization | TaskForce
    pointer: str
    contact: ContactPoint


_NUMBER = re.compile(r"\+?[0-9 ().-]+")


def confirms(heard: str, value: str) -> bool:
    """Tell whether what was heard is a value: numbers by their digits, all else as written."""
    if _NUMBER.fullmatch(heard) and _NUMBER.fullmatch(value):
        return is_same(heard, value)
    return heard == value


def is_confirmed(evidence: Evidence, value: str, what: str | None = None) -> bool:
    """Tell whether a person at the partner confirmed a value.

    Args:
        evidence: The evidence of the contact point, or of the record.
        value: The value.
        what: ``hosts`` or ``first`` for what stands in the record itself.
    """
    return any(
        confirmation.what == what and confirms(confirmation.value, value)
        for confirmation in evidence.confirmations
    )


RecordCheck: TypeAlias = Callable[[Records], Iterable[Problem]]
"""Asks records; yields what breaks the rule, with the id of the record."""


def evidences(records: Records) -> Iterator[tuple[str, str, Evidence]]:
    """Yield every piece of evidence with its record id and JSON Pointer."""
    everything = (*records.by_id.values(), *records.tombstones, *records.misprints)
    for record in everything:
        yield record.id, "/evidence", record.evidence
        for part in sorted(lists(type(record)), key=lambda name: name != "contacts"):
            for index, item in enumerate(getattr(record, part, ())):
                yield record.id, f"/{part}/{index}/evidence", item.evidence
