"""A contact point as it was typed, with its value in the form that is stored.

The same for every form of an update: a table, where one cell holds the number,
and JSON, where people type numbers into ``value`` too. How a number or an address
is read, `phone` and `web` know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from ct_trafficking_resources import phone, web
from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import Problem, rule
from ct_trafficking_resources.errors import NotReadable, quote
from ct_trafficking_resources.phone import is_dialed, is_stored_form, read_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ct_trafficking_resources.checks.findings import Place
    from ct_trafficking_resources.checks.rules import Broken, Found


@attrs.frozen(kw_only=True)
class StoredForm:
    """A value that is stored in another form than it was typed.

    Attributes:
        place: Where it was typed; its pointer is that of the stored value.
        typed: What was typed.
        stored: What is stored.
    """

    place: Place
    typed: str
    stored: str


Stored: TypeAlias = "tuple[dict[str, Any], dict[str, tuple[str, str]]]"
"""A contact point, and key to what was typed and what is stored, where they differ."""


def normalize(update: dict[str, Any], found: Found) -> list[StoredForm]:
    """Put the contact points of an update into the form that is stored.

    The update is changed in place. What has the wrong type or is missing stays as
    it is, for the schema to refuse; so does a value that cannot be read.

    Args:
        update: The update.
        found: What reading found. A contact point with an error in its mode or its
            value is passed over; a value that cannot be read is added.

    Returns:
        What is stored in another form than it was typed.
    """
    bad = found.bad
    stored_forms: list[StoredForm] = []
    unreadable: list[Broken] = []
    for pointer, contacts, index in _contacts(update):
        if not bad.isdisjoint((f"{pointer}/mode", f"{pointer}/value")):
            continue
        try:
            contacts[index], changed = stored(contacts[index])
        except NotReadable as error:
            problem = Problem(f"{pointer}/value", error.message, error.hint)
            unreadable.append((UNREADABLE, problem))
        else:
            stored_forms += (
                StoredForm(place=found.place(f"{pointer}/{key}"), typed=typed, stored=kept)
                for key, (typed, kept) in changed.items()
            )
    found.add(unreadable)
    return stored_forms


UNREADABLE = rule(
    "CTR050",
    Severity.ERROR,
    "A number can be read in one way.",
    reason="Seven digits lack the area code; two numbers in a cell are two contacts.",
    supersedes=("CTR100",),
)(normalize)


def _contacts(update: dict[str, Any]) -> Iterator[tuple[str, list[Any], int]]:
    """Yield pointer, list and index of every contact point that is an object."""
    for place, record in enumerate(_list(update, "records")):
        if isinstance(record, dict):
            contacts = _list(record, "contacts")
            for index, contact in enumerate(contacts):
                if isinstance(contact, dict):
                    yield f"/records/{place}/contacts/{index}", contacts, index


def _list(document: dict[str, Any], key: str) -> list[Any]:
    value = document.get(key)
    return value if isinstance(value, list) else []


def stored(contact: dict[str, Any]) -> Stored:
    """Return a contact point with its value in the form that is stored.

    Args:
        contact: A contact point of an update.

    Returns:
        The contact point, and key to what was typed and what is stored, where
        they differ.

    Raises:
        NotReadable: Its number cannot be read in one way.
    """
    mode, value = contact.get("mode"), contact.get("value")
    if not isinstance(mode, str) or not isinstance(value, str):
        return contact, {}
    if is_dialed(mode):
        return _stored_number(contact, value)
    return _stored_address(contact, mode, value)


def _stored_address(contact: Mapping[str, Any], mode: str, value: str) -> Stored:
    kind, address = web.read_address(mode, value)
    changed = {} if address == value else {"value": (value, address)}
    follows = {"kind": kind.value, "value": address, "display": web.display(address)}
    given = {key: item for key, item in contact.items() if key != "value"}
    return {**follows, **given}, changed


def _stored_number(contact: dict[str, Any], value: str) -> Stored:
    kind, shown = str(contact.get("kind")), contact.get("display")
    if is_stored_form(kind, value) and shown == phone.display(kind, value):
        return contact, {}
    number = read_number(value)
    _refuse_two_extensions(contact, number.extension, value)
    document = {"kind": number.kind.value, **contact, "value": number.value}
    document.setdefault("display", number.display)
    for key, found in (("extension", number.extension), ("vanity", number.vanity)):
        if found is not None:
            document.setdefault(key, found)
    changed: dict[str, tuple[str, str]] = {}
    if value not in {number.value, number.display if shown is None else number.value}:
        changed["value"] = (value, str(number))
    if isinstance(shown, str) and shown != number.display and _says_the_same(shown, document):
        document["display"] = number.display
        changed["display"] = (shown, number.display)
    return document, changed


def _says_the_same(shown: str, contact: Mapping[str, Any]) -> bool:
    """Tell whether what was typed as shown is the value, and says nothing besides."""
    try:
        number = read_number(shown)
    except NotReadable:
        return False
    return number.value == contact["value"] and all(
        said in {None, contact.get(key)}
        for key, said in (("extension", number.extension), ("vanity", number.vanity))
    )


def _refuse_two_extensions(contact: Mapping[str, Any], extension: str | None, value: str) -> None:
    given = contact.get("extension", extension)
    if extension is not None and given != extension:
        raise NotReadable(
            f"{quote(value)} has the extension {extension}, and {quote(given)} is given beside it.",
            "Keep one of the two.",
        )
