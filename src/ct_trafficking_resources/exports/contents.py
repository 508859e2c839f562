"""What an export holds: which records, which contact points, and what each is called.

Every link is looked at once more on the way out, whatever the directory was made
from: a contact point whose link does not have one of the forms below is left out.

The words are for what a format has no field for, and stand in data that programs
exchange; the texts of cards stand in their catalogues. The UUIDs follow from our
ids, so that every export names a record alike.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from uuid import NAMESPACE_URL, uuid5

from ct_trafficking_resources.errors import UnknownRecord
from ct_trafficking_resources.model import ContactPoint
from ct_trafficking_resources.model.base import having
from ct_trafficking_resources.vocabulary import Area, Day, Mode, ValueKind
from ct_trafficking_resources.web import PLAIN_HOST
from ct_trafficking_resources.words import HoursStyle, hours, language_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.model import (
        Coverage,
        HelpChannel,
        Law,
        Organization,
        TaskForce,
    )
    from ct_trafficking_resources.model.channels import Reachable

    Contactable: TypeAlias = HelpChannel | Organization | TaskForce

# --- which records and contact points ------------------------------------------------------------

LICENSE = "CC0-1.0"
"""SPDX identifier; the schema of an edition allows no other."""

LICENSE_URL = "https://creativecommons.org/publicdomain/zero/1.0/"

_TELEPHONE_TYPES: Mapping[str, str] = {
    Mode.TEXT: "text",
    Mode.TTY: "textphone",
    Mode.RELAY: "textphone",
}
"""RFC 6350 section 6.4.1; everything else is ``voice``."""

_is_link: Callable[[str], object] = re.compile(
    r"(?:tel|sms):\+?[0-9]+(?:;ext=[0-9]+)?"
    r"|mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+"
    rf"|{PLAIN_HOST}(?:[/?#][A-Za-z0-9!#$&'()*+,./:;=?@_~%-]*)?"
).fullmatch
"""The links that the schemas allow; nothing else is ever exported."""


class Selection(NamedTuple):
    """Some records of one edition, in the directory's order.

    Attributes:
        directory: The edition they are from.
        channels: Help channels, by harm avoided.
        organizations: Organizations, by name.
        task_forces: Task forces, by name.
        laws: Laws, by name.
    """

    directory: Directory
    channels: tuple[HelpChannel, ...]
    organizations: tuple[Organization, ...]
    task_forces: tuple[TaskForce, ...]
    laws: tuple[Law, ...]

    @property
    def reachable(self) -> tuple[Contactable, ...]:
        """The records that can have contact points, help channels first."""
        return (*self.channels, *self.organizations, *self.task_forces)


def select(directory: Directory, ids: Iterable[str] | None, *, with_laws: bool) -> Selection:
    """Return the records with these ids, or all.

    Args:
        directory: The edition.
        ids: Ids, or one id; None for all.
        with_laws: The format can hold laws, not only what can be reached.

    Raises:
        UnknownRecord: The directory has no such record that the format can hold.
        WithdrawnRecord: It was withdrawn.
    """
    laws = directory.laws if with_laws else ()
    everything = (
        directory.channels,
        directory.organizations,
        directory.task_forces,
        laws,
    )
    if ids is None:
        return Selection(directory, *everything)
    wanted = {directory[id].id for id in ([ids] if isinstance(ids, str) else ids)}
    known = [one.id for section in everything for one in section]
    for id in sorted(wanted.difference(known)):
        raise UnknownRecord(id, "help channel, organization or task force", known)
    channels, organizations, task_forces, laws = everything
    return Selection(
        directory,
        tuple(channel for channel in channels if channel.id in wanted),
        tuple(organization for organization in organizations if organization.id in wanted),
        tuple(task_force for task_force in task_forces if task_force.id in wanted),
        tuple(law for law in laws if law.id in wanted),
    )


def contacts_of(record: Contactable) -> tuple[ContactPoint, ...]:
    """Return the contact points of a record that are safe to hand on."""
    return tuple(filter(is_safe, record.contacts))


def is_safe(contact: ContactPoint) -> bool:
    """Tell whether the link of a contact point has one of the allowed forms."""
    return _is_link(contact.uri) is not None


def assured(contacts: Iterable[ContactPoint]) -> date | None:
    """Return the day up to which every one of the contact points has evidence.

    It is the oldest of their newest evidence, so that no record looks fresher
    than its weakest value; None where there is no contact point.
    """
    return min((contact.evidence.newest for contact in contacts), default=None)


def is_telephone(contact: ContactPoint) -> bool:
    """Tell whether a contact point is dialed or texted."""
    return contact.kind in {ValueKind.E164, ValueKind.SHORT_CODE, ValueKind.N11}


def telephone_type(contact: ContactPoint) -> str:
    """Return the word of RFC 6350 for how a number is used; HSDS takes the same."""
    return _TELEPHONE_TYPES.get(contact.mode, "voice")


def is_page(contact: ContactPoint) -> bool:
    """Tell whether a contact point is a web page."""
    return contact.kind == ValueKind.URL


def is_email(contact: ContactPoint) -> bool:
    """Tell whether a contact point is an e-mail address."""
    return contact.kind == ValueKind.EMAIL


def home_page(contacts: Iterable[ContactPoint]) -> ContactPoint | None:
    """Return the first page to read, or None."""
    return next(
        (contact for contact in contacts if is_page(contact) and contact.mode == Mode.WEB), None
    )


# --- what a thing is called ----------------------------------------------------------------------

TIPS_ONLY = "This line takes information. It gives no help to the person who calls."
IMMIGRATION = "This line also takes tips for immigration enforcement."
_SENTENCES = having(ContactPoint, "sentence")
CARRIER_CHARGES = _SENTENCES["carrier_charges"]

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
    """Return a sentence on the languages that interpreters cover, or None if none is named."""
    languages = _interpreted(contact)
    return _SENTENCES["interpreter_languages"].format(languages) if languages else None


def _interpreted(contact: ContactPoint) -> str:
    named = [language_name(tag) for tag in contact.interpreter_languages if tag != "mul"]
    if contact.interpreter_count:
        named.append(f"at least {contact.interpreter_count} languages")
    elif "mul" in contact.interpreter_languages:
        named.append("many languages")
    return ", ".join(named)


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
    values = {name: getattr(contact, name) for name in _SENTENCES} | {
        "relay_to": _asked_for(contact, record),
        "hours": contact.hours and hours(contact.hours, HOURS),
        "interpreter_languages": _interpreted(contact),
    }
    return tuple(_SENTENCES[name].format(value) for name, value in values.items() if value)


def _asked_for(contact: ContactPoint, record: Reachable) -> str | None:
    """Return the number that a relay operator is asked for, unless the note says it."""
    target = record.contact(contact.relay_to) if contact.relay_to else None
    if target is None or target.display in (contact.note or ""):
        return None
    return target.display


# --- UUIDs ---------------------------------------------------------------------------------------

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
