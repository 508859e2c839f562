"""Which values must not be shown, and what goes with them.

A revocation is written ``kind:value`` in the index. A revoked host takes all
its addresses with it, and those of the hosts below it. A relay goes with the
number it leads to. Words that repeat a revoked value go too, because a number
in a note is dialled like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_HTTPS = "https://"
_WEB = (_HTTPS, "http://")
_DIGITS = "0123456789"
_NATIONAL = -10
_REDACTED = "(withdrawn)"
_PROSE = frozenset(
    {"confidentiality", "label", "menu", "note", "says", "status_note", "summary", "title"}
)
"""Keys whose text a person reads; what is looked up or computed with stays as it is."""


def host_of(value: str) -> str:
    """Return the host of a web or e-mail address, without ``www.``."""
    host = _raw_host(value) if value.startswith(_WEB) else value.rpartition("@")[2]
    return host.lower().removeprefix("www.")


def _raw_host(url: str) -> str:
    host = url.partition("//")[2]
    for end in "/?#":
        host = host.partition(end)[0]
    return host


def revocation(kind: str, value: str) -> str:
    """Return how the index writes that a value is revoked.

    Spellings of one address are one: letter case of an e-mail address, ``www.``
    and a slash at the end of a web address.
    """
    if kind == "host":
        value = host_of(value)
    elif kind == "email":
        value = value.lower()
    elif kind == "url":
        path = value[len(_HTTPS) + len(_raw_host(value)) :]
        value = f"{_HTTPS}{host_of(value)}{path}".rstrip("/")
    return f"{kind}:{value}"


def is_revoked(kind: str, value: str, revoked: Collection[str]) -> bool:
    """Tell whether a value must not be shown."""
    if kind not in {"url", "email"}:
        return f"{kind}:{value}" in revoked
    return revocation(kind, value) in revoked or is_revoked_host(host_of(value), revoked)


def is_revoked_host(host: str, revoked: Collection[str]) -> bool:
    """Tell whether a host, or one that it stands below, must not be shown."""
    labels = host.split(".")
    return any(f"host:{'.'.join(labels[place:])}" in revoked for place in range(len(labels) - 1))


def without_revoked(document: Mapping[str, Any], revoked: Collection[str]) -> Mapping[str, Any]:
    """Return the document of a record without what must not be shown.

    A document that has nothing to hide is returned as it is.
    """
    contacts = document.get("contacts", ())
    gone = [one for one in contacts if is_revoked(one["kind"], one["value"], revoked)]
    hosts = document.get("hosts", ())
    lost = [one for one in hosts if is_revoked_host(one.removeprefix("www."), revoked)]
    if not gone and not lost:
        return document
    ids = {one["id"] for one in gone}
    kept = [one for one in contacts if one["id"] not in ids and one.get("relay_to") not in ids]
    shown = {key: value for key, value in document.items() if key not in {"contacts", "hosts"}}
    if kept or "contacts" in document:
        shown["contacts"] = kept
    if len(hosts) > len(lost):
        shown["hosts"] = [one for one in hosts if one not in lost]
    mentions = [text for one in gone for text in _mentions(one)] + lost
    return {key: _without_mention(key, value, mentions) for key, value in shown.items()}


def _mentions(contact: Mapping[str, Any]) -> Iterator[str]:
    """Yield what to look for in words: the last ten digits, the letters, the address."""
    kind, value = contact["kind"], contact["value"]
    if kind in {"url", "email"}:
        yield revocation(kind, value).partition(":")[2].removeprefix(_HTTPS)
    else:
        yield value[_NATIONAL:]
    if "vanity" in contact:
        yield contact["vanity"].lower()


def _without_mention(key: str, value: Any, mentions: list[str]) -> Any:
    """Return a part of a document in which no words repeat one of the mentions."""
    if isinstance(value, str):
        told = key in _PROSE and any(_repeats(value, one) for one in mentions)
        return _REDACTED if told else value
    if isinstance(value, list):
        return [_without_mention(key, item, mentions) for item in value]
    if isinstance(value, dict):
        return {name: _without_mention(name, item, mentions) for name, item in value.items()}
    return value


def _repeats(text: str, mention: str) -> bool:
    if not mention.isdecimal():
        return mention in text.lower()
    if len(mention) == len("911"):
        return mention in "".join(one if one in _DIGITS else " " for one in text).split()
    return mention in "".join(one for one in text if one in _DIGITS)
