"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    FINE = "fine"
    WARNING = "warning"
    """It works, but not as well as it could, or not for long."""
    BROKEN = "broken"


class Place(StrEnum):
    """Where in the app it is mended."""

    CHANNELS = "channels"
    ASSISTANT = "assistant"
    JOBS = "jobs"


@dataclass(frozen=True, slots=True)
class Finding:
    """In plain Russian, for the owner of the shop."""

    state: State
    what: str
    mend: str = ""
    place: Place | None = None


def fine(what: str) -> Finding:
    return Finding(State.FINE, what)


def warning(what: str, mend: str, place: Place | None = None) -> Finding:
    return Finding(State.WARNING, what, mend, place)


def broken(what: str, mend: str, place: Place | None = None) -> Finding:
    return Finding(State.BROKEN, what, mend, place)
