"""What can go wrong, as exceptions that say what to do next.

Every exception carries its facts as attributes; the wording of its message is
not part of the public interface. Each derives from `ResourceError` (the warning
from `UserWarning`) and from the built-in exception that fits.

The fields of a class are its annotations, as in attrs. They are read here and
not by attrs, which would take 2 ms to generate the classes: every look-up imports
this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.model import Tombstone
    from ct_trafficking_resources.vocabulary import WithdrawalReason


_HEXADECIMAL = "0123456789abcdef"


_LONGEST_WORD = 64
"""Characters of a word that are looked at; a longer one is no slip of a known word."""

_SHOWN = 60
"""Characters of a value that a message repeats."""


def quote(value: object) -> str:
    """Return a value of a document for use in a message: ASCII, and clipped.

    What a file says is never repeated as it stands: a direction mark or an
    escape sequence would change how the message around it reads, and a value
    of a million characters would bury it.
    """
    import json

    clipped = value[: _SHOWN * 2] if isinstance(value, str) else value
    text = json.dumps(clipped, ensure_ascii=True)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def nearest(word: object, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, or None where none is near."""
    from difflib import get_close_matches

    typed = str(word)[:_LONGEST_WORD].lower()
    return next(map(str, get_close_matches(typed, list(known), n=1, cutoff=0.6)), None)


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?``, or nothing where no known word is near."""
    near = nearest(word, known)
    return f" Did you mean {near!r}?" if near else ""


@dataclass_transform(eq_default=False)
class _WithFields(Exception):
    """An exception whose fields are its annotations, given in their order or by name."""

    _fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._fields = tuple(cls.__annotations__) or cls._fields

    def __init__(self, *values: object, **by_name: object) -> None:
        vars(self).update(zip(self._fields, values, strict=False), **by_name)
        fields = {name: getattr(self, name) for name in self._fields}  # the defaults among them
        vars(self).update(fields)
        # `args` holds the fields, so that an exception survives pickling.
        super().__init__(*(fields.values() or values))


class ResourceError(_WithFields):
    """Base of all exceptions of this library."""


class UnknownTerm(ResourceError, ValueError):
    """A word that its vocabulary does not have."""

    vocabulary: str
    """Name of the enum."""
    word: object
    """What was asked for."""
    known: Sequence[str]
    """The words there are."""

    def __str__(self) -> str:
        words = ", ".join(str(word) for word in self.known)
        return (
            f"{self.word!r} is no {self.vocabulary}."
            f"{did_you_mean(self.word, self.known)} There are: {words}."
        )


class UnknownRecord(ResourceError, KeyError):
    """No record has this id, or none of the kind that was asked for."""

    id: object
    """What was asked for."""
    kind: str | None
    """The kind of record that was asked for, or None for any."""
    known: Sequence[str]
    """The ids there are."""
    other_kind: str | None = None
    """The kind of the record that has this id, or None."""

    def __str__(self) -> str:
        if self.other_kind is not None:
            return (
                f"{self.id!r} is of the kind {self.other_kind}, not {self.kind}."
                " `get` finds records of any kind."
            )
        return (
            f"No {self.kind or 'record'} has the id {self.id!r}."
            f"{did_you_mean(self.id, self.known)}"
            " `ct-resources list` shows the ids there are."
        )


class WithdrawnRecord(ResourceError, KeyError):
    """The record was withdrawn; its tombstone says when and why."""

    tombstone: Tombstone
    """What remains of it."""

    @property
    def id(self) -> str:
        """The id that was asked for."""
        return self.tombstone.id

    @property
    def date(self) -> str | None:
        """When it ceased to be true, as exact as is known, or None."""
        return self.tombstone.withdrawn

    @property
    def reason(self) -> WithdrawalReason | str:
        """Why."""
        return self.tombstone.reason

    @property
    def successor(self) -> str | None:
        """Id of the record to use instead, or None."""
        return self.tombstone.successor

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
    """A contact point that callers rely on is not there."""

    record: str
    """Id of the record."""
    mode: str
    """The mode that was asked for."""

    def __str__(self) -> str:
        return (
            f"{self.record!r} has no {self.mode} contact that may be shown: it was"
            " withdrawn, or the edition has none. Load the newest edition of an up-to-date"
            " package, and show `contacts` meanwhile."
        )


class UnknownEdition(ResourceError, LookupError):
    """No such edition is in the installed package."""

    edition: object
    """What was asked for."""
    known: Sequence[str]
    """The editions there are."""

    def __str__(self) -> str:
        return (
            f"There is no edition {self.edition!r} in this version of"
            f" ct-trafficking-resources.{did_you_mean(self.edition, self.known)}"
            f" There are: {', '.join(self.known)}. A pin is EDITION@sha256:HEX;"
            " for a file of your own, give its path and sha256=."
        )


class DigestMismatch(ResourceError, ValueError):
    """The data are not the bytes that the caller pinned."""

    name: str
    """The edition or file."""
    expected: str
    """The SHA-256 that was asked for."""
    actual: str
    """The SHA-256 of what is there."""

    def __str__(self) -> str:
        expected = str(self.expected)
        is_digest = len(expected) == len(self.actual) and not set(expected) - set(_HEXADECIMAL)
        form = "" if is_digest else " A SHA-256 has 64 hexadecimal digits, in lower case."
        return (
            f"{self.name} has the SHA-256 {self.actual}, but {expected!r} was asked for.{form}"
            " Do not use it before you know why they differ."
        )


class DamagedData(ResourceError, ValueError):
    """A data file of the installed package is damaged."""

    name: str
    """The file."""
    problem: str
    """What is wrong with it."""

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.problem}. Install the package again:"
            " pip install --force-reinstall ct-trafficking-resources."
        )


class RefusedData(ResourceError, ValueError):
    """Data from outside that do not pass the checks."""

    name: str
    """The file."""
    findings: Sequence[Finding]
    """What is wrong, each with its place."""

    def __str__(self) -> str:
        shown = "\n".join(f"  {finding}" for finding in self.findings[:10])
        more = len(self.findings) - 10
        rest = f"\n  and {more} more" if more > 0 else ""
        return f"{self.name} was not used:\n{shown}{rest}"


class NewerSchema(ResourceError, ValueError):
    """Data written for a later schema, which this version cannot read."""

    name: str
    """The file."""
    version: str
    """The schema version that it says it has."""
    known: str
    """The schema version that is understood."""

    def __str__(self) -> str:
        return (
            f"{self.name} has schema version {self.version}; this version of"
            f" ct-trafficking-resources reads up to {self.known.partition('.')[0]}.x."
            " Update the package: pip install -U ct-trafficking-resources."
        )


class ExpiredOverride(ResourceError, ValueError):
    """An override that is not in force on the day it is applied."""

    name: str
    """The file."""
    issued: date
    """First day."""
    expires: date
    """Last day."""
    on: date
    """The day it was to be applied on."""

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
    """A day on which the edition was not there yet; mostly a wrong clock."""

    on: date
    """The day that was given."""
    edition: str
    """Number of the edition."""
    released: date
    """Its day of release."""

    def __str__(self) -> str:
        return (
            f"On {self.on} there was no edition {self.edition}: it was released on"
            f" {self.released}. Check the clock of this machine, or the day that was given."
        )


class BadConfirmation(ResourceError, ValueError):
    """A confirmation does not say all that it must, or says it as it must not be said."""

    text: str
    """What was confirmed, as it was given."""
    why: str
    """What is wrong with it."""

    def __str__(self) -> str:
        return (
            f"The confirmation of {quote(self.text)} cannot be used: {self.why}"
            " Say what was confirmed, the role of the person you asked, how you asked, and the day,"
            " such as --confirm pd-bridgeport/voice=203-576-7671 'records clerk'"
            " telephone-on-record 2026-11-24."
        )


class WithdrawnEditionWarning(_WithFields, UserWarning):
    """The edition that was asked for must not be shown any more."""

    edition: str
    """Its number."""
    reason: str
    """Why it was withdrawn."""
    replaced_by: str | None
    """Number of the edition to use instead, or None."""

    def __str__(self) -> str:
        instead = f" Use {self.replaced_by} instead." if self.replaced_by else ""
        return f"Edition {self.edition} was withdrawn: {self.reason}{instead}"


class NotReadable(_WithFields, ValueError):
    """What was typed cannot be read in one way; a check makes a finding of it."""

    message: str
    """Why."""
    hint: str
    """What to type instead."""


class MissingExtra(ResourceError, ImportError):
    """A package of an optional extra is not installed."""

    extra: str
    """The extra of this package that brings it."""
    package: str
    """What is missing."""
    otherwise: str = ""
    """What to do instead, or an empty string."""

    def __str__(self) -> str:
        return (
            f"{self.package} is not installed. Install it with:"
            f" pip install 'ct-trafficking-resources[{self.extra}]'"
            + (f", {self.otherwise}." if self.otherwise else ".")
        )
