"""Check updates and records: beside plain jsonschema and other validators.

::

    python benchmarks/updates.py cold            one update, from a cold start
    python benchmarks/updates.py bulk [COUNT]    many records, valid and 5 % invalid
    python benchmarks/updates.py memory [COUNT]  peak memory of a stream of lines

Everything in a table is measured in the same run, in turns, and the best of the
rounds is printed: the machine's own moods then hit all alike. What is not
installed is left out (``pip install -e '.[bench,fast]'``).

Other validators are given the same records; those that know other schemas
(pydantic, msgspec) are given the types of the records written by hand, which
check far less than the schemas.
"""

from __future__ import annotations

import gc
import io
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
from copy import deepcopy
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import ct_trafficking_resources as ctr
from ct_trafficking_resources.checks import schemas
from ct_trafficking_resources.checks.schemas import schema_registry
from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.updates import bulk, edits
from ct_trafficking_resources.updates.check import check_update

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5
KINDS = ("organization", "help-channel", "task-force", "law")


def documents(count: int, invalid: float) -> list[dict[str, Any]]:
    """Return the shipped records again and again, some with a mistake."""
    shipped = [encode(record) for record in ctr.load()]
    chance = random.Random(5)  # noqa: S311 - the same records every time
    chosen = [deepcopy(shipped[number % len(shipped)]) for number in range(count)]
    for document in chosen:
        if chance.random() < invalid:
            document["summary"] = "x" * 900
            document["colour"] = "red"
    return chosen


# --- the ways to validate ------------------------------------------------------


def naive_schema() -> dict[str, Any]:
    """Return the shape most schemas have: alternatives, a common base, one closed root."""
    parts = {kind: deepcopy(schemas.self_contained(kind)) for kind in KINDS}
    common = ("kind", "id", "name", "summary", "evidence", "note")
    base = {
        "type": "object",
        "properties": {key: parts["law"]["properties"][key] for key in common if key != "kind"},
        "required": ["id", "name", "summary", "evidence"],
    }
    for part in parts.values():
        del part["additionalProperties"]
        part["allOf"] = [*part.get("allOf", ()), base]
        part["unevaluatedProperties"] = False
    return {"oneOf": list(parts.values())}


def plain_naive() -> Callable[[list[bytes]], int]:
    from jsonschema import Draft202012Validator

    judge = Draft202012Validator(naive_schema())
    return lambda lines: sum(1 for line in lines if list(judge.iter_errors(json.loads(line))))


def plain_best() -> Callable[[list[bytes]], int]:
    """Jsonschema in a loop over our own schemas, the kind picked in Python."""
    from jsonschema import Draft202012Validator

    judges = {
        kind: Draft202012Validator(
            json.loads(schemas.schema_text(kind)), registry=schema_registry()
        )
        for kind in KINDS
    }

    def run(lines: list[bytes]) -> int:
        read = map(json.loads, lines)
        return sum(1 for one in read if list(judges[one["kind"]].iter_errors(one)))

    return run


def plain_inlined() -> Callable[[list[bytes]], int]:
    """The same, with our schemas after their references were put in place."""
    from jsonschema import Draft202012Validator

    judges = {kind: Draft202012Validator(schemas.self_contained(kind)) for kind in KINDS}

    def run(lines: list[bytes]) -> int:
        read = map(json.loads, lines)
        return sum(1 for one in read if list(judges[one["kind"]].iter_errors(one)))

    return run


def fastjsonschema_() -> Callable[[list[bytes]], int]:
    import fastjsonschema

    def draft_7(schema: dict[str, Any]) -> dict[str, Any]:
        # It puts \\Z in the place of every dollar sign, even where that is no anchor.
        plain = json.dumps(schema).replace("#$&", r"#\\x24&")
        return {**json.loads(plain), "$schema": "http://json-schema.org/draft-07/schema#"}

    judges = {kind: fastjsonschema.compile(draft_7(schemas.self_contained(kind))) for kind in KINDS}

    def run(lines: list[bytes]) -> int:
        wrong = 0
        for one in map(json.loads, lines):
            try:
                judges[one["kind"]](one)
            except fastjsonschema.JsonSchemaException:
                wrong += 1
        return wrong

    return run


def jsonschema_rs_() -> Callable[[list[bytes]], int]:
    import jsonschema_rs

    judges = {
        kind: jsonschema_rs.Draft202012Validator(schemas.self_contained(kind)) for kind in KINDS
    }

    def run(lines: list[bytes]) -> int:
        read = map(json.loads, lines)
        return sum(1 for one in read if list(judges[one["kind"]].iter_errors(one)))

    return run


