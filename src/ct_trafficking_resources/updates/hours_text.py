"""Opening hours as people write them in one cell, and back.

``always`` stands for 24 hours a day; otherwise spans such as
``Mon-Fri 08:30-16:30; Sat 09:00-12:00``, with a time zone in parentheses where
it is not that of Connecticut. An empty cell means that no source says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.updates.normalise import NotReadable
from ct_trafficking_resources.vocabulary import Day

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_LONGEST = 400
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
    if len(text) > _LONGEST:
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
