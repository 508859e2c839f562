"""Files are replaced as a whole, so that a reader never sees half of one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def replace_file(target: Path, content: bytes) -> None:
    """Replace a file as a whole, or leave it as it was.

    Args:
        target: The file; its folder is made if there is none.
        content: Its new bytes.

    Raises:
        OSError: It cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(target)
    except OSError as error:
        error.filename, error.filename2 = str(target), None  # the draft is nobody's business
        raise
    finally:
        draft.unlink(missing_ok=True)
