"""Following the log: one reader a process, handed on to any number of listeners."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
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
# A wake-up of all readers takes the process this long: with many of them it must not be its life.
_BLINK_PER_LISTENER_S = 0.0001
_LONGEST_BLINK_S = 0.1
_WOKEN_AT_ONCE = 100
_QUEUE_LENGTH = 2000


class FellBehind(Exception):
    """A listener was too slow for the log; it must load everything anew."""


class ListenerClosed(Exception):
    """Nobody wants to hear this listener's events any more."""


@dataclass(frozen=True, slots=True)
class Aside:
    """What readers are told between events: it is in no log, and nobody asks for it later."""

    data: bytes


class Listener:
    """One reader's queue: the events of a workspace and topic, from a position on."""

    def __init__(self, workspace_id: UUID, topic: str) -> None:
        self.workspace_id = workspace_id
        self.topic = topic
        self._waiting: asyncio.Future[None] | None = None
        self._items: list[EventRow | Aside] = []
        self._is_behind = False
        self._is_closed = False

    def offer(self, item: EventRow | Aside) -> None:
        """Keep it until the next `take`. Whoever waits in one is woken by `wake`."""
        if len(self._items) < _QUEUE_LENGTH:
            self._items.append(item)
        else:
            self._is_behind = True

    def close(self) -> None:
        """Make `take` raise ListenerClosed, also in the middle of its wait."""
        self._is_closed = True
        self.wake()

    async def take(self, timeout_s: float) -> list[EventRow | Aside]:
        """All that came meanwhile, or nothing after a silence. Raises FellBehind, ListenerClosed.

        A reader that falls behind so catches up in one go: thousands of readers cost one wake-up
        each, however many events that brings.
        """
        if not (self._items or self._is_behind or self._is_closed):
            # Bare: a queue and a timeout around it cost more than what is waited for.
            loop = asyncio.get_running_loop()
            self._waiting = loop.create_future()
            silence = loop.call_later(timeout_s, self.wake)
            try:
                await self._waiting
            finally:
                silence.cancel()
                self._waiting = None
        if self._is_closed:
            raise ListenerClosed
        if self._is_behind:
            raise FellBehind
        items, self._items = self._items, []
        return items

    def wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)


class EventFeed:
    def __init__(self) -> None:
        self._listeners: dict[tuple[UUID, str], set[Listener]] = defaultdict(set)
        self._tasks: list[asyncio.Task[None]] = []
        self._reading = asyncio.Lock()
        self.position = 0
        self.is_behind = False
        """The log could not be read just now: listeners know less than it holds."""

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
            if not of_topic and self._listeners.get((workspace_id, topic)) is of_topic:
                del self._listeners[workspace_id, topic]

    async def _follow_forever(self) -> None:
        with awakened() as signal:
            while True:
                next_at = monotonic() + self._blink_s()
                try:
                    while await self.read_once():
                        pass
                    self.is_behind = False
                    # What commits within a blink is read together.
                    await asyncio.sleep(max(_BLINK_S, next_at - monotonic()))
                except (SQLAlchemyError, OSError) as error:
                    self.is_behind = True
                    log.warning("events.read_failed", error=type(error).__name__)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_TICK_S):
                        await signal.wait()
                signal.clear()

    def _blink_s(self) -> float:
        listeners = sum(map(len, self._listeners.values()))
        return min(_BLINK_S + listeners * _BLINK_PER_LISTENER_S, _LONGEST_BLINK_S)

    def tell(self, workspace_id: UUID, topic: str, aside: Aside) -> None:
        """Pass a word on to all who listen now."""
        for listener in self._listeners.get((workspace_id, topic), ()):
            listener.offer(aside)
            listener.wake()

    async def read_once(self, on_row: Callable[[EventRow], None] | None = None) -> bool:
        """Hand on what is new. True if there may be more."""
        async with self._reading:
            async with db.reading() as session:
                through = await service.newest(session)
                if through <= self.position:
                    return False
                rows = await service.read_after(session, self.position, through=through)
            # No await from here on: a listener that joins has its place before or after all.
            offered: set[Listener] = set()
            for row in rows:
                listeners = self._listeners.get((row.workspace_id, row.topic), ())
                for listener in listeners:
                    listener.offer(row)
                offered.update(listeners)
                if on_row is not None:
                    on_row(row)
            self.position = rows[-1].sequence if rows else through
            await _wake(offered)
            return self.position < through


async def _wake(listeners: set[Listener]) -> None:
    """Some at a time: whoever writes the next event shares the loop with all of them."""
    for number, listener in enumerate(listeners, start=1):
        listener.wake()
        if number % _WOKEN_AT_ONCE == 0:
            await asyncio.sleep(0)
