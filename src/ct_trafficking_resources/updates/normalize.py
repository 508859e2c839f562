"""What people type, in the form that is stored.

Opening hours as people write them in one cell, and back.

``always`` stands for 24 hours a day; otherwise spans such as
``Mon-Fri 08:30-16:30; Sat 09:00-12:00``, with a time zone in parentheses where
it is not that of Connecticut. An empty cell means that no source says.

A contact point as it was typed, with its value in the form that is stored.

The same for every form of an update: a table, where one cell holds the number,
and JSON, where people type numbers into ``value`` too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from ct_trafficking_resources import web
from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import Problem, rule
from ct_trafficking_resources.errors import NotReadable, quote
from ct_trafficking_resources.phone import is_grouped, is_stored_form, read_number
from ct_trafficking_resources.vocabulary import Day, Mode, ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ct_trafficking_resources.checks.findings import Place
    from ct_trafficking_resources.checks.rules import Broken, Found

_DIALLED_MODES = frozenset({Mode.VOICE, Mode.TEXT, Mode.TTY, Mode.RELAY})
_BARE_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?=[/?#]|\Z)", re.IGNORECASE
)
_HTTPS = re.compile(r"https://(?P<host>[A-Za-z0-9.-]+)(?P<rest>.*)", re.DOTALL | re.IGNORECASE)
_EMAIL = re.compile(r"(?:mailto:)?(?P<who>[^@\s]+)@(?P<host>[A-Za-z0-9.-]+)\Z", re.IGNORECASE)


def is_dialled(mode: str) -> bool:
    """Tell whether contact points of a mode have a number."""
    return mode in _DIALLED_MODES


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


_HERE = "America/New_York"
_ALWAYS = frozenset({"always", "24/7", "24 hours", "24 hours a day", "24 hours a day, every day"})
_DAYS = tuple(day.value for day in Day)
_ZONE = re.compile(r"\s*\((?P<zone>[A-Za-z_/ ]+)\)\s*\Z")
_SPAN = re.compile(
    r"(?P<days>[A-Za-z][A-Za-z, \-]*?)[ :]+(?P<opens>[0-9][^-]*?)\s*(?:-|to)\s*(?P<closes>[^-]+)\Z"
)
_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-5][0-9]))?\s*(?P<half>[ap])?\.?(?(half)m\.?)\Z",
    re.IGNORECASE,
)
_SHORT = 3
_NOON = 12
_MIDNIGHT = (24, "00")
_LONGEST_HOURS = 400
_HINT = "Write it as 'always' or as 'Mon-Fri 08:30-16:30; Sat 09:00-12:00'."


def write_hours(hours: dict[str, Any]) -> str:
    """Return the text of an hours document."""
    if hours["always_open"]:
        return "always"
    spans = "; ".join(
        f"{_write_days(one['days'])} {one['opens']}-{one['closes']}" for one in hours["periods"]
    )
    zone = hours["timezone"]
    return spans if zone == _HERE else f"{spans} ({zone})"


def _write_days(days: list[str]) -> str:
    return ", ".join(
        names[0] if len(names) == 1 else f"{names[0]}-{names[-1]}"
        for names in ([one[:_SHORT].capitalize() for one in run] for run in _runs(days))
    )


def _runs(days: list[str]) -> Iterator[list[str]]:
    """Yield runs of days that follow each other within a week."""
    run: list[str] = []
    for day in days:
        if run and _DAYS.index(day) != _DAYS.index(run[-1]) + 1:
            yield run
            run = []
        run.append(day)
    yield run


def read_hours(text: str) -> dict[str, Any]:
    """Return the hours document of a text.

    Raises:
        NotReadable: It is not written in this way.
    """
    if text.lower().rstrip(".") in _ALWAYS:
        return {"always_open": True}
    if len(text) > _LONGEST_HOURS:
        raise NotReadable("The hours are too long.", _HINT)
    zone = _ZONE.search(text)
    spans = text[: zone.start()] if zone else text
    periods = [_read_span(one.strip()) for one in spans.rstrip("; ").split(";")]
    timezone = zone["zone"] if zone else _HERE
    return {"always_open": False, "periods": periods, "timezone": timezone}


def _read_span(text: str) -> dict[str, Any]:
    span = _SPAN.match(text.replace("\u2013", "-"))
    if span is None:
        raise NotReadable("The hours cannot be read.", _HINT)
    days = [day for part in span["days"].split(",") for day in _read_days(part)]
    return {"days": days, "opens": _clock(span["opens"]), "closes": _clock(span["closes"])}


def _read_days(text: str) -> list[str]:
    first, dash, last = text.partition("-")
    start = _day(first)
    if not dash:
        return [_DAYS[start]]
    end = _day(last)
    return [
        _DAYS[place % len(_DAYS)] for place in range(start, end + 1 + len(_DAYS) * (end < start))
    ]


def _day(text: str) -> int:
    word = text.strip().lower()
    if len(word) >= _SHORT:
        for place, day in enumerate(_DAYS):
            if day.startswith(word) or word == f"{day}s":
                return place
    raise NotReadable("A day of the week is not clear.", _HINT)


def _clock(text: str) -> str:
    match = _CLOCK.match(text.strip())
    if match is None:
        raise NotReadable("A time of day is not clear.", _HINT)
    hour, minute, half = int(match["hour"]), match["minute"] or "00", match["half"]
    if half:
        hour = hour % _NOON + _NOON * (half.lower() == "p")
    elif match["minute"] is None:
        raise NotReadable("A time of day lacks its minutes.", _HINT)
    if (hour, minute) > _MIDNIGHT:
        raise NotReadable("A time of day is later than 24:00.", _HINT)
    return f"{hour:02}:{minute}"


@attrs.frozen(kw_only=True)
class StoredForm:
    """A value that is stored in another form than it was typed.

    Attributes:
        place: Where it was typed; its pointer is that of the stored value.
        typed: What was typed.
        stored: What is stored.
    """

    place: Place
    typed: str
    stored: str


Stored: TypeAlias = "tuple[dict[str, Any], dict[str, tuple[str, str]]]"


def normalize(update: dict[str, Any], found: Found) -> list[StoredForm]:
    """Put the contact points of an update into the form that is stored.

    The update is changed in place. What has the wrong type or is missing stays as
    it is, for the schema to refuse; so does a value that cannot be read.

    Args:
        update: The update.
        found: What reading found. A contact point with an error in its mode or its
            value is passed over; a value that cannot be read is added.

    Returns:
        What is stored in another form than it was typed.
    """
    bad = found.bad
    stored_forms: list[StoredForm] = []
    unreadable: list[Broken] = []
    for pointer, contacts, index in _contacts(update):
        if not bad.isdisjoint((f"{pointer}/mode", f"{pointer}/value")):
            continue
        try:
            contacts[index], changed = stored(contacts[index])
        except NotReadable as error:
            problem = Problem(f"{pointer}/value", error.message, error.hint)
            unreadable.append((UNREADABLE, problem))
        else:
            stored_forms += (
                StoredForm(place=found.place(f"{pointer}/{key}"), typed=typed, stored=kept)
                for key, (typed, kept) in changed.items()
            )
    found.add(unreadable)
    return stored_forms


UNREADABLE = rule(
    "CTR050",
    Severity.ERROR,
    "A number can be read in one way.",
    reason="Seven digits lack the area code; two numbers in a cell are two contacts.",
    supersedes=("CTR100",),
)(normalize)


def _contacts(update: dict[str, Any]) -> Iterator[tuple[str, list[Any], int]]:
    """Yield pointer, list and index of every contact point that is an object."""
    for place, record in enumerate(_list(update, "records")):
        if isinstance(record, dict):
            contacts = _list(record, "contacts")
            for index, contact in enumerate(contacts):
                if isinstance(contact, dict):
                    yield f"/records/{place}/contacts/{index}", contacts, index


def _list(document: dict[str, Any], key: str) -> list[Any]:
    value = document.get(key)
    return value if isinstance(value, list) else []


def stored(contact: dict[str, Any]) -> Stored:
    """Return a contact point with its value in the form that is stored.

    Args:
        contact: A contact point of an update.

    Returns:
        The contact point, and key to what was typed and what is stored, where
        they differ.

    Raises:
        NotReadable: Its number cannot be read in one way.
    """
    mode, value = contact.get("mode"), contact.get("value")
    if not isinstance(mode, str) or not isinstance(value, str):
        return contact, {}
    if is_dialled(mode):
        return _stored_number(contact, value)
    return _stored_address(contact, mode, value)


def _stored_address(contact: Mapping[str, Any], mode: str, value: str) -> Stored:
    kind, address = read_address(mode, value)
    changed = {} if address == value else {"value": (value, address)}
    follows = {"kind": kind.value, "value": address, "display": web.display(address)}
    given = {key: item for key, item in contact.items() if key != "value"}
    return {**follows, **given}, changed


def _stored_number(contact: dict[str, Any], value: str) -> Stored:
    display = contact.get("display")
    if is_stored_form(str(contact.get("kind")), value) and _is_final(display):
        return contact, {}
    number = read_number(value)
    _refuse_two_extensions(contact, number.extension, value)
    document = {"kind": number.kind.value, **contact, "value": number.value}
    changed: dict[str, tuple[str, str]] = {}
    if display is None:
        document["display"] = number.display
        if value not in {number.display, number.value}:
            changed["value"] = (value, str(number))
    else:
        if value != number.value:
            changed["value"] = (value, str(number))
        if isinstance(display, str) and not _is_final(display):
            document["display"] = _regrouped(display, number.kind)
            if document["display"] != display:
                changed["display"] = (display, document["display"])
    for key, found in (("extension", number.extension), ("vanity", number.vanity)):
        if found is not None:
            document.setdefault(key, found)
    return document, changed


def _is_final(display: object) -> bool:
    return isinstance(display, str) and (is_grouped(display) or display.isdigit())


def _regrouped(display: str, kind: ValueKind) -> str:
    """Return how a number is shown, grouped as we group it, where it can be read."""
    try:
        number = read_number(display)
    except NotReadable:
        return display
    return number.display if number.kind == kind else display


def _refuse_two_extensions(contact: Mapping[str, Any], extension: str | None, value: str) -> None:
    given = contact.get("extension", extension)
    if extension is not None and given != extension:
        raise NotReadable(
            f"{quote(value)} has the extension {extension}, and {quote(given)} is given beside it.",
            "Keep one of the two.",
        )
