"""Telephone numbers and codes: what people type, what is stored and shown, and near misses.

People write ``(203) 555-0123 ext 4``, ``1.888.373.7888`` and ``203-576-TIPS``.
Stored are the number, how it is shown, the extension and the letters, each
apart. Only what can be read in one way is read: a number that may be two, that
lacks its area code, or that holds digits of another script is refused.

A syntax check cannot catch the most dangerous mistake: ``+18003737888`` is a
valid toll-free number, and not the hotline. What can be caught is a number that
is one slip away from one that is known (`near_miss`).

Whether a number is the right one is for the rules; finding numbers in a text
that may hold any is for the audit. phonenumbers is imported where it is asked,
so that importing this module stays cheap.
"""

from __future__ import annotations

import re
from enum import StrEnum, unique
from typing import TYPE_CHECKING, NamedTuple

from ct_trafficking_resources import web
from ct_trafficking_resources.errors import NotReadable, quote
from ct_trafficking_resources.vocabulary import ADDRESSED, Mode, ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterator

TOLL_FREE_PREFIXES = frozenset({"800", "833", "844", "855", "866", "877", "888"})
"""Toll-free prefixes in use (47 CFR 52.101); each prefix is another number."""

NATIONAL = 10
"""Digits of a number with its area code."""

_DIGITS = "0123456789"
_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
"""ITU-T E.161."""

_DIALED_MODES = frozenset({Mode.VOICE, Mode.TEXT, Mode.TTY, Mode.RELAY})

_STORED: dict[str, str] = {
    ValueKind.E164: r"\+1[2-9][0-9]{2}[2-9][0-9]{6}",
    ValueKind.SHORT_CODE: "[2-9][0-9]{4,5}",
    ValueKind.N11: "[2-9]11|988",
}
"""How values are stored, as in schemas/common.schema.json."""


# --- digits and kinds ---------------------------------------------------------------------


def digits_of(text: str) -> str:
    """Return the national digits in a number as printed or as stored."""
    digits = "".join([character for character in text if character in _DIGITS])
    return digits[1:] if len(digits) == NATIONAL + 1 and digits[0] == "1" else digits


def ascii_digits(text: str) -> str:
    """Return a text with the digits of other scripts written in ASCII."""
    if text.isascii():
        return text
    return "".join([str(int(sign)) if sign.isdecimal() else sign for sign in text])


def spell(letters: str) -> str:
    """Return the digits that letters stand for on a keypad."""
    return digits_of(letters.upper().translate(_KEYPAD))


def is_dialed(mode: str) -> bool:
    """Tell whether contact points of a mode have a number."""
    return mode in _DIALED_MODES


def is_stored_form(kind: str, value: str) -> bool:
    """Tell whether a dialed value has the form in which values of its kind are stored."""
    form = _STORED.get(kind)
    return form is not None and re.fullmatch(form, value) is not None


def is_premium(e164: str) -> bool:
    """Tell whether a call costs extra: 900, and 976 as exchange."""
    return e164[2:5] == "900" or e164[5:8] == "976"


def is_fictitious(e164: str) -> bool:
    """Tell whether a number is kept for fiction: 555-0100 to 555-0199."""
    return e164[5:10] == "55501"


def is_toll_free(e164: str) -> bool:
    """Tell whether a call costs the caller nothing."""
    return area_code(e164) in TOLL_FREE_PREFIXES


def area_code(e164: str) -> str:
    """Return the area code or the toll-free prefix of a number."""
    return e164[2:5]


def region_of(e164: str) -> str | None:
    """Return the region of a number, such as ``US`` or ``PR``, or None if it is in no service.

    Country code 1 is shared by more than twenty of them.
    """
    import phonenumbers

    region: str | None = phonenumbers.region_code_for_number(phonenumbers.parse(e164))
    return region


# --- what is shown ------------------------------------------------------------------------


