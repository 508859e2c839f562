"""What the installed package knows beside an edition: the index, tombstones, misprints.

They stand apart from the editions and are always the newest, so that an app pinned
to an old edition still learns what must not be shown any more. What is done about
it stands in `revocation`; here is told whether there is anything to do, because
nearly every look-up ends with that.

A revocation is written ``kind:value`` in the index. A revoked host takes all
its addresses with it, and those of the hosts below it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.edition.storage import SCHEMA_VERSION, major
from ct_trafficking_resources.errors import NewerSchema

if TYPE_CHECKING:
    from collections.abc import Collection

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


WITHDRAWN = "(withdrawn)"
"""What stands in the place of a text, and of a contact point that was kept by itself."""

_HTTPS = "https://"
_ADDRESSES = frozenset({"url", "email", "host"})
_NO_DIGITS = bytes(sign for sign in range(128) if sign not in b"0123456789")
_KEYS = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", b"22233344455566677778889999" * 2
)
_NO_KEYS = bytes(sign for sign in range(128) if not chr(sign).isalnum())
NATIONAL = 10
"""Digits of a telephone number; with fewer, a number is only taken for itself."""


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
    addresses, _ = mentions(frozenset(revoked))
    plain = value.lower()
    if not any(address in plain for address in addresses):
        return False  # nearly always: a look-up never comes to read the address
    from ct_trafficking_resources import web

    hosts = web.parents(web.host_of(value))
    return revocation(kind, value) in revoked or any(f"host:{host}" in revoked for host in hosts)


@cache
def mentions(revoked: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what nothing that is shown may repeat.

    Returns:
        Addresses, hosts and phrases, in lower case; the last ten digits of
        telephone numbers, and short numbers.
    """
    words, numbers = [], []
    for entry in revoked:
        value = entry.partition(":")[2]
        if value.removeprefix("+").isdecimal():
            numbers.append(value[-NATIONAL:])
        else:
            words.append(value.removeprefix(_HTTPS).lower())
    return tuple(words), tuple(numbers)


def may_repeat(text: str, revoked: frozenset[str]) -> bool:
    """Tell whether a text could repeat what is revoked; it says yes too often, never too rarely."""
    words, numbers = mentions(revoked)
    lower = text.lower()
    if any(word in lower for word in words):
        return True
    digits, keys = streams(text)
    return any(number in digits or number in keys for number in numbers)


def streams(text: str) -> tuple[str, str]:
    """Return the digits in a text, and those that its letters and digits stand for on the keys."""
    if not text.isascii():
        text = _in_ascii(text)
    signs = text.encode("ascii", "ignore")
    return (
        signs.translate(None, _NO_DIGITS).decode(),
        signs.translate(_KEYS, _NO_KEYS).decode(),
    )


def _in_ascii(text: str) -> str:
    """Return a text with the digits of other scripts, raised or in circles, in ASCII."""
    from unicodedata import digit

    others = {sign for sign in set(text) if sign.isdigit() and not sign.isascii()}
    return text.translate({ord(sign): str(digit(sign)) for sign in others}) if others else text
