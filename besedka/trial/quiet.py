"""Waiting until nothing more is going to happen."""

import asyncio
from collections.abc import Callable
from typing import Any

from besedka.trial import channel as channels
from besedka.trial.channel import Channel
from besedka.trial.people import People
from besedka.trial.records import Records

Tell = Callable[[str], None]

# A chat's `updated` has whole seconds, so a sweep that begins within one may miss a message.
_SWEEP_AFTER_S = 1.0
_CALM_S = 3.0
_LOOK_EVERY_S = 0.5
_TELL_EVERY_S = 5.0
_GIVES_UP_S = 240.0


async def wait_for_quiet(
    channel: Channel, records: Records, people: People, tell: Tell
) -> list[str]:
    """Wait until a sweep began after the last message, and then no job is left and no message
    comes for three seconds. If that does not happen in four minutes, say what goes on."""
    calm_since: float | None = None
    last_count = -1
    loop = asyncio.get_running_loop()
    until = loop.time() + _GIVES_UP_S
    noise: list[str] = []
    tell_at = loop.time()
    while loop.time() < until:
        noise = []
        if jobs := await records.open_jobs():
            noise.append(f"jobs still open: {dict(jobs)}")
        if not people.is_idle:
            noise.append("a person is still busy")
        if not noise:
            truth = await channel.truth()
            noise = _unswept(truth)
            if len(truth["messages"]) != last_count:
                calm_since = None
                last_count = len(truth["messages"])
        if noise and loop.time() > tell_at:
            tell(f"  {'; '.join(noise)}")
            tell_at = loop.time() + _TELL_EVERY_S
        if noise:
            calm_since = None
        elif calm_since is None:
            calm_since = loop.time()
        elif loop.time() - calm_since > _CALM_S:
            return []
        await asyncio.sleep(_LOOK_EVERY_S)
    return [f"no quiet after {_GIVES_UP_S:.0f} s: {what}" for what in noise or ["talks go on"]]


def _unswept(truth: dict[str, Any]) -> list[str]:
    last_message_at = max((row["at"] for row in truth["messages"]), default=0)
    if channels.last_listing_at(truth) > last_message_at + _SWEEP_AFTER_S:
        return []
    return ["no sweep began after the last message"]