def display(kind: str, value: str) -> str:
    """Return how a value is written for people; nothing else stands under ``display``.

    A toll-free number is written ``1-888-373-7888``, any other one
    ``203-555-0123``, a short number as it is, and an address without its scheme.

    Args:
        kind: What the value is.
        value: The value as it is stored; in any other form it is returned as it is.
    """
    if kind in ADDRESSED:
        return web.display(value)
    if kind != ValueKind.E164 or not is_stored_form(kind, value):
        return value
    digits = digits_of(value)
    return f"{'1-' * is_toll_free(value)}{digits[:3]}-{digits[3:6]}-{digits[6:]}"


def is_same(number: str, other: str) -> bool:
    """Tell whether two numbers are one, however they are grouped."""
    return digits_of(number) == digits_of(other)


# --- what people type ---------------------------------------------------------------------

_TYPOGRAPHY = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " "),
}
"""What word processors put in place of a hyphen and a space."""

_EXTENSION = (
    r"(?i)[\s,;]*\(?(?:\bextension|\bext|(?<![A-Za-z])x|#)[\s.:#=]*(?P<digits>[0-9]{1,6})\)?\s*\Z"
)
_DIAL_TEXT = r"\+?[0-9A-Za-z(). /-]+"
_SCIENTIFIC = r"[0-9][.,][0-9]+[Ee]\+?[0-9]+"
_PAUSE = r"[,;*#]|(?<![A-Za-z])[pw](?![A-Za-z])"
_LOCAL, _LONGEST = 7, 100


class Number(NamedTuple):
    """A telephone number or code, in the form that is stored.

    Attributes:
        kind: Telephone number, short code or three-digit number.
        value: As it is dialed.
        display: As it is shown.
        extension: Digits dialed after the call is answered, or None.
        vanity: The number in letters, if it was typed so.
    """

    kind: ValueKind
    value: str
    display: str
    extension: str | None = None
    vanity: str | None = None

    def __str__(self) -> str:
        extension = f", extension {self.extension}" if self.extension else ""
        letters = f", in letters {self.vanity}" if self.vanity else ""
        return f"{self.value}, shown as {self.display}{extension}{letters}"


def read_number(typed: str) -> Number:
    """Read a telephone number, short code or three-digit number.

    Args:
        typed: What a person typed.

    Raises:
        NotReadable: It cannot be read in one way; says what to do.
    """
    if len(typed) > _LONGEST:
        raise NotReadable("The number is too long.", "Write one number, such as 203-555-0123.")
    text = typed.translate(_TYPOGRAPHY).strip()
    text = text[4:] if text.lower().startswith(("tel:", "sms:")) else text
    extension = re.search(_EXTENSION, text)
    dialed = text[: extension.start()].rstrip() if extension else text
    _refuse_what_is_no_number(typed, dialed)
    value, letters = spell(dialed), None
    if re.search("[A-Za-z]", dialed):
        letters = dialed.upper()
    if len(value) == NATIONAL:
        kind, value = ValueKind.E164, f"+1{value}"
        if not is_stored_form(kind, value):
            raise NotReadable(
                f"{quote(typed)} is not a number that exists in the United States.",
                "Neither the area code nor the three digits after it begin with 0 or 1; check"
                " them.",
            )
    elif extension:
        raise _wrong_length(typed, value)
    elif is_stored_form(ValueKind.N11, value):
        kind = ValueKind.N11
    elif is_stored_form(ValueKind.SHORT_CODE, value):
        kind = ValueKind.SHORT_CODE
    else:
        raise _wrong_length(typed, value)
    pressed = extension["digits"] if extension else None
    return Number(kind, value, display(kind, value), pressed, letters)


def _refuse_what_is_no_number(typed: str, dialed: str) -> None:
    if re.fullmatch(_SCIENTIFIC, dialed):
        raise NotReadable(
            f"{quote(typed)}: the spreadsheet program has rounded the number.",
            "Set the cell to Text, then type the number again.",
        )
    if any(sign.isdigit() and not sign.isascii() for sign in dialed):
        raise NotReadable(
            f"{quote(typed)} has digits of another script.", "Type it again with the digits 0 to 9."
        )
    if re.search(_PAUSE, dialed):
        raise NotReadable(
            f"{quote(typed)} has a pause or a service code in it.",
            "Write the number alone; what to press afterwards goes under Extension or Menu.",
        )
    if not re.fullmatch(_DIAL_TEXT, dialed):
        raise NotReadable(
            f"{quote(typed)} cannot be read as a telephone number.",
            "Write it as 203-555-0123; remarks go under Note.",
        )
    if dialed.startswith("+") and not dialed.startswith("+1"):
        raise NotReadable(
            f"{quote(typed)} is not a number of the United States.",
            "Numbers here have the country code 1; ask the curators about a foreign number.",
        )


