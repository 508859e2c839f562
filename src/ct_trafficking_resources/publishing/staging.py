"""Several files of a folder are changed as one: all of them, or none.

A copy of the folder is changed beside it, checked, and then takes its place in
one step of the file system. Whoever looks at the folder, and at whatever moment
the power fails, sees the old files or the new ones.

Where the system cannot exchange two folders in one step (Windows, some network
and layered file systems), the folder is renamed out of the way first. Between
the two renames it is missing; `recover` then brings the old one back.

One run at a time: `alone` holds a lock on the folder around it, which the system
lets go of however the run ends.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ct_trafficking_resources.publishing.folder import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_AT_CWD = -100
_LINUX_EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2)."""
_MACOS_SWAP = 2
"""RENAME_SWAP of renamex_np(2)."""
_CANNOT = frozenset({errno.EINVAL, errno.ENOSYS, errno.EXDEV, errno.ENOTSUP})
"""What a system says that knows no exchange of folders."""


class AnotherRun(OSError):
    """Another run is changing the folder; nothing was written."""


class ChangedMeanwhile(OSError):
    """The folder was changed by someone else; nothing was written."""


class Draft:
    """A changed copy of a folder, not yet in its place.

    Attributes:
        path: The copy.
        committed: It has taken the place of the folder.
    """

    def __init__(self, folder: Path, path: Path) -> None:
        self.path = path
        self.committed = False
        self._folder = folder
        self._seen = _state(folder)

    def commit(self) -> None:
        """Put the copy in the place of the folder.

        Raises:
            ChangedMeanwhile: The folder is not what was copied.
            OSError: It cannot be done; the folder is as it was.
        """
        for place in (self.path, *(one for one in self.path.rglob("*") if one.is_dir())):
            _sync(place)
        if _state(self._folder) != self._seen:
            raise ChangedMeanwhile(
                errno.EBUSY,
                "The folder was changed while the update was checked. Nothing was written;"
                " try again",
                str(self._folder),
            )
        if not _exchange(self.path, self._folder):
            _change_places(self.path, self._folder)
        self.committed = True
        _sync(self._folder.parent)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other runs from changing a folder.

    Args:
        folder: The folder. What is locked is the one that it stands in, because
            the folder itself is replaced.

    Raises:
        AnotherRun: Another run holds the lock.
        OSError: The folder around it cannot be opened.
    """
    try:
        import fcntl
    except ImportError:  # Windows renames no folder that another run has open
        yield
        return
    handle = os.open(folder.resolve().parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AnotherRun(
                errno.EBUSY,
                "Another run is changing the folder. Nothing was written; try again",
                str(folder),
            ) from error
        yield
    finally:
        os.close(handle)


@contextmanager
def draft(folder: Path, files: Mapping[str, bytes]) -> Iterator[Draft]:
    """Give a copy of a folder in which some files are changed.

    Nothing happens to the folder unless the draft is committed. The copy shares
    the files that are not changed.

    Args:
        folder: The folder.
        files: Path within the folder to the new bytes.

    Raises:
        OSError: The copy cannot be made.
    """
    folder = folder.resolve()
    copy = _beside(folder, "draft")
    try:
        shutil.copytree(folder, copy, symlinks=True, copy_function=_link)
        changed = Draft(folder, copy)
        for name, content in files.items():
            replace_file(copy / name, content)
            _sync(copy / name)
        yield changed
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def recover(folder: Path) -> bool:
    """Bring a folder back that a change left out of its place; tell whether it did.

    What else a run left that was ended in the middle is taken away.
    """
    folder = folder.resolve()
    shutil.rmtree(_beside(folder, "draft"), ignore_errors=True)
    old = _beside(folder, "old")
    if not old.is_dir():
        return False
    if folder.exists():
        shutil.rmtree(old)
        return False
    old.rename(folder)
    return True


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    """Return what shows that a file of a folder was changed."""
    return {
        path.relative_to(folder).as_posix(): (status.st_mtime_ns, status.st_size)
        for path in folder.rglob("*")
        if not path.is_dir() and (status := path.lstat())
    }


def _sync(path: Path) -> None:
    """Have the system write a file or folder to the disk now, where it can."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return  # a folder on Windows
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False if the system cannot."""
    import ctypes

    swap = _system_call()
    if swap is None:
        return False
    if swap(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), str(other))


def _system_call() -> Callable[[bytes, bytes], int] | None:
    if os.name != "posix":
        return None
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return lambda one, other: int(library.renamex_np(one, other, _MACOS_SWAP))
    if hasattr(library, "renameat2"):
        return lambda one, other: int(
            library.renameat2(_AT_CWD, one, _AT_CWD, other, _LINUX_EXCHANGE)
        )
    return None


def _change_places(copy: Path, folder: Path) -> None:
    """Put a copy in the place of a folder in two steps."""
    old = _beside(folder, "old")
    folder.rename(old)
    try:
        copy.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
