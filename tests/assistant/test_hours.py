"""When the company works, and when it answers next."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from besedka.assistant.hours import Hours, Interval, OutsideHours, minutes

MOSCOW = ZoneInfo("Europe/Moscow")
WEEKDAY = [Interval(minutes("09:00"), minutes("13:00")), Interval(minutes("14:00"), 18 * 60)]
OFFICE = Hours(
    days=[WEEKDAY] * 5 + [[Interval(10 * 60, minutes("24:00"))], []],
    outside=OutsideHours.HAND_OVER,
    zone=MOSCOW,
)


def at(text: str) -> datetime:
    """23 November 2026 is a Monday."""
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("moment", "is_open", "words"),
    [
        ("23T08:59:59", False, "сегодня с 9:00"),
        ("23T09:00:00", True, "сегодня с 14:00"),
        ("23T13:00:00", False, "сегодня с 14:00"),
        ("23T17:59:59", True, "завтра с 9:00"),
        ("23T18:00:00", False, "завтра с 9:00"),
        ("27T20:00:00", False, "завтра с 10:00"),
        ("28T23:59:59", True, "в понедельник с 9:00"),
        ("29T00:00:00", False, "завтра с 9:00"),
        ("28T00:30:00", False, "сегодня с 10:00"),
    ],
)
def test_the_week_is_read_by_the_clock_on_the_wall(moment: str, is_open: bool, words: str) -> None:
    assert OFFICE.is_open(at(moment)) is is_open
    assert OFFICE.opening_words(at(moment)) == words


def test_another_zone_is_another_hour() -> None:
    far = Hours(days=OFFICE.days, outside=OFFICE.outside, zone=ZoneInfo("Asia/Vladivostok"))

    assert not far.is_open(at("23T12:00:00"))
    assert far.is_open(at("23T02:00:00"))


NINE = [Interval(minutes("09:00"), minutes("18:00"))]
HALF_PAST_TWO = [Interval(minutes("02:30"), minutes("04:00"))]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "moment", "opening"),
    [
        # Berlin's clocks go back in the night to 25 October, and forward in that to 29 March.
        (NINE, "10-24T10:00", "10-25T08:00"),
        (NINE, "10-25T08:00", "10-26T08:00"),
        (NINE, "03-28T11:00", "03-29T07:00"),
        (NINE, "03-28T07:00", "03-28T08:00"),
        (HALF_PAST_TWO, "10-24T22:00", "10-25T00:30"),
        (HALF_PAST_TWO, "10-25T01:15", "10-25T01:30"),  # it is 2:15 again, and closed again
        (HALF_PAST_TWO, "03-28T22:00", "03-29T01:00"),  # at 3:00, since 2:30 never comes
    ],
)
def test_a_change_of_clocks_moves_no_opening_from_the_clock_on_the_wall(
    day: list[Interval], moment: str, opening: str
) -> None:
    berlin = Hours(days=[day] * 7, outside=OFFICE.outside, zone=ZoneInfo("Europe/Berlin"))

    found = berlin.next_opening(utc(moment))

    assert found == utc(opening)
    assert berlin.is_open(found)
    assert not berlin.is_open(found - timedelta(minutes=1))


def test_the_office_opens_at_nine_on_the_monday_after_the_clocks_went_back() -> None:
    berlin = Hours(
        days=[NINE] * 5 + [[], []], outside=OFFICE.outside, zone=ZoneInfo("Europe/Berlin")
    )

    assert berlin.next_opening(utc("10-23T20:00")) == utc("10-26T08:00")
    assert berlin.opening_words(utc("10-24T20:00")) == "в понедельник с 9:00"


def test_one_day_a_week_is_found_and_none_is_none() -> None:
    sunday = Hours(days=[[]] * 6 + [WEEKDAY], outside=OutsideHours.ANSWER, zone=MOSCOW)
    never = Hours(days=[[]] * 7, outside=OutsideHours.HAND_OVER, zone=MOSCOW)

    assert sunday.opening_words(at("29T18:00:00")) == "в воскресенье с 9:00"
    assert never.opening_words(at("23T09:00:00")) is None


@pytest.mark.parametrize("text", ["9:00", "09:60", "24:01", "-1:00", "09-00", "", "0900", "ab:cd"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(text)):
        minutes(text)
