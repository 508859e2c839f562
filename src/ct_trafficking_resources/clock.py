"""What day it is. Everything that depends on the day takes it as a parameter.

The default is the day in Connecticut, wherever the machine stands: a number
that changes on the first of the month changes there at midnight.
"""

from __future__ import annotations

from datetime import date, datetime

ZONE = "America/New_York"
"""Connecticut's time zone (IANA)."""


def today() -> date:
    """Return the present day in Connecticut."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(ZONE)).date()


def plain_day(day: date) -> date:
    """Return a day as a plain date; of a moment, the day that it names.

    Raises:
        TypeError: *day* is neither, such as a text.
    """
    if not isinstance(day, date):
        raise TypeError(f"{day!r} is not a day: give a date, such as date(2026, 12, 1)")
    return day.date() if isinstance(day, datetime) else day
