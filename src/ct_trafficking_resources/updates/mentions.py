"""Numbers and addresses that are written so that no finder reads them as such.

A person reads "two oh three, 555 ..." aloud and dials it. The finders of `audit`
look for what programs dial and for the spelled_numbers that are known; this looks for any
number of ten digits, however it is spelt, and for hosts whose dots are words.

Running text brings in no contact of its own.

A note is read and dialled like any other value, and none of the other checks
sees a number in it. What a contact looks like in text is known by the finders
of `audit`; what is kept here is which of them count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from unicodedata import category, normalize, numeric

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import Problem, rule
from ct_trafficking_resources.errors import quote
from ct_trafficking_resources.model.fields import keys
from ct_trafficking_resources.phone import TOLL_FREE_PREFIXES, digits_of, spell
from ct_trafficking_resources.vocabulary import DIALLED
from ct_trafficking_resources.web import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ct_trafficking_resources.audit.known import Known
    from ct_trafficking_resources.audit.spots import Spot
    from ct_trafficking_resources.updates.proposal import Proposal

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

_WORD = re.compile(r"[^\W\d_]+")
_ONE_DIGIT = re.compile("|".join(sorted(_DIGITS, key=len, reverse=True)))
_WORDS = re.compile(rf"(?:{_ONE_DIGIT.pattern})+")
_REPEATED = re.compile(r"\b(doble|double|triple)\W{1,3}([0-9])(?![0-9])", re.IGNORECASE)
_HUNDRED = re.compile(r"\b([1-9])\W{1,3}hundred\b", re.IGNORECASE)
_MIXED = re.compile(r"\b[0-9oOlI]*[0-9][0-9oOlI]*\b")
_LETTERS = str.maketrans("oOlI", "0011")
_TIME = re.compile(r"\b[0-9]{1,2}:[0-9]{2}\b|\b(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}\b")
_GAP = rf"(?:[^\w#]|_){{0,4}}(?:\b(?:{_BETWEEN})\b(?:[^\w#]|_){{1,3}})?"
_RUN = re.compile(rf"(?<![0-9])[0-9](?:{_GAP}[0-9])+", re.IGNORECASE)
_NATIONAL_DIGITS = re.compile(r"[2-9][0-9]{2}[2-9][0-9]{6}")
_LONGEST = 11
"""Digits of a number with its country code."""

_KEYPAD = re.compile(
    rf"(?<![\w-])(?:1[-. ])?(?:\(?(?:{'|'.join(sorted(TOLL_FREE_PREFIXES))})\)?[-. ]"
    r"|\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[-.])"
    r"(?=[0-9. -]*[A-Z][0-9A-Z. -]*[A-Z])[2-9A-Z](?:[-. ]?[0-9A-Z]){6,12}(?![\w-])"
)
"""A number with capital letters behind its area code; a space between is for a toll-free one."""

_DOT = re.compile(
    r"\s*[\[({]\s*(?:dot|punto|\.)\s*[\])}]\s*|\s+(?:dot|punto)\s+"
    r"|\s+\.\s*(?=(?:com|gov|info|net|org|us)\b)",
    re.IGNORECASE,
)


def spelled_numbers(text: str) -> set[str]:
    """Return the national digits of the spelled_numbers in a text, however they are spelt."""
    plain = re.sub(r"\s+", " ", _plain(text))
    shown = _TIME.sub("#", _MIXED.sub(lambda one: one[0].translate(_LETTERS), plain))
    spelt = _HUNDRED.sub(r"\g<1>00", _WORD.sub(lambda one: _in_digits(one[0]), shown))
    spelt = _REPEATED.sub(lambda one: one[2] * (3 if one[1][0] in "tT" else 2), spelt)
    found = {one for run in _RUN.findall(spelt) for one in _nationals(run)}
    return found | {spell(one)[:10] for one in _KEYPAD.findall(plain)}


def _nationals(run: str) -> set[str]:
    """Return the spelled_numbers that groups of digits make which stand side by side."""
    groups = re.findall("[0-9]+", run)
    found = set()
    for start in range(len(groups)):
        joined = ""
        for group in groups[start:]:
            joined += group
            if len(joined) > _LONGEST:
                break
            found.add(digits_of(joined))
    return {one for one in found if _NATIONAL_DIGITS.fullmatch(one)}


def _in_digits(word: str) -> str:
    """Return the digits that a word spells, several without gaps too; or the word."""
    letters = word.lower()
    if _WORDS.fullmatch(letters) is None:
        return word
    return "".join(_DIGITS[one] for one in _ONE_DIGIT.findall(letters))


def _plain(text: str) -> str:
    """Return a text with ASCII digits for signs that mean one, and without marks."""
    signs = "".join(map(_digit, text))
    return "".join(one for one in normalize("NFD", signs) if category(one) not in _MARKS)


_MARKS = frozenset({"Mn", "Me", "Cf"})


def _digit(character: str) -> str:
    value = -1 if character.isascii() else numeric(character, -1)
    return str(int(value)) if value in range(10) else character


def dotted(text: str) -> str:
    """Return a text with dots where it says "dot" between words."""
    return _DOT.sub(".", text)


_TYPED = keys("typed")
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
    local = {digits_of(one) for one in _LOCAL.findall(text)}
    found |= {one for one in local if not any(number.endswith(one) for number in found)}
    sites = (*_SITE.findall(text), *_BEFORE_PATH.findall(text))
    return found | set(map(host_of, sites))


def _name(spot: Spot) -> str:
    """Return what is compared: digits as they are, an address by its host."""
    if spot.kind in DIALLED:
        return spot.value
    return host_of(spot.value)


def _written(proposal: Proposal) -> set[str]:
    """Return the sender's contact points, old and new, as they are looked for in text."""
    contacts: list[Mapping[str, Any]] = [
        one for merged in proposal.compared.values() for one in merged.document.get("contacts", ())
    ]
    values = [(one["kind"], one["value"]) for one in contacts]
    values += [(one.kind, one.value) for record in proposal.own.values() for one in record.contacts]
    written = {digits_of(value) if kind in DIALLED else host_of(value) for kind, value in values}
    return written | {one[3:] for one in written if one.isdecimal() and len(one) == _NATIONAL}


_NATIONAL = 10
"""Digits of a number with its area code; the last seven are printed alone too."""

RULES = (_no_hidden_contact,)