def _wrong_length(typed: str, digits: str) -> NotReadable:
    if len(digits) == _LOCAL:
        return NotReadable(
            f"{quote(typed)} has no area code.", "Write it with the area code: 203-555-0123."
        )
    few_or_many = "too few" if len(digits) < NATIONAL else "too many"
    return NotReadable(
        f"{quote(typed)} has {few_or_many} digits: {len(digits)} instead of {NATIONAL}.",
        "Write one number with its area code, such as 203-555-0123; a second number is a row"
        " of its own.",
    )


# --- a known number in words --------------------------------------------------------------

_GAP = r"[ .()/\u00a0\u2010-\u2015\u2212-]{0,3}"
"""What stands between the groups of a number."""

_FAX = (
    r"(?i:(?:tele|e-?|right)?fax(?:es)?|facsimiles?|faks|fx|t[e\u00e9]l[e\u00e9]copie)\b"
    r"|[Ff](?=[.:)\]])|F(?=\W*\Z)"
)
_CALL = (
    r"(?i:(?:tele|video)?phones?|tel|ph|calls?|voice|dial|text|sms|tty|tdd|cell|mobile|hotline"
    r"|helpline|tel[e\u00e9]fono|telefone|telef[o\u00f2]n|llame|ligue|rele)\b"
    r"|[PTVptv](?=[.:)\]])|[PTV](?=\W*\Z)"
)
_LABEL = rf"(?<![\w-])(?:(?P<fax>{_FAX})|{_CALL})"
"""What says that nobody answers a number, or that people do."""

_NAME_OF_F = (
    r"(?i)\b(?:(?:m|mon|monday|tu|tues?|w|wed|th|thurs?|s|sun)\b\W{0,3}(?:(?:to|thru|through)\s*)?"
    r"|(?:suite|ste|room|rm|building|bldg|unit|apt|floor|wing|gate|door|level|block|box)\.?\s*)\Z"
)
"""Behind it, an F is the end of a week, or the name of a room."""

_SENTENCE = r"[!?]|\.\s+(?=[A-Z])"
_JOINED = r"\s*(?:[/&]|and|or|y|e|ou|ak)\s*"
_LISTED = r"(?:\s|[,/&]|and|or|y|e|ou|ak){1,8}"
_AT_ONCE = r"(?i)(?:[\s,;(]*(?:extension|ext|x|#)[\s.:#]*[0-9]{1,6}\)?)?[\s,/([\u2010-\u2015-]{0,4}"
_TO_NEXT = r"(?i)[ .#\u00a0-]{0,3}(?:(?:no|number|line)\b)?[ .#\u00a0-]{0,3}(?::\s{0,3})?"
_ANY_NUMBER = (
    rf"(?<![0-9])(?:(?:\+?1{_GAP})?\(?[0-9]{{3}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{4}}"
    r"|[2-9][0-9]{2}[ .\u2010-\u2015-][0-9]{4})(?![0-9])"
)


def is_printed(words: str, number: str) -> bool:
    """Tell whether words print a number to call, however it is grouped.

    Evidence rests on it, so it is strict. What may be a fax does not count. A label
    belongs to the number behind it; behind the last number, to that one.

    Args:
        words: What a page says.
        number: The number as it is stored or shown.
    """
    gaps, wanted = _gaps(words, number)
    return any(not _may_be_fax(gaps, index) for index in wanted)


