"""The rules of records that are about single values: what they seem to be, they are.

Also what protects the person who reads the number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, cast
from unicodedata import is_normalized, name

import attrs

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import Located, Problem, rule
from ct_trafficking_resources.errors import quote
from ct_trafficking_resources.model import HelpChannel, Organization
from ct_trafficking_resources.phone import (
    TOLL_FREE_PREFIXES,
    digits_of,
    display,
    is_fictitious,
    is_premium,
    spell,
)
from ct_trafficking_resources.policy import ALWAYS_SHOWN, CONNECTICUT_AREA_CODES, VICTIMS
from ct_trafficking_resources.vocabulary import ADDRESSED, Area, Mode, OrganizationType, ValueKind
from ct_trafficking_resources.web import authority
from ct_trafficking_resources.words import unseen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.checks.rules import Records
_KINDS = frozenset(ValueKind)


@rule(
    "CTR211",
    Severity.ERROR,
    "What is shown is the value, written in the one way there is.",
    reason="Public code shows one number and dials another; the reader cannot see it.",
)
def _display_is_value(records: Records) -> Iterator[Problem]:
    for record, pointer, contact in records.contacts():
        right = display(contact.kind, contact.value)
        # A kind that only a later version of the library knows leads nowhere here.
        if contact.display != right and contact.kind in _KINDS:
            yield Problem(
                f"{pointer}/display",
                f"{quote(contact.display)} is not how {contact.value!r} is shown.",
                f"Write {right!r}. What else there is to say goes under extension, vanity, menu"
                " or note.",
                record=record.id,
            )


@rule(
    "CTR212",
    Severity.ERROR,
    "Letters spell the whole number.",
    reason="A reader dials the letters on the keypad.",
    hint="Check the letters against the keypad.",
)
def _vanity_spells(records: Records) -> Iterator[Problem]:
    for record, pointer, contact in records.contacts():
        if contact.vanity is not None and spell(contact.vanity) != digits_of(contact.value):
            yield Problem(
                f"{pointer}/vanity",
                f"{contact.vanity!r} does not spell {contact.value!r}.",
                record=record.id,
            )


@rule(
    "CTR213",
    Severity.ERROR,
    "A value stands in one record, unless both declare it shared.",
    reason="Numbers of one service printed under another are a known error.",
    across=True,
)
def _shared_is_declared(records: Records) -> Iterator[Problem]:
    holders: dict[tuple[str, str], list[Located]] = defaultdict(list)
    for located in records.contacts():
        if located.contact.relay_to is None:
            holders[located.contact.kind, located.contact.value].append(located)
    for located in (one for group in holders.values() for one in group):
        contact = located.contact
        others = {one.record.id for one in holders[contact.kind, contact.value]} - {
            located.record.id
        }
        undeclared = sorted(others - set(contact.shared_with))
        if undeclared:
            yield Problem(
                located.pointer,
                f"{contact.display!r} also stands in {', '.join(undeclared)}.",
                "If both are right, add the other record to shared_with on each side.",
                record=located.record.id,
            )
        for gone in sorted(set(contact.shared_with) - others):
            yield Problem(
                f"{located.pointer}/shared_with",
                f"{gone!r} does not carry {contact.display!r}.",
                "Take it out of shared_with.",
                record=located.record.id,
            )


@rule(
    "CTR214",
    Severity.ERROR,
    "No premium or fictitious number.",
    reason="A 900 or 976 number costs the caller; 555-01xx reaches nobody.",
    hint="Find the right number.",
    supersedes=("CTR215",),
)
def _no_premium(records: Records) -> Iterator[Problem]:
    for record, pointer, contact in records.contacts():
        if contact.kind == ValueKind.E164 and (
            is_premium(contact.value) or is_fictitious(contact.value)
        ):
            yield Problem(
                f"{pointer}/value",
                f"{contact.display!r} is a premium or fictitious number.",
                record=record.id,
            )


TITLE_WORDS = frozenset(
    (
        *("Mr", "Mrs", "Ms", "Mx", "Dr", "Attorney", "Atty", "Agent"),
        *("Det", "Detective", "Sgt", "Sergeant", "Lt", "Lieutenant", "Capt", "Captain"),
        *("Ofc", "Officer", "Insp", "Inspector", "Cpl", "Corporal", "Trooper"),
    )
)
"""Words that stand before the name of a person."""

_OFFICES = "Bureau|Division|General|Office|Section|Services?|Squad|Team|Unit"
NAMED = re.compile(
    rf"\b(?:{'|'.join(sorted(TITLE_WORDS))})\.? (?!(?:{_OFFICES})\b)[A-Z][a-z]+(?: [A-Z][a-z]+)?\b"
)
"""A title and a name: the commonest way in which a person gets into such a form. Not the
names of offices, such as Detective Bureau."""

USUAL_AREA_CODES = CONNECTICUT_AREA_CODES | TOLL_FREE_PREFIXES
"""Area codes that nobody has to look at."""


@rule(
    "CTR215",
    Severity.ERROR,
    "Area codes are Connecticut's or toll-free, except for bodies of the whole nation.",
    reason="A foreign area code is the commonest sign of a same-named town elsewhere.",
    hint="Check that the source is about Connecticut.",
)
def _area_codes(records: Records) -> Iterator[Problem]:
    for record, pointer, contact in records.contacts():
        national = (
            isinstance(record, Organization) and record.type == OrganizationType.FEDERAL_AGENCY
        ) or (isinstance(record, HelpChannel) and record.coverage.area == Area.NATION)
        foreign = contact.kind == ValueKind.E164 and contact.value[2:5] not in USUAL_AREA_CODES
        if foreign and not national:
            yield Problem(
                f"{pointer}/value",
                f"{contact.display!r} is not a Connecticut or toll-free number.",
                record=record.id,
            )


@rule(
    "CTR216",
    Severity.ERROR,
    "A keyword belongs to a text message.",
    reason="A word to send makes no sense in a call.",
    hint="Take it out, or set the mode to text.",
)
def _keyword_is_texted(records: Records) -> Iterator[Problem]:
    for record, pointer, contact in records.contacts():
        if contact.mode != Mode.TEXT and (contact.keyword or contact.accepted_keywords):
            yield Problem(
                pointer,
                "A keyword on a contact point that is not for text messages.",
                record=record.id,
            )


@rule(
    "CTR217",
    Severity.ERROR,
    "Links stay on hosts of the organization.",
    reason="A link to someone else's host can change hands.",
    hint="Add it to hosts if it is theirs.",
)
def _hosts(records: Records) -> Iterator[Problem]:
    for record, pointer, contact in records.contacts():
        if isinstance(record, Organization) and contact.kind in ADDRESSED:
            host = authority(contact.value).host
            if host not in record.hosts:
                yield Problem(
                    f"{pointer}/value",
                    f"{host!r} is not among the hosts of the organization.",
                    record=record.id,
                )


@rule(
    "CTR218",
    Severity.ERROR,
    "Text is in Unicode's composed form (NFC).",
    reason="The same word in two forms compares as two words.",
    hint="Type the accented letters again.",
)
def composed(records: Records) -> Iterator[Problem]:
    """Yield the texts that are in another form."""
    for record in (*records.by_id.values(), *records.tombstones, *records.misprints):
        for pointer, text in _odd_strings(record, ""):
            if not is_normalized("NFC", text):
                yield Problem(pointer, "The text is not in Unicode form NFC.", record=record.id)


@rule(
    "CTR311",
    Severity.ERROR,
    "Every character of a text shows.",
    reason="Characters that do not show turn text around, hide parts of it, or make two texts"
    " look alike.",
    hint="Delete the text and type it again; do not paste it.",
)
def all_shows(records: Records) -> Iterator[Problem]:
    """Yield the texts in which something does not show."""
    for record in (*records.by_id.values(), *records.tombstones, *records.misprints):
        for pointer, text in _odd_strings(record, ""):
            if message := what_is_unseen(text):
                yield Problem(pointer, message, record=record.id)


def what_is_unseen(text: str) -> str | None:
    """Return what in a text does not show, in a sentence."""
    place = unseen(text)
    if place is None:
        return None
    sign = text[place]
    named = f"U+{ord(sign):04X} {name(sign, 'without a name')}"
    return f"Character {place + 1} cannot be seen: {named}."


def _odd_strings(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of a record that are not plain ASCII, in which all is composed and shows."""
    if isinstance(value, str):
        if not value.isascii():
            yield pointer, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _odd_strings(item, f"{pointer}/{index}")
    else:
        for key in _names(cast("Any", type(value))):
            part = getattr(value, key)
            if part:
                yield from _odd_strings(part, f"{pointer}/{key}")


