"""The tools of the observations: a scratch folder, a fixed day, a command line, and
the text of findings and refusals.

Only the public names of the package are used here, so that modules may move. Nothing
that differs between two machines gets into a text: folders become markers, the width of
the terminal and the day are fixed.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
import shutil
import sys
import tempfile
import types
import warnings
from contextlib import ExitStack, chdir, contextmanager
from copy import deepcopy
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import ct_trafficking_resources as ctr
import sample_data
from ct_trafficking_resources.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases"
"""Where the cases stand. Entries are named relative to it, so the folder may move."""

INPUTS = Path(__file__).parents[1] / "inputs"
"""Inputs that only the baseline has."""

DAY = dt.date(2026, 11, 30)
"""The day on which everything is looked at."""

ON = DAY.isoformat()
NUMBERS = ("2015.11.0", "2018.2.0", "2026.11.0")
NEWEST = NUMBERS[-1]
REPORT_FORMS = ("text", "markdown", "json", "sarif", "github")

Entry = tuple[str, str | bytes]
"""Name and content of one thing that was observed."""


# --- editions and cases --------------------------------------------------------------


@cache
def edition(number: str) -> ctr.Directory:
    """Return an edition of the package, without its warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ctr.WithdrawnEditionWarning)
        return ctr.load(number)


def load_own(path: str, sha256: str | None) -> ctr.Directory:
    """Return an edition file of one's own, as of the fixed day if its values have dates."""
    return ctr.load(path, sha256=sha256).as_of(DAY)


def case_files(folder: str, pattern: str = "*") -> list[Path]:
    """Return the files of a folder of cases that the baseline knows, by name.

    A case that is added later has a test of its own, and is no change of behavior.
    """
    known = _known_names()
    return sorted(
        path
        for path in (CASES / folder).rglob(pattern)
        if path.is_file() and (not known or known & {path.name, path.stem})
    )


@cache
def _known_names() -> frozenset[str]:
    """Return the parts of the names of all entries in the baseline."""
    folder = Path(__file__).parents[1]
    if not (folder / "baseline.json").is_file():
        return frozenset()
    entries = [*json.loads((folder / "baseline.json").read_text(encoding="utf-8"))]
    for change in json.loads((folder / "baseline-changes.json").read_text(encoding="utf-8")):
        entries += change["entries"]
    return frozenset(part for entry in entries for part in entry.split("/"))


def case_name(path: Path) -> str:
    """Return the name of a case: its path in the folder of cases."""
    return path.relative_to(CASES).as_posix()


def read_case(name: str) -> Any:
    """Return the JSON of a case."""
    return json.loads((CASES / name).read_text(encoding="utf-8"))


def example() -> dict[str, Any]:
    """Return the fictional records of the cases, free to be changed."""
    return deepcopy(_example())


@cache
def _example() -> dict[str, Any]:
    return read_case("example.json")


def patched(document: Any, steps: list[dict[str, Any]]) -> Any:
    """Apply a JSON Patch (RFC 6902: add, replace, remove) to a copy of a document."""
    document = deepcopy(document)
    for step in steps:
        *way, last = step["path"].split("/")[1:]
        target = document
        for key in way:
            target = target[int(key) if isinstance(target, list) else key]
        if isinstance(target, list):
            last = len(target) if last == "-" else int(last)
        if step["op"] == "remove":
            del target[last]
        elif step["op"] == "add" and isinstance(target, list):
            target.insert(last, step["value"])
        else:
            target[last] = step["value"]
    return document


# --- what is written down ------------------------------------------------------------


def as_json(value: Any) -> str:
    """Return a JSON document as text; what JSON does not know becomes its `str`."""
    return json.dumps(value, ensure_ascii=True, indent=1, default=str) + "\n"


PLACE = ("file", "pointer", "line", "column", "end_line", "end_column", "sheet", "cell")
FINDING = ("rule", "severity", "message", "hint", "found", "record", "replacement", "expression")


def findings_text(findings: Any) -> str:
    """Return every attribute of every finding."""
    told = [
        {
            **{key: getattr(one.place, key) for key in PLACE},
            **{key: getattr(one, key) for key in FINDING},
            "str": str(one),
        }
        for one in findings
    ]
    return as_json(
        [{key: value for key, value in one.items() if value is not None} for one in told]
    )


def refusal_text(error: BaseException) -> str:
    """Return the class and the message of an exception, and its findings."""
    findings = getattr(error, "findings", ())
    more = findings_text(findings) if findings else ""
    return f"{type(error).__name__}: {error}\n{more}"


def attempt(call: Callable[[], Any], show: Callable[[Any], str] = str) -> str:
    """Return what a call gives, as text, or how it is refused; warnings come first."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ctr.WithdrawnEditionWarning)
        try:
            text = show(call())
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is observed
            text = refusal_text(error)
    told = [one for one in caught if isinstance(one.message, ctr.WithdrawnEditionWarning)]
    return "".join(f"warning: {one.message}\n" for one in told) + text


def slug(text: object) -> str:
    """Return a text as a part of the name of an entry."""
    return re.sub(r"[^A-Za-z0-9._=+@,-]+", "-", str(text)).strip("-")[:60] or "empty"


# --- the scratch folder --------------------------------------------------------------


@contextmanager
def scratch() -> Iterator[Path]:
    """Work in an empty folder that is gone afterwards; names in it are relative."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        yield Path()


