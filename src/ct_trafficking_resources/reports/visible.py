"""Text from outside, made safe to show on one line.

What a check found may hold control characters, which a terminal obeys, and
bidirectional overrides, which turn the line around.
"""

from __future__ import annotations


def visible(text: str) -> str:
    r"""Return *text* with what cannot be printed written as an escape, such as ``\x1b``."""
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in text
    )
