"""Which files of a tree are looked at.

What git ignores is passed over, with the rules of every ``.gitignore`` from the
top of the repository down; links are not followed, so that nothing outside the
tree is read; a file or folder that is named itself is always looked at.
"""

from __future__ import annotations

import os
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathspec import GitIgnoreSpec

_OWN = frozenset({".git", ".hg", ".svn", ".jj"})
"""What belongs to the version control itself."""


class _Ignored(NamedTuple):
    """The rules of one file, and the folder that they are relative to, with a slash behind."""

    folder: str
    spec: GitIgnoreSpec


def files(path: str) -> Iterator[str]:
    """Yield the files below a path in a stable order, or the path itself if it is a file.

    Also folders that cannot be read.

    Raises:
        OSError: The path does not exist.
    """
    root = Path(path)
    if not root.is_dir():
        root.stat()
        yield path
        return
    top = root.resolve()
    whole, rules = f"{top.as_posix()}/", _above(top)
    waiting = [(path, whole, () if _is_ignored(whole, rules) else rules)]
    while waiting:
        folder, whole, rules = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=attrgetter("name"))
        except OSError:
            yield folder  # Who reads it learns why.
            continue
        if any(entry.name == ".gitignore" for entry in listed):
            rules = (*rules, *_read(Path(folder), ".gitignore", whole))
        inner = []
        for entry in listed:
            name = whole + entry.name
            if entry.is_file(follow_symlinks=False):
                if not _is_ignored(name, rules):
                    yield entry.path
            elif entry.is_dir(follow_symlinks=False) and entry.name not in _OWN:
                inner.append((entry.path, f"{name}/", rules))
        waiting += (one for one in reversed(inner) if not _is_ignored(one[1], rules))


def _above(folder: Path) -> tuple[_Ignored, ...]:
    """Return the rules of the folders above, up to the top of the repository."""
    above = [*folder.parents][::-1]
    tops = [one for one in (*above, folder) if (one / ".git").exists()]
    if not tops:
        return ()
    top = tops[-1]
    rules = _read(top, ".git/info/exclude", f"{top.as_posix()}/")
    for one in above:
        if one.is_relative_to(top):
            rules += _read(one, ".gitignore", f"{one.as_posix()}/")
    return tuple(rules)


def _read(folder: Path, name: str, whole: str) -> list[_Ignored]:
    from pathspec import GitIgnoreSpec

    try:
        lines = (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [_Ignored(whole.replace("//", "/"), GitIgnoreSpec.from_lines(lines))]


def _is_ignored(name: str, rules: tuple[_Ignored, ...]) -> bool:
    """Tell whether the nearest rule that speaks about a file or ``folder/`` ignores it."""
    for one in reversed(rules):
        verdict = one.spec.check_file(name.removeprefix(one.folder)).include
        if verdict is not None:
            return verdict
    return False
