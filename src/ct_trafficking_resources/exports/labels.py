"""What an export calls a thing: in plain English, and by a UUID.

The words are for what a format has no field for, and stand in data that programs
exchange; the texts of cards stand in their catalogues. The UUIDs follow from our
ids, so that every export names a record alike.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from ct_trafficking_resources.vocabulary import Area, Day, Mode
from ct_trafficking_resources.words import HoursStyle, hours, language_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ct_trafficking_resources.model import ContactPoint, Coverage, HelpChannel
    from ct_trafficking_resources.model.channels import Reachable

TIPS_ONLY = "This line takes information. It gives no help to the person who calls."
IMMIGRATION = "This line also takes tips for immigration enforcement."
CARRIER_CHARGES = "Message and data rates may apply."

MODES: Mapping[str, str] = {
    Mode.VOICE: "call",
    Mode.TEXT: "text",
    Mode.CHAT: "chat",
    Mode.RELAY: "relay",
    Mode.TTY: "TTY",
    Mode.WEB: "website",
    Mode.WEB_FORM: "online form",
    Mode.EMAIL: "e-mail",
}
"""What a contact point is called where its record gives it no label."""

HOURS = HoursStyle(
    days={day: day.capitalize() for day in Day},
    run="{first} to {last}",
    shortest=3,
    span="{opens} to {closes}",
    zone=" (time zone {zone})",
)

# What `line` and `text` in schemas/common.schema.json refuse, so that nothing in
# a checked edition changes here: controls, marks that turn or hide text, halves
# of characters, and the brackets of markup.
_REFUSED = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\uffff<>]+"
)


def plain(text: str) -> str:
    """Return a text with what the schemas refuse as single spaces."""
    return _REFUSED.sub(" ", text).strip() if _REFUSED.search(text) else text


def words(term: str) -> str:
    """Return a word of a vocabulary as words of English."""
    return term.replace("-", " ")


def title(contact: ContactPoint) -> str:
    """Return what a contact point is called."""
    return contact.label or MODES.get(contact.mode) or words(contact.mode)


def heading(contact: ContactPoint) -> str:
    """Return what a contact point is called, to begin a line with."""
    name = title(contact)
    return name[:1].upper() + name[1:]


def interpreters(contact: ContactPoint) -> str | None:
    """Return which languages interpreters cover, or None if none is named."""
    named = [language_name(tag) for tag in contact.interpreter_languages if tag != "mul"]
    if contact.interpreter_count:
        named.append(f"at least {contact.interpreter_count} languages")
    elif "mul" in contact.interpreter_languages:
        named.append("many languages")
    return f"Interpreters: {', '.join(named)}." if named else None


def coverage(area: Coverage) -> tuple[str, ...]:
    """Return the names of the places that are served."""
    if area.area == Area.NATION:
        return ("United States",)
    if area.area == Area.STATE:
        return ("Connecticut",)
    return tuple(f"{town}, Connecticut" for town in area.towns)


def marks(channel: HelpChannel) -> tuple[str, ...]:
    """Return the sentences that a person must read before using a channel."""
    return (
        *((TIPS_ONLY,) if channel.tips_only else ()),
        *((IMMIGRATION,) if channel.immigration_enforcement else ()),
    )


def how_to(contact: ContactPoint, record: Reachable) -> tuple[str, ...]:
    """Return sentences on how a contact point of a record is used."""
    sentences = (
        _relay(contact, record),
        contact.keyword and f"Send the word {contact.keyword}.",
        contact.extension and f"Extension {contact.extension}.",
        contact.menu and f"After the call is answered: {contact.menu}.",
        contact.hours and f"Hours: {hours(contact.hours, HOURS)}.",
        interpreters(contact),
        contact.carrier_charges and CARRIER_CHARGES,
        contact.note,
    )
    return tuple(one for one in sentences if one)


def _relay(contact: ContactPoint, record: Reachable) -> str | None:
    """Return what to ask a relay operator for, unless the note says it."""
    target = record.contact(contact.relay_to) if contact.relay_to else None
    if target is None or target.display in (contact.note or ""):
        return None
    return f"Ask the relay operator for {target.display}."


_NAMESPACE = uuid5(NAMESPACE_URL, "urn:ct-trafficking-resources")
"""Never changes."""


def uuid_of(path: str) -> str:
    """Return the UUID of a record or of a part of one, version 5 of RFC 9562.

    Args:
        path: Id of the record, then the part, such as ``ct-211/phone/voice``.
    """
    # A directory that was built in memory may hold halves of characters.
    return str(uuid5(_NAMESPACE, path.encode("utf-8", "backslashreplace").decode()))


def uuid_urn(path: str) -> str:
    """Return the UUID of a record as a URN."""
    return f"urn:uuid:{uuid_of(path)}"
