"""What can go wrong, as exceptions that say what to do next.

Every exception carries its facts as attributes; the wording of the message is
not part of the public interface. All of them derive from `ResourceError` and
from the built-in exception that fits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.model import Tombstone


_HEXADECIMAL = "0123456789abcdef"


def _did_you_mean(word: object, known: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?``, or nothing where no word is near."""
    from difflib import get_close_matches

    near = get_close_matches(str(word).lower(), list(known), n=1, cutoff=0.6)
    return f" Did you mean {str(near[0])!r}?" if near else ""


class ResourceError(Exception):
    """Base of all exceptions of this library."""

    def __init__(self, *facts: Any) -> None:
        # `args` holds the facts, so that an exception survives pickling.
        super().__init__(*facts)


class UnknownTerm(ResourceError, ValueError):
    """A word that its vocabulary does not have.

    Attributes:
        vocabulary: Name of the enum.
        word: What was asked for.
        known: The words there are.
    """

    def __init__(self, vocabulary: str, word: object, known: Sequence[str]) -> None:
        super().__init__(vocabulary, word, known)
        self.vocabulary, self.word, self.known = vocabulary, word, known

    def __str__(self) -> str:
        words = ", ".join(str(word) for word in self.known)
        return (
            f"{self.word!r} is no {self.vocabulary}."
            f"{_did_you_mean(self.word, self.known)} There are: {words}."
        )


class UnknownRecord(ResourceError, LookupError):
    """No record has this id, or none of the kind that was asked for.

    Attributes:
        id: What was asked for.
        kind: The kind of record that was asked for, or None for any.
        known: The ids there are.
        other_kind: The kind of the record that has this id, or None.
    """

    def __init__(
        self, id: object, kind: str | None, known: Sequence[str], other_kind: str | None = None
    ) -> None:
        super().__init__(id, kind, known, other_kind)
        self.id, self.kind, self.known, self.other_kind = id, kind, known, other_kind

    def __str__(self) -> str:
        if self.other_kind is not None:
            return (
                f"{self.id!r} is of the kind {self.other_kind}, not {self.kind}."
                " `get` finds records of any kind."
            )
        return (
            f"No {self.kind or 'record'} has the id {self.id!r}."
            f"{_did_you_mean(self.id, self.known)}"
            " `ct-resources list` shows the ids there are."
        )


class WithdrawnRecord(ResourceError, LookupError):
    """The record was withdrawn; its tombstone says when and why.

    Attributes:
        tombstone: What remains of it.
        id: The id that was asked for.
        date: When it ceased to be true, as exact as is known, or None.
        reason: Why, a `WithdrawalReason`.
        successor: Id of the record to use instead, or None.
    """

    def __init__(self, tombstone: Tombstone) -> None:
        super().__init__(tombstone)
        self.tombstone = tombstone
        self.id = tombstone.id
        self.date = tombstone.withdrawn
        self.reason = tombstone.reason
        self.successor = tombstone.successor

    def __str__(self) -> str:
        when = f" ({self.date})" if self.date else ""
        instead = (
            f" Use {self.successor!r}, or get(..., follow=True)."
            if self.successor
            else " Nothing replaces it."
        )
        return (
            f"{self.id!r} was withdrawn{when}, reason: {self.reason}."
            f" {self.tombstone.explanation}{instead}"
        )


class MissingContact(ResourceError, LookupError):
    """A contact point that callers rely on is not there.

    Attributes:
        record: Id of the record.
        mode: The mode that was asked for.
    """

    def __init__(self, record: str, mode: str) -> None:
        super().__init__(record, mode)
        self.record, self.mode = record, mode

    def __str__(self) -> str:
        return (
            f"{self.record!r} has no {self.mode} contact that may be shown: it was"
            " withdrawn, or the edition has none. Load the newest edition of an up-to-date"
            " package, and show `contacts` meanwhile."
        )


class UnknownEdition(ResourceError, LookupError):
    """No such edition is in the installed package.

    Attributes:
        edition: What was asked for.
        known: The editions there are.
    """

    def __init__(self, edition: object, known: Sequence[str]) -> None:
        super().__init__(edition, known)
        self.edition, self.known = edition, known

    def __str__(self) -> str:
        return (
            f"There is no edition {self.edition!r} in this version of"
            f" ct-trafficking-resources.{_did_you_mean(self.edition, self.known)}"
            f" There are: {', '.join(self.known)}. A pin is EDITION@sha256:HEX;"
            " for a file of your own, give its path and sha256=."
        )


