"""A contact point as it was typed, with its value in the form that is stored.

The same for every form of an update: a table, where one cell holds the number,
and JSON, where people type numbers into ``value`` too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from ct_trafficking_resources.findings import quote
from ct_trafficking_resources.updates.normalise import (
    NotReadable,
    is_dialled,
    is_shown_form,
    is_stored_form,
    read_address,
    read_number,
    shown_address,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ct_trafficking_resources.findings import Place
    from ct_trafficking_resources.vocabulary import ValueKind


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


class Stored(NamedTuple):
    """A contact point in the form that is stored.

    Attributes:
        contact: The contact point.
        changed: Key to what was typed and what is stored, where they differ.
        problem: Key, message and hint, if what was typed cannot be read.
    """

    contact: dict[str, Any]
    changed: Mapping[str, tuple[str, str]]
    problem: tuple[str, str, str] | None = None


def store(contact: Mapping[str, Any]) -> Stored:
    """Return a contact point with its value in the form that is stored.

    What has the wrong type or is missing stays, for the schema to refuse.

    Args:
        contact: A contact point of an update.
    """
    mode, value = contact.get("mode"), contact.get("value")
    if not isinstance(mode, str) or not isinstance(value, str):
        return Stored(dict(contact), {})
    if not is_dialled(mode):
        return _store_address(contact, mode, value)
    try:
        return _store_number(contact, value)
    except NotReadable as error:
        return Stored(dict(contact), {}, ("value", error.message, error.hint))


def _store_address(contact: Mapping[str, Any], mode: str, value: str) -> Stored:
    kind, stored = read_address(mode, value)
    changed = {} if stored == value else {"value": (value, stored)}
    follows = {"kind": kind.value, "value": stored, "display": shown_address(stored)}
    given = {key: item for key, item in contact.items() if key != "value"}
    return Stored({**follows, **given}, changed)


def _store_number(contact: Mapping[str, Any], value: str) -> Stored:
    display = contact.get("display")
    if is_stored_form(str(contact.get("kind")), value) and _is_final(display):
        return Stored(dict(contact), {})
    number = read_number(value)
    _refuse_two_extensions(contact, number.extension, value)
    stored = {"kind": number.kind.value, **contact, "value": number.value}
    changed: dict[str, tuple[str, str]] = {}
    if display is None:
        stored["display"] = number.display
        if value not in {number.display, number.value}:
            changed["value"] = (value, str(number))
    else:
        if value != number.value:
            changed["value"] = (value, str(number))
        if isinstance(display, str) and not _is_final(display):
            stored["display"] = _regrouped(display, number.kind)
            if stored["display"] != display:
                changed["display"] = (display, stored["display"])
    for key, found in (("extension", number.extension), ("vanity", number.vanity)):
        if found is not None:
            stored.setdefault(key, found)
    return Stored(stored, changed)


def _is_final(display: object) -> bool:
    return isinstance(display, str) and (is_shown_form(display) or display.isdigit())


def _regrouped(display: str, kind: ValueKind) -> str:
    """Return how a number is shown, grouped as we group it, where it can be read."""
    try:
        number = read_number(display)
    except NotReadable:
        return display
    return number.display if number.kind == kind else display


def _refuse_two_extensions(contact: Mapping[str, Any], extension: str | None, value: str) -> None:
    given = contact.get("extension", extension)
    if extension is not None and given != extension:
        raise NotReadable(
            f"{quote(value)} has the extension {extension}, and {quote(given)} is given beside it.",
            "Keep one of the two.",
        )
