"""The rule that running text brings in no number or address of its own.

A note is read and dialed like any other value, and no other rule sees a number in
it. What a contact looks like in text, the finders of `audit` know: they look for
what programs dial, and for the numbers that are known. A person reads "two oh
three, 555 ..." aloud and dials it; so here any number of ten digits is looked for,
however it is spelled, and hosts whose dots are words.

Patterns are compiled when they are first used: most updates change no running text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from unicodedata import category, normalize, numeric

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import Problem, rule
from ct_trafficking_resources.errors import quote
from ct_trafficking_resources.model.fields import keys
from ct_trafficking_resources.phone import NATIONAL, TOLL_FREE_PREFIXES, digits_of, spell
from ct_trafficking_resources.vocabulary import DIALED
from ct_trafficking_resources.web import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ct_trafficking_resources.audit.known import Known
    from ct_trafficking_resources.audit.spots import Spot
    from ct_trafficking_resources.updates.proposal import Proposal

_TYPED = keys("typed")
"""Keys whose text is a value, and is checked as one."""

_LOCAL = r"(?<![0-9-])[2-9][0-9]{2}[ .\-\u2010-\u2015\u2212][0-9]{4}(?![0-9-])"
"""A number without its area code, as offices print it."""

_SITE = r"(?i)(?:https?://|www\.|@)([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5})"
"""A host that says it is one, whatever its ending."""

_BEFORE_PATH = r"(?<![\w@.-])([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24})/\w"
"""A host that says it is one by the path behind it."""


@rule(
    "CTR350",
    Severity.ERROR,
    "Running text brings in no number or address of its own.",
    reason="A number in a note is dialed like any other, and none of the checks above sees it.",
    hint="Make it a contact point, or take it out of the text.",
)
def _no_hidden_contact(proposal: Proposal) -> Iterator[Problem]:
    written = _written(proposal)
    for edit in proposal.edits:
        there = written.union(*_mentions(proposal, edit.field, edit.before))
        for mentioned in _mentions(proposal, edit.field, edit.after):
            for found in sorted(mentioned - there):
                yield Problem(
                    proposal.pointer(edit.record, edit.contact, edit.field),
                    f"The text holds {quote(found)}, which is no contact point of the sender.",
                )


def _mentions(proposal: Proposal, key: str | None, value: Any) -> Iterator[set[str]]:
    """Yield the contacts in each running text of one side of an edit."""
    # Imported when needed: most updates change no running text.
    for text in _texts(key, value):
        from ct_trafficking_resources.audit.known import known_of

        yield _mentioned(text, known_of(proposal.present))


def _texts(key: str | None, value: Any) -> Iterator[str]:
    """Yield the running text in one side of an edit."""
    if isinstance(value, str):
        if key not in _TYPED:
            yield value
    elif isinstance(value, dict):
        for inner, item in value.items():
            yield from _texts(inner, item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(key, item)


def _mentioned(text: str, known: Known) -> set[str]:
    """Return the numbers, codes and hosts in a text."""
    from ct_trafficking_resources.audit import addresses, numbers

    finders = (
        numbers.in_digits,
        numbers.in_letters,
        numbers.in_words,
        numbers.codes,
        numbers.unknown_codes,
        addresses.addresses,
    )
    text = dotted(text)
    found = {_name(spot) for finder in finders for spot in finder(text, known)}
    found |= spelled_numbers(text)
    local = set(map(digits_of, re.findall(_LOCAL, text)))
    found |= {short for short in local if not any(number.endswith(short) for number in found)}
    sites = (*re.findall(_SITE, text), *re.findall(_BEFORE_PATH, text))
    return found | set(map(host_of, sites))


def _name(spot: Spot) -> str:
    """Return what is compared: digits as they are, an address by its host."""
    if spot.kind in DIALED:
        return spot.value
    return host_of(spot.value)


def _written(proposal: Proposal) -> set[str]:
    """Return the sender's contact points, old and new, as they are looked for in text."""
    contacts: list[Mapping[str, Any]] = [
        contact
        for merged in proposal.compared.values()
        for contact in merged.document.get("contacts", ())
    ]
    values = [(contact["kind"], contact["value"]) for contact in contacts]
    values += [
        (contact.kind, contact.value)
        for record in proposal.own.values()
        for contact in record.contacts
    ]
    written = {digits_of(value) if kind in DIALED else host_of(value) for kind, value in values}
    # The last seven digits of a number are printed alone, too.
    return written | {text[3:] for text in written if text.isdecimal() and len(text) == NATIONAL}


RULES = (_no_hidden_contact,)


# --- numbers and dots that are spelled --------------------------------------------------

