"""The one way in which a record file is written.

Records are written for people: indented, keys in the order of the model. How
the shipped files are written is in `layout`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def record_text(document: Mapping[str, Any]) -> str:
    """Return the text of a record file."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
