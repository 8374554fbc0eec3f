"""Following the log as long as a worker runs."""

import asyncio
import contextlib

from sqlalchemy.exc import SQLAlchemyError

from besedka.core import rush
from besedka.core.background import keep_running
from besedka.core.logging import get_logger
from besedka.events.wakeup import awakened
from besedka.search.indexing import index_next

log = get_logger(__name__)

# What comes within this time is indexed together.
_GATHER_S = 0.3
_TICK_S = 1.0
# Between two batches others may write.
_BREATH_S = 0.02


class Follower:
    """Indexes what the workers of this installation write; one of them does it at a time."""

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = keep_running(_follow_forever, name="search.follow")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)


async def _follow_forever() -> None:
    with awakened() as signal:
        while True:
            try:
                await rush.let_pass()
                while await index_next():
                    await asyncio.sleep(_BREATH_S)
                    await rush.let_pass()
            except (SQLAlchemyError, OSError) as error:
                log.warning("search.index_failed", error=type(error).__name__)
            signal.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_TICK_S):
                    await signal.wait()
            await asyncio.sleep(_GATHER_S)
