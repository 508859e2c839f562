"""The bytes of a submitted file, or a finding that says why there are none.

A file comes from outside: it may be a pipe that never ends, a folder, or a
file that someone is still writing. It is opened without waiting, looked at,
and read up to the limit and no further.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from ct_trafficking_resources.findings import Finding, Place, error_at

if TYPE_CHECKING:
    from pathlib import Path

_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISDIR, "This is a folder, not a file.", "Name the file inside it."),
    (stat.S_ISFIFO, "This is a pipe, not a file.", "Write its content to a file first."),
)


def load(path: Path, name: str, most: int) -> bytes | Finding:
    """Return the bytes of a file, at most *most* of them.

    Args:
        path: The file.
        name: What to call it in a finding.
        most: How many bytes it may have.
    """
    try:
        handle = os.open(path, _OPEN)
    except (OSError, ValueError) as error:
        return _unreadable(name, getattr(error, "strerror", None) or str(error))
    try:
        return _read(handle, name, most) or empty(name)
    except OSError as error:
        return _unreadable(name, error.strerror or str(error))
    finally:
        os.close(handle)


def _read(handle: int, name: str, most: int) -> bytes | Finding:
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):
        return _not_a_file(name, before.st_mode)
    if before.st_size > most:
        return too_large(name, before.st_size, most)
    data = bytearray()
    while len(data) <= most and (piece := os.read(handle, most + 1 - len(data))):
        data += piece
    after = os.fstat(handle)
    if not before.st_size == len(data) == after.st_size or before.st_mtime_ns != after.st_mtime_ns:
        return _finding(
            "CTR011",
            name,
            "The file changed while it was read.",
            "Close it in other programs, wait until it is copied, then try again.",
        )
    return bytes(data)


def too_large(name: str, size: int, most: int) -> Finding:
    """Return the finding that a file has too many bytes."""
    return _finding(
        "CTR001",
        name,
        f"The file has {size:,} bytes; at most {most:,} are read.",
        "Send the form only, without pictures; several organizations send several files.",
    )


def empty(name: str) -> Finding:
    """Return the finding that a file has no bytes."""
    return _finding(
        "CTR013",
        name,
        "The file is empty.",
        "Save the form again; `ct-resources template ORGANIZATION` draws a new one.",
    )


def _not_a_file(name: str, mode: int) -> Finding:
    words = ((message, hint) for is_kind, message, hint in _KINDS if is_kind(mode))
    message, hint = next(words, ("This is a device, not a file.", "Name a file."))
    return _finding("CTR010", name, message, hint)


def _unreadable(name: str, reason: str) -> Finding:
    return _finding(
        "CTR010",
        name,
        f"The file cannot be read: {reason}.",
        "Check the name, and that you may read it.",
    )


def _finding(rule: str, name: str, message: str, hint: str) -> Finding:
    return error_at(rule, Place(file=name), message, hint)
