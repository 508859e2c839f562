"""What the terminal can show: its width, weight of type, and links."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ct_trafficking_resources.cards.text import Piece

LETTER = 72
"""Columns where there is no terminal, as in a letter."""

_WEIGHTS = {"title": "1", "heading": "1;4", "need": "1", "contact": "1"}
"""Weight, not colour: it is seen on every background, and by everyone."""


def is_terminal() -> bool:
    """Tell whether marks may be printed: a terminal that is not a dumb one."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Return the columns of the terminal, or those of a letter if there is none."""
    return shutil.get_terminal_size((LETTER, 24)).columns if sys.stdout.isatty() else LETTER


def paint(piece: Piece) -> str:
    """Return a piece with its weight (unless NO_COLOR is set) and its link (OSC 8)."""
    weight = None if os.environ.get("NO_COLOR") else _WEIGHTS.get(piece.role)
    shown = f"\x1b[{weight}m{piece.text}\x1b[0m" if weight else piece.text
    return f"\x1b]8;;{piece.uri}\x1b\\{shown}\x1b]8;;\x1b\\" if piece.uri else shown
