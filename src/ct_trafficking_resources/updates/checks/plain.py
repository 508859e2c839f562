"""Most texts are told at a glance to be harmless, and the text rules are not asked.

This knows nothing that the rules do not know: where it says yes, every one of
them is silent (a test holds it to that). Where it says no, they decide.
"""

from __future__ import annotations

import re

from ct_trafficking_resources.updates.checks.prose import NAMED, PROSE, TITLE_WORDS, TITLED
from ct_trafficking_resources.updates.checks.values import SHORTENERS, USUAL
from ct_trafficking_resources.vocabulary import DIALLED, ValueKind

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
_OF_KEY = {"url": _PAGE, "hosts": _BARE}


def is_plain(key: str, kind: str | None, text: str) -> bool:
    """Tell whether no text rule can have anything to say.

    Args:
        key: The key that the text stands under.
        kind: For the value of a contact point, its kind.
        text: The text.
    """
    if not text.isascii() or not text.isprintable() or text != text.strip(" "):
        return False
    if kind in DIALLED:
        number = _NUMBER.match(text)
        return number is not None and (number[1] is None or number[1] in USUAL)
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
    return found[1].removeprefix("www.") not in SHORTENERS
