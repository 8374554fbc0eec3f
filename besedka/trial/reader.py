"""A live reader: an operator's browser, reduced to what it sees and when."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson

_RETRY_S = 0.1
# Longer than two heartbeats of the server: a silent connection is a dead one.
_SILENCE_S = 35.0


@dataclass(frozen=True, slots=True)
class LiveEvent:
    type: str
    data: dict[str, Any]


@dataclass(slots=True)
class LiveReader:
    """Follows the stream and resumes by `Last-Event-ID` whenever it breaks."""

    http: httpx.AsyncClient
    on_event: Callable[[LiveEvent], None] = lambda _: None
    # By the product's message id: when its first event came, unix seconds.
    seen: dict[str, float] = field(default_factory=dict)
    connections: int = 0
    reloads: int = 0
    repeated: int = 0
    last_id: int = 0
    _is_ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def follow_forever(self) -> None:
        while True:
            with contextlib.suppress(httpx.TransportError):  # killed, or not up again yet
                await self._follow()
            await asyncio.sleep(_RETRY_S)

    async def wait_until_ready(self) -> None:
        await self._is_ready.wait()

    async def _follow(self) -> None:
        headers = {"Last-Event-ID": str(self.last_id)} if self._is_ready.is_set() else {}
        timeout = httpx.Timeout(5, read=_SILENCE_S)
        async with self.http.stream(
            "GET", "/api/v1/streams/inbox", headers=headers, timeout=timeout
        ) as response:
            if response.status_code != 200:
                return
            self.connections += 1
            rest = b""
            async for chunk in response.aiter_raw():
                came_at = time.time()
                *frames, rest = (rest + chunk).split(b"\n\n")
                for frame in frames:
                    self.take(frame, came_at)

    def take(self, frame: bytes, came_at: float) -> None:
        fields = dict(line.split(b": ", 1) for line in frame.split(b"\n") if b": " in line[1:])
        event_type = fields.get(b"event", b"").decode()
        if event_type == "stream.ready":
            if not self._is_ready.is_set():
                self.last_id = orjson.loads(fields[b"data"])["seq"]
                self._is_ready.set()
        elif event_type == "stream.reload":
            self.reloads += 1
        elif b"id" in fields:
            self._take_event(int(fields[b"id"]), event_type, fields[b"data"], came_at)

    def _take_event(self, event_id: int, event_type: str, raw: bytes, came_at: float) -> None:
        if event_id <= self.last_id:
            self.repeated += 1
            return
        self.last_id = event_id
        data = orjson.loads(raw)
        message = data.get("message")
        if message is not None:
            self.seen.setdefault(message["id"], came_at)
        self.on_event(LiveEvent(event_type, data))
