"""vCard 4.0 (RFC 6350), one card a record that can be reached.

A telephone number is a ``tel:`` URI; a short code or three-digit number is plain
text, because it is no number of the E.164 plan. What a label says stands in
``X-ABLABEL``, which the address books of Apple and Google read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.exports import contents
from ct_trafficking_resources.exports.contents import (
    assured,
    contacts_of,
    is_email,
    is_telephone,
    telephone_type,
    uuid_urn,
)
from ct_trafficking_resources.model import HelpChannel, Organization
from ct_trafficking_resources.vocabulary import ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.exports.contents import Contactable, Selection
    from ct_trafficking_resources.model import ContactPoint

_OCTETS_A_LINE = 75
"""RFC 6350 section 3.2, without the line break."""

_TEXT = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;"})
_CONTINUATION = 0b1000_0000
_CONTINUATION_MASK = 0b1100_0000


def render(selection: Selection) -> str:
    """Return one card for each record with a contact point."""
    return "".join(
        _card(_properties(record, contacts, selection.directory))
        for record in selection.reachable
        if (contacts := contacts_of(record))
    )


def render_neutral(selection: Selection, name: str) -> str:
    """Return cards that do not tell what the contact is for.

    They hold the name that the caller gives (with a number from the second card
    on), the numbers to call and text, and nothing else. A line that only takes
    tips, or takes those for immigration enforcement, is left out: the card could
    not say so, and whoever saved it would call for help.

    Raises:
        ValueError: The name is blank, or no card is left.
    """
    name = contents.plain(name).strip()
    if not name:
        raise ValueError("neutral_name is blank: give the name that the cards shall carry")
    cards = [
        telephones
        for record in selection.reachable
        if not (isinstance(record, HelpChannel) and any(contents.marks(record)))
        and (telephones := tuple(filter(is_telephone, contacts_of(record))))
    ]
    if not cards:
        raise ValueError("neutral_name: none of the records has a number to call for help")
    return "".join(
        _card([*_names(name if place == 1 else f"{name} {place}"), *map(_telephone, telephones)])
        for place, telephones in enumerate(cards, 1)
    )


def _card(properties: list[str]) -> str:
    lines = ["BEGIN:VCARD", "VERSION:4.0", *properties, "END:VCARD"]
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line))


def _fold(line: str) -> Iterator[str]:
    """Yield the physical lines of a logical line; none cuts a character in two."""
    octets = line.encode()
    start, room = 0, _OCTETS_A_LINE
    while len(octets) - start > room:
        end = start + room
        while octets[end] & _CONTINUATION_MASK == _CONTINUATION:
            end -= 1
        yield (" " if start else "") + octets[start:end].decode()
        start, room = end, _OCTETS_A_LINE - 1
    yield (" " if start else "") + octets[start:].decode()


def _properties(
    record: Contactable,
    contacts: tuple[ContactPoint, ...],
    directory: Directory,
) -> list[str]:
    languages = dict.fromkeys(tag for contact in contacts for tag in contact.languages)
    return [
        f"PRODID:-//ct-trafficking-resources//{_text(directory.edition)}//EN",
        f"UID:{uuid_urn(record.id)}",
        f"REV:{directory.released:%Y%m%d}T000000Z",
        "KIND:org",
        *_names(record.name),
        f"ORG:{_text(record.name)}",
        *([f"NICKNAME:{_text(record.short_name)}"] if record.short_name else []),
        *(
            line
            for place, contact in enumerate(contacts, 1)
            for line in _reached_by(contact, place)
        ),
        *_addresses(record),
        *(f"LANG:{_text(tag)}" for tag in languages),
        *_categories(record),
        "NOTE:" + "\\n".join(map(_text, _note(record, contacts, directory))),
    ]


def _names(name: str) -> list[str]:
    # Some address books read only N, though RFC 6350 asks only for FN.
    return [f"FN:{_text(name)}", f"N:{_text(name)};;;;"]


def _reached_by(contact: ContactPoint, place: int) -> list[str]:
    """Return the property of a contact point, with its label if it needs one."""
    label = contact.label
    if is_telephone(contact):
        line = _telephone(contact)
    elif is_email(contact):
        line = f"EMAIL:{_text(contact.value)}"
    else:
        line = f"URL:{contact.value}"
        label = contents.heading(contact)
    if label is None:
        return [line]
    return [f"item{place}.{line}", f"item{place}.X-ABLABEL:{_text(label)}"]


def _telephone(contact: ContactPoint) -> str:
    kind = telephone_type(contact)
    if contact.kind == ValueKind.E164:
        return f"TEL;VALUE=uri;TYPE={kind}:tel:{contact.uri.partition(':')[2]}"
    return f"TEL;VALUE=text;TYPE={kind}:{contact.value}"


def _addresses(record: Contactable) -> list[str]:
    # As printed, in the place of the street: sources do not mark its parts.
    if not isinstance(record, Organization):
        return []
    return [f"ADR;TYPE=work:;;{_text(address.text)};;;;" for address in record.addresses]


def _categories(record: Contactable) -> list[str]:
    if not isinstance(record, HelpChannel):
        return []
    return [f"CATEGORIES:{','.join(_text(contents.words(purpose)) for purpose in record.purposes)}"]


def _note(
    record: Contactable,
    contacts: tuple[ContactPoint, ...],
    directory: Directory,
) -> Iterator[str]:
    if isinstance(record, HelpChannel):
        yield from contents.marks(record)
    yield record.summary
    for contact in contacts:
        how_to = contents.how_to(contact, record)
        if how_to:
            yield f"{contents.heading(contact)} {contact.display}. {' '.join(how_to)}"
    yield (
        f"Each contact has evidence of {assured(contacts)} or later. Edition {directory.edition}."
    )


def _text(text: str) -> str:
    """Return a text value, escaped (RFC 6350 section 3.4)."""
    return contents.plain(text).translate(_TEXT)
