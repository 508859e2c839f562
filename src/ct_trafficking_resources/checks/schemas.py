"""The JSON Schemas (draft 2020-12), as a registry, as paths, and as a check.

They stand in ``schemas/`` at the top of the repository and in the wheel under
the package's data. A checkout that is installed as editable has no copy in the
package, so there they are read from the top folder.

jsonschema is the only authority on what is wrong. With the extra ``fast``,
jsonschema-rs may say that all is right, never that something is wrong. What an
error means to a person is in `schema_words`. A pattern tells the form of a date
and not whether there is such a day, so that is asked here, too.
"""

from __future__ import annotations

import json
import re
from contextlib import nullcontext
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import CUT_SHORT, Problem, first, rule
from ct_trafficking_resources.checks.strict_json import join
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.errors import UnknownTerm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator
    from referencing import Registry

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.checks.rules import Broken, Rule
    from ct_trafficking_resources.checks.strict_json import JsonText

if TYPE_CHECKING:
    _Judge = Callable[[Any], bool]

_FOLDER = "data/schemas"
_SUFFIX = ".schema.json"
_NAME = re.compile(r"[a-z]+(?:-[a-z]+)*\Z")
BASE = "urn:ct-trafficking-resources:schemas:"
"""What the `$id` of every schema begins with."""

_ANNOTATIONS = frozenset({"title", "description", "$comment"})
_NOT_CHECKED = frozenset({"$schema", "$id", "$defs"})

MOST_ERRORS = 1_000
"""Errors that are looked at; a document with more is not worth reading on."""

MOST_FINDINGS = 100
"""Findings that are given of one document; more help nobody."""


def _checkout() -> Path:
    return Path(__file__).parents[3] / "schemas"


@cache
def schema_names() -> tuple[str, ...]:
    """Return the names of the schemas, such as ``help-channel``, sorted."""
    files = storage.listed(_FOLDER) or [entry.name for entry in _checkout().iterdir()]
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in files if name.endswith(_SUFFIX)))


def schema_text(name: str) -> str:
    """Return one schema as it stands in its file.

    Raises:
        UnknownTerm: There is no schema of that name.
    """
    if not _NAME.match(name):
        raise UnknownTerm("schema", name, schema_names())
    try:
        return storage.part(name + _SUFFIX, _FOLDER).decode()
    except OSError:
        file = _checkout() / (name + _SUFFIX)
    if not file.is_file():
        raise UnknownTerm("schema", name, schema_names())
    return file.read_text(encoding="utf-8")


def schema_path(name: str) -> AbstractContextManager[Path]:
    """Return a context manager for a real path to one schema file.

    From a zip, the file is unpacked for as long as the context is open.

    Raises:
        UnknownTerm: There is no schema of that name.
    """
    if name not in schema_names():
        raise UnknownTerm("schema", name, schema_names())
    file = name + _SUFFIX
    if not storage.listed(_FOLDER):
        return nullcontext(_checkout() / file)
    storage.part(file, _FOLDER)  # it is what was shipped
    return storage.path("schemas", file)


@cache
def schema_registry() -> Registry[Any]:
    """Return all schemas as an immutable `referencing.Registry`.

    It knows nothing else and fetches nothing.
    """
    from referencing import Registry, Resource

    documents = (json.loads(schema_text(name)) for name in schema_names())
    return Registry().with_resources(
        (document["$id"], Resource.from_contents(document)) for document in documents
    )


# --- one schema without references -----------------------------------------