class DigestMismatch(ResourceError, ValueError):
    """The data are not the bytes that the caller pinned.

    Attributes:
        name: The edition or file.
        expected: The SHA-256 that was asked for.
        actual: The SHA-256 of what is there.
    """

    def __init__(self, name: str, expected: str, actual: str) -> None:
        super().__init__(name, expected, actual)
        self.name, self.expected, self.actual = name, expected, actual

    def __str__(self) -> str:
        expected = str(self.expected)
        is_digest = len(expected) == len(self.actual) and not set(expected) - set(_HEXADECIMAL)
        form = "" if is_digest else " A SHA-256 has 64 hexadecimal digits, in lower case."
        return (
            f"{self.name} has the SHA-256 {self.actual}, but {expected!r} was asked for.{form}"
            " Do not use it before you know why they differ."
        )


class DamagedData(ResourceError, ValueError):
    """A data file of the installed package is damaged.

    Attributes:
        name: The file.
        problem: What is wrong with it.
    """

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(name, problem)
        self.name, self.problem = name, problem

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.problem}. Install the package again:"
            " pip install --force-reinstall ct-trafficking-resources."
        )


class RefusedData(ResourceError, ValueError):
    """Data from outside that do not pass the checks.

    Attributes:
        name: The file.
        findings: What is wrong, each with its place.
    """

    def __init__(self, name: str, findings: Sequence[Finding]) -> None:
        super().__init__(name, findings)
        self.name, self.findings = name, findings

    def __str__(self) -> str:
        shown = "\n".join(f"  {finding}" for finding in self.findings[:10])
        more = len(self.findings) - 10
        rest = f"\n  and {more} more" if more > 0 else ""
        return f"{self.name} was not used:\n{shown}{rest}"


class NewerSchema(ResourceError, ValueError):
    """Data written for a later schema, which this version cannot read.

    Attributes:
        name: The file.
        version: The schema version that it says it has.
        known: The schema version that is understood.
    """

    def __init__(self, name: str, version: str, known: str) -> None:
        super().__init__(name, version, known)
        self.name, self.version, self.known = name, version, known

    def __str__(self) -> str:
        return (
            f"{self.name} has schema version {self.version}; this version of"
            f" ct-trafficking-resources reads up to {self.known.partition('.')[0]}.x."
            " Update the package: pip install -U ct-trafficking-resources."
        )


class ExpiredOverride(ResourceError, ValueError):
    """An override that is not in force on the day it is applied.

    Attributes:
        name: The file.
        issued: First day.
        expires: Last day.
        on: The day it was to be applied on.
    """

    def __init__(self, name: str, issued: date, expires: date, on: date) -> None:
        super().__init__(name, issued, expires, on)
        self.name, self.issued, self.expires, self.on = name, issued, expires, on

    def __str__(self) -> str:
        advice = (
            "Update the package, which carries the change by now, and take the file away."
            if self.on > self.expires
            else "Check the clock of this machine."
        )
        return (
            f"{self.name} is in force from {self.issued} to {self.expires},"
            f" and today is {self.on}. {advice}"
        )


class ImpossibleDay(ResourceError, ValueError):
    """A day on which the edition was not there yet; mostly a wrong clock.

    Attributes:
        on: The day that was given.
        edition: Number of the edition.
        released: Its day of release.
    """

    def __init__(self, on: date, edition: str, released: date) -> None:
        super().__init__(on, edition, released)
        self.on, self.edition, self.released = on, edition, released

    def __str__(self) -> str:
        return (
            f"On {self.on} there was no edition {self.edition}: it was released on"
            f" {self.released}. Check the clock of this machine, or the day that was given."
        )


class BadConfirmation(ResourceError, ValueError):
    """What was confirmed is not written as it must be.

    Attributes:
        text: What was given.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return (
            f"{self.text!r} does not say what was confirmed."
            " Write RECORD/CONTACT=VALUE, such as pd-bridgeport/voice=203-576-7671."
        )


class WithdrawnEditionWarning(UserWarning):
    """The edition that was asked for must not be shown any more.

    Attributes:
        edition: Its number.
        reason: Why it was withdrawn.
        replaced_by: Number of the edition to use instead, or None.
    """

    def __init__(self, edition: str, reason: str, replaced_by: str | None) -> None:
        super().__init__(edition, reason, replaced_by)
        self.edition, self.reason, self.replaced_by = edition, reason, replaced_by

    def __str__(self) -> str:
        instead = f" Use {self.replaced_by} instead." if self.replaced_by else ""
        return f"Edition {self.edition} was withdrawn: {self.reason}{instead}"


class MissingExtra(ResourceError, ImportError):
    """A package of an optional extra is not installed.

    Attributes:
        extra: The extra of this package that brings it.
        package: What is missing.
        otherwise: What to do instead, or an empty string.
    """

    def __init__(self, extra: str, package: str, otherwise: str = "") -> None:
        super().__init__(extra, package, otherwise)
        self.extra, self.package, self.otherwise = extra, package, otherwise

    def __str__(self) -> str:
        return (
            f"{self.package} is not installed. Install it with:"
            f" pip install 'ct-trafficking-resources[{self.extra}]'"
            + (f", {self.otherwise}." if self.otherwise else ".")
        )
