"""When someone answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ct_trafficking_resources.model.base import Part

if TYPE_CHECKING:
    from datetime import datetime

    from ct_trafficking_resources.model.opening_hours import OpeningHours


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
