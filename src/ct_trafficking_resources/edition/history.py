"""What the installed package knows beside an edition, and what must not be shown.

The index, the tombstones and the misprints stand apart from the editions and are
always the newest, so that an app pinned to an old edition still learns what must
not be shown any more.

A revocation is written ``kind:value`` in the index. A revoked host takes all
its addresses with it, and those of the hosts below it. A relay goes with the
number it leads to. Words that repeat a revoked value go too, in whatever record,
because a number in a note is dialed like any other.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.edition.codec import SCHEMA_VERSION, decode, major
from ct_trafficking_resources.errors import NewerSchema
from ct_trafficking_resources.model import HelpChannel, channels
from ct_trafficking_resources.model.base import keys

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ct_trafficking_resources.model import Misprint, Tombstone


class Index(NamedTuple):
    """What ``index.json`` says.

    Attributes:
        editions: The entry of each edition, by number, oldest first.
        revoked: ``kind:value`` of every value that must never be shown.
        files: CRC-32 of the tombstones' file and the misprints', by name.
    """

    editions: dict[str, dict[str, Any]]
    revoked: frozenset[str]
    files: dict[str, str]


INDEX = "index.json"


@cache
def index() -> Index:
    """Return the index of the installed package.

    Raises:
        DamagedData: It is gone, or not as it was written.
        NewerSchema: It is written for a later version of the library.
    """
    document = storage.parse_guarded(INDEX, storage.intact(INDEX))
    version = document["schema_version"]
    if major(version) > major(SCHEMA_VERSION):
        raise NewerSchema(INDEX, version, SCHEMA_VERSION)
    editions = {entry["number"]: entry for entry in document["editions"]}
    return Index(editions, frozenset(document["revoked"]), document["files"])


class History(NamedTuple):
    """What is no longer true, and what never was.

    Attributes:
        tombstones: Sorted by id.
        misprints: Sorted by id.
    """

    tombstones: tuple[Tombstone, ...]
    misprints: tuple[Misprint, ...]

    def tombstone(self, id: str) -> Tombstone | None:
        """Return the tombstone of a withdrawn record, or None."""
        return next((tombstone for tombstone in self.tombstones if tombstone.id == id), None)


@cache
def installed() -> History:
    """Return the history that came with the installed package."""
    return History(
        tombstones=_read("tombstones.json"),
        misprints=_read("misprints.json"),
    )


def _read(name: str) -> tuple[Any, ...]:
    records = json.loads(storage.intact(name, index().files[name]))["records"]
    return tuple(map(decode, records))


_HTTPS = "https://"
_ADDRESSES = frozenset({"url", "email", "host"})
_NO_DIGITS = bytes(one for one in range(128) if one not in b"0123456789")
_NATIONAL = 10
_GROUPS = 3
"""Groups of digits that a short number is written in at most, such as 9-1-1."""
_REDACTED = "(withdrawn)"


@cache
def _prose(kind: str | None) -> frozenset[str]:
    """Return the keys of a kind of record whose text goes when it repeats a revoked value.

    Names and addresses stay as they are: they are looked up and computed with.
    """
    classes: tuple[type, ...] = channels.CLASSES
    if kind != HelpChannel.kind:  # a look-up of a help channel needs no other class
        from ct_trafficking_resources.model import fields

        classes = fields.CLASSES
    return keys(classes, "text", "prose", "quote")


def revocation(kind: str, value: str) -> str:
    """Return how the index writes that a value is revoked.

    Spellings of one address are one: letter case of an e-mail address and of a
    host, ``www.``, and a slash at the end of a web address.
    """
    from ct_trafficking_resources import web

    if kind == "host":
        value = web.host_of(value)
    elif kind == "email":
        value = value.lower()
    elif kind == "url":
        value = f"{web.HTTPS}{web.bare(value)}"
    return f"{kind}:{value}"


def is_revoked(kind: str, value: str, revoked: Collection[str]) -> bool:
    """Tell whether a value must not be shown.

    Args:
        kind: Kind of the value, or ``host``.
        value: The value.
        revoked: The revoked values, as `revocation` writes them.
    """
    if kind not in _ADDRESSES:
        return f"{kind}:{value}" in revoked
    addresses, _ = _mentions(frozenset(revoked))
    plain = value.lower()
    if not any(address in plain for address in addresses):
        return False  # nearly always: a look-up never comes to read the address
    from ct_trafficking_resources import web

    hosts = web.parents(web.host_of(value))
    return revocation(kind, value) in revoked or any(f"host:{host}" in revoked for host in hosts)


def without_revoked(document: Mapping[str, Any], revoked: Collection[str]) -> Mapping[str, Any]:
    """Return the document of a record without what must not be shown.

    A document that has nothing to hide is returned as it is.
    """
    if not revoked:
        return document
    contacts = document.get("contacts", ())
    gone = [
        contact for contact in contacts if is_revoked(contact["kind"], contact["value"], revoked)
    ]
    hosts = document.get("hosts", ())
    lost = [host for host in hosts if is_revoked("host", host, revoked)]
    words, numbers = _mentions(frozenset(revoked))
    prose = _prose(document.get("kind"))
    if not gone and not lost and not _repeats("\n".join(_texts(document, prose)), words, numbers):
        return document
    ids = {contact["id"] for contact in gone}
    kept = [
        contact
        for contact in contacts
        if contact["id"] not in ids and contact.get("relay_to") not in ids
    ]
    shown = {key: value for key, value in document.items() if key != "hosts"}
    if "contacts" in document:
        shown["contacts"] = kept
    if len(hosts) > len(lost):
        shown["hosts"] = [host for host in hosts if host not in lost]
    letters = tuple(contact["vanity"].lower() for contact in gone if "vanity" in contact)
    redacted: Mapping[str, Any] = _redacted(shown, prose, words + letters, numbers)
    return redacted


@cache
def _mentions(revoked: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what words must not repeat.

    Returns:
        Addresses and hosts, in lower case; the last ten digits of telephone
        numbers, and short numbers.
    """
    words, numbers = [], []
    for one in revoked:
        kind, _, value = one.partition(":")
        if kind in _ADDRESSES:
            words.append(value.removeprefix(_HTTPS).lower())
        else:
            numbers.append(value[-_NATIONAL:])
    return tuple(words), tuple(numbers)


