"""JSON text that is read strictly, and where in it a value stands.

Python's own scanner does the reading (RFC 8259); what I-JSON (RFC 7493) forbids
and that scanner lets through is refused here. Line and column are worked out
only for what failed, so that good files cost nothing.
"""

from __future__ import annotations

import json
import os
import re
import stat
from contextlib import suppress
from json.decoder import scanstring  # type: ignore[attr-defined]
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from ct_trafficking_resources.checks.findings import Place, Severity
from ct_trafficking_resources.checks.rules import first, rule
from ct_trafficking_resources.errors import NotReadable, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.checks.rules import Rule

_SPACE = re.compile(r"[ \t\n\r]*")
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
_NUMBER = re.compile(r"[-+.0-9A-Za-z]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UTF8 = "Save it as UTF-8, without BOM."
_PLAIN = {
    "Expecting ',' delimiter": "a comma, or a closing bracket, is missing here",
    "Expecting ':' delimiter": "a colon is missing between the key and its value",
    "Expecting property name enclosed in double quotes": (
        'a key in "double quotes" must stand here'
    ),
    "Expecting value": "a value is missing here",
    "Extra data": "the document has ended before this",
    "Invalid control character at": "a line break or another control character inside a text",
    "Invalid \\escape": "a backslash that belongs to no escape; write two of them",
    "Unterminated string starting at": "a closing quotation mark is missing",
}
"""What the scanner says, in other words; what is not here is passed on."""
_LAST_COMMA = re.compile(r",[ \t\n\r]*[\]}]")


@attrs.frozen(kw_only=True)
class Limits:
    """What a document may be at most; larger ones are refused.

    Size and depth are looked at before parsing, so that no file can make the
    parser work hard. The others keep the checks that follow from doing so:
    some keywords of JSON Schema compare every item with every other.

    Attributes:
        size: Bytes.
        depth: Levels of nesting.
        digits: Characters of one number.
        string: Characters of one text or key.
        keys: Keys of one object.
        items: Items of one array.
        findings: How many mistakes are shown.
    """

    size: int = 4_000_000
    depth: int = 32
    digits: int = 20
    string: int = 10_000
    keys: int = 5_000
    items: int = 5_000
    findings: int = 50


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
        message = f"The file has {len(data):,} bytes; at most {limits.size:,} are read."
        return _refuse(file, "", 0, TOO_LARGE, message, "Send the records in several files.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        what = "UTF-16" if data.startswith(_UTF16) else "not UTF-8 text"
        return _refuse(file, before, len(before), NOT_TEXT, f"The file is {what}.", _UTF8)
    if text.startswith("\ufeff"):
        return _refuse(file, text, 0, NOT_TEXT, "The file starts with a byte order mark.", _UTF8)
    nul = text.find("\0")
    if nul >= 0:
        message = "The file holds a NUL byte: it is UTF-16 without a mark, or not text, or damaged."
        return _refuse(file, text, nul, NOT_TEXT, message, _UTF8)
    too_deep = _too_deep(text, limits.depth)
    if too_deep is not None:
        message = f"More than {limits.depth} levels of nesting."
        return _refuse(file, text, too_deep, TOO_DEEP, message)
    return _parse(text, file, limits)


TOO_LARGE = rule(
    "CTR001", Severity.ERROR, "The file is not too large.", reason="A form has some 20 kB."
)(read)
NOT_TEXT = rule(
    "CTR002",
    Severity.ERROR,
    "The file is text in a known encoding, without NUL bytes.",
    reason="Guessing an encoding changes letters; JSON is UTF-8 without byte order mark.",
)(read)
TOO_DEEP = rule(
    "CTR003",
    Severity.ERROR,
    "JSON is not nested too deeply.",
    reason="Deep nesting exhausts parsers.",
    hint="Use the form that the schema describes.",
)(read)
NOT_JSON = rule(
    "CTR004",
    Severity.ERROR,
    "JSON is JSON.",
    reason="RFC 8259.",
    hint="Mend the text here; an editor that knows JSON shows the place.",
)(read)
KEY_TWICE = rule(
    "CTR005",
    Severity.ERROR,
    "No key stands twice in one object.",
    reason="Readers disagree on which counts.",
    hint="Keep one of the two; readers of JSON disagree on which counts.",
)(read)
ODD_NUMBER = rule(
    "CTR006",
    Severity.ERROR,
    "Numbers are finite and of usual size.",
    reason="NaN and 1e400 are no JSON numbers.",
    hint="Write a finite number of usual size.",
)(read)
HALF_CHARACTER = rule(
    "CTR007",
    Severity.ERROR,
    "No text holds half a character.",
    reason="It cannot be written or shown.",
    hint="Type the text again here.",
)(read)
TOO_LONG = rule(
    "CTR008",
    Severity.ERROR,
    "No text is too long.",
    reason="What is shown fits a screen.",
    hint="Shorten it.",
)(read)
TOO_MANY = rule(
    "CTR009",
    Severity.ERROR,
    "No object has too many keys, no array too many items.",
    reason="Some checks compare each with every other.",
    hint="Use the form that the schema describes.",
)(read)


def _parse(text: str, file: str, limits: Limits) -> JsonText:
    watch = _Watch(limits)
    try:
        document = json.loads(
            text,
            object_pairs_hook=watch.members,
            parse_int=watch.integer,
            parse_float=watch.decimal,
            parse_constant=watch.constant,
        )
    except json.JSONDecodeError as error:
        place, what = _broken(text, error)
        return _refuse(file, text, place, NOT_JSON, f"Not JSON: {what}.")
    if watch.saw_mistake or _is_odd(document, limits):
        # The text is JSON from end to end, so the mistakes can be looked up in it.
        found = _Search(file, text, limits).value(_skip_space(text, 0), "")
        return JsonText(file, text, None, first(found, limits.findings, file))
    return JsonText(file, text, document, ())


def _broken(text: str, error: json.JSONDecodeError) -> tuple[int, str]:
    """Return where a text is no JSON, and why.

    Python 3.13 stops at a comma before a closing bracket, the earlier ones at the
    bracket; here it is the comma.
    """
    comma = text.rfind(",", 0, error.pos + 1)
    last = _LAST_COMMA.match(text, comma) if comma >= 0 else None
    if last and error.pos < last.end():
        return comma, "this comma is one too many; nothing follows it"
    return error.pos, _PLAIN.get(error.msg, error.msg)


class _Watch:
    """The scanner's hooks: they note that there is a mistake, not where.

    Nothing is raised, so that the rest of the text is still held to be JSON.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.saw_mistake = False

    def members(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        document = dict(pairs)
        if len(document) != len(pairs) or len(pairs) > self.limits.keys:
            self.saw_mistake = True
        return document

    def integer(self, digits: str) -> int:
        if len(digits) > self.limits.digits:
            self.saw_mistake = True
            return 0
        return int(digits)

    def decimal(self, digits: str) -> float:
        if _number_problem(digits, self.limits):
            self.saw_mistake = True
            return 0.0
        return float(digits)

    def constant(self, _name: str) -> None:
        self.saw_mistake = True


def _number_problem(digits: str, limits: Limits) -> str | None:
    """Say what is wrong with a number as it is written, or None."""
    if not digits[-1].isdigit():
        return f"{digits} is not a JSON number."
    if len(digits) > limits.digits:
        return f"A number of {len(digits):,} characters; at most {limits.digits} are read."
    return None if isfinite(float(digits)) else "A number too large to be stored."


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


def _is_odd(document: Any, limits: Limits) -> bool:
    """Tell whether a text or an array in a document must be refused."""
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            if _string_problem(value, limits):
                return True
        elif isinstance(value, dict):
            waiting += value.keys()
            waiting += value.values()
        elif isinstance(value, list):
            if len(value) > limits.items:
                return True
            waiting += value
    return False


def _string_problem(text: str, limits: Limits) -> tuple[Rule[Any], str] | None:
    """Return rule and message for a text that must be refused, or None."""
    if len(text) > limits.string:
        return TOO_LONG, f"A text of {len(text):,} characters; at most {limits.string:,} are read."
    if not text.isascii() and _SURROGATE.search(text):
        return HALF_CHARACTER, "Half of a character (a lone surrogate)."
    return None


class _Search(NamedTuple):
    """Looks up what is wrong in a text that is JSON, in the order of the text."""

    file: str
    text: str
    limits: Limits

    def value(self, offset: int, pointer: str) -> Iterator[Finding]:
        mark = self.text[offset]
        if mark in "{[":
            yield from self._container(offset, pointer)
        elif mark == '"':
            problem = _string_problem(scanstring(self.text, offset + 1)[0], self.limits)
            if problem:
                yield self._finding(offset, pointer, *problem)
        elif mark in "-0123456789NI":
            match = _NUMBER.match(self.text, offset)
            message = _number_problem(match[0], self.limits) if match else None
            if message:
                yield self._finding(offset, pointer, ODD_NUMBER, message)

    def _container(self, offset: int, pointer: str) -> Iterator[Finding]:
        is_object = self.text[offset] == "{"
        limits = self.limits
        most, what = (limits.keys, "keys") if is_object else (limits.items, "items")
        seen: set[str] = set()
        count = 0
        for key, key_offset, value_offset in _members(self.text, offset):
            count += 1
            if count > most:
                yield self._finding(key_offset, pointer, TOO_MANY, f"More than {most:,} {what}.")
                return
            problem = _string_problem(key, limits) if is_object else None
            if problem:
                yield self._finding(key_offset, pointer, *problem)
                continue
            child = join(pointer, key)
            if key in seen:
                message = f"The key {quote(key)} stands twice in one object."
                yield self._finding(key_offset, child, KEY_TWICE, message)
            seen.add(key)
            yield from self.value(value_offset, child)

    def _finding(self, offset: int, pointer: str, broken: Rule[Any], message: str) -> Finding:
        return broken.finding(_place(self.file, self.text, offset, pointer), message)


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
    file: str, text: str, offset: int, broken: Rule[Any], message: str, hint: str | None = None
) -> JsonText:
    finding = broken.finding(_place(file, text, offset, ""), message, hint)
    return JsonText(file, text, None, (finding,))


# --- opening a file -----------------------------------------------------------------------

_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_WAIT = 2_000
"""Milliseconds that are waited for somebody who writes to a pipe."""
CHECK = "Check the name, and that you may read it."


def open_file(path: str | os.PathLike[str], *, pipes: bool = False) -> int:
    """Open a file for reading and return its handle. Nothing is waited for without end.

    Args:
        path: The file.
        pipes: Also open a pipe, if somebody writes to it.

    Raises:
        NotReadable: It is no file, or cannot be read.
    """
    try:
        handle = os.open(path, _OPEN)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise NotReadable(f"The file cannot be read: {why}.", CHECK) from error
    try:
        check_file(handle, pipes=pipes)
    except NotReadable:
        os.close(handle)
        raise
    return handle


def check_file(handle: int, *, pipes: bool = False) -> None:
    """Let pass what is a file that ends; of a pipe, what somebody writes to.

    Raises:
        NotReadable: It is something else.
    """
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise NotReadable("This is a folder, not a file.", "Name the file inside it.")
    if not stat.S_ISFIFO(mode):
        raise NotReadable("This is a device, not a file.", "Name a file.")
    if not pipes:
        raise NotReadable("This is a pipe, not a file.", "Write its content to a file first.")
    import select

    waiting = select.poll()
    waiting.register(handle)
    if not waiting.poll(_WAIT):
        with suppress(BlockingIOError):  # somebody has it open, and has written nothing yet
            os.read(handle, 1)
            raise NotReadable("Nobody writes to this pipe.", "Start what writes to it first.")
    os.set_blocking(handle, True)
