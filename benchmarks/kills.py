"""Commands that write: killed at every step, and on a disk that is full from some write on.

`reliability.py` runs this. POSIX only. A step is whatever the process asks of the file
system, from the first thing it writes.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import doors

from ct_trafficking_resources.publishing import build, folder as records_folder, release
from ct_trafficking_resources.updates.apply import apply_update
from ct_trafficking_resources.updates.template import template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

State = dict[str, bytes]
_WRITES = ("os.mkdir", "os.remove", "os.rename")
_NEW = (".journal", ".new")
_ORGANIZATION = "pd-bridgeport"


class Command(NamedTuple):
    """A command that writes.

    Attributes:
        name: Its name.
        prepare: Lays out the files that it works on, below a folder.
        run: Runs it on them.
    """

    name: str
    prepare: Callable[[Path], None]
    run: Callable[[Path], object]


def _lay_out(root: Path) -> None:
    doors.write_records(root / "records")
    shutil.copytree(doors.DATA, root / "data", ignore=shutil.ignore_patterns("update-form"))
    (root / "CHANGELOG.md").write_text("# Changelog\n", encoding="utf-8")


def _release(root: Path) -> None:
    number = f"{doors.DAY.year}.{doors.DAY.month}.0"
    places = (root / "records", root / "data", root / "CHANGELOG.md")
    release.write(release.release(number, *places, doors.DAY))


def _lay_out_form(root: Path) -> None:
    doors.write_records(root / "records")
    form = json.loads(template(_ORGANIZATION, "json", doors.DIRECTORY))
    form |= {"role": "Records clerk", "submitted_on": doors.DAY.isoformat()}
    form["records"][0]["note"] = "Another note."
    (root / "form.json").write_text(json.dumps(form), encoding="utf-8")


def _apply(root: Path) -> None:
    apply_update(root / "form.json", root / "records", submitted_by=_ORGANIZATION, on=doors.DAY)


def _lay_out_loosely(root: Path) -> None:
    doors.write_records(root / "records")
    for path in sorted((root / "records").rglob("*.json"))[:5]:
        path.write_text(json.dumps(json.loads(path.read_bytes())), encoding="utf-8")


def _format(root: Path) -> None:
    build.format_records(root / "records")


COMMANDS = (
    Command("release", _lay_out, _release),
    Command("apply", _lay_out_form, _apply),
    Command("build --format-records", _lay_out_loosely, _format),
)


def _state(root: Path) -> State:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def _is_stopped(
    hook: Callable[[str, Any], None], run: Callable[[Path], object], root: Path
) -> bool:
    """Run a command in a process of its own, with an audit hook; tell whether it was stopped."""
    child = os.fork()
    if not child:
        status = 1
        with suppress(OSError):
            sys.addaudithook(hook)
            run(root)
            status = 0
        os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def _kill(step: int) -> Callable[[str, Any], None]:
    """Return a hook that kills the process at a step."""
    left, has_begun = step, False

    def watch(event: str, arguments: Any) -> None:
        nonlocal left, has_begun
        has_begun |= event in _WRITES
        has_begun |= event == "open" and str(arguments[0]).endswith(_NEW)
        if has_begun and event.partition(".")[0] in {"open", "os"}:
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    return watch


def _fill(step: int) -> Callable[[str, Any], None]:
    """Return a hook that lets every write fail from one on: the disk is full."""
    left = step

    def watch(event: str, arguments: Any) -> None:
        nonlocal left
        is_write = event == "open" and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
        if is_write or event == "os.mkdir":
            left -= 1
            if left <= 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return watch


def kills(root: Path) -> Iterator[tuple[str, str, str, str]]:
    """Stop each command at every step.

    Yields:
        The command and what stops it; which state it left, ``old``, ``new`` or
        ``mixed``; which there is once the folder was read again; and which once the
        command was run again.
    """
    for command in COMMANDS:
        fresh, work = root / "fresh", root / "work"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        command.prepare(fresh)
        old = _state(fresh)
        _lay(fresh, work)
        command.run(work)
        new = _state(work)
        for hook, what in ((_kill, "killed"), (_fill, "disk full")):
            for step in count(1):
                _lay(fresh, work)
                if not _is_stopped(hook(step), command.run, work):
                    break
                left = _which(_state(work), old, new)
                records_folder.read(work / "records")
                read = _which(_state(work), old, new)
                command.run(work)
                yield f"{command.name}, {what}", left, read, _which(_state(work), old, new)


def _lay(fresh: Path, work: Path) -> None:
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(fresh, work)


def _which(state: State, old: State, new: State) -> str:
    return "old" if state == old else "new" if state == new else "mixed"
