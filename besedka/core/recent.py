"""The last warnings and errors of this process, by their names and ids alone."""

import re
from collections import deque
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from besedka.core import time

_KEPT = 200
_LEVELS = frozenset({"warning", "error", "critical"})
# What is not of this form may be a sentence, with anything in it.
_EVENT = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")
_ID = re.compile(r"[\w.:-]{1,100}")
_NAMES_OF_CODES = frozenset({"code", "name"})


@dataclass(frozen=True, slots=True)
class Trouble:
    at: datetime
    level: str
    event: str
    ids: dict[str, str]


_troubles: deque[Trouble] = deque(maxlen=_KEPT)


def note_trouble(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A processor of structlog. Texts of messages, names and addresses never come in here."""
    level = str(event.get("level", ""))
    if level in _LEVELS:
        said = event.get("event")
        is_name = isinstance(said, str) and _EVENT.fullmatch(said)
        _troubles.append(
            Trouble(
                at=time.now(),
                level=level,
                event=str(said) if is_name else str(event.get("logger") or "unknown"),
                ids={name: str(value) for name, value in event.items() if _is_id(name, value)},
            )
        )
    return event


def _is_id(name: str, value: object) -> bool:
    is_named = name.endswith("_id") or name in _NAMES_OF_CODES
    return is_named and value is not None and _ID.fullmatch(str(value)) is not None


def recent_troubles() -> Sequence[Trouble]:
    """Newest first."""
    return list(reversed(_troubles))


def forget_troubles() -> None:
    _troubles.clear()
