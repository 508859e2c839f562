"""Which files of a tree are looked at.

What git ignores is passed over, with the rules of every ``.gitignore`` from the
top of the repository down. What git tracks is looked at, whatever a rule says: it
is published with the rest. Links are not followed, so that nothing outside the
tree is read; a file or folder that is named itself is always looked at.
"""

from __future__ import annotations

import os
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from ct_trafficking_resources.errors import RefusedData

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathspec import GitIgnoreSpec

_OWN = frozenset({".git", ".hg", ".svn", ".jj"})
"""What belongs to the version control itself."""

_RULES, _INDEX = 1_000_000, 200_000_000
"""Bytes that are read of a file of rules, and of an index."""


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
    whole, repository = f"{top.as_posix()}/", _repository_of(top)
    rules = _above(top, repository)
    waiting = [(path, whole, () if _is_ignored(whole, rules) else rules, repository, False)]
    while waiting:
        folder, whole, rules, repository, ignored = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=attrgetter("name"))
        except OSError:
            yield folder  # Who reads it learns why.
            continue
        if any(entry.name == ".git" for entry in listed):
            repository = _Repository(whole)
        if any(entry.name == ".gitignore" for entry in listed):
            rules = (*rules, *_read(Path(folder), ".gitignore", whole))
        inner = []
        for entry, name in _named(listed, whole):
            passed_over = ignored or _is_ignored(name, rules)
            if passed_over and not (repository and name in repository.tracked):
                continue
            if name.endswith("/"):
                inner.append((entry.path, name, rules, repository, passed_over))
            else:
                yield entry.path
        waiting += reversed(inner)


def _named(listed: list[os.DirEntry[str]], whole: str) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Yield files and folders, each with its whole name, a folder with a slash behind."""
    for entry in listed:
        if entry.is_file(follow_symlinks=False):
            yield entry, whole + entry.name
        elif entry.is_dir(follow_symlinks=False) and entry.name not in _OWN:
            yield entry, f"{whole}{entry.name}/"


def _repository_of(folder: Path) -> _Repository | None:
    """Return the repository that a folder stands in, if it stands in one."""
    tops = (one for one in (folder, *folder.parents) if (one / ".git").exists())
    return next((_Repository(f"{top.as_posix()}/".replace("//", "/")) for top in tops), None)


def _above(folder: Path, repository: _Repository | None) -> tuple[_Ignored, ...]:
    """Return the rules of the folders above, up to the top of the repository."""
    if repository is None:
        return ()
    top = Path(repository.top)
    rules = _read(repository.folder, "info/exclude", f"{top.as_posix()}/")
    for one in [*folder.parents][::-1]:
        if one.is_relative_to(top):
            rules += _read(one, ".gitignore", f"{one.as_posix()}/")
    return tuple(rules)


def _read(folder: Path, name: str, whole: str) -> list[_Ignored]:
    from pathspec import GitIgnoreSpec

    lines = _bytes(folder / name, _RULES).decode("utf-8", "replace").splitlines()
    return [_Ignored(whole.replace("//", "/"), GitIgnoreSpec.from_lines(lines))] if lines else []


def _bytes(path: Path, most: int) -> bytes:
    """Return the bytes of a file, or none if it is not there or not as it should be."""
    from ct_trafficking_resources.edition.foreign import read_bytes

    try:
        return read_bytes(path, most)
    except RefusedData:
        return b""


def _is_ignored(name: str, rules: tuple[_Ignored, ...]) -> bool:
    """Tell whether the nearest rule that speaks about a file or ``folder/`` ignores it."""
    for one in reversed(rules):
        verdict = one.spec.check_file(name.removeprefix(one.folder)).include
        if verdict is not None:
            return verdict
    return False


# --- the index of git (gitformat-index) --------------------------------------------------

_HEAD = Struct(">4sLL")
_COMPRESSED = 4
"""The version in which a name begins like the one before it."""
_STATUS, _LONGER, _EIGHT, _MORE = 40, 0x4000, 8, 0x80


class _Repository:
    """A repository of git, of which the index is read.

    Attributes:
        top: Its top folder, with a slash behind.
    """

    def __init__(self, top: str) -> None:
        self.top = top

    @cached_property
    def folder(self) -> Path:
        """The folder in which git keeps what belongs to this work tree."""
        inside = Path(self.top, ".git")
        if inside.is_dir():
            return inside
        said = os.fsdecode(_bytes(inside, _RULES)).removeprefix("gitdir:").strip()
        return Path(self.top, said or ".git")

    @cached_property
    def tracked(self) -> frozenset[str]:
        """What git tracks, and the folders above it, each of those with a slash behind.

        Nothing if the index is not as it should be.
        """
        # The index may go on in shared ones.
        parts = (self.folder / "index", *self.folder.glob("sharedindex.*"))
        digest = self._digest
        names = {
            os.fsdecode(name) for part in parts for name in _names(_bytes(part, _INDEX), digest)
        }
        above = {name[: place + 1] for name in names for place in _slashes(name)}
        return frozenset(self.top + name for name in names | above)

    @property
    def _digest(self) -> int:
        """Bytes of the name of an object: of SHA-256 or SHA-1."""
        common = _bytes(self.folder / "commondir", _RULES).strip()
        return (
            32 if b"sha256" in _bytes(self.folder / os.fsdecode(common) / "config", _RULES) else 20
        )


def _slashes(name: str) -> Iterator[int]:
    place = name.find("/")
    while place >= 0:
        yield place
        place = name.find("/", place + 1)


def _names(data: bytes, digest: int) -> Iterator[bytes]:
    """Yield the names that an index holds, as far as it is one."""
    if len(data) < _HEAD.size:
        return
    mark, version, count = _HEAD.unpack_from(data)
    if mark != b"DIRC" or version > _COMPRESSED:
        return
    place, name = _HEAD.size, b""
    for _ in range(count):
        start, place = place, place + _STATUS + digest
        flags = int.from_bytes(data[place : place + 2], "big")
        place += 4 if flags & _LONGER else 2
        if version == _COMPRESSED:
            cut, place = _varint(data, place)
            name = name[: len(name) - cut]
        else:
            name = b""
        end = data.find(b"\0", place)
        if end < 0:
            return
        name += data[place:end]
        yield name
        place = end + 1
        if version < _COMPRESSED:
            place = start + (end - start + _EIGHT) // _EIGHT * _EIGHT


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """Return a number of variable length, and where it ends."""
    value = 0
    while place < len(data):
        sign = data[place]
        value, place = value | sign & ~_MORE, place + 1
        if not sign & _MORE:
            break
        value = (value + 1) << 7
    return value, place
