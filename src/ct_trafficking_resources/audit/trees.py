"""Which files of a tree are looked at.

What git ignores is passed over, with the rules of every ``.gitignore`` from the
top of the repository down; links are not followed, so that nothing outside the
tree is read; a file that is named itself is always looked at.
"""

from __future__ import annotations

import os
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathspec import GitIgnoreSpec

_OWN = frozenset({".git", ".hg", ".svn", ".jj"})
"""What belongs to the version control itself."""


class _Ignored(NamedTuple):
    """The rules of one ``.gitignore``, and the folder that they are relative to."""

    folder: str
    spec: GitIgnoreSpec


def files(path: str) -> Iterator[str]:
    """Yield the files below a path in a stable order, or the path itself if it is a file.

    Raises:
        OSError: The path does not exist or cannot be read.
    """
    if not os.path.isdir(path):
        os.stat(path)
        yield path
        return
    waiting = [(path, _above(path))]
    while waiting:
        folder, rules = waiting.pop()
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=attrgetter("name"))
        if any(entry.name == ".gitignore" for entry in listed):
            rules = (*rules, *_read(folder, ".gitignore"))
        inner = []
        for entry in listed:
            if entry.is_file(follow_symlinks=False):
                if not _is_ignored(entry.path, rules, is_folder=False):
                    yield entry.path
            elif entry.is_dir(follow_symlinks=False) and entry.name not in _OWN:
                if not _is_ignored(entry.path, rules, is_folder=True):
                    inner.append((entry.path, rules))
        waiting += reversed(inner)


def _above(path: str) -> tuple[_Ignored, ...]:
    """Return the rules of the folders above, up to the top of the repository."""
    rules: list[_Ignored] = []
    folder = os.path.abspath(path)
    above: list[str] = []
    while not os.path.exists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return ()
        folder = parent
        above.append(folder)
    rules += _read(folder, os.path.join(".git", "info", "exclude"))
    for one in reversed(above):
        rules += _read(one, ".gitignore")
    return tuple(rules)


def _read(folder: str, name: str) -> list[_Ignored]:
    from pathspec import GitIgnoreSpec

    try:
        with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
            return [_Ignored(os.path.abspath(folder), GitIgnoreSpec.from_lines(file))]
    except OSError:
        return []


def _is_ignored(path: str, rules: tuple[_Ignored, ...], *, is_folder: bool) -> bool:
    """Tell whether the nearest rule that speaks about a path ignores it."""
    if not rules:
        return False
    whole = os.path.abspath(path)
    for one in reversed(rules):
        relative = os.path.relpath(whole, one.folder).replace(os.sep, "/")
        verdict = one.spec.check_file(relative + "/" if is_folder else relative).include
        if verdict is not None:
            return verdict
    return False
