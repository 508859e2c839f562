"""What an error of jsonschema means to a person: one sentence a mistake.

The words are made from the keyword and its parameters, never from the
validator's own message, which may quote the whole document or name schemas that
nobody has read. One slip breaks several keywords at times; then the one that
leads to it is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from ct_trafficking_resources.checks.rules import Problem
from ct_trafficking_resources.checks.strict_json import join
from ct_trafficking_resources.errors import did_you_mean, nearest, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonschema.exceptions import ValidationError

_TELLING = (
    "None",
    "type",
    "const",
    "enum",
    "maxLength",
    "minLength",
    "maxItems",
    "pattern",
    "required",
)
"""Of several broken keywords at one place, the first of these is told; None is
jsonschema's name for the schema `false`."""

_TYPES = {
    "string": "text in quotation marks",
    "integer": "a whole number without quotation marks",
    "number": "a number without quotation marks",
    "boolean": "true or false, without quotation marks",
    "array": "a list in square brackets",
    "object": "a group of keys in braces",
    "null": "null",
}
_MOST_WORDS = 25
_MOST_KEYS = 20

Path: TypeAlias = tuple[str | int, ...]
_Teller: TypeAlias = Callable[[Any, Any, dict[str, Any]], tuple[str, str]]
_Condition: TypeAlias = tuple[Path, list[str]]


class _Broken(NamedTuple):
    """A broken keyword: where, what it means, and how much it tells.

    The way to it stays in steps, so that places can be compared and put in order.
    """

    path: Path
    message: str
    hint: str
    keyword: str
    conditional: bool

    @property
    def rank(self) -> tuple[int, bool]:
        telling = self.keyword in _TELLING
        return _TELLING.index(self.keyword) if telling else len(_TELLING), self.conditional


def problems(
    errors: Iterable[ValidationError], schema: dict[str, Any], document: Any
) -> list[Problem]:
    """Return the mistakes behind the errors of a document, in its order.

    Args:
        errors: What jsonschema found.
        schema: The schema it was given, without references.
        document: The document it was given.
    """
    plain = [one for error in errors for one in _narrowed(error)]
    broken = {tuple(error.absolute_path) for error in plain}
    causes = [error for error in plain if not _follows(error, schema, document, broken)]
    best: dict[Path, _Broken] = {}
    for error in causes or plain:
        for found in _broken(error, schema, document):
            if found.path not in best or found.rank < best[found.path].rank:
                best[found.path] = found
    ordered = sorted(best, key=lambda path: [(str(type(step)), step) for step in path])
    return [
        Problem(reduce(join, path, ""), best[path].message, best[path].hint) for path in ordered
    ]


def _follows(
    error: ValidationError, schema: dict[str, Any], document: Any, broken: set[Path]
) -> bool:
    """Tell whether another mistake is why this was asked for at all.

    So it is if it depends on a value that is itself broken or missing.
    """
    own = tuple(error.absolute_path)
    return any(
        ((*place, key) in broken and (*place, key) != own) or key not in _object_at(document, place)
        for place, keys in _conditions(error, schema)
        for key in keys
    )


def _narrowed(error: ValidationError) -> Iterator[ValidationError]:
    """Yield the errors of the alternative that was most probably meant.

    That is the one that fails deepest in the document, and among those the
    first whose type fits.
    """
    if error.validator not in {"anyOf", "oneOf"} or not error.context:
        yield error
        return
    branches: dict[Any, list[ValidationError]] = {}
    for one in error.context:
        branches.setdefault(one.schema_path[0], []).append(one)
    fitting = [
        branch
        for branch in branches.values()
        if not any(one.validator == "type" and not one.path for one in branch)
    ]
    if not fitting:
        yield error
        return
    for one in max(fitting, key=lambda branch: max(len(each.path) for each in branch)):
        yield from _narrowed(one)


