"""Waking the readers of the log: at once within a process, by LISTEN/NOTIFY between processes."""

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import asyncpg

from besedka.core.db import Database
from besedka.core.logging import get_logger

log = get_logger(__name__)

CHANNEL = "besedka_events"
# What this process publishes wakes its own readers at the commit: it need not hear of it again.
SENDER = uuid4().hex
_RECONNECT_S = 2.0

_waiting: set[asyncio.Event] = set()


def wake() -> None:
    for event in _waiting:
        event.set()


@contextlib.contextmanager
def awakened() -> Iterator[asyncio.Event]:
    """An asyncio event that is set at every commit that published something."""
    event = asyncio.Event()
    _waiting.add(event)
    try:
        yield event
    finally:
        _waiting.discard(event)


def _on_notification(_connection: Any, _pid: int, _channel: str, sender: object) -> None:
    if sender != SENDER:
        wake()


async def listen_forever(database: Database) -> None:
    """Turn other processes' notifications into wake-ups. Reconnects; the readers' own tick
    covers what is missed meanwhile."""
    if database.is_sqlite:
        return
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        try:
            connection = await asyncpg.connect(url)
            try:
                await connection.add_listener(CHANNEL, _on_notification)
                wake()
                closed = asyncio.Event()
                connection.add_termination_listener(lambda _, closed=closed: closed.set())
                await closed.wait()
            finally:
                with contextlib.suppress(Exception):
                    await connection.close(timeout=1)
        except (OSError, asyncpg.PostgresError) as error:
            log.warning("events.listen_failed", error=type(error).__name__)
        await asyncio.sleep(_RECONNECT_S)