def copied_cases(*names: str) -> None:
    """Copy folders of cases into the present folder, as they are named."""
    for name in names:
        shutil.copytree(CASES / name, name)


def copied_records() -> None:
    """Write the records of the sample into the present folder."""
    sample_data.write_records(Path("records"))


def write_json(name: str, document: Any) -> str:
    """Write a document in the present folder; return its SHA-256."""
    content = document if isinstance(document, bytes) else json.dumps(document, indent=1).encode()
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return sha256(content).hexdigest()


def files_text(folder: str) -> str:
    """Return name and digest of every file in a folder."""
    paths = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    return "".join(f"{sha256(path.read_bytes()).hexdigest()} {path.as_posix()}\n" for path in paths)


def without_folders(text: str) -> str:
    """Return a text with markers in the place of the folders of this machine."""
    marked = {os.path.realpath(os.curdir): "<scratch>", str(ROOT): "<root>"}
    for folder, marker in marked.items():
        text = text.replace(folder, marker)
    return text


# --- the clock -----------------------------------------------------------------------


class _Meta(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, dt.datetime)


def _stopped(moment: dt.datetime) -> type:
    """Return a class in the place of `datetime`, for which it is always one moment."""
    real = dt.datetime

    class Stopped(real, metaclass=_Meta):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Any:
            # A moment of the real class: it never becomes the machine's local time.
            return _Local.of(moment.astimezone(tz or dt.UTC))

        @classmethod
        def today(cls) -> Any:
            return cls.now().replace(tzinfo=None)

    return Stopped


class _Local(dt.datetime):
    """A moment whose local time is the one it has already."""

    @classmethod
    def of(cls, moment: dt.datetime) -> _Local:
        parts = moment.timetuple()[:6]
        return cls(*parts, tzinfo=moment.tzinfo)

    def astimezone(self, tz: dt.tzinfo | None = None) -> dt.datetime:
        return self if tz is None else super().astimezone(tz)


@contextmanager
def stopped_clock(day: dt.date) -> Iterator[None]:
    """Make it noon (UTC) of a day for every module of the package that is imported.

    It looks for whatever names `datetime` in them, so that modules may be renamed.
    """
    stopped = _stopped(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC))
    module = types.SimpleNamespace(**{**vars(dt), "datetime": stopped})
    ours = [
        one for name, one in sys.modules.items() if name.partition(".")[0] == ctr.__name__ and one
    ]
    with ExitStack() as stack:
        for one in ours:
            for name, value in list(vars(one).items()):
                if value is dt:
                    stack.enter_context(patch.object(one, name, module))
                elif isinstance(value, type) and issubclass(value, dt.datetime):
                    stack.enter_context(patch.object(one, name, stopped))
        yield


# --- the command line ----------------------------------------------------------------

_ENVIRONMENT = {"COLUMNS": "80", "LINES": "24", "TERM": "dumb", "LANG": "C.UTF-8"}
_UNSET = ("NO_COLOR", "FORCE_COLOR", "LC_ALL", "LANGUAGE", "GITHUB_ACTIONS")
_VERSION = re.compile(r'("name": "ct-trafficking-resources",\s+"version": )"[^"]*"')


def command(
    *arguments: str, stdin: bytes = b"", files: tuple[str, ...] = (), day: dt.date | None = None
) -> str:
    """Run the command line in this process; return all that is seen of it.

    Args:
        arguments: What is typed after the name of the command.
        stdin: What is piped to it.
        files: Files that it writes, which are seen as well.
        day: The day that the clock says, for commands that ask it.

    Returns:
        The exit status, standard output, standard error and the files.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    environment = {key: value for key, value in os.environ.items() if key not in _UNSET}
    started = sys.modules["__main__"]
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, {**environment, **_ENVIRONMENT}, clear=True))
        stack.enter_context(patch.object(started, "__package__", None, create=True))
        stack.enter_context(patch.object(sys, "argv", ["ct-resources"]))
        stack.enter_context(patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin))))
        stack.enter_context(patch.object(sys, "stdout", out))
        stack.enter_context(patch.object(sys, "stderr", err))
        if day is not None:
            stack.enter_context(stopped_clock(day))
        status = _status([str(one) for one in arguments])  # of enums, plain strings
    typed = " ".join(ascii(one) if not one.isascii() or " " in one else one for one in arguments)
    parts = [f"$ ct-resources {typed}\nexit status {status}\n"]
    for name, stream in (("standard output", out), ("standard error", err)):
        stream.flush()
        parts.append(f"--- {name}\n{stream.buffer.getvalue().decode()}")  # type: ignore[attr-defined]
    for name in files:
        path = Path(name)
        told = path.read_bytes().decode(errors="replace") if path.is_file() else "(not written)\n"
        parts.append(f"--- file {name}\n{told}")
    return _VERSION.sub(r'\1"<version>"', without_folders("".join(parts)))


def _status(arguments: list[str]) -> str:
    try:
        main(arguments)
    except SystemExit as stopped:
        return str(stopped.code)
    except Exception as error:  # noqa: BLE001 - a traceback, which nobody should see
        return f"none: {type(error).__name__}: {error}"
    return "none"
