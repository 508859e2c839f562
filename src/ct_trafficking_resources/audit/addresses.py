"""Hosts, web addresses and e-mail addresses in text.

An address is found by the end of its host, a top-level domain behind a dot:
dots are rare beside letters, so most of a text is passed over at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ct_trafficking_resources.audit.spots import Spot
from ct_trafficking_resources.vocabulary import ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.audit.known import Known

_ENDINGS = "com|org|gov|net|info|us|ca|co|app|help|biz|io|online|site|xyz"
"""Top-level domains of known hosts, and those that deceivers take instead."""

_END = re.compile(rf"\.(?:{_ENDINGS})(?![\w\-]|\.[\w])", re.IGNORECASE)
_END_BYTES = re.compile(rf"\.(?:{_ENDINGS})(?![0-9a-z_\-]|\.[0-9a-z])".encode())
_HOST = re.compile(r"[\w\-.]*")
_HOST_BYTES = re.compile(rb"[0-9a-z_\-.\x80-\xff]*")
_LOCAL = re.compile(r"[\w.%+\-]*")
_PATH = re.compile(r"[/?#][^\s\"'<>()\[\]{}|\\^`]*")
_LONGEST_HOST, _LONGEST_LOCAL, _LONGEST_PATH = 100, 64, 300


def addresses(text: str, known: Known) -> Iterator[Spot]:
    """Yield the addresses in a text whose host says something to us, or may."""
    for match in _END.finditer(text):
        end = match.end()
        start = match.start() - len(_before(_HOST, text, match.start(), _LONGEST_HOST))
        while start < end and text[start] in ".-_":
            start += 1
        yield _address(text, start, end, text[start:end], known)


def relevant_host(data: bytes, known: Known) -> bool:
    """Tell whether bytes in lower case hold a host that is more than unknown."""
    for match in _END_BYTES.finditer(data):
        behind = data[max(0, match.start() - _LONGEST_HOST) : match.start()][::-1]
        host = _HOST_BYTES.match(behind)
        if host and known.is_relevant_host(_shown(host[0][::-1] + match[0])):
            return True
    return False


def _shown(host: bytes) -> str:
    """Return a host as text, without the bytes before it that are no letters."""
    text = host.decode("utf-8", "replace")
    return text if host.isascii() else _before(_HOST, text, len(text), _LONGEST_HOST)[::-1]


def _before(pattern: re.Pattern[str], text: str, at: int, most: int) -> str:
    """Return the characters before *at* that the pattern takes, read backwards."""
    match = pattern.match(text[max(0, at - most) : at][::-1])
    return match[0] if match else ""


def _address(text: str, start: int, end: int, host: str, known: Known) -> Spot:
    if text[start - 1 : start] == "@":
        local = _before(_LOCAL, text, start - 1, _LONGEST_LOCAL)
        address = f"{local[::-1]}@{host}".lower()
        if local and not text.endswith("://", 0, start - 1 - len(local)):
            return Spot(
                kind=ValueKind.EMAIL,
                value=address,
                start=start - 1 - len(local),
                end=end,
                judged=known.email(address),
            )
    if text.startswith("@", end) and text.endswith("://", 0, start):
        behind = _LOCAL.match(text, end + 1, end + _LONGEST_HOST)
        return Spot(
            kind=ValueKind.HOST,
            value=host,
            start=start,
            end=behind.end() if behind else end,
            judged=known.disguise(host),
        )
    path = _PATH.match(text, end, end + _LONGEST_PATH)
    if path is None:
        return Spot(
            kind=ValueKind.HOST, value=host.lower(), start=start, end=end, judged=known.host(host)
        )
    page = path[0].rstrip(".,;:!")
    address = host.lower() + page
    return Spot(
        kind=ValueKind.URL,
        value=address,
        start=start,
        end=end + len(page),
        judged=known.url(address),
    )
