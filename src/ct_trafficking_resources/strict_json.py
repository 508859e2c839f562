"""JSON text that is read strictly, and where in it a value stands.

Python's own scanner does the reading (RFC 8259); what I-JSON (RFC 7493) forbids
and that scanner lets through is refused here. Line and column are worked out
only for what failed, so that good files cost nothing.
"""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import attrs

from ct_trafficking_resources.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = re.compile(r"[ \t\n\r]*")
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)|[\[{]|[\]}]', re.DOTALL)
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@attrs.frozen(kw_only=True)
class Limits:
    """What a document may be at most; larger ones are refused before parsing.

    Attributes:
        size: Bytes.
        depth: Levels of nesting.
        digits: Digits of one number.
    """

    size: int = 4_000_000
    depth: int = 32
    digits: int = 20


class JsonText(NamedTuple):
    """A JSON text, read.

    Attributes:
        file: The file as the caller named it.
        text: The text.
        document: What it says; None if it could not be read.
        findings: What is wrong with it; empty if it could be read.
    """

    file: str
    text: str
    document: Any
    findings: tuple[Finding, ...]

    def place(self, pointer: str) -> Place:
        """Return where the value at a JSON Pointer stands."""
        return _place(self.file, self.text, locate(self.text, pointer), pointer)


class _Refused(ValueError):
    """A value that the hooks below refuse."""


