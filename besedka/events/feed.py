"""Following the log: one reader a process, handed on to any number of listeners."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from besedka.core import db
from besedka.core.background import keep_running
from besedka.core.logging import get_logger
from besedka.events import service
from besedka.events.models import EventRow
from besedka.events.wakeup import awakened, listen_forever

log = get_logger(__name__)

_TICK_S = 1.0
_BLINK_S = 0.01
_QUEUE_LENGTH = 2000


class FellBehind(Exception):
    """A listener was too slow for the log; it must load everything anew."""


class ListenerClosed(Exception):
    """Nobody wants to hear this listener's events any more."""


class Listener:
    """One reader's queue: the events of a workspace and topic, from a position on."""

    def __init__(self, workspace_id: UUID, topic: str) -> None:
        self.workspace_id = workspace_id
        self.topic = topic
        self._queue: asyncio.Queue[EventRow | None] = asyncio.Queue(_QUEUE_LENGTH)
        self._is_behind = False
        self._is_closed = False

    def offer(self, row: EventRow) -> None:
        try:
            self._queue.put_nowait(row)
        except asyncio.QueueFull:
            self._is_behind = True

    def close(self) -> None:
        """Make `get` raise ListenerClosed, also in the middle of its wait."""
        self._is_closed = True
        with contextlib.suppress(asyncio.QueueFull):
            self._queue.put_nowait(None)

    async def get(self, timeout_s: float) -> EventRow | None:
        """The next event, or None after a silence. Raises FellBehind, ListenerClosed."""
        row: EventRow | None = None
        if not (self._is_behind or self._is_closed):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(timeout_s):
                    row = await self._queue.get()
        if self._is_closed:
            raise ListenerClosed
        if self._is_behind:
            raise FellBehind
        return row


class EventFeed:
    def __init__(self) -> None:
        self._listeners: dict[tuple[UUID, str], set[Listener]] = defaultdict(set)
        self._tasks: list[asyncio.Task[None]] = []
        self._reading = asyncio.Lock()
        self.position = 0

    async def start(self) -> None:
        async with db.reading() as session:
            self.position = await service.newest(session)
        self._tasks = [
            keep_running(self._follow_forever, name="events.follow"),
            keep_running(lambda: listen_forever(db.database()), name="events.listen"),
        ]

    @property
    def is_running(self) -> bool:
        return bool(self._tasks) and not self._tasks[0].done()

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @asynccontextmanager
    async def listening(self, workspace_id: UUID, topic: str) -> AsyncIterator[Listener]:
        """A listener that gets every event above the feed's position at this moment."""
        listener = Listener(workspace_id, topic)
        of_topic = self._listeners[workspace_id, topic]
        of_topic.add(listener)
        try:
            yield listener
        finally:
            of_topic.discard(listener)

    async def _follow_forever(self) -> None:
        with awakened() as signal:
            while True:
                try:
                    while await self.read_once():
                        pass
                    # What commits within a blink is read together.
                    await asyncio.sleep(_BLINK_S)
                except (SQLAlchemyError, OSError) as error:
                    log.warning("events.read_failed", error=type(error).__name__)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_TICK_S):
                        await signal.wait()
                signal.clear()

    async def read_once(self, on_row: Callable[[EventRow], None] | None = None) -> bool:
        """Hand on what is new. True if there may be more."""
        async with self._reading:
            async with db.reading() as session:
                through = await service.newest(session)
                if through <= self.position:
                    return False
                rows = await service.read_after(session, self.position, through=through)
            # No await from here on: a listener that joins has its place before or after all.
            for row in rows:
                for listener in self._listeners.get((row.workspace_id, row.topic), ()):
                    listener.offer(row)
                if on_row is not None:
                    on_row(row)
            self.position = rows[-1].sequence if rows else through
            return self.position < through