def _gaps(words: str, number: str) -> tuple[list[str], list[int]]:
    """Return what stands before, between and behind numbers, and which of them is wanted."""
    spans = [(*found.span(), True) for found in re.finditer(_grouped(number), words)]
    for found in re.finditer(_ANY_NUMBER, words):
        start, end = found.span()
        if all(end <= first or last <= start for first, last, _ in spans):
            spans.append((start, end, False))
    spans.sort()
    ends = [0, *(end for _, end, _ in spans)]
    starts = [*(start for start, _, _ in spans), len(words)]
    gaps = [words[end:start] for end, start in zip(ends, starts, strict=True)]
    return gaps, [index for index, (_, _, is_wanted) in enumerate(spans) if is_wanted]


def _may_be_fax(gaps: list[str], index: int) -> bool:
    """Tell whether a number between two gaps is a fax, or may be one."""
    head = index
    while head and re.fullmatch(_LISTED, gaps[head]):  # a list of numbers shares its label
        head -= 1
    said = re.split(_SENTENCE, gaps[head])[-1]
    labels = _labels(said)
    is_both = (
        len({label["fax"] is None for label in labels[-2:]}) > 1
        and re.fullmatch(_JOINED, said[labels[-2].end() : labels[-1].start()]) is not None
    )
    if is_both:  # of two numbers nobody can say which is the fax
        return head != index or re.fullmatch(_LISTED, gaps[index + 1]) is not None
    if labels and labels[-1]["fax"]:
        return True
    return _is_called_fax(gaps, index, is_called=bool(labels))


def _is_called_fax(gaps: list[str], index: int, *, is_called: bool) -> bool:
    """Tell whether a label behind a number says fax, and may belong to it."""
    behind = gaps[index + 1]
    label = _label_at_once(behind)
    if label is None or label["fax"] is None:
        return False
    if re.match(rf"{_JOINED}(?:{_CALL})", behind[label.end() :]):
        return False
    if behind[: label.start()].endswith(("(", "[")) or _is_last_word(gaps, index + 1):
        return True
    # Where labels stand behind numbers, the last one does, too.
    return not is_called and any(
        _is_last_word(gaps, later) for later in range(index + 2, len(gaps))
    )


def _is_last_word(gaps: list[str], index: int) -> bool:
    """Tell whether a gap begins with a label that does not belong to the number behind it."""
    label = _label_at_once(gaps[index])
    if label is None:
        return False
    is_last = index + 1 == len(gaps)
    return is_last or not re.fullmatch(_TO_NEXT, gaps[index][label.end() :])


def _labels(words: str) -> list[re.Match[str]]:
    return [
        found
        for found in re.finditer(_LABEL, words)
        if found[0].upper() != "F" or not re.search(_NAME_OF_F, words[: found.start()])
    ]


def _label_at_once(words: str) -> re.Match[str] | None:
    """Return the label with which words begin, apart from an extension and signs."""
    first = next(iter(_labels(words)), None)
    return first if first and re.fullmatch(_AT_ONCE, words[: first.start()]) else None


def prints_extension(words: str, number: str, extension: str) -> bool:
    """Tell whether words print an extension of a number: ``x12``, ``ext. 12``, ``#12``.

    It stands behind the number and before the next one, or anywhere if there is no
    other number.
    """
    gaps, wanted = _gaps(words, number)
    behind = [gaps[index + 1] for index in wanted]
    before = gaps[:1] if len(gaps) == 2 else []  # noqa: PLR2004 - one number
    word = r"(?<![A-Za-z])(?:extensi[o\u00f3]n|extens\u00e3o|extn?|x)"
    named = rf"(?i){word}[\s.:#-]*{extension}(?![0-9A-Za-z])"
    signed = rf"[\s,;(]*#\s?{extension}(?![0-9A-Za-z])"
    return any(re.search(named, gap) for gap in (*before, *behind)) or any(
        re.match(signed, gap) for gap in behind
    )


def without(words: str, number: str) -> str:
    """Return words in which a bar stands for each place that prints a number."""
    return re.sub(_grouped(number), "|", words) if digits_of(number) else words


def _grouped(number: str) -> str:
    """Return the pattern that finds a number in words.

    A number with its area code has three groups, so that of two that stand side
    by side no third one is read. A code stands alone: beside digits of another
    group it is a part of a longer number.
    """
    digits = digits_of(number)
    if len(digits) == NATIONAL:
        groups = _GAP.join((digits[:3], digits[3:6], digits[6:]))
        return rf"(?<![0-9])(?:\+?1{_GAP})?\(?{groups}(?![0-9])"
    code = r"[ .-]?".join(digits)
    return rf"(?<![0-9])(?<![0-9][ .()+/-]){code}(?![ .()+/-]*[0-9])"