def read(data: bytes, file: str, limits: Limits | None = None) -> JsonText:
    """Read a JSON text strictly.

    Args:
        data: Its bytes, UTF-8 without byte order mark.
        file: What to call it in findings.
        limits: What it may be at most.

    Returns:
        The document, or the findings that say why there is none.
    """
    limits = limits or Limits()
    if len(data) > limits.size:
        return _refuse(
            file,
            "",
            0,
            "CTR001",
            f"The file has {len(data):,} bytes; at most {limits.size:,} are read.",
            "Send the records in several files.",
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        return _refuse(
            file,
            before,
            len(before),
            "CTR002",
            "The file is not UTF-8 text.",
            "Save it as UTF-8.",
        )
    if text.startswith("\ufeff"):
        return _refuse(
            file,
            text,
            0,
            "CTR002",
            "The file starts with a byte order mark.",
            "Save it as UTF-8 without BOM.",
        )
    too_deep = _too_deep(text, limits.depth)
    if too_deep is not None:
        return _refuse(
            file,
            text,
            too_deep,
            "CTR003",
            f"More than {limits.depth} levels of nesting.",
            "Use the form that the schema describes.",
        )
    return _parse(text, file, limits)


def _parse(text: str, file: str, limits: Limits) -> JsonText:
    def number(digits: str) -> int:
        if len(digits) > limits.digits:
            raise _Refused(f"A number of {len(digits)} digits.")
        return int(digits)

    try:
        document = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_int=number,
            parse_float=_finite,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        return _refuse(
            file,
            text,
            error.pos,
            "CTR004",
            f"Not JSON: {error.msg}.",
            "Mend the text here; an editor that knows JSON shows the place.",
        )
    except _DuplicateKey:
        return JsonText(file, text, None, tuple(_duplicates(text, file)))
    except _Refused as error:
        return _refuse(file, text, 0, "CTR006", str(error), "Write a finite number of usual size.")
    surrogate = _lone_surrogate(document, "")
    if surrogate is not None:
        return _refuse(
            file,
            text,
            locate(text, surrogate),
            "CTR007",
            "Half of a character (a lone surrogate).",
            "Type the text again here.",
            surrogate,
        )
    return JsonText(file, text, document, ())


class _DuplicateKey(ValueError):
    """An object with the same key twice."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise _DuplicateKey
    return document


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise _Refused("A number too large to be stored.")
    return number


def _constant(name: str) -> NoReturn:
    raise _Refused(f"{name} is not a JSON number.")


def _too_deep(text: str, depth: int) -> int | None:
    """Return the offset at which the nesting first exceeds *depth*, or None."""
    level = 0
    for match in _BRACKETS.finditer(text):
        mark = match[0]
        if mark in "[{":
            level += 1
            if level > depth:
                return match.start()
        elif mark in "]}":
            level -= 1
    return None


def _lone_surrogate(value: Any, pointer: str) -> str | None:
    """Return the pointer of the first string with half a character, or None."""
    if isinstance(value, str):
        return pointer if _SURROGATE.search(value) else None
    if isinstance(value, dict):
        bad_key = next((key for key in value if _SURROGATE.search(key)), None)
        if bad_key is not None:
            return pointer
        children: Iterator[tuple[str, Any]] = iter(value.items())
    elif isinstance(value, list):
        children = ((str(index), item) for index, item in enumerate(value))
    else:
        return None
    found = (_lone_surrogate(item, join(pointer, key)) for key, item in children)
    return next((one for one in found if one is not None), None)


def _duplicates(text: str, file: str) -> Iterator[Finding]:
    for pointer, offset in _duplicate_keys(text, _skip_space(text, 0), ""):
        yield Finding(
            rule="CTR005",
            severity=Severity.ERROR,
            place=_place(file, text, offset, pointer),
            message=f"The key {pointer.rpartition('/')[2]!r} stands twice in one object.",
            hint="Keep one of the two; readers of JSON disagree on which counts.",
        )


def _duplicate_keys(text: str, offset: int, pointer: str) -> Iterator[tuple[str, int]]:
    seen = set()
    for key, key_offset, value_offset in _members(text, offset):
        child = join(pointer, key)
        if text[offset] == "{":
            if key in seen:
                yield child, key_offset
            seen.add(key)
        yield from _duplicate_keys(text, value_offset, child)


def join(pointer: str, key: str | int) -> str:
    """Return the JSON Pointer of a member (RFC 6901)."""
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"


def locate(text: str, pointer: str) -> int:
    """Return the offset of the value at a JSON Pointer.

    Where the text has no such value, it is the offset of the deepest parent
    that it has. *text* must be JSON.
    """
    offset = _skip_space(text, 0)
    path = ""
    while path != pointer:
        for key, _, value_offset in _members(text, offset):
            child = join(path, key)
            if pointer == child or pointer.startswith(child + "/"):
                offset, path = value_offset, child
                break
        else:
            break
    return offset


_scan = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str).scan_once  # type: ignore[attr-defined]


def _members(text: str, offset: int) -> Iterator[tuple[str, int, int]]:
    """Yield key, offset of the key and offset of the value, for one level."""
    opening = text[offset]
    if opening not in "{[":
        return
    index = 0
    offset = _skip_space(text, offset + 1)
    while text[offset] not in "}]":
        key, key_offset = str(index), offset
        if opening == "{":
            key, offset = scanstring(text, offset + 1)
            offset = _skip_space(text, _skip_space(text, offset) + 1)
        yield key, key_offset, offset
        _, offset = _scan(text, offset)
        offset = _skip_space(text, offset)
        if text[offset] == ",":
            offset = _skip_space(text, offset + 1)
        index += 1


def _skip_space(text: str, offset: int) -> int:
    match = _SPACE.match(text, offset)
    return match.end() if match else offset


def _place(file: str, text: str, offset: int, pointer: str) -> Place:
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return Place(file=file, pointer=pointer, line=line, column=column)


def _refuse(  # noqa: PLR0913, PLR0917 - what, where and what to do
    file: str,
    text: str,
    offset: int,
    rule: str,
    message: str,
    hint: str,
    pointer: str = "",
) -> JsonText:
    place = _place(file, text, offset, pointer)
    finding = Finding(rule=rule, severity=Severity.ERROR, place=place, message=message, hint=hint)
    return JsonText(file, text, None, (finding,))
