"""Check many records or updates, one JSON document a line (JSON Lines).

A line is checked alone: its form, its texts, and the rules that need no other
record. Whether an update may go in needs the edition beside it and is the
business of `check`.

`check_line` is one function of one line, without state and without arguments
that cannot be pickled. `check_lines` runs it here, on one core or all of them;
what spreads work over machines (Dask, Spark, a queue) can run it there.
"""

from __future__ import annotations

import json
import re
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from ct_trafficking_resources.checks import record_rules, schemas, strict_json, value_rules
from ct_trafficking_resources.checks.findings import Place, Severity
from ct_trafficking_resources.checks.rules import Found, Problem, Records, first, rule
from ct_trafficking_resources.checks.schemas import impossible_days, misfits
from ct_trafficking_resources.checks.strict_json import TOO_LARGE, JsonText
from ct_trafficking_resources.clock import today
from ct_trafficking_resources.edition.codec import decode
from ct_trafficking_resources.updates.reading import Limits
from ct_trafficking_resources.updates.text_rules import is_plain_line, text_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future
    from datetime import date
    from io import BufferedReader
    from typing import IO

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.checks.rules import Broken

_UPDATE = f"{schemas.BASE}update"
_KINDS = ("help-channel", "organization", "task-force", "law")
_HEAD = 30
"""Characters in which the first key of a line ends."""
_SPACED = json.JSONEncoder(check_circular=False).encode
_COMPACT = json.JSONEncoder(check_circular=False, separators=(",", ":")).encode
"""The two ways in which programs write JSON on a line."""

_CHUNK, _CHUNK_SIZE = 256, 1_000_000
"""Lines that a process is given at a time, and bytes after which it gets no more."""

_OF_LETTERS = frozenset({value_rules.composed.id, value_rules.all_shows.id})
"""Rules that ask how letters beyond ASCII are written."""

_LATE = re.compile(r'"([0-9]{4}-[0-9]{2}-(?:29|3[01]))"')
"""Days that not every month has; others are looked at by the schema's patterns."""

_LINE = Limits().json.size
"""Bytes of a line, at most; as many as of a file with one update."""

_PASSED_OVER = 100_000_000
"""Bytes of one line that are passed over, at most; there is no next line."""


class Line(NamedTuple):
    """What was found in one line.

    Attributes:
        number: Counted from 1.
        size: Its bytes.
        findings: What is wrong with it.
    """

    number: int
    size: int
    findings: tuple[Finding, ...]


def check_line(
    line: bytes,
    number: int = 1,
    file: str = "records.jsonl",
    *,
    on: date | None = None,
    schema_only: bool = False,
) -> tuple[Finding, ...]:
    """Check one line: a record as in ``records/``, or an update.

    Args:
        line: The line; what follows the document may be a line break.
        number: Its number in the file, for the places of findings.
        file: What to call the file.
        on: The day on which dates are looked at; today in Connecticut if None.
        schema_only: Leave out what the schema does not say: texts and rules.

    Returns:
        What is wrong, in the order of the checks; nothing for an empty line.
    """
    if not line.strip():
        return ()
    if len(line) > _LINE:
        return (_too_long(number, file),)
    text = _accepted(line, file)
    if text is not None and schema_only:
        return ()
    fits = text is not None
    text = text or strict_json.read(line.rstrip(b"\r\n"), file, Limits().json)
    found = Found(text.place, text.findings)
    if not text.findings:
        _check(text, found, on, fits=fits, schema_only=schema_only)
    shown = first(found.findings(), schemas.MOST_FINDINGS, file)
    return tuple(_in_line(finding, number) for finding in shown)


OTHER_LINE = rule(
    "CTR371",
    Severity.ERROR,
    "A line of a `.jsonl` file is a record or an update.",
    reason="Nothing is known of any other document, so nothing of it would be checked.",
    hint=f"A record has a kind, one of: {', '.join(_KINDS)}; an update has a schema.",
)(check_line)


def _too_long(number: int, file: str) -> Finding:
    return TOO_LARGE.finding(
        Place(file=file, line=number, column=1),
        f"The line has more than {_LINE:,} bytes, which are the most that are read.",
        "Put each record or update on a line of its own.",
    )


