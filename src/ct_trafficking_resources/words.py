"""Facts in words: languages, hours, values of a record, and text that is safe to show.

What one kind of reader is told differently stands here as data (`HoursStyle`) or
with that reader: the texts of cards are in their catalogues, the notes of exports
in `exports.contents`. A fact is put into words by one function, whoever reads it.

Opening hours also have a form that is typed into one cell of a form and read
back: ``always``, or spans such as ``Mon-Fri 08:30-16:30; Sat 09:00-12:00``, with
a time zone in parentheses where it is not that of Connecticut.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources.clock import ZONE
from ct_trafficking_resources.errors import NotReadable
from ct_trafficking_resources.vocabulary import Day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ct_trafficking_resources.model import (
        ContactPoint,
        Coverage,
        Evidence,
        FormerName,
        Hours,
        Operator,
        Value,
    )
    from ct_trafficking_resources.model.organizations import Address, Membership

# --- text from outside ------------------------------------------------------------------


def visible(text: str) -> str:
    r"""Return text with what cannot be printed written as an escape, such as ``\x1b``.

    A terminal obeys control characters, and bidirectional overrides turn the line
    around.
    """
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii")
        for sign in text
    )


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of control, format, half, private and unassigned characters, and of
line and paragraph separators."""

_BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    "\U0001d159\U00013441\U00013442\U00016fe4"
)
"""Letters, marks and signs that leave no trace: the rest of what Unicode lets a program
pass over (Default_Ignorable_Code_Point), and signs drawn as nothing."""

_VARIATIONS = (range(0xFE00, 0xFE10), range(0xE0000, 0xE1000))
"""Variation selectors and tags."""


def unseen(text: str) -> int | None:
    """Return the place of the first character that does not show, or None.

    Counted from 0. It is one that is drawn as nothing, or an accent at the
    beginning or behind a space, where there is no letter to bear it. Spaces
    are none, of whatever width.
    """
    if text.isascii() and text.isprintable():
        return None
    from unicodedata import category

    bare = True
    for place, sign in enumerate(text):
        kind = category(sign)
        if kind in _UNSEEN or sign in _BLANK or any(ord(sign) in signs for signs in _VARIATIONS):
            return place
        if bare and kind[0] == "M":
            return place
        bare = kind == "Zs"
    return None


def one_line(text: str) -> str:
    """Return text as one visible line, with spaces for what cannot be printed.

    Control characters, invisible characters and direction marks can make a
    reader see another number than the one that is dialed, or open a new line
    where a form has headers. The schemas refuse them; an edition of one's own
    that was built in memory has not met the schemas.
    """
    if not text.isprintable():
        text = "".join([sign if sign.isprintable() else " " for sign in text])
    return " ".join(text.split())


def markdown(text: str) -> str:
    """Return text that Markdown shows as it stands.

    Escaped is what begins markup inside a line: that of CommonMark and of GitHub's
    tables, mentions, links and emoji. Hyphens are left alone, so that a number can
    be searched for and copied.
    """
    return re.sub(_MARKUP, r"\\\g<0>", visible(text))


_MARKUP = r"(?i)[\\`*_\[\]<>|~@!#]|&(?=[#\w])|:(?=//|[a-z+-][\w+-]*:)|(?<=www)\."


