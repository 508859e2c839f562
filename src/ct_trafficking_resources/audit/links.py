"""Links that dial or open a text message, wherever they are written.

An attribute of HTML, a Markdown link, an argument in JSX, React Native, Swift
or Kotlin, a value in a file of strings: what makes it a link is its scheme.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import attrs

from ct_trafficking_resources.audit import policy
from ct_trafficking_resources.phone import spell

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCHEMES = (
    "tel",
    "telprompt",
    "callto",
    "sms",
    "smsto",
    "mms",
    "mmsto",
    "facetime",
    "facetime-audio",
)
_COLON = rf":(?=(?://)?[+(%0-9A-Za-z*#])(?:{'|'.join([f'(?<={scheme}:)' for scheme in _SCHEMES])})"
"""What stands between scheme and number: colons are rare, and quickly looked for."""

_BEGUN, _BEGUN_BYTES = re.compile(_COLON), re.compile(_COLON.encode())
_SCHEME = re.compile(rf"(?<![\w.+\-])(?:{'|'.join(_SCHEMES)})\Z")
_LONGEST_SCHEME = max(map(len, _SCHEMES))

_TEXTS = frozenset({"sms", "smsto", "mms", "mmsto"})
_CLOSERS = {'"': '"', "'": "'", "`": "`", "(": ")", "<": ">", ">": "<"}
_PLAIN_END = re.compile(r"[\s\"'`<>()\[\]{}\\,]")
_LONGEST = 120
_TAG_END = re.compile(r"[^<>]{0,200}>")
_ANCHOR = re.compile(r"<a\b[^<>]*\Z", re.IGNORECASE)
_ANCHOR_END = re.compile(r"</a\b", re.IGNORECASE)
_NEITHER = re.compile(r"[^0-9A-Za-z]")
_DRAFT = re.compile(r"[?&;]body=", re.IGNORECASE)


@attrs.frozen(kw_only=True)
class Link:
    """A link that dials or opens a text message.

    Attributes:
        texts: It opens a text message; otherwise it dials.
        slashes: Two slashes stand behind the scheme.
        plus: The number begins with a plus.
        digits: All digits, letters spelled on the keypad; without what follows
            the number.
        spelled: The number has letters.
        draft: The message is already written.
        start: Where it begins.
        end: Where it ends.
        label: Start and end of the text that is shown for it, or None where
            the form of writing does not tell.
    """

    texts: bool
    slashes: bool
    plus: bool
    digits: str
    spelled: bool
    draft: bool
    start: int
    end: int
    label: tuple[int, int] | None = None


def may_have_links(data: bytes) -> bool:
    """Tell whether bytes may hold a link."""
    return _BEGUN_BYTES.search(data) is not None


def links(text: str) -> Iterator[Link]:
    """Yield the links in a text."""
    for colon in _BEGUN.finditer(text):
        begin = max(0, colon.start() - _LONGEST_SCHEME)
        scheme = _SCHEME.search(text, begin, colon.start())
        if scheme is not None:
            yield _link(text, scheme, colon.end())


def _link(text: str, scheme: re.Match[str], behind: int) -> Link:
    slashes = text.startswith("//", behind)
    behind += len("//") * slashes
    end = _end(text, scheme.start(), behind)
    target = unquote(text[behind:end])
    number = re.split(r"[?;&,]", target, maxsplit=1)[0]
    return Link(
        texts=scheme[0] in _TEXTS,
        slashes=slashes,
        plus=number.lstrip().startswith("+"),
        digits=_digits(number),
        spelled=any(one.isalpha() for one in number),
        draft=_DRAFT.search(target) is not None,
        start=scheme.start(),
        end=end,
        label=_label(text, scheme.start(), end),
    )


def _digits(number: str) -> str:
    plain = _NEITHER.sub("", number)
    return spell(plain) if not plain.isdigit() else plain


def _end(text: str, start: int, behind: int) -> int:
    """Return where a link ends: at the quote or bracket that opened it, if one did."""
    limit = min(len(text), behind + _LONGEST)
    closer = _CLOSERS.get(text[start - 1 : start])
    if closer is not None:
        end = text.find(closer, behind, limit)
        if end >= 0 and "\n" not in text[behind:end]:
            return end
    match = _PLAIN_END.search(text, behind, limit)
    return match.start() if match else limit


def _label(text: str, start: int, end: int) -> tuple[int, int] | None:
    if text.startswith("](", start - 2) and start >= len("]("):
        opening = text.rfind("[", max(0, start - policy.LABEL), start)
        return (opening + 1, start - 2) if opening >= 0 else None
    if _ANCHOR.search(text, max(0, start - policy.LABEL), start):
        tag_end = _TAG_END.match(text, end)
        closing = tag_end and _ANCHOR_END.search(text, tag_end.end(), tag_end.end() + policy.LABEL)
        return (tag_end.end(), closing.start()) if tag_end and closing else None
    return None