def _accepted(line: bytes, file: str) -> JsonText | None:
    """Return a line that is seen quickly to fit its schema, or None.

    A line that Python would write in the same bytes has no key twice. With the
    extra ``fast``, the quick judge then says whether the document fits, and so
    holds no odd numbers and is neither too deep nor too long. Every other line
    is read strictly, and judged in full.
    """
    try:
        raw = line.decode().rstrip("\r\n")
        document = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    schema = _schema(document)
    if schema is None or not schemas.accepts(schema, document):
        return None
    encode = _SPACED if '": ' in raw[:_HEAD] else _COMPACT
    return JsonText(file, raw, document, ()) if encode(document) == raw else None


def _check(text: JsonText, found: Found, on: date | None, *, fits: bool, schema_only: bool) -> None:
    """Take the steps of a check that need no other record.

    Args:
        text: A line, read.
        found: What is found.
        on: The day on which dates are looked at; today in Connecticut if None.
        fits: The document is known to fit its schema.
        schema_only: Leave out what the schema does not say.
    """
    document = text.document
    schema = _schema(document)
    if schema is None:
        found.add([(OTHER_LINE, Problem("", "The line is neither a record nor an update."))])
        return
    wrong = [] if fits else misfits(schema, document)
    if schema_only:
        found.add(wrong)
        return
    prose_is_plain = not wrong and is_plain_line(text.text)
    found.add(text_problems(document, prose_is_plain=prose_is_plain))
    found.add(wrong)
    if any(next(impossible_days(day), None) for day in _LATE.findall(text.text)):
        found.add(impossible_days(document))
    # The records of an update have no evidence yet.
    if schema != "update" and not found.has_errors:
        found.add(_record_problems(text, on or today()))


def _schema(document: Any) -> str | None:
    if not isinstance(document, dict):
        return None
    if document.get("schema") == _UPDATE:
        return "update"
    kind = document.get("kind")
    return kind if isinstance(kind, str) and kind in _KINDS else None


def _record_problems(text: JsonText, on: date) -> Iterator[Broken]:
    record = decode(text.document)
    records = Records(by_id={record.id: record}, on=on)
    composed = text.text.isascii() and "\\u" not in text.text
    return record_rules.problems_alone(records, but=_OF_LETTERS if composed else ())


def _in_line(finding: Finding, number: int) -> Finding:
    place = finding.place
    placed = Place(file=place.file, pointer=place.pointer, line=number, column=place.column or 1)
    return attrs.evolve(finding, place=placed)


def check_lines(
    stream: IO[bytes] | BufferedReader,
    file: str = "records.jsonl",
    *,
    jobs: int = 1,
    on: date | None = None,
    schema_only: bool = False,
) -> Iterator[Line]:
    """Check a stream of lines, in constant memory; empty lines are passed over.

    Args:
        stream: The lines, as bytes.
        file: What to call the file in findings.
        jobs: How many processes to use.
        on: The day on which dates are looked at; today in Connecticut if None.
        schema_only: Leave out what the schema does not say: texts and rules.

    Yields:
        The lines in their order, each with what was found in it.
    """
    check = partial(_check_chunk, file=file, on=on or today(), schema_only=schema_only)
    chunks = _chunks(_numbered(stream))
    if jobs == 1:
        for chunk in chunks:
            yield from check(chunk)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs) as pool:
        waiting: deque[Future[list[Line]]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(check, chunk))
            if len(waiting) > 2 * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _numbered(stream: IO[bytes] | BufferedReader) -> Iterator[tuple[int, bytes]]:
    """Yield number and bytes of each line; of a line that is too long, its beginning.

    It is one byte longer than a line may be, so that it is refused. After a line
    that goes on and on nothing is read.
    """
    number = passed_over = 0
    while passed_over < _PASSED_OVER and (line := stream.readline(_LINE + 1)):
        number += 1
        rest, passed_over = line, 0
        while not rest.endswith(b"\n") and rest and passed_over < _PASSED_OVER:
            rest = stream.readline(_LINE + 1)
            passed_over += len(rest)
        if line.strip():
            yield number, line


def _chunks(lines: Iterator[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    """Yield lines in chunks that stay small even if each line is as long as it may be."""
    chunk: list[tuple[int, bytes]] = []
    size = 0
    for number, line in lines:
        chunk.append((number, line))
        size += len(line)
        if len(chunk) == _CHUNK or size >= _CHUNK_SIZE:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _check_chunk(
    chunk: Iterable[tuple[int, bytes]], file: str, on: date, *, schema_only: bool
) -> list[Line]:
    return [
        Line(number, len(line), check_line(line, number, file, on=on, schema_only=schema_only))
        for number, line in chunk
    ]
