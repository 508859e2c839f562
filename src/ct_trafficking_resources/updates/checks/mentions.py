"""Running text brings in no contact of its own.

A note is read and dialled like any other value, and none of the other checks
sees a number in it. What a contact looks like in text is known by the finders
of `audit`; what is kept here is which of them count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.findings import Severity, quote
from ct_trafficking_resources.telephone import digits_of
from ct_trafficking_resources.updates.checks.base import Trouble, rule
from ct_trafficking_resources.updates.publishers import host_of
from ct_trafficking_resources.vocabulary import DIALLED, ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ct_trafficking_resources.audit.known import Known
    from ct_trafficking_resources.audit.spots import Spot
    from ct_trafficking_resources.updates.proposal import Proposal

_TYPED = frozenset({"display", "extension", "hosts", "id", "keyword", "value", "vanity"})
"""Keys whose text is a value, and is checked as one."""

_LOCAL = re.compile(r"(?<![0-9-])[2-9][0-9]{2}[ .\-\u2010-\u2015\u2212][0-9]{4}(?![0-9-])")
"""A number without its area code, as offices print it."""

_SITE = re.compile(
    r"(?:https?://|www\.|@)([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5})", re.IGNORECASE
)
"""A host that says it is one, whatever its ending."""

_BEFORE_PATH = re.compile(
    r"(?<![\w@.-])([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24})/\w"
)
"""A host that says it is one by the path behind it."""


@rule(
    "CTR350",
    Severity.ERROR,
    "Running text brings in no number or address of its own.",
    reason="A number in a note is dialled like any other, and none of the checks above sees it.",
    hint="Make it a contact point, or take it out of the text.",
)
def _no_hidden_contact(proposal: Proposal) -> Iterator[Trouble]:
    written = _written(proposal)
    for edit in proposal.edits:
        there = written.union(*_mentions(proposal, edit.field, edit.before))
        for mentioned in _mentions(proposal, edit.field, edit.after):
            for found in sorted(mentioned - there):
                yield Trouble(
                    proposal.pointer(edit.record, edit.contact, edit.field),
                    f"The text holds {quote(found)}, which is no contact point of the sender.",
                )


def _mentions(proposal: Proposal, key: str | None, value: Any) -> Iterator[set[str]]:
    """Yield the contacts in each running text of one side of an edit."""
    for text in _texts(key, value):
        from ct_trafficking_resources.audit.known import known_of

        yield _mentioned(text, known_of(proposal.present))


def _texts(key: str | None, value: Any) -> Iterator[str]:
    """Yield the running text in one side of an edit."""
    if isinstance(value, str):
        if key not in _TYPED:
            yield value
    elif isinstance(value, dict):
        for inner, one in value.items():
            yield from _texts(inner, one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(key, one)


def _mentioned(text: str, known: Known) -> set[str]:
    """Return the numbers, codes and hosts in a text."""
    # Read when needed: most updates change no running text.
    from ct_trafficking_resources.audit import addresses, numbers
    from ct_trafficking_resources.updates.checks import spelling

    finders = (
        numbers.in_digits,
        numbers.in_letters,
        numbers.in_words,
        numbers.codes,
        numbers.unknown_codes,
        addresses.addresses,
    )
    text = spelling.dotted(text)
    found = {_name(spot) for finder in finders for spot in finder(text, known)}
    found |= spelling.numbers(text)
    local = {digits_of(one) for one in _LOCAL.findall(text)}
    found |= {one for one in local if not any(number.endswith(one) for number in found)}
    sites = (*_SITE.findall(text), *_BEFORE_PATH.findall(text))
    return found | {one.lower().removeprefix("www.") for one in sites}


def _name(spot: Spot) -> str:
    """Return what is compared: digits as they are, an address by its host."""
    if spot.kind in DIALLED:
        return spot.value
    name = spot.value.rpartition("@")[2] if spot.kind == ValueKind.EMAIL else spot.value
    return re.split("[/?#]", name, maxsplit=1)[0].lower().removeprefix("www.")


def _written(proposal: Proposal) -> set[str]:
    """Return the sender's contact points, old and new, as they are looked for in text."""
    contacts: list[Mapping[str, Any]] = [
        one for merged in proposal.compared.values() for one in merged.document.get("contacts", ())
    ]
    values = [(one["kind"], one["value"]) for one in contacts]
    values += [(one.kind, one.value) for record in proposal.own.values() for one in record.contacts]
    written = {
        digits_of(value) if kind in DIALLED else str(host_of(kind, value)) for kind, value in values
    }
    return written | {one[3:] for one in written if one.isdecimal() and len(one) == _NATIONAL}


_NATIONAL = 10
"""Digits of a number with its area code; the last seven are printed alone too."""

RULES = (_no_hidden_contact,)