def counted(count: int, noun: str) -> str:
    """Return a number of things, such as ``2 sources``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


# --- language tags (BCP 47) -------------------------------------------------------------

LANGUAGES = {"en": "English", "es": "Spanish"}
"""English names (CLDR) of the languages that editions name."""

_LONGEST_PART = 8
_REGION, _SCRIPT = 2, 4


def canonical(tag: Any) -> str | None:
    """Return a language tag in its usual case, or None if it is none.

    Case makes no difference to what a tag means (RFC 5646, section 2.1.1).
    """
    if not isinstance(tag, str) or not tag.isascii():
        return None
    first, *rest = tag.lower().split("-")
    if not (first.isalpha() and len(first) in {2, 3}):
        return None
    if not all(part.isalnum() and len(part) <= _LONGEST_PART for part in rest):
        return None
    return "-".join([first, *map(_in_usual_case, rest)])


def _in_usual_case(part: str) -> str:
    if len(part) == _REGION:
        return part.upper()
    return part.capitalize() if len(part) == _SCRIPT else part


def primary(tag: str) -> str:
    """Return the language of a tag in its usual case, without script and region.

    Regions and scripts make no difference: who reads ``es-MX`` is understood by
    staff who speak ``es``.
    """
    return tag.partition("-")[0]


def fallbacks(tag: Any) -> Iterator[str]:
    """Yield a language tag in its usual case, then ever broader ones (RFC 4647, lookup).

    ``es-US`` gives ``es-US`` and ``es``. What is no tag gives nothing.
    """
    left = canonical(tag) or ""
    while left:
        yield left
        left = left.rpartition("-")[0]


def language_name(tag: str) -> str:
    """Return the English name of a language; one that no edition names is given as its tag."""
    return LANGUAGES.get(primary(tag), tag)


# --- opening hours ----------------------------------------------------------------------

_DAYS = tuple(Day)
_PLACES: dict[str, int] = {day: place for place, day in enumerate(_DAYS)}
_SHORT = 3
_DAY_NAMES: dict[str, str] = {day: day[:_SHORT].capitalize() for day in _DAYS}


class HoursStyle(NamedTuple):
    """How opening hours are worded for one kind of reader.

    Templates are filled in with `str.format`.

    Attributes:
        always: For 24 hours a day, every day.
        days: What each day is called.
        run: Days that follow each other; ``first`` and ``last`` are names.
        shortest: So many days make a run; fewer are named one by one.
        span: A time of day to another; ``opens`` and ``closes``.
        on: ``spans`` on some ``days``; it begins with a capital.
        between: What stands between those.
        zone: The time zone, at the end; ``zone`` is its IANA name.
        home: The zone that is not named.
        clock: How a time of day is written.
        exact: Each period is written by itself and its days in their order, so
            that reading gives the same hours back.
    """

    always: str = "24 hours a day, every day"
    days: Mapping[str, str] = _DAY_NAMES
    run: str = "{first}-{last}"
    shortest: int = 2
    span: str = "{opens}-{closes}"
    on: str = "{days} {spans}"
    between: str = "; "
    zone: str = " ({zone})"
    home: str | None = None
    clock: Callable[[str], str] = str
    exact: bool = False


PLAIN = HoursStyle()
"""For people who read English, in one line."""

_CELL = HoursStyle(always="always", home=ZONE, exact=True)
"""For one cell of a form."""


def hours(value: Hours, style: HoursStyle = PLAIN) -> str:
    """Return opening hours in words."""
    if value.always_open:
        return style.always
    entries: list[tuple[str, list[str]]] = []
    for period in value.periods:
        days = _days(period.days, style)
        span = style.span.format(opens=style.clock(period.opens), closes=style.clock(period.closes))
        same = next((spans for named, spans in entries if named == days), None)
        if same is None or style.exact:
            entries.append((days, [span]))
        else:
            same.append(span)
    said = style.between.join(
        style.on.format(days=days[:1].upper() + days[1:], spans=", ".join(spans))
        for days, spans in entries
    )
    named = value.timezone is not None and value.timezone != style.home
    return said + style.zone.format(zone=value.timezone) * named


def _days(days: Iterable[str], style: HoursStyle) -> str:
    """Return days in words; one that only newer data know is given as its own text."""
    ordered = list(days) if style.exact else sorted(days, key=lambda day: _PLACES.get(day, 7))
    runs: list[list[str]] = []
    for day in ordered:
        if runs and day in _PLACES and _PLACES[day] - 1 == _PLACES.get(runs[-1][-1]):
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(name for run in runs for name in _names(run, style))


def _names(run: list[str], style: HoursStyle) -> list[str]:
    names = [style.days.get(day, day) for day in run]
    if len(names) < style.shortest:
        return names
    return [style.run.format(first=names[0], last=names[-1])]


def write_hours(document: Mapping[str, Any]) -> str:
    """Return the text of an hours document for one cell; `read_hours` gives it back."""
    from ct_trafficking_resources.model import Hours, OpeningHours

    periods = tuple(
        OpeningHours(days=tuple(period["days"]), opens=period["opens"], closes=period["closes"])
        for period in document.get("periods", ())
    )
    always, zone = document["always_open"], document.get("timezone")
    return hours(Hours(always_open=always, periods=periods, timezone=zone), _CELL)


_ALWAYS = frozenset({"always", "24/7", "24 hours", "24 hours a day", "24 hours a day, every day"})
_ZONE = r"\s*\((?P<zone>[A-Za-z_/ ]+)\)\s*\Z"
_SPAN = (
    r"(?P<days>[A-Za-z][A-Za-z, \-]*?)[ :]+(?P<opens>[0-9][^-]*?)\s*(?:-|to)\s*(?P<closes>[^-]+)"
)
_CLOCK = r"(?i)(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-5][0-9]))?\s*(?P<half>[ap])?\.?(?(half)m\.?)"
_NOON = 12
_MIDNIGHT = (24, "00")
_LONGEST = 400
_HINT = "Write it as 'always' or as 'Mon-Fri 08:30-16:30; Sat 09:00-12:00'."


def read_hours(text: str) -> dict[str, Any]:
    """Return the hours document of a text that a person typed.

    Raises:
        NotReadable: It is not written as `write_hours` would, or nearly so.
    """
    if text.lower().rstrip(".") in _ALWAYS:
        return {"always_open": True}
    if len(text) > _LONGEST:
        raise NotReadable("The hours are too long.", _HINT)
    zone = re.search(_ZONE, text)
    spans = text[: zone.start()] if zone else text
    periods = [_read_span(span.strip()) for span in spans.rstrip("; ").split(";")]
    timezone = zone["zone"] if zone else ZONE
    return {"always_open": False, "periods": periods, "timezone": timezone}


def _read_span(text: str) -> dict[str, Any]:
    span = re.fullmatch(_SPAN, text.replace("\u2013", "-"))
    if span is None:
        raise NotReadable("The hours cannot be read.", _HINT)
    days = [day for part in span["days"].split(",") for day in _read_days(part)]
    return {
        "days": days,
        "opens": _read_clock(span["opens"]),
        "closes": _read_clock(span["closes"]),
    }


def _read_days(text: str) -> list[str]:
    first, dash, last = text.partition("-")
    start = _read_day(first)
    if not dash:
        return [_DAYS[start].value]
    end = _read_day(last)
    places = range(start, end + 1 + len(_DAYS) * (end < start))
    return [_DAYS[place % len(_DAYS)].value for place in places]


def _read_day(text: str) -> int:
    word = text.strip().lower()
    if len(word) >= _SHORT:
        for place, day in enumerate(_DAYS):
            if day.startswith(word) or word == f"{day}s":
                return place
    raise NotReadable("A day of the week is not clear.", _HINT)


def _read_clock(text: str) -> str:
    match = re.fullmatch(_CLOCK, text.strip())
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


# --- values of a record -----------------------------------------------------------------

_YES_NO = {True: "yes", False: "no"}


def in_words(value: object) -> str | None:
    """Return a value of a record in words, in one line, or None for nothing."""
    if value is None or value == ():
        return None
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, tuple):
        return ", ".join(in_words(item) or "" for item in value)
    worded = _WORDED.get(type(value).__name__)
    return worded(value) if worded else str(value)


def contact_words(contact: ContactPoint) -> str:
    """Return how a contact point is used, and its value."""
    extension = f" ext. {contact.extension}" if contact.extension else ""
    keyword = f" (send {contact.keyword})" if contact.keyword else ""
    return f"{contact.mode} {contact.display}{extension}{keyword}"


def _coverage(coverage: Coverage) -> str:
    return ", ".join(coverage.towns) or coverage.area


def _evidence(evidence: Evidence) -> str:
    sources = counted(len(evidence.sources), "source")
    return (
        f"{evidence.level}, {evidence.confidence} confidence, {sources}, newest {evidence.newest}"
    )


def _dated(name: str, since: str | None, until: str | None, note: str | None = None) -> str:
    dates = ", ".join([f"since {since}"] * bool(since) + [f"until {until}"] * bool(until))
    about = ". ".join(filter(None, (dates, note)))
    return f"{name} ({about})" if about else name


def _operator(operator: Operator) -> str:
    return _dated(operator.name, operator.since, operator.until)


def _former_name(former: FormerName) -> str:
    return _dated(former.name, None, former.until, former.note)


def _membership(membership: Membership) -> str:
    part = f"{membership.role} of {membership.task_force}, {membership.status}"
    return _dated(part, membership.since, membership.until)


def _address(address: Address) -> str:
    return address.text


def _value(value: Value) -> str:
    return f"{value.value} ({value.kind})"


_WORDED: dict[str, Callable[..., str]] = {
    "Address": _address,
    "ContactPoint": contact_words,
    "Coverage": _coverage,
    "Evidence": _evidence,
    "FormerName": _former_name,
    "Hours": hours,
    "Membership": _membership,
    "Operator": _operator,
    "Value": _value,
}
"""By the name of the class, so that a look-up by language imports none of them."""
