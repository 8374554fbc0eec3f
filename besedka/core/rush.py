"""What must be answered at once goes before what can wait.

A channel gives us two seconds for its webhook and may never repeat it. When webhooks pour in, the
work that they cause steps back: what is on disk can wait, what is not may be lost.
"""

import asyncio
from time import monotonic

# A group commit this large means that requests come faster than they can be committed singly.
_RUSH = 8
_LASTS_S = 0.1
_STEP_S = 0.05
_LONGEST_REST_S = 2.0

_rush_ends_at = 0.0


def note_group(size: int) -> None:
    """So many requests were committed together."""
    global _rush_ends_at  # noqa: PLW0603 - one rush a process
    if size >= _RUSH:
        _rush_ends_at = monotonic() + _LASTS_S


def is_on() -> bool:
    return monotonic() < _rush_ends_at


async def let_pass() -> None:
    """Rest while the rush lasts, but not for ever: what was kept must be answered too."""
    rested_s = 0.0
    while is_on() and rested_s < _LONGEST_REST_S:
        await asyncio.sleep(_STEP_S)
        rested_s += _STEP_S
