"""Numbers and addresses that are written so that no finder reads them as such.

A person reads "two oh three, 555 ..." aloud and dials it. The finders of `audit`
look for what programs dial and for the numbers that are known; this looks for any
number of ten digits, however it is spelt, and for hosts whose dots are words.
"""

from __future__ import annotations

import re
from unicodedata import category, numeric

from ct_trafficking_resources.telephone import digits_of

_DIGITS: dict[str, str] = {
    word: str(digit)
    for language in (
        "zero one two three four five six seven eight nine",
        "cero uno dos tres cuatro cinco seis siete ocho nueve",
        "zero um dois três quatro cinco seis sete oito nove",
        "zéro un deux trois quatre cinq six sept huit neuf",
    )
    for digit, word in enumerate(language.split())
} | {"oh": "0"}
"""Digits as words, in the languages most spoken in Connecticut that write them in
Latin letters (U.S. Census Bureau, language spoken at home): English, Spanish,
Portuguese, French."""

_BETWEEN = "and|dash|dot|guion|guión|hyphen|luego|number|numero|número|punto|space|then|y"
"""Words between the groups of a number that is read aloud."""

_WORD = re.compile(r"[^\W\d_]+")
_MIXED = re.compile(r"\b[0-9oOlI]*[0-9][0-9oOlI]*\b")
_LETTERS = str.maketrans("oOlI", "0011")
_TIME = re.compile(r"\b[0-9]{1,2}:[0-9]{2}\b|\b(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}\b")
_GAP = rf"(?:[^\w#]|_){{0,4}}(?:\b(?:{_BETWEEN})\b(?:[^\w#]|_){{1,3}})?"
_RUN = re.compile(rf"(?<![0-9])[0-9](?:{_GAP}[0-9])+", re.IGNORECASE)
_NATIONAL = re.compile(r"[2-9][0-9]{2}[2-9][0-9]{6}")
_DOT = re.compile(r"\s*[\[({]\s*(?:dot|punto|\.)\s*[\])}]\s*|\s+(?:dot|punto)\s+", re.IGNORECASE)


def numbers(text: str) -> set[str]:
    """Return the national digits of the numbers in a text, however they are spelt."""
    shown = _TIME.sub("#", _MIXED.sub(lambda one: one[0].translate(_LETTERS), _plain(text)))
    spelt = _WORD.sub(lambda one: _DIGITS.get(one[0].lower(), one[0]), shown)
    found = {digits_of(one) for one in _RUN.findall(spelt)}
    return {one for one in found if _NATIONAL.fullmatch(one)}


def _plain(text: str) -> str:
    """Return a text with ASCII digits for signs that mean one, and without marks."""
    return "".join(_digit(one) for one in text if category(one) not in {"Mn", "Me", "Cf"})


def _digit(character: str) -> str:
    value = -1 if character.isascii() else numeric(character, -1)
    return str(int(value)) if value in range(10) else character


def dotted(text: str) -> str:
    """Return a text with dots where it says "dot" between words."""
    return _DOT.sub(".", text)
