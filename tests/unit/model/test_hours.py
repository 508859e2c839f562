"""When someone answers: DST, spans over midnight, unknown hours, naive times."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from ct_trafficking_resources.edition import codec
from ct_trafficking_resources.model import ContactPoint, Evidence, Hours, OpeningHours
from ct_trafficking_resources.vocabulary import Day

CASES = json.loads(
    (Path(__file__).parents[2] / "cases" / "core" / "hours.json").read_text(encoding="utf-8")
)
NEW_YORK = ZoneInfo("America/New_York")
DAYS = [day.value for day in Day]
EVIDENCE = Evidence(level="official", confidence="high", sources=())


def contact(hours: Hours | None) -> ContactPoint:
    return ContactPoint(
        id="voice",
        mode="voice",
        kind="e164",
        value="+18883737888",
        display="1-888-373-7888",
        hours=hours,
        evidence=EVIDENCE,
    )


def decoded(document: dict[str, object]) -> Hours:
    return codec.decode_contact({**codec.encode(contact(None)), "hours": document}).hours  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("hours", "at", "is_open"),
    [
        pytest.param(case["hours"], at, is_open, id=f"{case['why']} {at}")
        for case in CASES
        for at, is_open in case["moments"].items()
    ],
)
def test_hours_are_open_at_a_moment(hours, at, is_open):
    moment = dt.datetime.fromisoformat(at)
    assert decoded(hours).is_open(moment) is is_open
    assert contact(decoded(hours)).is_open(moment) is is_open
    # A moment is the same moment in whatever zone it is written.
    assert decoded(hours).is_open(moment.astimezone(ZoneInfo("Asia/Tokyo"))) is is_open


def test_unknown_is_not_closed():
    assert contact(None).is_open(dt.datetime.now(NEW_YORK)) is None


@pytest.mark.parametrize(
    "no_moment",
    [dt.datetime(2026, 11, 23, 12), dt.date(2026, 11, 23), dt.time(12), "2026-11-23T12:00", None],  # noqa: DTZ001
)
@pytest.mark.parametrize(
    "hours", [None, {"always_open": True}, CASES[0]["hours"]], ids=["unknown", "always", "office"]
)
def test_a_time_without_zone_is_no_moment(hours, no_moment):
    with pytest.raises(ValueError, match=r"is not a moment.*ZoneInfo\('America/New_York'\)"):
        contact(hours and decoded(hours)).is_open(no_moment)
    if hours:
        with pytest.raises(ValueError, match="is not a moment"):
            decoded(hours).is_open(no_moment)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd"])
def test_hours_in_a_zone_that_is_not_known_are_not_known(zone):
    somewhere = decoded({**CASES[0]["hours"], "timezone": zone})
    assert somewhere.is_open(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)) is None


@pytest.mark.parametrize(
    "edge",
    [
        dt.datetime.min.replace(tzinfo=dt.UTC),
        dt.datetime.max.replace(tzinfo=dt.timezone(dt.timedelta(hours=-12))),
    ],
)
def test_a_moment_on_no_day_of_the_calendar_is_refused(edge):
    assert decoded({"always_open": True}).is_open(edge)
    with pytest.raises(ValueError, match="on no day of the calendar"):
        decoded(CASES[0]["hours"]).is_open(edge)


clocks = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 1, 29, 30, 59]))
periods = st.builds(
    OpeningHours,
    days=st.lists(st.sampled_from(Day), min_size=1, unique=True).map(tuple),
    opens=clocks,
    closes=clocks | st.just("24:00"),
)


def minutes(clock: str) -> int:
    hour, minute = map(int, clock.split(":"))
    return 60 * hour + minute


def minutes_of_the_week(period: OpeningHours) -> set[int]:
    """Return every minute of the week that a span covers, counted one by one."""
    covered = set()
    for day in period.days:
        start = 1440 * DAYS.index(day) + minutes(period.opens)
        length = (minutes(period.closes) - minutes(period.opens)) % 1440 or 1440
        covered |= {minute % (7 * 1440) for minute in range(start, start + length)}
    return covered


@given(spans=st.lists(periods, min_size=1, max_size=3), moment=st.data())
def test_spans_cover_what_counting_minutes_says(spans, moment):
    hours = Hours(always_open=False, periods=tuple(spans), timezone="America/New_York")
    covered = set().union(*map(minutes_of_the_week, spans))
    edges = sorted({(minute + step) % 10080 for minute in covered for step in (-1, 0, 1)})
    minute = moment.draw(st.sampled_from(edges) | st.integers(0, 10079))
    # 2026-11-09 is a Monday, in a week without a change of the clocks.
    at = dt.datetime(2026, 11, 9, tzinfo=NEW_YORK) + dt.timedelta(minutes=minute, seconds=59)
    assert hours.is_open(at) is (minute in covered)


def test_a_zone_that_is_not_named_is_connecticut_s():
    nine_to_five = OpeningHours(days=tuple(Day), opens="09:00", closes="17:00")
    hours = Hours(always_open=False, periods=(nine_to_five,))
    assert hours.is_open(dt.datetime(2026, 11, 23, 14, tzinfo=dt.UTC))
    assert not hours.is_open(dt.datetime(2026, 11, 23, 13, 59, tzinfo=dt.UTC))
