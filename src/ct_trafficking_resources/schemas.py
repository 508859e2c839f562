"""The JSON Schemas (draft 2020-12), as a registry, as paths, and as a check.

They stand in ``schemas/`` at the top of the repository and in the wheel under
the package's data. A checkout that is installed as editable has no copy in the
package, so there they are read from the top folder.
"""

from __future__ import annotations

import json
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ct_trafficking_resources import resources
from ct_trafficking_resources.errors import UnknownTerm
from ct_trafficking_resources.findings import Finding, Severity, quote
from ct_trafficking_resources.strict_json import JsonText, join

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from importlib_resources.abc import Traversable
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator
    from referencing import Registry

_SUFFIX = ".schema.json"


@cache
def _folder() -> Traversable | Path:
    packaged = resources.folder("schemas")
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "schemas"


@cache
def schema_names() -> tuple[str, ...]:
    """Return the names of the schemas, such as ``help-channel``, sorted."""
    files = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in files if name.endswith(_SUFFIX)))


def schema_text(name: str) -> str:
    """Return one schema as it stands in its file.

    Raises:
        UnknownTerm: There is no schema of that name.
    """
    return _file(name).read_text(encoding="utf-8")


def schema_path(name: str) -> AbstractContextManager[Path]:
    """Return a context manager for a real path to one schema file.

    From a zip, the file is unpacked for as long as the context is open.

    Raises:
        UnknownTerm: There is no schema of that name.
    """
    file = _file(name)
    return (
        nullcontext(file) if isinstance(file, Path) else resources.path("schemas", name + _SUFFIX)
    )


def _file(name: str) -> Traversable | Path:
    if name not in schema_names():
        raise UnknownTerm("schema", name, schema_names())
    return _folder().joinpath(name + _SUFFIX)


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


@cache
def validator(name: str) -> Validator:
    """Return the jsonschema validator for one schema."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads(schema_text(name)), registry=schema_registry())


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
        One finding for each mistake, in the order of the document.
    """
    whole = text.document if document is None else document
    errors = sorted(validator(name).iter_errors(whole), key=lambda error: list(error.absolute_path))
    return tuple(_finding(text, error, pointer) for error in errors)


def _finding(text: JsonText, error: ValidationError, base: str) -> Finding:
    pointer = base
    for step in error.absolute_path:
        pointer = join(pointer, step)
    message, hint = _words(error)
    return Finding(
        rule="CTR100",
        severity=Severity.ERROR,
        place=text.place(pointer),
        message=message,
        hint=hint,
    )


def _words(error: ValidationError) -> tuple[str, str]:  # noqa: PLR0911 - one for each keyword
    """Say what a validation error means and what to do.

    The words are made from the keyword and its parameters, never from the
    validator's own message, which may quote the whole document.
    """
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    parameter, instance = cast("Any", error.validator_value), cast("Any", error.instance)
    about = schema.get("description") or schema.get("title") or ""
    match error.validator:
        case "additionalProperties":
            known = sorted(schema.get("properties", {}))
            extra = sorted(set(instance) - set(known))
            return f"Unknown key: {quote(extra[0])}.", f"Known keys: {', '.join(known)}."
        case "required":
            missing = [key for key in parameter if key not in instance]
            return f"Missing: {', '.join(missing)}.", "Add it; the schema says what it is."
        case "enum":
            return (
                f"{quote(instance)} is not one of the words allowed here.",
                f"Use one of: {', '.join(map(str, parameter))}.",
            )
        case "type":
            return (
                f"{quote(instance)} has the wrong type.",
                f"It must be: {parameter}.",
            )
        case "pattern":
            return f"{quote(instance)} has the wrong form.", about or "See the schema."
        case None:
            return "This key is not allowed here.", "Take it out."
    return (
        f"{quote(instance)} breaks the schema's rule '{error.validator}'.",
        f"Allowed: {quote(parameter)}. {about}".strip(),
    )
