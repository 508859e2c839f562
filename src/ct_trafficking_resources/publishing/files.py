"""Files are replaced as a whole, so that a reader never sees half of one."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def replace_file(target: Path, content: bytes) -> None:
    """Replace a file as a whole, or leave it as it was.

    A link stays and what it leads to is replaced; who may read the file stays.
    What is no file, such as ``/dev/stdout``, is written to.

    Args:
        target: The file; its folder is made if there is none.
        content: Its new bytes.

    Raises:
        OSError: It cannot be written.
    """
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with draft.open("xb") as file:
            file.write(content)
        if target.exists():
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        draft.replace(target)
    except OSError as error:
        error.filename, error.filename2 = str(target), None  # the draft is nobody's business
        raise
    finally:
        draft.unlink(missing_ok=True)
