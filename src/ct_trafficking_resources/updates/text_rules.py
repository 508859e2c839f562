"""The rules of texts, each looked at alone: addresses, numbers, and what people read.

A number or an address is what it seems to be, and leads where it seems to lead.
Words hold nothing that a reader cannot see or that a program would run. These
rules need neither schema nor edition, so they also say what is wrong where the
schema can only say that the form is not right.

Most texts are seen at a glance to be harmless (`is_plain`), and the rules are not
asked. That glance knows nothing that the rules do not know: where it says yes,
every one of them is silent (a test holds it to that). Patterns that only a rule
needs are compiled when it is first asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from unicodedata import category, name
from urllib.parse import parse_qsl, unquote, urlsplit

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import Problem, rule
from ct_trafficking_resources.checks.strict_json import join
from ct_trafficking_resources.checks.value_rules import (
    NAMED,
    TITLE_WORDS,
    USUAL_AREA_CODES,
    all_shows,
    what_is_unseen,
)
from ct_trafficking_resources.errors import quote
from ct_trafficking_resources.model.fields import keys
from ct_trafficking_resources.phone import is_premium, region_of
from ct_trafficking_resources.vocabulary import DIALED, ValueKind
from ct_trafficking_resources.web import SHORTENERS, authority, host_of, is_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.checks.rules import Broken, Rule


class Text(NamedTuple):
    """A piece of text in a document.

    Attributes:
        pointer: JSON Pointer to it.
        key: The key it stands under; of an item in a list, the key of the list.
        kind: For the value of a contact point, its kind as written; else None.
        text: The text.
    """

    pointer: str
    key: str
    kind: str | None
    text: str


TextCheck: TypeAlias = Callable[[Text], str | None]
"""Asks one text, whatever stands around it; returns what is wrong, in a sentence, or None."""


# --- addresses and numbers -------------------------------------------------------------

_SCHEME = r"([A-Za-z][A-Za-z0-9+.-]*):"
_PASSED_ON = r"[A-Za-z][A-Za-z0-9+.-]*:|//|[/\\]{2}|\\"
"""How an address inside an address begins."""

_REDIRECTS = frozenset(
    {
        "callback",
        "continue",
        "dest",
        "destination",
        "forward",
        "go",
        "goto",
        "href",
        "link",
        "next",
        "out",
        "r",
        "rd",
        "redir",
        "redirect",
        "redirect_to",
        "redirect_uri",
        "redirect_url",
        "return",
        "return_to",
        "return_url",
        "returnurl",
        "rurl",
        "site",
        "target",
        "to",
        "u",
        "uri",
        "url",
    }
)
"""Names of parameters that send the reader on (OWASP, Unvalidated Redirects)."""

_HOSTS = keys("address", "host")
ADDRESSES = keys("address", "page") | _HOSTS
"""Keys whose text is an address although no kind stands beside it."""

_NORTH_AMERICAN = r"\+1([2-9][0-9]{2})([2-9][0-9]{2})[0-9]{4}\Z"


def _is_address(text: Text) -> bool:
    return text.kind == ValueKind.URL or text.key in ADDRESSES


@rule(
    "CTR321",
    Severity.ERROR,
    "A link begins with https://.",
    reason="Other schemes run code, open other programs, or can be read and changed on the way.",
    hint="Give the address of the page, beginning with https://.",
)
def _scheme(text: Text) -> str | None:
    if text.kind != ValueKind.URL:
        return None
    scheme = re.match(_SCHEME, text.text)
    if scheme and scheme[1].lower() != "https":
        return f"The address begins with {quote(scheme[0])}."
    return None


@rule(
    "CTR322",
    Severity.ERROR,
    "An address names no user.",
    reason="In https://good@evil the reader sees good and goes to evil.",
    hint="Take out everything before and with the @.",
)
def _no_user(text: Text) -> str | None:
    if not _is_address(text):
        return None
    user, host, _ = authority(text.text)
    return None if user is None else f"The address has a user before the host {quote(host)}."


@rule(
    "CTR323",
    Severity.ERROR,
    "An address names no port.",
    reason="A page for the public stands at the usual port; another one can be anybody's.",
    hint="Take out the colon and the digits after the host.",
)
def _no_port(text: Text) -> str | None:
    if text.kind != ValueKind.URL and text.key not in _HOSTS:
        return None  # a source is cited as it was found
    port = authority(text.text).port
    return None if port is None else f"The address has the port {quote(port)}."


@rule(
    "CTR324",
    Severity.ERROR,
    "A host is a name, not a number.",
    reason="Nobody can see whose machine a number is, and it can change hands in a day.",
    hint="Give the name of the site.",
)
def _no_ip(text: Text) -> str | None:
    if not _is_address(text) and text.kind != ValueKind.EMAIL:
        return None
    host = authority(text.text).host
    return f"The host {quote(host)} is a number." if is_number(host) else None


@rule(
    "CTR325",
    Severity.ERROR,
    "A host is not in punycode.",
    reason="It shows as letters of another script, which can look like any other name.",
    hint="Give the host that is written in plain letters.",
)
def _no_punycode(text: Text) -> str | None:
    if not _is_address(text) and text.kind != ValueKind.EMAIL:
        return None
    host = authority(text.text).host
    coded = any(label.startswith("xn--") for label in host.split("."))
    return f"The host {quote(host)} is in punycode." if coded else None


@rule(
    "CTR326",
    Severity.ERROR,
    "An address has no backslash, space or coded control character.",
    reason="Programs disagree on where the host of such an address ends.",
    hint="Copy the address from the browser again.",
)
def _plain(text: Text) -> str | None:
    if not _is_address(text):
        return None
    found = re.search(r"[\\\s]|%(?:0[0-9A-Fa-f]|1[0-9A-Fa-f]|5[cC]|7[fF])", text.text)
    return f"The address contains {quote(found[0])}." if found else None


@rule(
    "CTR327",
    Severity.ERROR,
    "A link does not send the reader on to another address.",
    reason="What it leads to is decided by the part that nobody reads.",
    hint="Give the address of the page where the reader ends up.",
)
def _no_redirect(text: Text) -> str | None:
    if text.kind != ValueKind.URL:
        return None
    try:
        parts = urlsplit(text.text)
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return f"{quote(text.text)} cannot be read as an address."
    for key, value in pairs:
        inner = _decoded(value)
        if re.match(_PASSED_ON, inner) or (key.lower() in _REDIRECTS and re.search(_DOTTED, inner)):
            return f"The parameter {quote(key)} leads on to {quote(inner)}."
    path = _decoded(f"{parts.path}#{parts.fragment}".rstrip("#"))
    onward = re.search(r"(?:https?|ftp|javascript|data):|//", path)
    return f"The path leads on to {quote(path[onward.start() :])}." if onward else None


def _decoded(part: str) -> str:
    """Return a part of an address with all that is coded, and coded again, made plain."""
    while (plain := unquote(part)) != part:
        part = plain
    return part


_DOTTED = r"\w[.\u3002\uff0e\uff61]\w"
"""A host in a parameter; browsers take these full stops for a dot (UTS 46)."""


@rule(
    "CTR328",
    Severity.ERROR,
    "A link is not shortened.",
    reason="What a short link leads to can be changed by whoever made it.",
    hint="Give the address of the page where the reader ends up.",
)
def _not_shortened(text: Text) -> str | None:
    if not _is_address(text):
        return None
    host = host_of(text.text)
    return f"{quote(host)} is a service that forwards." if host in SHORTENERS else None


@rule(
    "CTR332",
    Severity.ERROR,
    "A number is in service in the United States.",
    reason="Country code 1 is shared: +1 809 and others are calls abroad, at a price.",
    hint="Find the right number; it may be one of a place with the same name.",
)
def _in_service(text: Text) -> str | None:
    number = re.match(_NORTH_AMERICAN, text.text) if text.kind == ValueKind.E164 else None
    if number is None:
        return None
    area, exchange = number.groups()
    if exchange.endswith("11"):
        return f"No number has the exchange {exchange}: it is kept for services such as 911."
    if area in USUAL_AREA_CODES:
        return None
    region = region_of(text.text)
    if region is None:
        return f"The area code {area} is not in service."
    return None if region in _UNITED_STATES else f"The area code {area} is abroad ({region})."


_UNITED_STATES = frozenset({"US", "PR", "VI", "GU", "AS", "MP"})
"""The states and the territories: a call there is a call at home."""


@rule(
    "CTR333",
    Severity.WARNING,
    "An area code outside Connecticut is looked at by a person.",
    reason="The commonest error in the field is the office of a town with the same name elsewhere.",
    hint="Check that the source is about Connecticut, or about a body of the whole nation.",
)
def _area_code(text: Text) -> str | None:
    number = re.match(_NORTH_AMERICAN, text.text) if text.kind == ValueKind.E164 else None
    if number is None or number[1] in USUAL_AREA_CODES or is_premium(text.text):
        return None
    return f"The area code {number[1]} is neither Connecticut's nor toll-free."


# --- what people read ------------------------------------------------------------------

PROSE = keys("text") | {"instructions", "role"}
"""Keys whose text people read, in records and in the update around them."""

_MARKUP = (
    r"</?[A-Za-z!?]"  # an HTML or XML tag
    r"|&(?:[A-Za-z]{2,31}|\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6});"  # a character reference
    r"|\]\(|!\[|`|\*\*|(?<!\w)__(?=\w)"  # Markdown: link, picture, code, bold
    r"|^\s{0,3}(?:\#{1,6}\s|>|[-*+]\s)"  # Markdown: heading, quotation, list
)
_FORMULA = r"[=+@\t\r\uff1d\uff0b\uff20]|-(?![0-9 ])"
"""What a spreadsheet takes for the start of a formula (OWASP, CSV Injection)."""

TITLED = PROSE - keys("text", "quote")
"""Keys in which no person stands; sources are quoted as they are."""


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {name(character, 'without a name')}"


@rule(
    "CTR312",
    Severity.ERROR,
    "Digits are 0 to 9.",
    reason="Digits of other scripts, and wide ones, look right and cannot be dialed everywhere.",
    hint="Type the digits on an ordinary keyboard.",
)
def _digits(text: Text) -> str | None:
    if text.text.isascii():
        return None
    signs = (sign for sign in text.text if not sign.isascii() and _is_digit(sign))
    odd = next(signs, None)
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
        scripts = {_script(letter): letter for letter in word if letter.isalpha()}
        foreign = [letter for script, letter in scripts.items() if script != "LATIN"]
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
    found = re.search(_MARKUP, text.text) if text.key in PROSE else None
    return f"{quote(found[0])} is HTML or Markdown." if found else None


@rule(
    "CTR315",
    Severity.ERROR,
    "Text does not begin like a formula.",
    reason="A spreadsheet that opens the data would run it.",
    hint="Begin with a letter or a digit.",
)
def _formula(text: Text) -> str | None:
    if text.key not in PROSE or not re.match(_FORMULA, text.text):
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


# --- all texts of a document -----------------------------------------------------------

TEXT_RULES: tuple[tuple[Rule[Any], TextCheck], ...] = (
    (_scheme, _scheme.check),
    (_plain, _plain.check),
    (_no_user, _no_user.check),
    (_no_port, _no_port.check),
    (_no_ip, _no_ip.check),
    (_no_punycode, _no_punycode.check),
    (_no_redirect, _no_redirect.check),
    (_not_shortened, _not_shortened.check),
    (_in_service, _in_service.check),
    (_area_code, _area_code.check),
    (_trimmed, _trimmed.check),
    (_digits, _digits.check),
    (all_shows, lambda text: what_is_unseen(text.text)),
    (_one_script, _one_script.check),
    (_markup, _markup.check),
    (_formula, _formula.check),
    (_no_person, _no_person.check),
)
"""Each rule, and what asks one text. Of several that find something, the first speaks."""


def text_problems(document: Any, *, prose_is_plain: bool = False) -> Iterator[Broken]:
    """Yield what the text rules find, at most one problem a text.

    Args:
        document: The document.
        prose_is_plain: The rules of prose are known to have nothing to say.
    """
    for way, key, kind, value in _texts(document, but_prose=prose_is_plain):
        if prose_is_plain and kind is None and key not in ADDRESSES:
            continue
        if is_plain(key, kind, value):
            continue
        text = Text(_pointer(way), key, kind, value)
        for text_rule, check in TEXT_RULES:
            message = check(text)
            if message is not None:
                yield text_rule, Problem(text.pointer, message)
                break


_Way: TypeAlias = tuple["_Way", "str | int"] | None
"""The way to a value, its last step first: made for every value, and read for few."""


_NO_PROSE = ADDRESSES | {"value"}


def _texts(
    document: Any, *, but_prose: bool = False
) -> Iterator[tuple[_Way, str, str | None, str]]:
    """Yield every text in a document: the way to it, its key, its kind, the text.

    Args:
        document: The document.
        but_prose: Prose may be left out, not must.
    """
    waiting: list[tuple[_Way, str, str | None, Any]] = [(None, "", None, document)]
    while waiting:
        way, key, kind, value = waiting.pop()
        if isinstance(value, str):
            yield way, key, kind if key == "value" else None, value
        elif isinstance(value, dict):
            given = value.get("kind")
            inner = given if isinstance(given, str) else None
            waiting += [
                ((way, name), name, inner, item)
                for name, item in reversed(value.items())
                if not (but_prose and isinstance(item, str) and name not in _NO_PROSE)
            ]
        elif isinstance(value, list):
            last = len(value) - 1
            waiting += [((way, last - i), key, kind, item) for i, item in enumerate(value[::-1])]


def _pointer(way: _Way) -> str:
    steps = []
    while way is not None:
        way, step = way
        steps.append(step)
    return reduce(join, reversed(steps), "")


# --- texts that are harmless at a glance -----------------------------------------------

_ODD_SIGNS = ("<", ">", "`", "](", "![", "**", "__")
_REFERENCE = re.compile(r"&[#A-Za-z][#0-9A-Za-z]*;")
_ODD_START = re.compile(r" *[#*+=@>-]")
_ODD_QUOTED = re.compile(r'"(?:[ #*=@>-]|\+(?!1[0-9]{10}"))')
"""The same at the start of any text in a line of JSON; numbers begin with +1."""
_NUMBER = re.compile(r"[0-9]{3,6}\Z|\+1([2-9][0-9]{2})[2-9](?!11)[0-9]{6}\Z")
_HOST = r"((?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,24})"
_PAGE = re.compile(rf"https?://{_HOST}(?:[/?\#][!-\[\]-~]*)?\Z", re.VERBOSE)
_LINK = re.compile(rf"https://{_HOST}(?:/[a-zA-Z0-9._~-]+)*/?\Z")
_BARE = re.compile(rf"{_HOST}\Z")
_MAILBOX = re.compile(rf"[A-Za-z0-9._+-]+@{_HOST}\Z")
_TITLE = re.compile(rf"(?:{'|'.join(sorted(TITLE_WORDS))})\.? [A-Z]")
"""More than `NAMED` finds, and found five times as fast: it begins with a letter."""
_OF_KIND = {ValueKind.URL.value: _LINK, ValueKind.EMAIL.value: _MAILBOX}
_OF_KEY = {key: _BARE if key in _HOSTS else _PAGE for key in ADDRESSES}


def is_plain(key: str, kind: str | None, text: str) -> bool:
    """Tell whether no text rule can have anything to say.

    Args:
        key: The key that the text stands under.
        kind: For the value of a contact point, its kind.
        text: The text.
    """
    if not text.isascii() or not text.isprintable() or text != text.strip(" "):
        return False
    if kind in DIALED:
        number = _NUMBER.match(text)
        return number is not None and (number[1] is None or number[1] in USUAL_AREA_CODES)
    form = _OF_KEY.get(key) if kind is None else _OF_KIND.get(kind)
    if form is not None:
        return _is_plain_address(form, text)
    if key not in PROSE:
        return True
    return not (_ODD_START.match(text) or _has_signs(text) or (key in TITLED and _has_title(text)))


def is_plain_line(line: str) -> bool:
    """Tell whether no rule of prose can have anything to say about a line of JSON.

    Args:
        line: The line; every text in it has the form that its schema asks for, so
            that nothing in it is invisible or begins or ends with a space.
    """
    return (
        line.isascii()
        and "\\" not in line
        and not _has_signs(line)
        and not _ODD_QUOTED.search(line)
        and not _has_title(line)
    )


def _has_signs(text: str) -> bool:
    return any(sign in text for sign in _ODD_SIGNS) or (
        "&" in text and _REFERENCE.search(text) is not None
    )


def _has_title(text: str) -> bool:
    return _TITLE.search(text) is not None and NAMED.search(text) is not None


def _is_plain_address(form: re.Pattern[str], text: str) -> bool:
    found = form.match(text)
    if found is None or "%" in text or "xn--" in text:
        return False
    return host_of(found[1]) not in SHORTENERS
