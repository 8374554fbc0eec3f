"""How fast we may ask: Avito does not publish the messenger's limits, so we are modest and listen.

Five requests at a time and some per second is what running integrations do; a 429 or an almost
used-up allowance makes us slower.
"""

import asyncio
import heapq
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from itertools import count

from besedka.channels.adapters.avito.errors import header_number, retry_after_s
from besedka.channels.adapters.base import RateLimited

CONCURRENCY = 5
MAX_RETRIES = 3
LONGEST_WAIT_S = 10.0
_FIRST_BACKOFF_S = 0.5
_LOW_ALLOWANCE = 2


class Limiter:
    """Grants places in order, urgent ones first, within a rate and a number at a time."""

    def __init__(
        self, requests_per_s: float, *, concurrency: int = CONCURRENCY, burst: int = CONCURRENCY
    ) -> None:
        self._rate = requests_per_s
        self._concurrency = concurrency
        self._burst = float(burst)
        self._tokens = float(burst)
        self._counted_at: float | None = None
        self._paused_until = 0.0
        self._running = 0
        self._order = count()
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def place(self, *, is_urgent: bool = False) -> AsyncIterator[None]:
        """Raises RateLimited at once when the channel asked for a pause too long to sit out."""
        pause_s = self._paused_until - _clock()
        if pause_s > LONGEST_WAIT_S:
            raise RateLimited(retry_after_s=pause_s)
        granted = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (not is_urgent, next(self._order), granted))
        self._grant()
        try:
            await granted
        except asyncio.CancelledError:
            if granted.done() and not granted.cancelled():
                self._leave()
            raise
        try:
            yield
        finally:
            self._leave()

    def pause(self, seconds: float) -> None:
        self._paused_until = max(self._paused_until, _clock() + seconds)

    def heed(self, status: int, headers: Mapping[str, str]) -> None:
        """Slow down when the answer says that we are at the limit, or nearly."""
        remaining = header_number(headers, "X-RateLimit-Remaining")
        if status == 429 or (remaining is not None and remaining <= _LOW_ALLOWANCE):
            asked_s = retry_after_s(headers)
            self.pause(_FIRST_BACKOFF_S if asked_s is None else asked_s)

    def _leave(self) -> None:
        self._running -= 1
        self._grant()

    def _grant(self) -> None:
        self._refill()
        while self._waiting and self._running < self._concurrency:
            if self._waiting[0][2].done():  # cancelled while it waited
                heapq.heappop(self._waiting)
                continue
            wait_s = max(self._paused_until - _clock(), (1 - self._tokens) / self._rate)
            if wait_s > 0:
                self._grant_in(wait_s)
                return
            self._tokens -= 1
            self._running += 1
            heapq.heappop(self._waiting)[2].set_result(None)

    def _grant_in(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._grant)

    def _refill(self) -> None:
        moment = _clock()
        if self._counted_at is not None:
            self._tokens += (moment - self._counted_at) * self._rate
            self._tokens = min(self._tokens, self._burst)
        self._counted_at = moment


def backoff_s(attempt: int, asked_s: float | None) -> float:
    """0.5, 1, 2 s with jitter, or as long as the channel asked when that is longer."""
    own_s = _FIRST_BACKOFF_S * 2.0**attempt * random.uniform(0.8, 1.2)
    return max(own_s, asked_s or 0.0)


def _clock() -> float:
    seconds: float = asyncio.get_running_loop().time()
    return seconds
