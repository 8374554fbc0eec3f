"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    FINE = "fine"
    WARNING = "warning"
    """It works, but not as well as it could, or not for long."""
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """In plain Russian, for the owner of the shop."""

    state: State
    what: str
    mend: str = ""


def fine(what: str) -> Finding:
    return Finding(State.FINE, what)


def warning(what: str, mend: str) -> Finding:
    return Finding(State.WARNING, what, mend)


def broken(what: str, mend: str) -> Finding:
    return Finding(State.BROKEN, what, mend)
