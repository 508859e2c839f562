"""The rule that running text brings in no number or address of its own.

A note is read and dialed like any other value, and no other rule sees a number in it.
A person reads "two oh three, 555 ..." aloud and dials it; so any number is looked for,
however it is spelled, in one text or split over two, with codes and three-digit numbers
where the text speaks of dialing, and hosts whose dots are words. What a text may repeat
are the contact points of its own organization, and 911.

Patterns are compiled when they are first used: most changes change no running text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any
from unicodedata import category, normalize, numeric
from urllib.parse import unquote

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import Problem, rule
from ct_trafficking_resources.errors import quote
from ct_trafficking_resources.model.base import having
from ct_trafficking_resources.model.fields import parts
from ct_trafficking_resources.phone import NATIONAL, TOLL_FREE_PREFIXES, digits_of, spell
from ct_trafficking_resources.policy import hosts_of, of_same_organization
from ct_trafficking_resources.vocabulary import DIALED, ValueKind
from ct_trafficking_resources.web import host_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ct_trafficking_resources.checks.gate import Difference
    from ct_trafficking_resources.checks.rules import Records
    from ct_trafficking_resources.model import Record

_LOCAL = r"(?<![0-9-])[2-9][0-9]{2}[ .\-\u2010-\u2015\u2212][0-9]{4}(?![0-9-])"
"""A number without its area code, as offices print it."""

_WHOLE = (
    r"(?<![0-9-])(?:\+?1[ .-]?)?\(?[2-9][0-9]{2}\)?[ ./-]{0,2}"
    r"[2-9][0-9]{2}[ ./-]?[0-9]{4}(?![0-9-])"
)
"""A number in the title or the address of a page."""

_ENDINGS = "com|org|gov|net|edu|info|us|ca|co|app|help|biz|io|online|site|xyz"
_HOSTS = (
    r"(?i)(?:https?://|www\.|@)([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5})",
    r"(?<![\w@./-])([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24})/\w",
    rf"(?i)(?<![\w@.-])((?:[\w-]{{1,63}}\.){{1,5}}(?:{_ENDINGS}))(?![\w-]|\.\w)",
)
"""Hosts that say they are one: by what stands before, by the path behind, by the ending."""

EMERGENCY = frozenset({"911"})
"""Any text may say to call it."""


@rule(
    "CTR350",
    Severity.ERROR,
    "Running text brings in no number or address of its own.",
    reason="A number in a note is dialed like any other, and none of the other rules sees it.",
    hint="Make it a contact point, or take it out of the text.",
)
def no_hidden_contact(difference: Difference) -> Iterator[Problem]:
    """Yield new texts that hold a number or an address which is no contact point there."""
    for record in difference.after.by_id.values():
        was = difference.former(record.id)
        if record is was or record == was:
            continue
        old = {text: pointer for pointer, text in _texts(was)} if was else {}
        texts = list(_texts(record))
        new = [(pointer, text) for pointer, text in texts if text not in old]
        if not new:
            continue
        written = _written(difference.after, record) | _written(difference.before, was)
        said = {found for text, place in old.items() for found in _said(place, text, written)}
        for pointer, text in new:
            for found in sorted(_said(pointer, text, written | said)):
                yield _problem(record, pointer, found)
        for pointer, found in _split(texts, old, written | said):
            yield _problem(record, pointer, found)


def _said(pointer: str, text: str, written: Collection[str]) -> set[str]:
    """Return what a text holds that its organization has not, as far as a text may say it."""
    # A page may be called after its host or a file number; an address may hold a day.
    if pointer.endswith(("/title", "/value")):
        return {digits_of(number) for number in re.findall(_WHOLE, unquote(text))} - set(written)
    return contacts_in(text, written)


def _problem(record: Record, pointer: str, found: str) -> Problem:
    message = f"The text holds {quote(found)}, which is no contact point of the organization."
    return Problem(pointer, message, record=record.id)


def _texts(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Yield every running text of a record with its JSON Pointer, and what its pages carry."""
    kinds = having(type(value), "text")
    for name in kinds:
        text = getattr(value, name)
        if isinstance(text, str) and name not in _NOT_SHOWN:
            yield f"{pointer}/{name}", text
    if getattr(value, "kind", None) == ValueKind.URL and hasattr(value, "mode"):
        yield f"{pointer}/value", value.value
    for name in parts(type(value)):
        part = getattr(value, name)
        if name == "evidence":
            for index, source in enumerate(part.sources):
                yield f"{pointer}/evidence/sources/{index}/title", source.title
        elif isinstance(part, tuple):
            for index, item in enumerate(part):
                yield from _texts(item, f"{pointer}/{name}/{index}")
        elif part is not None:
            yield from _texts(part, f"{pointer}/{name}")


