"""Text holds nothing that a reader cannot see or that a program would run.

These checks look at one text at a time and need neither schema nor edition, so
they also say what is wrong where the schema can only say that the form is not
right.
"""

from __future__ import annotations

import re
from unicodedata import category, name

from ct_trafficking_resources.findings import Severity, quote
from ct_trafficking_resources.updates.checks.base import Text, rule

PROSE = frozenset(
    {
        "addresses",
        "confidentiality",
        "display",
        "instructions",
        "label",
        "menu",
        "name",
        "named_as",
        "note",
        "parent_name",
        "planning_region",
        "purpose",
        "role",
        "says",
        "short_name",
        "summary",
        "text",
        "title",
        "town",
        "towns",
    }
)
"""Keys whose text people read."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of control, format, half, private and unassigned
characters, and of line and paragraph separators."""

_MARKUP = re.compile(
    r"</?[A-Za-z!?]"  # an HTML or XML tag
    r"|&(?:[A-Za-z]{2,31}|\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6});"  # a character reference
    r"|\]\(|!\[|`|\*\*|(?<!\w)__(?=\w)"  # Markdown: link, picture, code, bold
    r"|^\s{0,3}(?:\#{1,6}\s|>|[-*+]\s)",  # Markdown: heading, quotation, list
)
_FORMULA = re.compile(r"[=+@\t\r\uff1d\uff0b\uff20]|-(?![0-9 ])")
"""What a spreadsheet takes for the start of a formula (OWASP, CSV Injection)."""

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

TITLED = PROSE - {"says", "title"}
"""Keys in which no person stands; sources are quoted as they are."""


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {name(character, 'without a name')}"


@rule(
    "CTR311",
    Severity.ERROR,
    "Text has no invisible or control characters.",
    reason="They turn text around, hide parts of it, or make two texts look alike.",
    hint="Delete the text and type it again; do not paste it.",
)
def _invisible(text: Text) -> str | None:
    if text.text.isprintable():
        return None
    for place, character in enumerate(text.text, 1):
        if category(character) in _INVISIBLE:
            return f"Character {place} cannot be seen: {_named(character)}."
    return None


@rule(
    "CTR312",
    Severity.ERROR,
    "Digits are 0 to 9.",
    reason="Digits of other scripts, and wide ones, look right and cannot be dialled everywhere.",
    hint="Type the digits on an ordinary keyboard.",
)
def _digits(text: Text) -> str | None:
    if text.text.isascii():
        return None
    odd = next((one for one in text.text if not one.isascii() and _is_digit(one)), None)
    return None if odd is None else f"{quote(odd)} is not one of the digits 0 to 9: {_named(odd)}."


def _is_digit(character: str) -> bool:
    """Tell whether a reader takes a character for a digit: Roman ones and key caps too."""
    return character.isdigit() or category(character) == "Nl" or character == _KEY_CAP


_KEY_CAP = "\u20e3"
"""The frame that makes a key of the digit before it."""


@rule(
    "CTR313",
    Severity.ERROR,
    "A word has letters of one script.",
    reason="A Cyrillic or Greek letter inside a Latin word cannot be told from a Latin one.",
    hint="Type the word again on an ordinary keyboard.",
)
def _one_script(text: Text) -> str | None:
    if text.text.isascii():
        return None
    for word in re.findall(r"\w+", text.text):
        scripts = {_script(one): one for one in word if one.isalpha()}
        foreign = [one for script, one in scripts.items() if script != "LATIN"]
        if foreign and ("LATIN" in scripts or text.key not in PROSE):
            return f"{quote(foreign[0])} is not a Latin letter: {_named(foreign[0])}."
    return None


def _script(letter: str) -> str:
    return name(letter, "UNKNOWN").partition(" ")[0]


@rule(
    "CTR314",
    Severity.ERROR,
    "Text has no markup.",
    reason="HTML and Markdown would be run or shown as signs wherever the text is used.",
    hint="Write plain words. A web address has a contact point of its own.",
)
def _markup(text: Text) -> str | None:
    found = _MARKUP.search(text.text) if text.key in PROSE else None
    return f"{quote(found[0])} is HTML or Markdown." if found else None


@rule(
    "CTR315",
    Severity.ERROR,
    "Text does not begin like a formula.",
    reason="A spreadsheet that opens the data would run it.",
    hint="Begin with a letter or a digit.",
)
def _formula(text: Text) -> str | None:
    if text.key not in PROSE or not _FORMULA.match(text.text):
        return None
    return f"The text begins with {quote(text.text[0])}, like a formula."


@rule(
    "CTR316",
    Severity.ERROR,
    "Text has no space or line break at either end.",
    reason="It cannot be seen, and makes two equal values differ.",
    hint="Delete what stands before the first and after the last character.",
)
def _trimmed(text: Text) -> str | None:
    if text.text == text.text.strip():
        return None
    what = "a line break" if set("\r\n") & set(text.text) else "a space"
    return f"There is {what} at the beginning or end of {quote(text.text)}."


@rule(
    "CTR317",
    Severity.WARNING,
    "No person is named.",
    reason="The data hold offices and roles; a person changes post, and may be in danger.",
    hint="Write the office or the role. If it is no person's name, leave it.",
)
def _no_person(text: Text) -> str | None:
    found = NAMED.search(text.text) if text.key in TITLED else None
    return f"{quote(found[0])} looks like the name of a person." if found else None


RULES = (_trimmed, _invisible, _digits, _one_script, _markup, _formula, _no_person)