@cache
def _parsed(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(schema_text(name))
    return schema


@cache
def self_contained(name: str) -> dict[str, Any]:
    """Return a schema with what it refers to put in place.

    It gives the same verdicts. Following a reference costs jsonschema more than
    checking what it leads to, and the way to an error is then a way through
    this one document. Not to be changed.

    Raises:
        UnknownTerm: There is no schema of that name.
    """
    inlined: dict[str, Any] = _inlined(_parsed(name), name)
    return inlined


def _inlined(schema: Any, name: str) -> Any:
    if isinstance(schema, list):
        return [_inlined(item, name) for item in schema]
    if not isinstance(schema, dict):
        return schema
    rest = {
        key: _inlined(value, name)
        for key, value in schema.items()
        if key != "$ref" and key not in _NOT_CHECKED
    }
    if schema.get("type") == "object":
        rest.pop("examples", None)
    if not isinstance(schema.get("$ref"), str):
        return rest
    target = _referred(schema["$ref"], name)
    if rest.keys() <= _ANNOTATIONS:
        # what the form is, beside what the value is for
        form = target.get("form", target.get("description"))
        return {**target, **rest, "form": form}
    return {**rest, "allOf": [*rest.get("allOf", ()), target]}


def _referred(reference: str, name: str) -> dict[str, Any]:
    whole, _, pointer = reference.partition("#")
    home = whole.removeprefix(BASE) or name
    part: Any = _parsed(home)
    for step in pointer.split("/")[1:]:
        part = part[step]
    inlined: dict[str, Any] = _inlined(part, home)
    return inlined


# --- checking ----------------------------------------------------------------


@cache
def validator(name: str) -> Validator:
    """Return the jsonschema validator for one schema.

    A pattern is not tried on a text that is too long, and a list that is too
    long is not searched for doubles: both could take minutes, and the length is
    the mistake. Parts that are quickly seen to fit are passed over.
    """
    from jsonschema import Draft202012Validator, validators

    def pattern(judge: Any, value: Any, text: Any, schema: Any) -> Iterator[ValidationError]:
        if len(text) <= schema.get("maxLength", len(text)) if isinstance(text, str) else True:
            yield from Draft202012Validator.VALIDATORS["pattern"](judge, value, text, schema)

    def unique(judge: Any, value: Any, items: Any, schema: Any) -> Iterator[ValidationError]:
        if len(items) <= schema.get("maxItems", len(items)) if isinstance(items, list) else True:
            yield from Draft202012Validator.VALIDATORS["uniqueItems"](judge, value, items, schema)

    def properties(judge: Any, parts: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
        given = value if isinstance(value, dict) else {}
        doubtful = {
            key: part
            for key, part in parts.items()
            if key in given and not _part_fits(part, given[key])
        }
        yield from Draft202012Validator.VALIDATORS["properties"](judge, doubtful, value, schema)

    def items(judge: Any, part: Any, value: Any, _: Any) -> Iterator[ValidationError]:
        for index, item in enumerate(value if isinstance(value, list) else ()):
            if not _part_fits(part, item):
                yield from judge.descend(item, part, path=index)

    keywords: Any = {
        "pattern": pattern,
        "uniqueItems": unique,
        "properties": properties,
        "items": items,
    }
    guarded: Any = validators.extend(Draft202012Validator, keywords)  # type: ignore[no-untyped-call]
    judge: Validator = guarded(self_contained(name))
    return judge


def _quick(schema: Any) -> _Judge:
    """Return a quick judge that may say yes; without the extra, it never does."""
    try:
        from jsonschema_rs import Draft202012Validator
    except ImportError:
        return lambda _: False
    judge = Draft202012Validator(schema).is_valid

    def says_yes(document: Any) -> bool:
        try:
            return judge(document)
        except (ValueError, RecursionError):
            return False  # half of a character, a number beyond 64 bits

    return says_yes


@cache
def _quick_judge(name: str) -> _Judge:
    return _quick(self_contained(name))


_of_parts: dict[int, _Judge] = {}
"""Judges of the parts of self-contained schemas, by identity: these live for ever."""


def _part_fits(part: Any, value: Any) -> bool:
    """Tell whether a value is quickly seen to fit a part of a self-contained schema.

    It is asked only of parts that hold others: of one text, jsonschema is as
    quick as looking twice.
    """
    if not isinstance(part, dict) or not part.keys() & {"properties", "items"}:
        return False
    if id(part) not in _of_parts:
        _of_parts[id(part)] = _quick(part)
    return _of_parts[id(part)](value)


def accepts(name: str, document: Any) -> bool:
    """Tell whether a document is quickly seen to fit one schema.

    Args:
        name: The schema.
        document: The document.

    Returns:
        True if it fits. False says nothing: `check` knows.
    """
    return _quick_judge(name)(document)


def misfits(name: str, document: Any) -> list[Broken]:
    """Return what in a document does not fit one schema, in the order of the document.

    Of a document with very many errors only the first are looked at; the last entry
    then says so.

    Args:
        name: The schema.
        document: The document.
    """
    if accepts(name, document):
        return []
    from ct_trafficking_resources.checks.schema_words import problems

    errors = list(islice(validator(name).iter_errors(document), MOST_ERRORS + 1))
    found = [(MISFIT, problem) for problem in problems(errors, self_contained(name), document)]
    if len(errors) > MOST_ERRORS:
        message = f"Only the first {MOST_ERRORS:,} errors were looked at."
        found.append((CUT_SHORT, Problem("", message)))
    return found


MISFIT: Rule[Any] = rule(
    "CTR100",
    Severity.ERROR,
    "The document fits its schema.",
    reason="What the schema does not know is not checked, and would not be shown.",
)(misfits)


def check(
    name: str, text: JsonText, document: Any = None, pointer: str = ""
) -> tuple[Finding, ...]:
    """Check a document against one schema.

    Args:
        name: The schema.
        text: The text that the document stands in.
        document: A part of the text's document; the whole if None.
        pointer: Where that part stands.

    Returns:
        One finding for each mistake, in the order of the document; of a long
        list the beginning, and a finding that says so.
    """
    found = (
        rule.finding(text.place(f"{pointer}{problem.pointer}"), problem.message, problem.hint)
        for rule, problem in misfits(name, text.document if document is None else document)
    )
    return first(found, MOST_FINDINGS, text.file)


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def impossible_days(value: Any, pointer: str = "") -> Iterator[Broken]:
    """Yield what in a document has the form of a date and is no day."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from impossible_days(item, join(pointer, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from impossible_days(item, join(pointer, index))
    elif isinstance(value, str) and _DAY.match(value):
        try:
            date.fromisoformat(value)
        except ValueError:
            yield NO_DAY, Problem(pointer, f"There is no day {value}.")


NO_DAY: Rule[Any] = rule(
    "CTR107",
    Severity.ERROR,
    "Every date is a day of the calendar.",
    reason="The age of a value is counted from it.",
    hint="Correct the date.",
)(impossible_days)


def day_findings(text: JsonText) -> tuple[Finding, ...]:
    """Return a finding for each date in a text that is no day."""
    days = impossible_days(text.document)
    return tuple(rule.finding(text.place(day.pointer), day.message) for rule, day in days)