_DIGITS: dict[str, str] = {
    word: str(digit)
    for language in (
        "zero one two three four five six seven eight nine",
        "cero uno dos tres cuatro cinco seis siete ocho nueve",
        "zero um dois tres quatro cinco seis sete oito nove",
        "zero un deux trois quatre cinq six sept huit neuf",
        "zero uno due tre quattro cinque sei sette otto nove",
        "zero jeden dwa trzy cztery piec szesc siedem osiem dziewiec",
    )
    for digit, word in enumerate(language.split())
} | {"oh": "0"}
"""Digits as words, in the languages most spoken in Connecticut that write them in
Latin letters (U.S. Census Bureau, language spoken at home): English, Spanish,
Portuguese, French, Italian, Polish; without accents."""

_BETWEEN = "and|dash|dot|guion|hyphen|luego|number|numero|punto|space|then|y"
"""Words between the groups of a number that is read aloud."""

_DIGIT_WORD = "|".join(sorted(_DIGITS, key=len, reverse=True))
_REPEATED = r"(?i)\b(doble|double|triple)\W{1,3}([0-9])(?![0-9])"
_HUNDRED = r"(?i)\b([1-9])\W{1,3}hundred\b"
_MIXED = r"\b[0-9oOlI]*[0-9][0-9oOlI]*\b"
_LETTERS = str.maketrans("oOlI", "0011")
_TIME = r"\b[0-9]{1,2}:[0-9]{2}\b|\b(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}\b"
_GAP = rf"(?:[^\w#]|_){{0,4}}(?:\b(?:{_BETWEEN})\b(?:[^\w#]|_){{1,3}})?"
_RUN = rf"(?i)(?<![0-9])[0-9](?:{_GAP}[0-9])+"
_KEYPAD = (
    rf"(?<![\w-])(?:1[-. ])?(?:\(?(?:{'|'.join(sorted(TOLL_FREE_PREFIXES))})\)?[-. ]"
    r"|\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[-.])"
    r"(?=[0-9. -]*[A-Z][0-9A-Z. -]*[A-Z])[2-9A-Z](?:[-. ]?[0-9A-Z]){6,12}(?![\w-])"
)
"""A number with capital letters behind its area code; a space between is for a toll-free one."""

_DOT = (
    r"(?i)\s*[\[({]\s*(?:dot|punto|\.)\s*[\])}]\s*|\s+(?:dot|punto)\s+"
    r"|\s+\.\s*(?=(?:com|gov|info|net|org|us)\b)"
)


def dotted(text: str) -> str:
    """Return a text with dots where it says "dot" between words."""
    return re.sub(_DOT, ".", text)


def spelled_numbers(text: str) -> set[str]:
    """Return the national digits of the numbers in a text, however they are spelled."""
    plain = re.sub(r"\s+", " ", _plain(text))
    letters = re.sub(_MIXED, lambda found: found[0].translate(_LETTERS), plain)
    words = re.sub(r"[^\W\d_]+", lambda found: _in_digits(found[0]), re.sub(_TIME, "#", letters))
    hundreds = re.sub(_HUNDRED, r"\g<1>00", words)
    digits = re.sub(_REPEATED, lambda found: found[2] * (3 if found[1][0] in "tT" else 2), hundreds)
    numbers = {number for run in re.findall(_RUN, digits) for number in _nationals(run)}
    return numbers | {spell(keypad)[:NATIONAL] for keypad in re.findall(_KEYPAD, plain)}


def _nationals(run: str) -> set[str]:
    """Return the numbers that groups of digits make which stand side by side."""
    groups = re.findall("[0-9]+", run)
    found = set()
    for start in range(len(groups)):
        joined = ""
        for group in groups[start:]:
            joined += group
            if len(joined) > NATIONAL + 1:  # with the country code
                break
            found.add(digits_of(joined))
    return {digits for digits in found if re.fullmatch("[2-9][0-9]{2}[2-9][0-9]{6}", digits)}


def _in_digits(word: str) -> str:
    """Return the digits that a word spells, several without gaps too; or the word."""
    letters = word.lower()
    if not re.fullmatch(f"(?:{_DIGIT_WORD})+", letters):
        return word
    return "".join(_DIGITS[digit] for digit in re.findall(_DIGIT_WORD, letters))


def _plain(text: str) -> str:
    """Return a text with ASCII digits for signs that mean one, and without marks."""
    signs = normalize("NFD", "".join(map(_digit, text)))
    return "".join(sign for sign in signs if category(sign) not in _MARKS)


_MARKS = frozenset({"Mn", "Me", "Cf"})


def _digit(character: str) -> str:
    value = -1 if character.isascii() else numeric(character, -1)
    return str(int(value)) if value in range(10) else character