def check_jsonschema_() -> Callable[[list[bytes]], int]:
    """The command, with its start: one file with a list of the records."""
    if find_spec("check_jsonschema") is None:
        raise ImportError
    branches = [
        {"if": {"properties": {"kind": {"const": kind}}}, "then": schemas.self_contained(kind)}
        for kind in KINDS
    ]

    def run(lines: list[bytes]) -> int:
        with tempfile.TemporaryDirectory() as folder:
            schema, data = Path(folder, "schema.json"), Path(folder, "data.json")
            schema.write_text(json.dumps({"items": {"allOf": branches}}), encoding="utf-8")
            data.write_bytes(b"[" + b",".join(lines) + b"]")
            command = [sys.executable, "-m", "check_jsonschema", "-o", "json", "--schemafile"]
            done = subprocess.run(
                [*command, str(schema), str(data)], check=False, capture_output=True
            )
        errors = json.loads(done.stdout)["errors"]
        return len({re.match(r"\$\[[0-9]+\]", one["path"])[0] for one in errors})

    return run


def pydantic_() -> Callable[[list[bytes]], int]:
    from pydantic import TypeAdapter, ValidationError

    judge = TypeAdapter(typed_record("pydantic"))

    def run(lines: list[bytes]) -> int:
        wrong = 0
        for line in lines:
            try:
                judge.validate_json(line)
            except ValidationError:
                wrong += 1
        return wrong

    return run


def msgspec_() -> Callable[[list[bytes]], int]:
    import msgspec

    judge = msgspec.json.Decoder(typed_record("msgspec"))

    def run(lines: list[bytes]) -> int:
        wrong = 0
        for line in lines:
            try:
                judge.decode(line)
            except msgspec.ValidationError:
                wrong += 1
        return wrong

    return run


def typed_record(library: str) -> Any:
    """Return the common part of a record as a type of that library, by hand."""
    from typing import Annotated, NotRequired

    from typing_extensions import TypedDict

    if library == "pydantic":
        from pydantic import Field

        limit = Field(max_length=800, min_length=1)
    else:
        from msgspec import Meta

        limit = Meta(max_length=800, min_length=1)
    line = Annotated[str, limit]
    contact = TypedDict(  # noqa: UP013 - the line is a value
        "contact",
        {
            "id": line,
            "mode": line,
            "kind": line,
            "value": line,
            "display": line,
            "evidence": dict[str, Any],
            "label": NotRequired[line],
            "note": NotRequired[line],
        },
    )
    return TypedDict(
        "record",
        {
            "kind": line,
            "id": line,
            "name": line,
            "summary": line,
            "evidence": dict[str, Any],
            "contacts": NotRequired[list[contact]],
        },
    )


def checked(jobs: int = 1, *, fast: bool, schema_only: bool) -> Callable[[list[bytes]], int]:
    """Our own check of a stream: findings with their places in the lines."""

    def run(lines: list[bytes]) -> int:
        quick = schemas._quick_judge, schemas._part_fits  # noqa: SLF001
        if not fast:
            # as if the extra were not installed
            schemas._quick_judge = lambda _: lambda _: False  # noqa: SLF001
            schemas._part_fits = lambda *_: False  # noqa: SLF001
        try:
            stream = io.BytesIO(b"".join(lines))
            found = bulk.check_lines(stream, jobs=jobs, schema_only=schema_only)
            return sum(1 for line in found if any(one.severity == "error" for one in line.findings))
        finally:
            schemas._quick_judge, schemas._part_fits = quick  # noqa: SLF001

    return run


WAYS: dict[str, Callable[[], Callable[[list[bytes]], int]]] = {
    "jsonschema, loop, our schemas": plain_best,
    "jsonschema, loop, naive shape (oneOf, allOf)": plain_naive,
    "jsonschema, loop, references put in place": plain_inlined,
    "this package, schema": lambda: checked(fast=False, schema_only=True),
    "this package, everything": lambda: checked(fast=False, schema_only=False),
    "this package, schema [fast]": lambda: checked(fast=True, schema_only=True),
    "this package, everything [fast]": lambda: checked(fast=True, schema_only=False),
    "this package, everything [fast], 2 jobs": lambda: checked(2, fast=True, schema_only=False),
    "jsonschema-rs, its own errors": jsonschema_rs_,
    "fastjsonschema, first error": fastjsonschema_,
    "pydantic, types by hand": pydantic_,
    "msgspec, types by hand, first error": msgspec_,
    "check-jsonschema, command": check_jsonschema_,
}


