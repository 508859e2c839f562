"""What is exported: some records of one edition, and which contacts of theirs.

Every link is looked at once more on the way out, whatever the directory was
made from: a contact point whose link does not have one of the forms below is
left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ct_trafficking_resources.errors import UnknownRecord
from ct_trafficking_resources.vocabulary import Mode, ValueKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.model import (
        ContactPoint,
        HelpChannel,
        Law,
        Organization,
        TaskForce,
    )

    Contactable: TypeAlias = HelpChannel | Organization | TaskForce

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
    r"|https://[a-z0-9][a-z0-9.-]*(?:[/?#][A-Za-z0-9!#$&'()*+,./:;=?@_~%-]*)?"
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
        tuple(one for one in channels if one.id in wanted),
        tuple(one for one in organizations if one.id in wanted),
        tuple(one for one in task_forces if one.id in wanted),
        tuple(one for one in laws if one.id in wanted),
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
    """Tell whether a contact point is dialled or texted."""
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
    return next((one for one in contacts if is_page(one) and one.mode == Mode.WEB), None)
