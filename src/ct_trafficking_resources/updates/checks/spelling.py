"""Numbers and addresses that are written so that no finder reads them as such.

A person reads "two oh three, 555 ..." aloud and dials it. The finders of `audit`
look for what programs dial and for the numbers that are known; this looks for any
number of ten digits, however it is spelt, and for hosts whose dots are words.
"""

from __future__ import annotations

import re
from unicodedata import category, normalize, numeric

from ct_trafficking_resources.telephone import TOLL_FREE_PREFIXES, digits_of, spell

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
_NATIONAL = re.compile(r"[2-9][0-9]{2}[2-9][0-9]{6}")
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


def numbers(text: str) -> set[str]:
    """Return the national digits of the numbers in a text, however they are spelt."""
    plain = re.sub(r"\s+", " ", _plain(text))
    shown = _TIME.sub("#", _MIXED.sub(lambda one: one[0].translate(_LETTERS), plain))
    spelt = _HUNDRED.sub(r"\g<1>00", _WORD.sub(lambda one: _in_digits(one[0]), shown))
    spelt = _REPEATED.sub(lambda one: one[2] * (3 if one[1][0] in "tT" else 2), spelt)
    found = {one for run in _RUN.findall(spelt) for one in _nationals(run)}
    return found | {spell(one)[:10] for one in _KEYPAD.findall(plain)}


def _nationals(run: str) -> set[str]:
    """Return the numbers that groups of digits make which stand side by side."""
    groups = re.findall("[0-9]+", run)
    found = set()
    for start in range(len(groups)):
        joined = ""
        for group in groups[start:]:
            joined += group
            if len(joined) > _LONGEST:
                break
            found.add(digits_of(joined))
    return {one for one in found if _NATIONAL.fullmatch(one)}


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