def _conditions(error: ValidationError, schema: dict[str, Any]) -> Iterator[_Condition]:
    """Yield the places and keys on whose values the broken keyword depends."""
    values = tuple(error.absolute_path)
    part: Any = schema
    used = 0
    before: str | int | None = None
    for step in error.absolute_schema_path:
        if step in {"then", "else"} and before != "properties":
            yield values[:used], sorted(part["if"].get("properties", {}))
        part = part[step]
        if before == "properties":
            used, before = used + 1, None
        else:
            used, before = used + (step == "items"), step


def _at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def _object_at(document: Any, path: Path) -> dict[str, Any]:
    """Return the object at a place; an empty one if something else stands there."""
    value = _at(document, path)
    return value if isinstance(value, dict) else {}


def _broken(error: ValidationError, schema: dict[str, Any], document: Any) -> Iterator[_Broken]:
    keyword = str(error.validator)
    path = tuple(error.absolute_path)
    conditions = list(_conditions(error, schema))
    if keyword in {"additionalProperties", "required"}:
        said: Iterable[tuple[Path, str, str]] = _keys(error, path)
    elif error.validator is None:
        said = _forbidden(error, path, schema, document)
    else:
        message, hint = _words(error)
        said = [(path, message, f"{hint}{_beside(conditions, document)}")]
    for place, message, hint in said:
        yield _Broken(place, message, hint, keyword, bool(conditions))


def _beside(conditions: list[_Condition], document: Any) -> str:
    named = [
        f"{key} {quote(_at(document, place)[key])}"
        for place, keys in conditions
        for key in keys
        if key in _object_at(document, place) and (key != "kind" or place[-2:-1] == ("contacts",))
    ]
    return f" That is what fits {' and '.join(named)}." if named else ""


def _forbidden(
    error: ValidationError, path: Path, schema: dict[str, Any], document: Any
) -> Iterator[tuple[Path, str, str]]:
    """Yield place, message and hint for each key that must not be there.

    jsonschema does not name the key; it is the one with this very value.
    """
    part: Any = schema
    for step in error.absolute_schema_path:
        part = part[step]
    for key, value in _at(document, path).items():
        if value is error.instance and part.get(key) is False:
            yield (
                (*path, key),
                f"The key {quote(key)} cannot stand here, given what stands beside it.",
                "Take it out, or correct what stands beside it.",
            )


