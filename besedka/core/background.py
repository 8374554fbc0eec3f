"""Loops that run as long as the process does."""

import asyncio
from collections.abc import Awaitable, Callable

from besedka.core.logging import get_logger

log = get_logger(__name__)


def keep_running(
    loop: Callable[[], Awaitable[None]], *, name: str, pause_s: float = 1.0
) -> asyncio.Task[None]:
    """A task that starts `loop` over, after a pause, when it fails.

    Loops expect that the database goes away. What they do not expect must not end them either:
    without its loop the process looks alive and does nothing.
    """
    return asyncio.create_task(_keep_running(loop, name, pause_s), name=name)


async def _keep_running(loop: Callable[[], Awaitable[None]], name: str, pause_s: float) -> None:
    while True:
        try:
            await loop()
        except Exception:
            log.exception("background.failed", loop=name)
        else:
            return
        await asyncio.sleep(pause_s)
