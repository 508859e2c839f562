"""What records share: the metadata of a field, equality, document, evidence, names, coverage.

Each field of a record says in its metadata what it is (see `about`): what a
change of it means, whether its text is prose, whether a person is led by it,
who may change it, where it is shown. Every surface asks for the fields that it
is about, and keeps no list of names of its own; `model.fields` asks of all
classes at once.

Equality and hash are those that attrs would generate, written once: generating
them anew for each class is half the cost of importing the model. So every class
here is declared with ``eq=False, repr=False`` and derives from `Part`.

The canonical form of a document is RFC 8785 (JSON Canonicalization Scheme). For
these data it is simple, because a record holds strings, integers and booleans
only: keys in order (they are ASCII), no white space, UTF-8, and nothing escaped
but the quotation mark, the backslash and control characters.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Literal, TypeAlias, TypedDict, TypeVar, Unpack

    from ct_trafficking_resources.model.organizations import Confirmation
    from ct_trafficking_resources.vocabulary import Area, Confidence, EvidenceLevel, SourceKind

    _Function = TypeVar("_Function", bound=Callable[..., Any])

    PartialDate: TypeAlias = str
    """A date as exact as it is known: YYYY, YYYY-MM or YYYY-MM-DD."""

    class Traits(TypedDict, total=False):
        """What can be said of a field; `about` says what each means."""

        effect: str
        text: Literal["prose", "quote", "name", "value"]
        typed: bool
        address: Literal["page", "host"]
        leads: Literal["where", "then", "when"]
        of_value: bool
        key: bool
        private: bool
        curated: str
        names: bool
        believed: str
        expected: str
        column: tuple[str, str] | tuple[str, str, int]
        since: str
        page: bool
        sentence: str
        checked: str
        csv: str


def about(**traits: Unpack[Traits]) -> Mapping[str, Any]:
    """Return the metadata of a field: what the surfaces have to know of it.

    Say what is so and leave out the rest::

        note: str | None = attrs.field(
            default=None, metadata=about(effect="wording", text="prose", csv="note")
        )

    Args:
        effect: What a change of it means for the person who uses the value, as
            a word of `changes.Effect`.
        text: People read it. ``prose`` is running text: it holds no markup, no
            person's name and no number of its own, and goes when it repeats a
            revoked value. ``quote`` is a page's own words: the same, but names
            stay. ``name`` is what something is called and looked up by, and
            ``value`` is a place or a number as it is printed: both are checked
            and never taken out.
        typed: Its text is a value that is checked as one, so that no number is
            looked for in it.
        address: Its text is the address of a web ``page`` or a ``host``.
        leads: A person is led by it. It says ``where`` they arrive, what they
            do ``then`` besides dialing the value, or ``when`` the way is shown.
        of_value: It belongs to the value of a contact point and goes with it;
            so does what is to be done ``then``.
        key: In a list, it tells one item from another.
        private: It is kept in records and editions and stands in no output. It
            is no secret: an edition is a file that anyone can read.
        curated: Only the curators change it, and this is why.
        names: It says whose a record or a contact point is.
        believed: A person looks at each change of it, and this is why.
        expected: The same, in a contact point of a help channel.
        column: Its column in a partner's form: the heading, what to write, and
            how wide it is drawn, in characters, if not 20.
        since: The first edition whose forms have the column, if not all have it.
        page: False if it is in the tables of the form and not on the web page.
        sentence: How it is said beside the value, with ``{}`` for what it is.
        checked: What a person compares with the page before a release.
        csv: Its column in the CSV export.
    """
    return cast("Mapping[str, Any]", traits)


def per_class(function: _Function) -> _Function:
    """Keep what a function says of a class.

    It is `functools.cache`, which type checkers give no class that defines its hash.
    """
    return cast("_Function", cache(function))


@per_class
def having(cls: type, trait: str, *values: str) -> Mapping[str, Any]:
    """Return the fields of a class that have a trait, in the order of the model.

    Args:
        cls: A record class or the class of a part.
        trait: One of those that `about` takes.
        values: What the trait must be one of; anything if not given.

    Returns:
        The name of each field, and what the trait says.
    """
    found = {field.name: field.metadata.get(trait) for field in attrs.fields(cls)}
    return {
        name: value for name, value in found.items() if value and (not values or value in values)
    }


def keys(classes: Iterable[type], trait: str, *values: str) -> frozenset[str]:
    """Return the names of the fields of some classes that have a trait; see `having`."""
    return frozenset(name for cls in classes for name in having(cls, trait, *values))


class Part:
    """A record or a part of one: equal if its class and attributes are."""

    __slots__ = ()

    __attrs_attrs__: ClassVar[tuple[attrs.Attribute[object], ...]]

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, field.name) for field in self.__attrs_attrs__)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical content, in lower-case hexadecimal.

        It covers everything that is seen of the record, its evidence included,
        so that an app can log exactly what it showed. The canonical form is
        RFC 8785.
        """
        from hashlib import sha256

        return sha256(canonical_json(encode_public(cast("attrs.AttrsInstance", self)))).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """Return what it says as plain types, ready for JSON, with the keys of the schemas.

        What is not known is left out. Each contact point has its link as ``uri``.

        >>> import ct_trafficking_resources as ctr
        >>> hotline = ctr.load().hotline.to_dict()
        >>> hotline["id"]
        'national-human-trafficking-hotline'
        >>> voice = hotline["contacts"][0]
        >>> voice["mode"], voice["display"], voice["uri"]
        ('voice', '1-888-373-7888', 'tel:+18883737888')
        """
        return encode_public(cast("attrs.AttrsInstance", self))

    def __repr__(self) -> str:
        """Return one short line, id, mode and value first."""
        return brief(cast("attrs.AttrsInstance", self))


