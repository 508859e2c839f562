"""When someone answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ct_trafficking_resources.vocabulary import Day

if TYPE_CHECKING:
    from datetime import datetime

_DAYS = tuple(Day)
_MINUTES_A_DAY = 24 * 60


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


@attrs.frozen(kw_only=True)
class OpeningHours:
    """One span on some days of the week (schema.org OpeningHoursSpecification).

    Attributes:
        days: Days on which the span begins.
        opens: HH:MM on the 24-hour clock.
        closes: HH:MM, or 24:00; at or before *opens* it means the next day.
    """

    days: tuple[Day | str, ...]
    opens: str
    closes: str

    def covers(self, day: int, minute: int) -> bool:
        """Tell whether the span covers a minute of a weekday (Monday is 0)."""
        opens, closes = _minutes(self.opens), _minutes(self.closes)
        if closes <= opens:
            closes += _MINUTES_A_DAY
        yesterday = _DAYS[day - 1]
        return (_DAYS[day] in self.days and opens <= minute < closes) or (
            yesterday in self.days and opens <= minute + _MINUTES_A_DAY < closes
        )


@attrs.frozen(kw_only=True)
class Hours:
    """When someone answers.

    Attributes:
        always_open: 24 hours a day, every day.
        periods: The spans of a week, if not always open.
        timezone: IANA name that the spans are meant in.
    """

    always_open: bool
    periods: tuple[OpeningHours, ...] = ()
    timezone: str | None = None

    def is_open(self, at: datetime) -> bool:
        """Tell whether someone answers at a moment.

        Holidays are not known to the data.

        Args:
            at: The moment, with its time zone.

        Raises:
            ValueError: *at* has no time zone.
        """
        if at.utcoffset() is None:
            raise ValueError(
                "at needs a time zone, such as"
                " datetime.now(ZoneInfo('America/New_York')): a naive time is not a moment"
            )
        if self.always_open:
            return True
        from zoneinfo import ZoneInfo

        local = at.astimezone(ZoneInfo(self.timezone or "America/New_York"))
        minute = local.hour * 60 + local.minute
        return any(period.covers(local.weekday(), minute) for period in self.periods)
