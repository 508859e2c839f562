"""One span on some days of the week."""

from __future__ import annotations

import attrs

from ct_trafficking_resources.model.base import Part
from ct_trafficking_resources.vocabulary.days import Day

_DAYS = tuple(Day)
_MINUTES_A_DAY = 24 * 60


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


@attrs.frozen(kw_only=True, eq=False, repr=False)
class OpeningHours(Part):
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
