"""A file as text: binary or not, in which encoding, in windows if it is long."""

from __future__ import annotations

import codecs
from typing import IO, TYPE_CHECKING, NamedTuple

from ct_trafficking_resources.audit import policy
from ct_trafficking_resources.errors import NotReadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Window(NamedTuple):
    """A part of a text.

    Attributes:
        text: The part, with what it shares with its neighbors.
        line: Line of its first character, from 1.
        column: Column of its first character, from 1.
        first: Where findings of this window begin to count.
        last: Where they no longer count, because the next window has them.
    """

    text: str
    line: int
    column: int
    first: int
    last: int

    @classmethod
    def whole(cls, text: str) -> Window:
        """Return a text that is looked at in one piece."""
        return cls(text, 1, 1, 0, len(text) + 1)


def encoding_of(head: bytes) -> str | None:
    """Return the encoding that the beginning of a file shows, or None if it is binary."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    return None if b"\0" in head[: policy.BINARY] else "utf-8"


def decoded(data: bytes, encoding: str) -> str:
    """Return the text of a file; what is not UTF-8 is read as Windows-1252.

    Nothing is lost by a wrong guess but accents: digits and ASCII letters are
    alike in all encodings that remain.
    """
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("cp1252" if encoding == "utf-8" else encoding, errors="replace")


def windows(file: IO[bytes], head: bytes, encoding: str) -> Iterator[Window]:
    """Yield the parts of a long file, each with some of its neighbors' text.

    Only one part is in memory at a time.

    Args:
        file: Open behind *head*.
        head: What was read of it already.
        encoding: What it is decoded with; what does not fit is replaced.

    Raises:
        NotReadable: It is a stream, and does not end after all that is read of one.
    """
    left = None if file.seekable() else policy.STREAM
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    line, column, first, text, data = 1, 1, 0, "", head
    while True:
        if left is not None and (left := left - len(data)) < 0:
            raise NotReadable(f"It goes on after {policy.STREAM:,} bytes.", "Scan a file.")
        text += decoder.decode(data, final=not data)
        following = file.read(policy.WINDOW) if data else b""
        is_last = not following and not data
        if is_last or len(text) >= policy.WINDOW:
            last = len(text) if is_last else len(text) - policy.OVERLAP
            yield Window(text, line, column, first, last)
            if is_last:
                return
            cut = last - policy.OVERLAP
            newlines = text.count("\n", 0, cut)
            column = cut - text.rfind("\n", 0, cut) if newlines else column + cut
            line += newlines
            text, first = text[cut:], policy.OVERLAP
        data = following
