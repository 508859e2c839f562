"""What people type, in the form that is stored.

People write ``(203) 555-0123 ext 4``, ``1.888.373.7888`` and ``203-576-TIPS``;
stored are the number, how it is shown, the extension and the letters, each
apart. Only what can be read in one way is rewritten: a number that may be two,
that lacks its area code or that holds digits of another script is refused.
Whether the number is the right one is for the rules.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ct_trafficking_resources.findings import quote
from ct_trafficking_resources.telephone import TOLL_FREE_PREFIXES, spell
from ct_trafficking_resources.vocabulary import Mode, ValueKind

_SHOWN = re.compile(r"(?:1-)?[0-9]{3}-[0-9]{3}-[0-9]{4}\Z")
_STORED = {
    ValueKind.E164: re.compile(r"\+1[2-9][0-9]{2}[2-9][0-9]{6}\Z"),
    ValueKind.SHORT_CODE: re.compile(r"[2-9][0-9]{4,5}\Z"),
    ValueKind.N11: re.compile(r"(?:[2-9]11|988)\Z"),
}
_DIALLED_MODES = frozenset({Mode.VOICE, Mode.TEXT, Mode.TTY, Mode.RELAY})
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")
_TYPOGRAPHY = {**_HYPHENS, **_SPACES}
"""What word processors put in place of a hyphen and a space."""

_EXTENSION = re.compile(
    r"[\s,;]*(?:\bextension|\bext|(?<![A-Za-z])x|#)[\s.:#=]*(?P<digits>[0-9]{1,6})\s*\Z",
    re.IGNORECASE,
)
_DIAL_TEXT = re.compile(r"\+?[0-9A-Za-z(). /-]+\Z")
_SCIENTIFIC = re.compile(r"[0-9][.,][0-9]+E\+?[0-9]+\Z", re.IGNORECASE)
_PAUSE = re.compile(r"[,;*#]|(?<![A-Za-z])[pw](?![A-Za-z])")
_LOCAL, _NATIONAL, _LONGEST = 7, 10, 100
_BARE_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?=[/?#]|\Z)", re.IGNORECASE
)
_HTTPS = re.compile(r"https://(?P<host>[A-Za-z0-9.-]+)(?P<rest>.*)", re.DOTALL | re.IGNORECASE)
_EMAIL = re.compile(r"(?:mailto:)?(?P<who>[^@\s]+)@(?P<host>[A-Za-z0-9.-]+)\Z", re.IGNORECASE)


class Number(NamedTuple):
    """A telephone number or code, in the form that is stored.

    Attributes:
        kind: Telephone number, short code or three-digit number.
        value: As it is dialled.
        display: As it is shown.
        extension: Digits dialled after the call is answered, or None.
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


class NotReadable(ValueError):
    """What was typed cannot be read in one way.

    Attributes:
        message: Why.
        hint: What to type instead.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.message, self.hint = message, hint


def is_dialled(mode: str) -> bool:
    """Tell whether contact points of a mode have a number."""
    return mode in _DIALLED_MODES


def is_stored_form(kind: str, value: str) -> bool:
    """Tell whether a number already stands in the form that is stored."""
    return kind in _STORED and _STORED[ValueKind(kind)].match(value) is not None


def is_shown_form(display: str) -> bool:
    """Tell whether a telephone number is already grouped as we group it."""
    return _SHOWN.match(display) is not None


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
    extension = _EXTENSION.search(text)
    dialled = text[: extension.start()].rstrip() if extension else text
    _refuse_what_is_no_number(typed, dialled)
    digits = spell(dialled)
    letters = dialled.upper() if re.search("[A-Za-z]", dialled) else None
    if dialled.startswith("+") and not dialled.startswith("+1"):
        raise NotReadable(
            f"{quote(typed)} is not a number of the United States.",
            "Numbers here have the country code 1; ask the curators about a foreign number.",
        )
    if len(digits) == _NATIONAL:
        number = _telephone(typed, dialled, digits)
        return number._replace(extension=extension["digits"] if extension else None, vanity=letters)
    if extension or not _is_code(digits):
        raise _wrong_length(typed, digits)
    kind = ValueKind.N11 if _STORED[ValueKind.N11].match(digits) else ValueKind.SHORT_CODE
    return Number(kind, digits, digits, vanity=letters)


def _refuse_what_is_no_number(typed: str, dialled: str) -> None:
    if _SCIENTIFIC.match(dialled):
        raise NotReadable(
            f"{quote(typed)}: the spreadsheet program has rounded the number.",
            "Set the cell to Text, then type the number again.",
        )
    if any(one.isdigit() and not one.isascii() for one in dialled):
        raise NotReadable(
            f"{quote(typed)} has digits of another script.", "Type it again with the digits 0 to 9."
        )
    if _PAUSE.search(dialled):
        raise NotReadable(
            f"{quote(typed)} has a pause or a service code in it.",
            "Write the number alone; what to press afterwards goes under Extension or Menu.",
        )
    if not _DIAL_TEXT.match(dialled):
        raise NotReadable(
            f"{quote(typed)} cannot be read as a telephone number.",
            "Write it as 203-555-0123; remarks go under Note.",
        )


def _is_code(digits: str) -> bool:
    return any(
        _STORED[kind].match(digits) is not None for kind in (ValueKind.N11, ValueKind.SHORT_CODE)
    )


def _wrong_length(typed: str, digits: str) -> NotReadable:
    if len(digits) == _LOCAL:
        return NotReadable(
            f"{quote(typed)} has no area code.", "Write it with the area code: 203-555-0123."
        )
    few_or_many = "too few" if len(digits) < _NATIONAL else "too many"
    return NotReadable(
        f"{quote(typed)} has {few_or_many} digits: {len(digits)} instead of {_NATIONAL}.",
        "Write one number with its area code, such as 203-555-0123; a second number is a row"
        " of its own.",
    )


def _telephone(typed: str, dialled: str, digits: str) -> Number:
    import phonenumbers

    parsed = phonenumbers.parse(digits, "US")
    national = str(parsed.national_number)
    value = f"+{parsed.country_code}{national}"
    if not is_stored_form(ValueKind.E164, value):
        raise NotReadable(
            f"{quote(typed)} is not a number that exists in the United States.",
            "Neither the area code nor the three digits after it begin with 0 or 1; check them.",
        )
    long = national[:3] in TOLL_FREE_PREFIXES or dialled.startswith("1")
    display = f"{'1-' * long}{national[:3]}-{national[3:6]}-{national[6:]}"
    return Number(ValueKind.E164, value, dialled if is_shown_form(dialled) else display)


def read_address(mode: str, typed: str) -> tuple[ValueKind, str]:
    """Read a web or e-mail address; what is not one is returned as it was typed.

    A scheme that was left out is added, never changed: ``http://`` stays, for
    the rules to refuse.
    """
    text = typed.strip()
    if mode == Mode.EMAIL:
        email = _EMAIL.match(text)
        address = f"{email['who']}@{email['host'].lower()}" if email else text
        return ValueKind.EMAIL, address
    if _BARE_HOST.match(text):
        text = f"https://{text}"
    https = _HTTPS.match(text)
    if https:
        text = f"https://{https['host'].lower()}{https['rest']}"
    return ValueKind.URL, text


def shown_address(value: str) -> str:
    """Return how an address is shown where nobody says otherwise."""
    return value.removeprefix("https://").rstrip("/")
