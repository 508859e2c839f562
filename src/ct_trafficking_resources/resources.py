"""The files that come with the package, as bytes and as paths.

Bytes are read through the package's own loader (PEP 302), which works from a
folder, a wheel, a zip on ``sys.path`` and a frozen app, and costs no import.
Paths and listings need importlib-resources, which is imported when asked for.
"""

from __future__ import annotations

from os.path import dirname, join
from typing import TYPE_CHECKING

import ct_trafficking_resources

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from importlib.abc import ResourceLoader
    from pathlib import Path
    from typing import cast

    from importlib_resources.abc import Traversable

_PACKAGE = dirname(ct_trafficking_resources.__file__)  # noqa: PTH120 - pathlib costs 5 ms


def read(*parts: str, folder: str = "data") -> bytes:
    """Return the bytes of one file of the package.

    Args:
        parts: Where it stands below *folder*.
        folder: A folder of the package, with ``/`` between its steps.

    Raises:
        OSError: There is no such file.
    """
    loader = ct_trafficking_resources.__spec__.loader
    if TYPE_CHECKING:
        loader = cast("ResourceLoader", loader)
    return loader.get_data(join(_PACKAGE, *folder.split("/"), *parts))  # noqa: PTH118 - as above


def folder(*parts: str, within: str = "data") -> Traversable:
    """Return a folder of the package, to list or to open."""
    import importlib_resources

    return importlib_resources.files(ct_trafficking_resources).joinpath(within, *parts)


def path(*parts: str) -> AbstractContextManager[Path]:
    """Return a context manager for a real path to one file of the data.

    From a zip, the file is unpacked for as long as the context is open.
    """
    import importlib_resources

    file: AbstractContextManager[Path] = importlib_resources.as_file(folder(*parts))
    return file
