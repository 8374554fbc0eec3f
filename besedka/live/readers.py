"""The open streams of this process, ended when their login is."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from sqlalchemy.exc import SQLAlchemyError

from besedka.core import db, metrics
from besedka.core.background import keep_running
from besedka.core.logging import get_logger
from besedka.events import Listener
from besedka.identity import queries as identity
from besedka.live.presence import Presence

log = get_logger(__name__)

_CHECK_S = 10.0
_AT_ONCE = 500


class Readers:
    def __init__(self, presence: Presence) -> None:
        self._presence = presence
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = keep_running(self._check_forever, name="live.check_logins")

    async def stop(self) -> None:
        self.close()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def close(self) -> None:
        """End all streams, so that a server that shuts down need not wait for them."""
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.close()

    @contextlib.contextmanager
    def reading(self, fingerprint: str, listener: Listener) -> Iterator[None]:
        self._listeners[fingerprint].add(listener)
        metrics.LIVE_READERS.inc()
        try:
            yield
        finally:
            metrics.LIVE_READERS.dec()
            self._listeners[fingerprint].discard(listener)
            if not self._listeners[fingerprint]:
                del self._listeners[fingerprint]

    async def _check_forever(self) -> None:
        while True:
            await asyncio.sleep(_CHECK_S)
            try:
                await self.check_logins()
            except (SQLAlchemyError, OSError) as error:
                log.warning("live.check_failed", error=type(error).__name__)

    async def check_logins(self) -> None:
        """End the streams whose login was closed or ran out: one query for hundreds of them."""
        fingerprints = iter(self._presence.fingerprints().union(self._listeners))
        while group := list(islice(fingerprints, _AT_ONCE)):
            async with db.reading() as session:
                still_open = await identity.open_logins(session, group)
            over = set(group) - still_open
            self._presence.forget_logins(over)
            for fingerprint in over:
                for listener in self._listeners.get(fingerprint, ()):
                    listener.close()