_LONGEST = 196
"""Characters of a repr before its last dots: two lines of a terminal."""

_LONGEST_VALUE = 60
_FIRST = ("id", "mode", "value")


def brief(self: attrs.AttrsInstance) -> str:
    """Return a repr of at most 200 characters: what is set, id, mode and value first."""
    values = {
        field.name: value
        for field in attrs.fields(type(self))
        if field.repr
        and not field.metadata.get("private")
        and (value := getattr(self, field.name)) != field.default
    }
    text = f"{type(self).__name__}("
    for name in sorted(values, key=lambda name: name not in _FIRST):
        part = f"{name}={_brief_value(values[name])}, "
        if len(text) + len(part) > _LONGEST:
            return f"{text}...)"
        text += part
    return f"{text.removesuffix(', ')})"


def _brief_value(value: object) -> str:
    if attrs.has(type(value)) and type(value).__str__ is object.__str__:
        return "..."
    if isinstance(value, tuple | list | dict):
        texts = [str(item) for item in value if isinstance(item, str)]
        is_text = len(texts) == len(value) and not isinstance(value, dict)
        text = str(texts) if is_text else f"<{len(value)}>"
    else:
        text = repr(str(value)) if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 3]}..."


_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


def canonical_json(document: Any) -> bytes:
    """Return the canonical form (RFC 8785) of a document without floats."""
    import json

    return json.dumps(
        document, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()


def encode(record: attrs.AttrsInstance) -> dict[str, Any]:
    """Return the whole document of a record or of a part of one, in the model's order."""
    return _document(record, public=False)


def encode_public(record: attrs.AttrsInstance) -> dict[str, Any]:
    """Return the document of a record or of a part of one without what is private."""
    return _document(record, public=True)


def _document(record: attrs.AttrsInstance, *, public: bool) -> dict[str, Any]:
    cls = type(record)
    fields = {
        name: _plain(value, public=public)
        for name, default in _defaults(cls, public=public)
        if (value := getattr(record, name)) != default
    }
    kind = getattr(cls, "kind", None)
    return {"kind": kind, **fields} if isinstance(kind, str) else fields


@per_class
def _defaults(cls: type[attrs.AttrsInstance], *, public: bool) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (field.name, field.default)
        for field in attrs.fields(cls)
        if not (public and field.metadata.get("private"))
    )


