"""When the company works: pure arithmetic on the clock of its own time zone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

_MINUTES_A_DAY = 24 * 60
_CLOCK = re.compile(r"([0-9]{2}):([0-5][0-9])")
_DAYS = (
    "в понедельник",
    "во вторник",
    "в среду",
    "в четверг",
    "в пятницу",
    "в субботу",
    "в воскресенье",
)


class OutsideHours(StrEnum):
    """What the agent does while the company rests."""

    HAND_OVER = "hand_over"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Interval:
    """Minutes from midnight, the end not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hours:
    days: Sequence[Sequence[Interval]]
    """Seven, from Monday."""
    outside: OutsideHours
    zone: ZoneInfo

    def is_open(self, moment: datetime) -> bool:
        local = moment.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        return any(each.start <= minute < each.end for each in self.days[local.weekday()])

    def next_opening(self, moment: datetime) -> datetime | None:
        """The first opening after `moment`; None when the company never works."""
        for day in self._days_from(moment):
            openings = [
                opening
                for interval in self.days[day.weekday()]
                for opening in self._moments(day, interval.start)
                if opening > moment
            ]
            if openings:
                return min(openings)
        return None

    def opening_words(self, moment: datetime) -> str | None:
        """From when the company answers, for a customer: "завтра с 9:00"."""
        opening = self.next_opening(moment)
        if opening is None:
            return None
        local = opening.astimezone(self.zone)
        clock = f"с {local.hour}:{local.minute:02d}"
        days = (local.date() - moment.astimezone(self.zone).date()).days
        if days == 0:
            return f"сегодня {clock}"
        return f"завтра {clock}" if days == 1 else f"{_DAYS[local.weekday()]} {clock}"

    def _days_from(self, moment: datetime) -> Iterator[date]:
        today = moment.astimezone(self.zone).date()
        return (today + timedelta(days=ahead) for ahead in range(8))

    def _moments(self, day: date, minute: int) -> Iterator[datetime]:
        """When the clock on the wall comes to show this: in an hour that is repeated twice, and in
        one that is skipped when the hour is over. In UTC, where moments can be compared."""
        wall = datetime.combine(day, time(minute // 60, minute % 60), self.zone)
        while not _is_shown(wall):
            wall += timedelta(minutes=1)
        for fold in (0, 1):
            yield wall.replace(fold=fold).astimezone(UTC)


def _is_shown(wall: datetime) -> bool:
    """Whether any clock of the zone shows this: not in an hour that is skipped."""
    shown = wall.astimezone(UTC).astimezone(wall.tzinfo)
    return shown.replace(tzinfo=None) == wall.replace(tzinfo=None)


def minutes(clock: str) -> int:
    """Of "09:30" from midnight; "24:00" is the end of a day. Raises ValueError."""
    parts = _CLOCK.fullmatch(clock)
    found = int(parts[1]) * 60 + int(parts[2]) if parts else _MINUTES_A_DAY + 1
    if found > _MINUTES_A_DAY:
        raise ValueError(clock)
    return found