def is_number_at(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch of text is a telephone number that can exist.

    The matcher of phonenumbers looks at what stands around it, so that dates,
    prices and parts of longer numbers are none.
    """
    from phonenumbers import PhoneNumberMatcher

    around = text[max(0, start - _AROUND) : end + _AROUND]
    return any(PhoneNumberMatcher(around, "US"))


_AROUND = 24
"""Characters that the matcher looks at on each side."""


# --- near misses --------------------------------------------------------------------------

_PREFIX = 3


@unique
class NearMiss(StrEnum):
    """How a number was made from another one."""

    TOLL_FREE_PREFIX = "toll-free-prefix"
    SWAPPED_DIGITS = "swapped-digits"
    ONE_DIGIT = "one-digit"
    DROPPED_DIGIT = "dropped-digit"
    EXTRA_DIGIT = "extra-digit"

    def in_words(self, unit: str = "digit") -> str:
        """Return how in words.

        Args:
            unit: What the compared texts are made of, such as ``letter``.
        """
        return _MISSES[self].format(unit=unit)


_MISSES = {
    NearMiss.TOLL_FREE_PREFIX: "another toll-free prefix",
    NearMiss.SWAPPED_DIGITS: "two {unit}s swapped",
    NearMiss.ONE_DIGIT: "one {unit} differs",
    NearMiss.DROPPED_DIGIT: "one {unit} is missing",
    NearMiss.EXTRA_DIGIT: "one {unit} too many",
}


def near_miss(digits: str, right: str) -> NearMiss | None:
    """Return the slip that leads from *right* to *digits*, or None.

    Equal digits are no near miss. Slips are looked for in the order of `NearMiss`;
    the first that explains the difference is returned.

    Args:
        digits: National digits as someone wrote them.
        right: National digits of a known number or code.
    """
    if digits == right:
        return None
    if len(digits) == len(right):
        return _same_length(digits, right)
    if len(digits) == len(right) - 1 and _one_left_out(digits, right):
        return NearMiss.DROPPED_DIGIT
    if len(digits) == len(right) + 1 and _one_left_out(right, digits):
        return NearMiss.EXTRA_DIGIT
    return None


def near_misses(right: str) -> Iterator[str]:
    """Yield the digits that one slip makes of others.

    Args:
        right: National digits of a known number or code.
    """
    for place, digit in enumerate(right):
        before, after = right[:place], right[place + 1 :]
        yield before + after
        yield from (before + other + after for other in _DIGITS if other != digit)
        yield from (before + other + digit + after for other in _DIGITS)
        if after and after[0] != digit:
            yield before + after[0] + digit + after[1:]
    yield from (right + other for other in _DIGITS)
    if right[:_PREFIX] in TOLL_FREE_PREFIXES:
        others = sorted(TOLL_FREE_PREFIXES - {right[:_PREFIX]})
        yield from (prefix + right[_PREFIX:] for prefix in others)


def _same_length(digits: str, right: str) -> NearMiss | None:
    prefixes = {digits[:_PREFIX], right[:_PREFIX]}
    if digits[_PREFIX:] == right[_PREFIX:] and prefixes <= TOLL_FREE_PREFIXES:
        return NearMiss.TOLL_FREE_PREFIX
    wrong = [place for place, digit in enumerate(digits) if digit != right[place]]
    if len(wrong) == 1:
        return NearMiss.ONE_DIGIT
    first, last = wrong[0], wrong[-1]
    if last == first + 1 and digits[first] == right[last] and digits[last] == right[first]:
        return NearMiss.SWAPPED_DIGITS
    return None


def _one_left_out(short: str, long: str) -> bool:
    """Tell whether *short* is *long* without one of its digits."""
    place = next((i for i, digit in enumerate(short) if digit != long[i]), len(short))
    return short[place:] == long[place + 1 :]