_NOT_SHOWN = frozenset({"display"})


def _written(records: Records, record: Record | None) -> frozenset[str]:
    """Return the contact points of an organization, as they are looked for in text."""
    if record is None:
        return frozenset()
    own = of_same_organization(record, records.by_id.values())
    numbers = {
        digits_of(contact.value)
        for one in own
        for contact in getattr(one, "contacts", ())
        if contact.kind in DIALED
    }
    # The last seven digits of a number are printed alone, too.
    local = {number[3:] for number in numbers if len(number) == NATIONAL}
    return EMERGENCY | numbers | local | hosts_of(*own)


def contacts_in(text: str, written: Collection[str] = ()) -> set[str]:
    """Return the numbers, codes and hosts in a text.

    Args:
        text: The text.
        written: What it may hold; not returned.
    """
    text = dotted(unquote(text) if "%" in text else text)
    if text.isascii() and not re.search(_MAY_HOLD, text):
        return set()
    found = spelled_numbers(text, written)
    for plain in _readings(re.sub(_KEYPAD, "|", text)):
        found |= _told_to_dial(plain, written)
    found |= set(map(digits_of, re.findall(_LOCAL, text)))
    found = {short for short in found if not any(_ends_with(number, short) for number in found)}
    found |= {host_of(host) for pattern in _HOSTS for host in re.findall(pattern, text)}
    return found - set(written)


def _ends_with(number: str, short: str) -> bool:
    return number != short and number.endswith(short)


