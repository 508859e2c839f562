"""A number or an address is what it seems to be, and leads where it seems to lead.

Like the checks of prose, these look at one text at a time. That a number has
the right form is the schema's business, and that it costs nothing extra is one
of the `rules`.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import parse_qsl, unquote, urlsplit

from ct_trafficking_resources.findings import Severity, quote
from ct_trafficking_resources.telephone import (
    CONNECTICUT_AREA_CODES,
    TOLL_FREE_PREFIXES,
    is_premium,
)
from ct_trafficking_resources.updates.checks.base import Text, rule
from ct_trafficking_resources.vocabulary import ValueKind

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
SHORTENERS = frozenset(
    {
        "bit.ly",
        "buff.ly",
        "cutt.ly",
        "goo.gl",
        "is.gd",
        "lnkd.in",
        "ow.ly",
        "rb.gy",
        "rebrand.ly",
        "shorturl.at",
        "t.co",
        "t.ly",
        "tiny.cc",
        "tinyurl.com",
        "urldefense.com",
    }
)
"""Services that forward: what they lead to can be changed behind the reader's back."""

_PASSED_ON = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|[/\\]{2}|\\")
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

ADDRESSES = frozenset({"url", "hosts"})
"""Keys whose text is an address although no kind stands beside it."""

USUAL = CONNECTICUT_AREA_CODES | TOLL_FREE_PREFIXES
"""Area codes that nobody has to look at."""

_NORTH_AMERICAN = re.compile(r"\+1([2-9][0-9]{2})([2-9][0-9]{2})[0-9]{4}\Z")


def _is_address(text: Text) -> bool:
    return text.kind == ValueKind.URL or text.key in ADDRESSES


def _authority(text: str) -> str:
    """Return what stands between the scheme and the path, as browsers read it."""
    _, separator, rest = text.replace("\\", "/").partition("://")
    return re.split("[/?#]", rest if separator else text, maxsplit=1)[0]


def _host(text: str) -> str:
    return _authority(text).rpartition("@")[2].partition(":")[0].lower()


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
    scheme = _SCHEME.match(text.text)
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
    if not _is_address(text) or "@" not in _authority(text.text):
        return None
    return f"The address has a user before the host {quote(_host(text.text))}."


@rule(
    "CTR323",
    Severity.ERROR,
    "An address names no port.",
    reason="A page for the public stands at the usual port; another one can be anybody's.",
    hint="Take out the colon and the digits after the host.",
)
def _no_port(text: Text) -> str | None:
    if text.kind != ValueKind.URL and text.key != "hosts":
        return None  # a source is cited as it was found
    port = re.search(r":[0-9]*\Z", _authority(text.text))
    return f"The address has the port {quote(port[0])}." if port else None


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
    host = _authority(text.text).rpartition("@")[2].strip("[]")
    bare = host.partition(":")[0] if host.count(":") == 1 else host
    try:
        ip_address(bare)
    except ValueError:
        if not re.fullmatch(
            r"(?:0[xX][0-9A-Fa-f]*|[0-9]+)(?:\.(?:0[xX][0-9A-Fa-f]*|[0-9]+))*", bare
        ):
            return None
    return f"The host {quote(bare)} is a number."


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
    host = _host(text.text)
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
        if _PASSED_ON.match(inner) or (key.lower() in _REDIRECTS and _DOTTED.search(inner)):
            return f"The parameter {quote(key)} leads on to {quote(inner)}."
    path = _decoded(f"{parts.path}#{parts.fragment}".rstrip("#"))
    onward = re.search(r"(?:https?|ftp|javascript|data):|//", path)
    return f"The path leads on to {quote(path[onward.start() :])}." if onward else None


def _decoded(part: str) -> str:
    """Return a part of an address with all that is coded, and coded again, made plain."""
    while (plain := unquote(part)) != part:
        part = plain
    return part


_DOTTED = re.compile(r"\w[.\u3002\uff0e\uff61]\w")
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
    host = _host(text.text).removeprefix("www.")
    return f"{quote(host)} is a service that forwards." if host in SHORTENERS else None


@rule(
    "CTR332",
    Severity.ERROR,
    "A number is in service in the United States.",
    reason="Country code 1 is shared: +1 809 and others are calls abroad, at a price.",
    hint="Find the right number; it may be one of a place with the same name.",
)
def _in_service(text: Text) -> str | None:
    number = _NORTH_AMERICAN.match(text.text) if text.kind == ValueKind.E164 else None
    if number is None:
        return None
    area, exchange = number.groups()
    if exchange.endswith("11"):
        return f"No number has the exchange {exchange}: it is kept for services such as 911."
    if area in USUAL:
        return None
    import phonenumbers

    region = phonenumbers.region_code_for_number(phonenumbers.parse(text.text))
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
    number = _NORTH_AMERICAN.match(text.text) if text.kind == ValueKind.E164 else None
    if number is None or number[1] in USUAL or is_premium(text.text):
        return None
    return f"The area code {number[1]} is neither Connecticut's nor toll-free."


RULES = (
    _scheme,
    _plain,
    _no_user,
    _no_port,
    _no_ip,
    _no_punycode,
    _no_redirect,
    _not_shortened,
    _in_service,
    _area_code,
)
