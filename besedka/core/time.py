"""The product's clock. Everything that asks for the time asks here, so that tests can move it."""

from datetime import UTC, datetime, timedelta

_shift = timedelta()


def now() -> datetime:
    """The current time, aware and in UTC."""
    return datetime.now(UTC) + _shift


def shift_clock(by: timedelta) -> None:
    """Move the clock of this process. For tests only."""
    global _shift  # noqa: PLW0603 - one clock for the whole process is the point
    _shift += by


def reset_clock() -> None:
    global _shift  # noqa: PLW0603 - see shift_clock
    _shift = timedelta()
