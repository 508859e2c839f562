"""When someone answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ct_trafficking_resources.model.base import Part

if TYPE_CHECKING:
    from datetime import datetime

    from ct_trafficking_resources.model.opening_hours import OpeningHours


def require_moment(at: datetime) -> None:
    """Refuse what is no moment: a time without its zone, a day, a text.

    Raises:
        ValueError: *at* is not a moment.
    """
    if getattr(at, "utcoffset", lambda: None)() is None:
        raise ValueError(
            f"{at!r} is not a moment: give a datetime with its time zone, such as"
            " datetime.now(ZoneInfo('America/New_York'))"
        )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Hours(Part):
    """When someone answers.

    Attributes:
        always_open: 24 hours a day, every day.
        periods: The spans of a week, if not always open.
        timezone: IANA name that the spans are meant in.
    """

    always_open: bool
    periods: tuple[OpeningHours, ...] = ()
    timezone: str | None = None

    def is_open(self, at: datetime) -> bool | None:
        """Tell whether someone answers at a moment, or None if the zone is not known.

        Holidays are not known to the data.

        Args:
            at: The moment, with its time zone.

        Raises:
            ValueError: *at* is not a moment.
        """
        require_moment(at)
        if self.always_open:
            return True
        from zoneinfo import ZoneInfo

        from ct_trafficking_resources.clock import ZONE

        try:
            zone = ZoneInfo(self.timezone or ZONE)
        except (KeyError, ValueError):  # a word that only newer data know
            return None
        try:
            local = at.astimezone(zone)
        except OverflowError:  # the first and the last day of the calendar
            raise ValueError(f"{at!r} is on no day of the calendar there") from None
        minute = local.hour * 60 + local.minute
        return any(period.covers(local.weekday(), minute) for period in self.periods)