def bulk_table(count: int) -> None:
    for invalid in (0.0, 0.05):
        lines = [json.dumps(one).encode() + b"\n" for one in documents(count, invalid)]
        best: dict[str, float] = {}
        wrong: dict[str, int] = {}
        runs = {}
        for name, make in WAYS.items():
            try:
                runs[name] = make()
            except ImportError:
                print(f"{name}: not installed")
        for _ in range(ROUNDS):
            for name, run in runs.items():
                gc.collect()
                start = perf_counter()
                wrong[name] = run(lines)
                best[name] = min(best.get(name, 9e9), perf_counter() - start)
        print(f"\n{count} records, {invalid:.0%} invalid")
        base = best["jsonschema, loop, our schemas"]
        for name, seconds in best.items():
            rate = count / seconds
            print(f"  {name:48}{rate:10,.0f} a second {base / seconds:7.1f} x{wrong[name]:7} wrong")


# --- cold start ------------------------------------------------------------------


def cold_table() -> None:
    """Start a process for one update; bytecode may be written, as for users.

    Install the wheel to measure what users have: an editable install looks
    longer for its modules.
    """
    environment = {**os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    right = one_record()
    wrong = {**right, "role": ""}
    with tempfile.TemporaryDirectory() as folder:
        file, mistaken = Path(folder, "form.json"), Path(folder, "mistaken.json")
        file.write_text(json.dumps(right), encoding="utf-8")
        mistaken.write_text(json.dumps(wrong), encoding="utf-8")
        schema = Path(folder, "update.schema.json")
        schema.write_text(json.dumps(schemas.self_contained("update")), encoding="utf-8")
        check = "import ct_trafficking_resources as ctr; assert ctr.check_update({!r}).ok is {}"
        command = ["-m", "ct_trafficking_resources", "validate", str(file)]
        other = ["-m", "check_jsonschema", "--schemafile", str(schema), str(file)]
        ways = {
            "import jsonschema": ["-c", "import jsonschema"],
            "check_update, one record": ["-c", check.format(str(file), "True")],
            "check_update, one mistake": ["-c", check.format(str(mistaken), "False")],
            "ct-resources validate FILE": command,
            "check-jsonschema FILE": other,
        }
        took: dict[str, list[float]] = {}
        for number in range(ROUNDS * 4 + 1):
            for name, arguments in ways.items():
                start = perf_counter()
                done = subprocess.run(
                    [sys.executable, *arguments], capture_output=True, check=False, env=environment
                )
                if number and done.returncode == 0:
                    took.setdefault(name, []).append(perf_counter() - start)
    base = took["import jsonschema"]
    print(f"  {'':32}{'best':>14}{'median':>19}")
    for name, seconds in took.items():
        shown = (
            f"{way(seconds) * 1000:8.0f} ms {way(seconds) / way(base):6.2f} x"
            for way in (min, median)
        )
        print(f"  {name:32}{''.join(shown)}")


def one_record() -> dict[str, Any]:
    """Return an update that changes one number of one record, and may go in."""
    directory = ctr.load()
    source = {
        "url": "https://www.bridgeportct.gov/contact",
        "title": "Contact",
        "kind": "operator",
        "read": directory.released.isoformat(),
        "says": "Dispatch 203-576-2300",
    }
    record = edits.as_submitted(directory.organization("pd-bridgeport"))
    record["contacts"][0].update(value="+12035762300", display="203-576-2300")
    form = {
        "schema": "urn:ct-trafficking-resources:schemas:update",
        "edition": directory.edition,
        "submitted_by": "pd-bridgeport",
        "role": "Records clerk",
        "submitted_on": directory.released.isoformat(),
        "sources": [source],
        "records": [record],
    }
    assert check_update(json.dumps(form).encode(), on=directory.released).ok
    return form


def memory_table(count: int) -> None:
    """Check a stream of records that is made while it is read."""
    shipped = [json.dumps(encode(record)).encode() + b"\n" for record in ctr.load()]

    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.left = count

        def readable(self) -> bool:
            return True

        def readline(self, _size: int | None = -1) -> bytes:
            self.left -= 1
            return shipped[self.left % len(shipped)] if self.left >= 0 else b""

    def peak() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    before, start = peak(), perf_counter()
    for seen, line in enumerate(bulk.check_lines(Endless()), 1):
        if seen in {1_000, 10_000, count}:
            took = perf_counter() - start
            print(f"  after {line.number:8,} records: peak {peak():6.1f} MB, {took:6.1f} s")
    print(f"  before the first: {before:.1f} MB")


if __name__ == "__main__":
    what = sys.argv[1] if len(sys.argv) > 1 else "bulk"
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000  # noqa: PLR2004
    {"bulk": bulk_table, "memory": memory_table}.get(what, lambda _: cold_table())(number)
