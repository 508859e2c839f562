"""The audit of files and trees.

A file is read once; its bytes tell whether it can matter, and only then is it
decoded and looked at. A file longer than a window is read in windows, so that
no file takes more memory than that.
"""

from __future__ import annotations

import os
from stat import S_ISREG
from typing import IO, TYPE_CHECKING

from ct_trafficking_resources.audit import policy, rules
from ct_trafficking_resources.audit.engine import Lines, examine, finding, ignored, kit_for, settle
from ct_trafficking_resources.audit.scene import Draft, Scene
from ct_trafficking_resources.audit.sources import Window, decoded, encoding_of, windows
from ct_trafficking_resources.audit.trees import files
from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.errors import NotReadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ct_trafficking_resources.audit.engine import Kit
    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.edition.directory import Directory

_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_LIKE_ASCII = frozenset({"utf-8", "utf-8-sig"})


def scan(
    paths: Iterable[str | os.PathLike[str]],
    directory: Directory | None = None,
    *,
    hand_typed: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Iterator[Finding]:
    """Yield what is wrong with the contacts in files and trees, file by file.

    Args:
        paths: Files and folders. What git ignores below a folder is passed
            over, links are not followed.
        directory: What to compare with; the newest edition if not given.
        hand_typed: Also name what is right but typed in by hand.
        progress: Is told the name of each file before it is read.

    Raises:
        OSError: One of *paths* does not exist.
    """
    kit = kit_for(directory or load())
    for path in paths:
        for name in files(os.fspath(path)):
            if progress is not None:
                progress(name)
            yield from _scan_file(name, kit, hand_typed=hand_typed)


def scan_stream(
    file: IO[bytes],
    name: str,
    directory: Directory | None = None,
    *,
    hand_typed: bool = False,
) -> Iterator[Finding]:
    """Yield what is wrong with the contacts in an open file, up to the bytes that are read of one.

    Args:
        file: Open for reading bytes.
        name: What it is called in the findings.
        directory: What to compare with; the newest edition if not given.
        hand_typed: Also name what is right but typed in by hand.
    """
    try:
        yield from _long(file, name, kit_for(directory or load()), hand_typed=hand_typed)
    except NotReadable as error:
        yield from _not_read(error, name)


def _scan_file(name: str, kit: Kit, *, hand_typed: bool) -> Iterator[Finding]:
    try:
        descriptor = os.open(name, _READING)
        try:
            data = _whole(descriptor)
            if data is not None:
                yield from _short(data, name, kit, hand_typed=hand_typed)
            else:
                from ct_trafficking_resources.checks.strict_json import check_file

                check_file(descriptor, pipes=True)
                with open(descriptor, "rb", buffering=0, closefd=False) as file:
                    yield from _long(file, name, kit, hand_typed=hand_typed)
        finally:
            os.close(descriptor)
    except (OSError, NotReadable) as error:
        yield from _not_read(error, name)


def _not_read(error: OSError | NotReadable, name: str) -> Iterator[Finding]:
    for draft in _unreadable(error):
        yield finding(draft, "", Lines(""), name)


@rules.finds(rules.UNREADABLE)
def _unreadable(error: OSError | NotReadable) -> Iterator[Draft]:
    why = error.message if isinstance(error, NotReadable) else error.strerror or str(error)
    yield Draft(rule=rules.UNREADABLE, start=0, end=0, why=why.rstrip("."))


def _whole(descriptor: int) -> bytes | None:
    """Return what a file holds if it is shorter than a window, in one read.

    Thousands of files are read so; the files of Python take twice as long to open.
    """
    status = os.fstat(descriptor)
    if not S_ISREG(status.st_mode) or status.st_size >= policy.WINDOW:
        return None
    data = os.read(descriptor, status.st_size + 1)
    if len(data) <= status.st_size:
        return data
    os.lseek(descriptor, 0, os.SEEK_SET)
    return None


def _short(data: bytes, name: str, kit: Kit, *, hand_typed: bool) -> Iterator[Finding]:
    encoding = encoding_of(data)
    if encoding is None:
        return
    if encoding not in _LIKE_ASCII or kit.prefilter.matters(data):
        window = Window.whole(decoded(data, encoding))
        yield from _window(window, name, kit, hand_typed=hand_typed)


def _long(file: IO[bytes], name: str, kit: Kit, *, hand_typed: bool) -> Iterator[Finding]:
    head = file.read(policy.WINDOW)
    encoding = encoding_of(head)
    if encoding is None:
        return
    for window in windows(file, head, encoding):
        if kit.prefilter.matters(window.text.encode("utf-8", "replace")):
            yield from _window(window, name, kit, hand_typed=hand_typed)


def _window(window: Window, name: str, kit: Kit, *, hand_typed: bool) -> Iterator[Finding]:
    scene = Scene(text=window.text, known=kit.known, names=kit.names)
    drafts = [
        draft
        for draft in examine(scene, hand_typed=hand_typed)
        if window.first <= draft.start < window.last
    ]
    if not drafts and policy.IGNORE not in window.text:
        return
    lines = Lines(window.text, window.line, window.column)
    for draft in settle(ignored(window.text, drafts, lines)):
        if window.first <= draft.start < window.last:
            yield finding(draft, window.text, lines, name)