@cache
def _names(cls: Any) -> tuple[str, ...]:
    """Return the names of a record's attributes; of what is no record, nothing."""
    return tuple(field.name for field in attrs.fields(cls)) if attrs.has(cls) else ()


@rule(
    "CTR231",
    Severity.ERROR,
    "911 and the national hotline are there, by voice and the hotline also by text.",
    reason="A card is never empty.",
    hint="Every edition must have it.",
    across=True,
)
def always_there(records: Records) -> Iterator[Problem]:
    """Yield the lines that no card may lack and that are not there."""
    for id, modes, _ in ALWAYS_SHOWN.values():
        channel = records.by_id.get(id)
        for mode in modes:
            if not isinstance(channel, HelpChannel) or channel.first(mode) is None:
                yield Problem("", f"No {mode.value} contact point of {id!r}.", record=id)


@rule(
    "CTR232",
    Severity.ERROR,
    "A line that only takes tips, or that also takes immigration-enforcement tips, is not"
    " offered to victims, children or workers.",
    reason="A victim who calls it as help may be harmed by the call.",
    hint="Take the audience out.",
)
def _not_for_victims(records: Records) -> Iterator[Problem]:
    for record in records.reachable():
        if isinstance(record, HelpChannel) and (record.tips_only or record.immigration_enforcement):
            for audience in sorted(VICTIMS & set(record.audiences)):
                yield Problem(
                    "/audiences", f"The line is not help for {audience!r}.", record=record.id
                )
