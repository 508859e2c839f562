"""Web and e-mail addresses: their host, who registered it, and what looks like it.

An address is read as browsers read it: a backslash is a slash, what stands
before an at-sign is no host, and letter case, ``www.``, a port and a dot at the
end make no other host. Whether an address may be used is for the rules of the
records and updates; finding addresses in running text is for the audit.

Which part of a host someone registered is told without the list of public
suffixes: it changes every week, and the wheel would carry a copy that is out of
date. What `domain_of` does instead is right for the domains of the United
States that the data use; elsewhere it may take two publishers for one.

Hosts that look alike have one skeleton (Unicode Technical Standard 39). The
table holds the part of its confusables data that maps a letter outside ASCII to
one inside; to it come the pairs that an ASCII host can be faked with. Compare
skeletons with those of hosts that are known: "is this suspicious" cannot be
answered, "does it look like ours" can.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ct_trafficking_resources.vocabulary import ADDRESSED, Mode, ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HTTPS = "https://"
PLAIN_HOST = r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+"
"""How an address begins that may be written anywhere: without user, port, or other letters.
What may follow is for each form that shows it."""

_WWW = "www."
_PAGE = ("http://", HTTPS)
_PATH = r"(?s)[/?#].*"
_PORT = r":[0-9]*\Z"
_BRACKETS = r"\[([^\]]*)"

_EMAIL = r"(?i)(?:mailto:)?(?P<who>[^@\s]+)@(?P<host>[A-Za-z0-9.-]+)"
_BARE_HOST = r"(?i)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?=[/?#]|\Z)"
_TYPED = r"(?is)https://(?P<host>[A-Za-z0-9.-]+)(?P<rest>.*)"
"""How people type addresses."""

_COUNTRY = 2
"""Letters of a country's domain, and of a state's below ``.us``."""

_SHARED = frozenset({"com", "edu", "gov", "net", "org"})
"""Second-level names under a country's domain below which anyone registers; two
letters, such as ``co``, are always one."""

_GOVERNMENT = frozenset({"gov", "mil"})
"""Domains that only a government body of the United States gets (get.gov, 31 USC 1344)."""

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


class Authority(NamedTuple):
    """What stands between the scheme and the path of an address.

    Attributes:
        user: What stands before an at-sign, or None if there is none.
        host: The host in lower case; of an IPv6 address without its brackets.
        port: The port with its colon, or None if there is none.
    """

    user: str | None
    host: str
    port: str | None


def authority(address: str) -> Authority:
    """Return what stands between scheme and path.

    Args:
        address: A web address with or without a scheme, an e-mail address, or a host.
    """
    user, at, rest = _authority(address).rpartition("@")
    port = re.search(_PORT, rest)
    bracketed = re.match(_BRACKETS, rest)
    if _is_ipv6(rest.strip("[]")):
        host = rest.strip("[]")
    else:
        host = bracketed[1] if bracketed else rest.partition(":")[0]
    return Authority(user if at else None, host.lower(), port[0] if port else None)


def _authority(address: str) -> str:
    return re.sub(_PATH, "", _without_scheme(address))


def _without_scheme(address: str) -> str:
    _, separator, rest = address.replace("\\", "/").partition("://")
    return rest if separator else address.replace("\\", "/")


def host_of(address: str) -> str:
    """Return the host of a web or e-mail address in lower case, without ``www.``.

    Args:
        address: A web address with or without a scheme, an e-mail address, or a host.
    """
    host = authority(address).host.rstrip(".")
    short = host.removeprefix(_WWW)
    return short if "." in short else host


def page_host(url: str | None) -> str | None:
    """Return the host of a page that can be opened, or None if it has no web address.

    Args:
        url: The address of a source, which may be None or such as ``github-index:12``.
    """
    return host_of(url) if url is not None and url.startswith(_PAGE) else None


def page_hosts(urls: Iterable[str | None]) -> frozenset[str]:
    """Return the hosts of pages, each once."""
    return frozenset(host for url in urls if (host := page_host(url)) is not None)


def contact_host(kind: str, value: str) -> str | None:
    """Return the host of the value of a contact point, or None if it is dialed."""
    return host_of(value) if kind in ADDRESSED else None


def display(address: str) -> str:
    """Return how a web or e-mail address is written for people."""
    return address.removeprefix(HTTPS).rstrip("/")


def read_address(mode: str, typed: str) -> tuple[ValueKind, str]:
    """Read a web or e-mail address; what is not one is returned as it was typed.

    A scheme that was left out is added, never changed: ``http://`` stays, for
    the rules to refuse.
    """
    text = typed.strip()
    if mode == Mode.EMAIL:
        email = re.fullmatch(_EMAIL, text)
        address = f"{email['who']}@{email['host'].lower()}" if email else text
        return ValueKind.EMAIL, address
    if re.match(_BARE_HOST, text):
        text = f"{HTTPS}{text}"
    https = re.fullmatch(_TYPED, text)
    if https:
        text = f"{HTTPS}{https['host'].lower()}{https['rest']}"
    return ValueKind.URL, text


def bare(address: str) -> str:
    """Return a web address in the one spelling that is compared.

    Scheme, letter case of the host, ``www.``, port and a slash at the end make
    no difference.
    """
    path = re.search(_PATH, _without_scheme(address))
    return f"{host_of(address)}{path[0] if path else ''}".rstrip("/")


def parents(host: str) -> Iterator[str]:
    """Yield a host and those that it stands below, without the last label by itself."""
    yield host
    while host.count(".") > 1:
        host = host.partition(".")[2]
        yield host


def domain_of(host: str) -> str:
    """Return the part of a host that someone registered, such as ``example.org``.

    The agencies of a state share one, such as ``ct.gov``; towns below ``.us``
    have one of their own. See the module for what this cannot tell.
    """
    labels = host.split(".")
    below = labels[-2] if len(labels) > 1 else ""
    if len(labels[-1]) == _COUNTRY and (len(below) == _COUNTRY or below in _SHARED):
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])


def is_government(host: str) -> bool:
    """Tell whether only a government body can have a host."""
    labels = host.split(".")
    if labels[-1] == "us":
        return len(labels) > _COUNTRY and len(labels[-2]) == _COUNTRY
    return labels[-1] in _GOVERNMENT


def is_number(host: str) -> bool:
    """Tell whether a host is a number of a machine, however it is written."""
    written = r"(?:0[xX][0-9A-Fa-f]*|[0-9]+)"
    return _is_ipv6(host) or bool(re.fullmatch(rf"{written}(?:\.{written})*", host))


def _is_ipv6(text: str) -> bool:
    if text.count(":") < 2:  # noqa: PLR2004 - no other host has two
        return False
    from ipaddress import IPv6Address

    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True


def unpunycoded(host: str) -> str:
    """Return a host as it is shown, with its ``xn--`` labels decoded."""
    return ".".join(map(_shown_label, host.split(".")))


def _shown_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def longest_label(host: str) -> str:
    """Return the longest label of a host: the part that people remember."""
    return max(host.removeprefix(_WWW).split("."), key=len)


_LOOKS_LIKE = {
    "a": "\u0251\u03b1\u0430",
    "b": "\u1472\u15af",
    "c": "\u0441\u1d04\u2ca5\uabaf",
    "d": "\u0501\u146f\ua4d2",
    "e": "\u0435\u04bd\uab32",
    "f": "\u0584\u1e9d\ua799\uab35",
    "g": "\u018d\u0261\u0581\u1d83",
    "h": "\u04bb\u0570",
    "i": "\u0131\u0269\u026a\u03b9\u0456\u04cf\ua647\uab75",
    "j": "\u03f3\u0458",
    "l": "\u01c0\u06f1\u16c1\u2d4f\ua4f2",
    "n": "\u0578\u057c",
    "o": (
        "\u03bf\u03c3\u043e\u0585\u06f5\u0966\u0a66\u0ae6\u0be6\u0c66"
        "\u0ce6\u0d20\u0d66\u0e50\u0ed0\u101d\u1040\u10ff\u1d0f\u1d11"
        "\u2c9f\uab3d"
    ),
    "p": "\u03c1\u0440\u2ca3",
    "q": "\u051b\u0563\u0566",
    "r": "\u0433\u1d26\u2c85\uab47\uab48\uab81",
    "s": "\u01bd\u0455\ua731\uabaa",
    "u": "\u028b\u03c5\u057d\u1d1c\ua79f\uab4e\uab52",
    "v": "\u03bd\u0475\u1d20\uaba9",
    "w": "\u026f\u0461\u051d\u0561\u1d21\uab83",
    "x": "\u0445\u1541\u157d",
    "y": "\u0263\u028f\u03b3\u0443\u04af\u10e7\u1d8c\u1eff\uab5a",
    "z": "\u1d22\uab93",
    "2": "\u14bf\ua6ef",
    "6": "\u0431",
    "8": "\u0223\u09ea\u0a6a",
    "9": "\u09ed\u0a67\u0b68\u0d6d",
}
_ALIKE = str.maketrans("01i|", "olll")
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_UNSEEN = frozenset({"Cf", "Me", "Mn"})
"""Marks, and characters without a shape: a reader passes over them."""


def _folded(text: str) -> str:
    """Return a text decomposed, without case, and without what nobody sees.

    Decomposed twice: it brings out capitals, and folding them leaves more to
    decompose.
    """
    from unicodedata import category, normalize

    plain = normalize("NFKD", normalize("NFKD", text).casefold())
    return "".join(letter for letter in plain if category(letter) not in _UNSEEN)


@cache
def _letters() -> dict[int, str]:
    """Return what each look is a look of, by the number of its character."""
    return str.maketrans(
        {_folded(look): letter for letter, looks in _LOOKS_LIKE.items() for look in looks}
    )


def skeleton(host: str) -> str:
    """Return what a host looks like, in ASCII where it can be said in ASCII."""
    seen = _folded(host).translate(_letters()).translate(_ALIKE)
    for pair, letter in _PAIRS:
        seen = seen.replace(pair, letter)
    return seen


def looks_like(host: str, other: str) -> bool:
    """Tell whether two different hosts can be taken for each other."""
    return host != other and skeleton(host) == skeleton(other)


def poses_as(host: str, other: str) -> bool:
    """Tell whether a host begins like another one, and stands below somebody else's domain.

    So does ``justice.gov.example.org``: who reads an address from the left takes it for
    ``justice.gov``.
    """
    return f".{other}." in f".{host.removesuffix(domain_of(host))}"