def _keys(error: ValidationError, path: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield place, message and hint for each unknown key, or one for the keys that are missing.

    A key that is missing and one that is unknown and almost the same are one
    mistake, told at the unknown one.
    """
    instance: Any = error.instance
    schema: Any = error.schema
    known = sorted(schema.get("properties", {}))
    extra = sorted(set(instance) - set(known))
    missing = [key for key in schema.get("required", ()) if key not in instance]
    meant = {key: nearest(key, missing) or nearest(key, known) for key in extra[:_MOST_KEYS]}
    if error.validator == "additionalProperties":
        more = len(extra) - _MOST_KEYS
        for number, key in enumerate(extra[:_MOST_KEYS], 1):
            guess = f" Did you mean {meant[key]!r}?" if meant[key] else ""
            rest = f" So are {more:,} more." if number == _MOST_KEYS and more > 0 else ""
            hint = f"Correct or remove it. Known keys: {', '.join(known)}."
            yield ((*path, key), f"Unknown key: {quote(key)}.{guess}{rest}", hint)
        return
    misspelled = schema.get("additionalProperties") is False
    lacking = [key for key in missing if not (misspelled and key in meant.values())]
    if lacking:
        yield (path, f"Missing: {', '.join(lacking)}.", _add(lacking, schema))


def _add(keys: list[str], schema: dict[str, Any]) -> str:
    properties = schema.get("properties", {})
    what = (f"{key}: {_about(properties.get(key, {}))}." for key in keys)
    return " ".join(("Add it." if len(keys) == 1 else "Add them.", *what))


def _about(schema: Any) -> str:
    text = schema.get("description") or schema.get("title") if isinstance(schema, dict) else None
    return str(text or "see the schema").partition(". ")[0].rstrip(".")


def _words(error: ValidationError) -> tuple[str, str]:
    """Say what is wrong and what to do, from a keyword and its parameter."""
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    teller: _Teller = _WORDS.get(str(error.validator), _other)
    return teller(cast("Any", error.instance), cast("Any", error.validator_value), schema)


def _wrong_type(value: Any, kinds: Any, _: dict[str, Any]) -> tuple[str, str]:
    names = [kinds] if isinstance(kinds, str) else kinds
    return (
        f"{quote(value)} is not of the right sort.",
        f"It must be {' or '.join(_TYPES[name] for name in names)}.",
    )


def _wrong_word(value: Any, words: Any, _: dict[str, Any]) -> tuple[str, str]:
    known = [str(word) for word in words]
    guess = did_you_mean(value, known) if isinstance(value, str) else ""
    shown = ", ".join(known[:_MOST_WORDS])
    more = f" and {len(known) - _MOST_WORDS} more" if len(known) > _MOST_WORDS else ""
    return f"{quote(value)} is not a word that can stand here.{guess}", f"Use: {shown}{more}."


def _wrong_constant(value: Any, constant: Any, _: dict[str, Any]) -> tuple[str, str]:
    return f"{quote(value)} cannot stand here.", f"Write {quote(constant)}."


def _wrong_form(value: Any, _: Any, schema: dict[str, Any]) -> tuple[str, str]:
    title = str(schema.get("title", ""))
    form = f" to be read as: {title.lower()}" if title else ""
    about = str(schema.get("form") or schema.get("description") or "See the schema.")
    such = f" Such as: {schema['examples'][0]}" if "examples" in schema else ""
    return f"{quote(value)} does not have the right form{form}.", f"{about}{such}"


def _too_long(value: Any, most: Any, _: Any) -> tuple[str, str]:
    return f"The text has {len(value):,} characters.", f"At most {most:,} are allowed."


def _too_short(value: Any, least: Any, _: Any) -> tuple[str, str]:
    return (
        f"{quote(value)} is too short.",
        f"At least {least} characters are needed; leave the key out if there is nothing to say.",
    )


def _too_many(value: Any, most: Any, _: Any) -> tuple[str, str]:
    return f"The list has {len(value):,} entries.", f"At most {most:,} are allowed."


def _too_few(value: Any, least: Any, _: Any) -> tuple[str, str]:
    return (
        f"The list has {len(value):,} entries.",
        f"It needs at least {least}; leave the key out if there is nothing to say.",
    )


def _twice(value: Any, *_: Any) -> tuple[str, str]:
    double = next(one for number, one in enumerate(value) if one in value[:number])
    return f"{quote(double)} stands in the list twice.", "Keep one of the two."


def _too_great(value: Any, most: Any, _: Any) -> tuple[str, str]:
    return f"{quote(value)} is too great.", f"At most {most:,} is allowed."


def _too_small(value: Any, least: Any, _: Any) -> tuple[str, str]:
    return f"{quote(value)} is too small.", f"At least {least:,} is needed."


def _no_alternative(value: Any, branches: Any, _: Any) -> tuple[str, str]:
    forms = [branch.get("title") or branch.get("type") for branch in branches]
    names = [_TYPES.get(str(form), str(form).lower()) for form in forms if form]
    return f"{quote(value)} is not of the right sort.", f"It must be {' or '.join(names)}."


def _other(value: Any, parameter: Any, _: Any) -> tuple[str, str]:
    return f"{quote(value)} is not allowed here.", f"What is asked for: {quote(parameter)}."


_WORDS: dict[str, _Teller] = {
    "type": _wrong_type,
    "enum": _wrong_word,
    "const": _wrong_constant,
    "pattern": _wrong_form,
    "maxLength": _too_long,
    "minLength": _too_short,
    "maxItems": _too_many,
    "minItems": _too_few,
    "uniqueItems": _twice,
    "maximum": _too_great,
    "minimum": _too_small,
    "oneOf": _no_alternative,
    "anyOf": _no_alternative,
}
"""Keyword to the function that says it."""