def _plain(value: object, *, public: bool) -> Any:
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, tuple):
        return [_plain(item, public=public) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if attrs.has(type(value)):
        return _document(cast("attrs.AttrsInstance", value), public=public)
    return value


# Metadata that several fields share.
FOR_CURATORS = "For the curators; leave it as it is."
_KNOWN_BY = "it is known by its present name"
WHAT_TO_KNOW = ("Note", "What a reader should know, in plain words.", 40)

OF_EVIDENCE = about(effect="evidence")
OF_HOURS = about(effect="hours")
OF_SERVICE = about(effect="service")
OF_WORDING = about(effect="wording")
RECORD_ID = about(effect="renamed", typed=True, column=("Record", FOR_CURATORS))
RECORD_NAME = about(
    effect="renamed",
    text="name",
    names=True,
    believed=_KNOWN_BY,
    column=("Name", "Its name today.", 36),
)
SHORT_NAME = about(
    effect="wording",
    text="name",
    names=True,
    believed=_KNOWN_BY,
    column=("Short name", "A short form in common use."),
)
FORMER_NAMES = about(effect="wording", curated="it is history, with dates and evidence")
SUMMARY = about(
    effect="wording",
    text="prose",
    believed="a person decides by it whether to call",
    column=("Summary", "What it does, in a sentence or two.", 50),
)
NOTE = about(
    effect="wording", text="prose", believed="a person does what it says", column=WHAT_TO_KNOW
)
PART_NOTE = about(effect="wording", text="prose", column=WHAT_TO_KNOW)
SINCE = ("Since", "As exact as you know it: 2015, 2015-11 or 2015-11-04.")
UNTIL = ("Until", "The same; empty if it still holds.")
CHECK_FIRST = about(
    effect="evidence",
    of_value=True,
    curated="it is the curators' own mark",
    column=("Check first", FOR_CURATORS),
)


def first_day(partial: PartialDate) -> dt.date:
    """Return the first day of a date given as YYYY, YYYY-MM or YYYY-MM-DD.

    The earliest reading is the careful one: it never makes evidence younger.
    """
    return dt.date.fromisoformat((partial + "-01-01")[: len("YYYY-MM-DD")])


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Source(Part):
    """A page that says something, and when it said it.

    Attributes:
        url: Where it was read, or None if it was kept without its address.
        title: Title of the page.
        kind: Whose page it is.
        date: The source's own date, as exact as it gives it (YYYY, YYYY-MM or
            YYYY-MM-DD), or None where the page shows none.
        date_inferred: The date was worked out, not printed.
        read: The day the page was read.
        says: The words that carry the value.
    """

    url: str | None = attrs.field(
        metadata=about(
            effect="evidence",
            address="page",
            column=("Address of the page", "Copy it from the browser.", 50),
        )
    )
    title: str = attrs.field(
        metadata=about(
            effect="evidence", text="quote", column=("Title", "The title of the page.", 36)
        )
    )
    kind: SourceKind | str = attrs.field(
        metadata=about(
            effect="evidence",
            column=(
                "Whose page",
                "official: a government body. operator: your own. partner: this letter.",
            ),
        )
    )
    date: PartialDate | None = attrs.field(
        default=None,
        metadata=about(
            effect="evidence",
            column=("Date of the page", "As exact as the page gives it; empty if it shows none."),
        ),
    )
    date_inferred: bool = attrs.field(
        default=False,
        metadata=about(
            effect="evidence",
            column=("Date inferred", "yes if the date is not printed on the page."),
            page=False,
        ),
    )
    read: dt.date = attrs.field(
        metadata=about(effect="evidence", column=("Read on", "The day you looked, as 2026-11-23."))
    )
    says: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="evidence",
            text="quote",
            column=("What it says", "The words that carry the value.", 50),
        ),
    )

    @property
    def as_of(self) -> dt.date:
        """The day its age is counted from: its own, else the day it was read."""
        return first_day(self.date) if self.date else self.read


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Evidence(Part):
    """Why a value is believed.

    Attributes:
        level: How strong the evidence is.
        confidence: How far the curators trust it.
        sources: At least one, strongest or newest first.
        note: Disagreements and gaps.
        confirmations: What a person at the partner confirmed.
    """

    level: EvidenceLevel | str = attrs.field(metadata=OF_EVIDENCE)
    confidence: Confidence | str = attrs.field(metadata=OF_EVIDENCE)
    sources: tuple[Source, ...] = attrs.field(metadata=OF_EVIDENCE)
    note: str | None = attrs.field(default=None, metadata=about(effect="evidence", text="prose"))
    confirmations: tuple[Confirmation, ...] = attrs.field(default=(), metadata=OF_EVIDENCE)

    @property
    def newest(self) -> dt.date:
        """The day that the age of the value is counted from."""
        return max(source.as_of for source in self.sources)

    @property
    def newest_dated(self) -> str | None:
        """The newest date that a source itself carries, or None."""
        return max((source.date for source in self.sources if source.date), default=None)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class FormerName(Part):
    """A name that was used before.

    Attributes:
        name: The name.
        until: When it was given up (YYYY, YYYY-MM or YYYY-MM-DD), or None.
        note: What is known about the change.
    """

    name: str = attrs.field(
        metadata=about(effect="wording", text="name", column=("Name", "The name.", 36))
    )
    until: PartialDate | None = attrs.field(
        default=None,
        metadata=about(effect="wording", column=("Given up", "As exact as you know it.")),
    )
    note: str | None = attrs.field(default=None, metadata=PART_NOTE)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Coverage(Part):
    """Where a service is offered.

    Attributes:
        area: Nation, state or towns.
        towns: The towns, if it is not wider.
    """

    area: Area | str = attrs.field(
        metadata=about(effect="service", column=("Area", "nation, state or towns."))
    )
    towns: tuple[str, ...] = attrs.field(
        default=(),
        metadata=about(
            effect="service",
            text="value",
            column=("Towns", "With commas between; only if the area is towns."),
        ),
    )

    def includes(self, town: str) -> bool:
        """Tell whether a town of Connecticut is served."""
        return not self.towns or town.casefold() in {name.casefold() for name in self.towns}