def _split(
    texts: list[tuple[str, str]], old: Collection[str], written: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield numbers that begin in one text of a record and end in another, of which one is new."""
    ends = [
        (pointer, text in old, groups)
        for pointer, text in texts
        if not pointer.endswith(("/title", "/value")) and (groups := _outer_groups(text))
    ]
    for first, is_old, (_, last_run) in ends:
        for second, was_there, (first_run, _) in ends:
            if first == second or (is_old and was_there) or not _side_by_side(first, second):
                continue
            found = _joined(last_run, first_run) - set(written)
            if found:
                yield second if is_old else first, min(found)


def _side_by_side(first: str, second: str) -> bool:
    """Tell whether two texts are shown together: of one part, or of a part and its record."""
    homes = {pointer.rpartition("/")[0] for pointer in (first, second)}
    return len(homes) == 1 or "" in homes


def _outer_groups(text: str) -> tuple[list[str], list[str]] | None:
    """Return the digits with which a text's numbers begin and end, or None if it has none."""
    runs = re.findall(_ANY_RUN, _readings(text)[0])
    return (re.findall("[0-9]+", runs[0]), re.findall("[0-9]+", runs[-1])) if runs else None


def _joined(end: list[str], start: list[str]) -> set[str]:
    """Return the numbers that the end of one text and the start of another make."""
    whole = _nationals(end) | _nationals(start)
    found = set()
    for first in range(len(end)):
        head = "".join(end[first:])
        for last in range(1, len(start) + 1):
            tail = "".join(start[:last])
            number = digits_of(head + tail)
            odd = re.fullmatch(_NO_PART, head) or re.fullmatch(_NO_PART, tail)
            if not odd and re.fullmatch(_NATIONAL, number):
                found.add(number)
    return found if not whole else set()


_NO_PART = r"[0-9]|(?:19|20)[0-9]{2}"
"""A digit or a year at the edge of a text is no part of a number."""

_NATIONAL = "[2-9][0-9]{2}[2-9][0-9]{6}"


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

_CREOLE: dict[str, str] = {
    word: str(digit)
    for digit, words in enumerate(
        "zewo en/yon/youn de twa kat senk sis set uit/wit nef".split()  # noqa: SIM905 - as above
    )
    for word in words.split("/")
}
"""Haitian Creole, apart: "en", "de" and "set" are words of other languages."""

_IS_CREOLE = r"(?i)\b(?:zewo|youn?|twa|kat|senk|sis|uit|nef|rele|nimewo|voye|teks)\b"

_TENS: dict[str, int] = {
    word: 10 * (number + first)
    for first, language in (
        (2, "twenty thirty forty fifty sixty seventy eighty ninety"),
        (2, "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"),
        (2, "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa"),
        (2, "ven trant karant senkant swasant"),
        (8, "katreven"),
    )
    for number, word in enumerate(language.split())
}
_TEENS: dict[str, int] = {
    word: number
    for first, language in (
        (10, "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"),
        (10, "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve"),
        (10, "dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove"),
    )
    for number, word in enumerate(language.split(), first)
}
_TEN = (
    rf"(?i)\b(?P<ten>{'|'.join(_TENS)})(?:(?:[\s-]{{1,2}}|\s+[ye]\s+)(?P<unit>[1-9]))?\b(?![0-9])"
    rf"|\b(?P<teen>{'|'.join(_TEENS)})\b"
)

_BETWEEN = "and|dash|dot|guion|hyphen|luego|number|numero|punto|space|then|y"
"""Words between the groups of a number that is read aloud."""

_MAY_HOLD = rf"(?i)[0-9]|\.\w|\b(?:dot|punto)\b|@|\b(?:{'|'.join([*_DIGITS, *_CREOLE])})"
"""What a text holds in which there may be a number or a host."""

_REPEATED = r"(?i)\b(doble|double|triple)\W{1,3}([0-9])(?![0-9])"
_HUNDRED = r"(?i)\b([1-9])\W{1,3}hundred\b(?:\W{1,3}(?:and\W{1,3})?([0-9]{2})\b)?"
_OCHOCIENTOS = r"(?i)\b(?:ochocientos|oitocentos|uit\W?san)\b"
_MIXED = r"\b[0-9oOlI]*[0-9][0-9oOlI]*\b"
_LETTERS = str.maketrans("oOlI", "0011")
_TIME = (
    r"\b[0-9]{1,2}:[0-9]{2}\b|\b(?:19|20)[0-9]{2}-[0-9]{2}(?:-[0-9]{2})?\b(?!-)"
    r"|\b[0-9]{1,3}(?:,[0-9]{3})+\b(?!\W{0,3}[0-9])"
)
"""Times, days, and numbers with commas between the thousands."""
_GAP = rf"(?:[^\w#]|_){{0,4}}(?:\b(?:{_BETWEEN})\b(?:[^\w#]|_){{1,3}})?"
_ANY_RUN = rf"(?i)(?<![0-9])[0-9](?:{_GAP}[0-9])*"
_RUN = rf"(?i)(?<![0-9])[0-9](?:{_GAP}[0-9])+"
_KEYPAD = (
    rf"(?<![\w-])(?:1[-. ])?(?:\(?(?:{'|'.join(sorted(TOLL_FREE_PREFIXES))})\)?[-. ]"
    r"|\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[-.])"
    r"(?=[0-9. -]*[A-Z][0-9A-Z. -]*[A-Z])[2-9A-Z](?:[-. ]?[0-9A-Z]){6,12}(?![\w-])"
    rf"|(?i:(?<![\w-])1-(?:{'|'.join(sorted(TOLL_FREE_PREFIXES))})-"
    r"(?=[0-9-]*[a-z][0-9a-z-]*[a-z])[0-9a-z](?:-?[0-9a-z]){6,12}(?![\w-]))"
)
"""A number with capital letters behind its area code; a space between is for a toll-free one,
and small letters for one that is written with its 1."""

_DOT = (
    r"(?i)\s*[\[({]\s*(?:dot|punto|\.)\s*[\])}]\s*|\s+(?:dot|punto)\s+"
    r"|\s+\.\s*(?=(?:com|gov|info|net|org|us)\b)"
)


def dotted(text: str) -> str:
    """Return a text with dots where it says "dot" between words."""
    return re.sub(_DOT, ".", text)


def spelled_numbers(text: str, written: Collection[str] = ()) -> set[str]:
    """Return the national digits of the numbers in a text, however they are spelled.

    Args:
        text: The text.
        written: Numbers and codes that are no part of any other one.
    """
    numbers = {
        number
        for digits in _readings(text)
        for run in re.findall(_RUN, digits)
        for number in _nationals(re.findall("[0-9]+", run), written)
    }
    return numbers | {spell(keypad)[:NATIONAL] for keypad in re.findall(_KEYPAD, _spaced(text))}


def _readings(text: str) -> list[str]:
    """Return a text with digits for the words that mean one; in Haitian Creole, too, if it is."""
    plain = _spaced(text)
    letters = re.sub(_MIXED, lambda found: found[0].translate(_LETTERS), plain)
    timeless = re.sub(_TIME, "#", letters)
    languages = [_DIGITS, _CREOLE] if re.search(_IS_CREOLE, timeless) else [_DIGITS]
    return [_read(timeless, language) for language in languages]


def _read(text: str, language: dict[str, str]) -> str:
    words = re.sub(r"[^\W\d_]+", lambda found: _in_digits(found[0], language), text)
    hundreds = re.sub(_OCHOCIENTOS, "800", re.sub(_TEN, _ten, words))
    hundreds = re.sub(_HUNDRED, lambda found: f"{found[1]}{found[2] or '00'}", hundreds)
    return re.sub(_REPEATED, lambda found: found[2] * (3 if found[1][0] in "tT" else 2), hundreds)


def _ten(found: re.Match[str]) -> str:
    if found["teen"]:
        return str(_TEENS[found["teen"].lower()])
    return str(_TENS[found["ten"].lower()] + int(found["unit"] or 0))


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", _plain(text))


def _nationals(groups: list[str], written: Collection[str] = ()) -> set[str]:
    """Return the numbers that groups of digits make which stand side by side.

    What is known, and what is grouped as usual, is cut out first, so that of two
    numbers that stand side by side no third one is read.
    """
    found: set[str] = set()
    pieces = [groups]
    for is_wanted in (
        lambda parts: _is_whole(parts) and digits_of("".join(parts)) in written,
        lambda parts: list(map(len, parts[-3:])) == _USUAL and _is_national(parts),
        _is_national,
    ):
        waiting, pieces = pieces, []
        while waiting:
            piece = waiting.pop()
            span = next((span for span in _spans(piece) if is_wanted(piece[slice(*span)])), None)
            if span is None:
                pieces.append(piece)
            else:
                found.add(digits_of("".join(piece[slice(*span)])))
                waiting += (piece[: span[0]], piece[span[1] :])
    return found


_CODE_LENGTHS = (5, 6)
_USUAL = [3, 3, 4]


def _is_whole(groups: list[str]) -> bool:
    """Tell whether groups are a number or a code; seven digits may be a part of another one."""
    return _is_national(groups) or (len(groups) == 1 and len(groups[0]) in _CODE_LENGTHS)


def _is_national(groups: list[str]) -> bool:
    return re.fullmatch(_NATIONAL, digits_of("".join(groups))) is not None


def _spans(groups: list[str]) -> Iterator[tuple[int, int]]:
    """Yield first and last of the groups that may make a number with its country code."""
    for first in range(len(groups)):
        for last in range(first + 1, min(first + NATIONAL + 1, len(groups)) + 1):
            yield first, last


def _in_digits(word: str, language: dict[str, str]) -> str:
    """Return the digits that a word spells, several without gaps too; or the word."""
    letters, digit = word.lower(), _digit_word(tuple(language))
    if not re.fullmatch(f"(?:{digit})+", letters):
        return word
    return "".join(language[found] for found in re.findall(digit, letters))


@cache
def _digit_word(words: tuple[str, ...]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _plain(text: str) -> str:
    """Return a text with ASCII digits for signs that mean one, and without marks."""
    signs = normalize("NFD", "".join(map(_digit, text)))
    return "".join(sign for sign in signs if category(sign) not in _MARKS)


_MARKS = frozenset({"Mn", "Me", "Cf"})


def _digit(character: str) -> str:
    value = -1 if character.isascii() else numeric(character, -1)
    return str(int(value)) if value in range(10) else character


# --- codes, three-digit numbers and local numbers, where a text says to dial -----------------

_VERB = (
    "call(?:ing|s)?|dial(?:ing)?|text(?:ing)?|txt|sms|phone|ring|llam(?:e|a|ar)|marque|marcar|"
    "texto|ligue|ligar|disque|rele|teks|tekste|emergency|danger|emergencia|peligro|perigo|danje"
)
_LINE = "send|code|number|line|textline|hotline|helpline|envie|mande|voye|codigo|numero|kod|nimewo"
_SMALL = "or|and|text|call|us|at|to|on|the|al|a|el|o|y|e|ou|oswa|pou|nan|para|now|just|simply"
_WORD = r"(?<![0-9A-Za-z$#.,-])([0-9]+(?:[-.\u2010-\u2015][0-9]+)*)((?:[ ,]{1,2}[0-9]+)*)"
_NOT_BEHIND = (
    r"(?![0-9A-Za-z]|,[0-9]{3}|[%:]|-day| (?:days|hours|hrs|times|people|persons|characters|minutes"
    r"|percent|calls|years|dias|horas|personas|pessoas|jou|moun)\b)"
)
_THREE = (
    rf"(?i)\b(?:(?:{_VERB})(?:\W{{1,3}}(?:{_SMALL})\b){{0,4}}"
    r"|(?:text|send|txt|sms|envie|mande|voye)\b[^.!?0-9]{0,30}?\b(?:to|al|a|nan|para|pou)"
    rf"|(?:{_LINE})\W{{1,3}}(?:is|es|e|se))\W{{1,3}}{_WORD}{_NOT_BEHIND}"
)
_CODE = (
    rf"(?i)\b(?:{_VERB}|{_LINE})\b[^.!?]{{0,40}}?(?<!box)(?<!zip)(?<!suite)(?<!room)\W{{1,3}}"
    r"(?=[1-9][0-9-]{4,7}(?![0-9])|[1-9](?:[ ,]{1,2}[0-9](?![0-9])){4,6}"
    r"|[2-9][0-9]{2} [0-9]{3}(?![0-9]))"
    rf"{_WORD}{_NOT_BEHIND}"
)
_LENGTHS = range(3, 8)
_YEAR_LENGTH = 4


def _told_to_dial(plain: str, written: Collection[str]) -> set[str]:
    """Return the codes and short numbers that a text says to dial or to write to."""
    rest = re.sub(_RUN, _without_nationals, plain)
    found = set()
    for pattern in (_CODE, _THREE):
        waiting = rest
        while told := re.search(pattern, waiting):
            ways = list(_ways(told))
            dialed = [way for way in ways if _may_be_dialed(way[0], told[1])]
            known = [way for way in ways if way[0] in written]
            if dialed and not known:
                found.add(dialed[0][0])
            # "Call 911 or 912": the second is told to dial, too.
            end = (known[-1:] or dialed or [("", told.end(1))])[0][1]
            cue = "call" if known or dialed else "#"
            waiting = f"{waiting[: told.start(1)]}{cue}{waiting[end:]}"
        rest = waiting
    return found


def _ways(told: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield the digits that a word or words of digits may mean, and where they end."""
    digits, size = digits_of(told[1]), len(told[1])
    yield digits, told.end(1)
    for group in re.finditer("[0-9]+", told[2]):
        if len(group[0]) != size or size not in _PIECES:
            return
        digits += group[0]
        yield digits, told.start(2) + group.end()


_PIECES = (1, 3)
"""Digits of a code that is read one by one, or in halves."""


def _may_be_dialed(digits: str, word: str) -> bool:
    is_year = len(digits) == _YEAR_LENGTH and word.isdecimal() and len(word) == _YEAR_LENGTH
    return len(digits) in _LENGTHS and not is_year


def _without_nationals(run: re.Match[str]) -> str:
    """Return a run of digits with a sign in the place of the numbers in it."""
    groups = list(re.finditer("[0-9]+", run[0]))
    text = run[0]
    for start, first in enumerate(groups):
        for last in groups[start:]:
            digits = digits_of(run[0][first.start() : last.end()])
            if re.fullmatch(_NATIONAL, digits):
                size = last.end() - first.start()
                text = text[: first.start()] + "|" * size + text[last.end() :]
    return text