def _repeats(text: str, words: tuple[str, ...], numbers: tuple[str, ...]) -> bool:
    """Tell whether a text repeats one of the words or numbers."""
    lower = text.lower()
    if any(word in lower and _is_whole(word, lower) for word in words):
        return True
    digits = text.encode("ascii", "ignore").translate(None, _NO_DIGITS).decode()
    return any(
        number in digits and (len(number) == _NATIONAL or _stands_alone(number, text))
        for number in numbers
    )


def _is_whole(word: str, text: str) -> bool:
    """Tell whether a word stands in a text, and not only its letters in a longer one."""
    import re

    return re.search(f"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None


def _stands_alone(number: str, text: str) -> bool:
    """Tell whether a short number stands in a text, and not only its digits in a longer one.

    This finds more than `phone.is_printed`, which evidence rests on: what is
    revoked is hidden whatever stands between its digits.
    """
    import re

    groups = re.split("[^0-9]+", text)
    return any(
        number == "".join(groups[place : place + count])
        for place in range(len(groups))
        for count in range(1, _GROUPS + 1)
    )


def _texts(document: Mapping[str, Any], prose: frozenset[str]) -> list[str]:
    """Return the prose in a document, in no order."""
    texts: list[str] = []
    waiting: list[Any] = [document]
    for part in waiting:
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            for key in prose & part.keys():
                said = part[key] if isinstance(part[key], list) else [part[key]]
                texts += [text for text in said if type(text) is str]
            waiting += [value for value in part.values() if type(value) is not str]
    return texts


def _redacted(
    value: Any,
    prose: frozenset[str],
    words: tuple[str, ...],
    numbers: tuple[str, ...],
    *,
    is_prose: bool = False,
) -> Any:
    """Return a part of a document in which no prose repeats what must not be shown."""
    if isinstance(value, str):
        return _REDACTED if is_prose and _repeats(value, words, numbers) else value
    if isinstance(value, list):
        return [_redacted(one, prose, words, numbers, is_prose=is_prose) for one in value]
    if isinstance(value, dict):
        return {
            key: _redacted(one, prose, words, numbers, is_prose=key in prose)
            for key, one in value.items()
        }
    return value
