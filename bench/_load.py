"""A load generator that is much faster than what it loads: raw HTTP/1.1 over a few connections."""

import asyncio
import itertools
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from urllib.parse import urlsplit

_LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)\r\n")


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did: ids of the acknowledged requests, how many failed, how long it took."""

    acknowledged: list[int]
    failed: int
    seconds: float
    latencies_s: list[float]

    @property
    def per_s(self) -> float:
        return len(self.acknowledged) / self.seconds


@dataclass(slots=True)
class Tally:
    acknowledged: list[int]
    latencies_s: list[float]
    failed: int = 0


class Connection(asyncio.Protocol):
    """One keep-alive connection: the next request leaves when the answer to the last one is in."""

    def __init__(self, numbers: Iterator[int], request: Callable[[int], bytes], tally: Tally):
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._numbers = numbers
        self._request = request
        self._tally = tally
        self._received = b""
        self._number = -1
        self._sent_at = 0.0
        self._is_stopping = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._send()

    def stop(self) -> None:
        self._is_stopping = True

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def _send(self) -> None:
        if self._transport is None or self._is_stopping:
            if not self.done.done():
                self.done.set_result(None)
            return
        self._number = next(self._numbers)
        request = self._request(self._number)
        self._sent_at = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head_ends = self._received.find(b"\r\n\r\n")
        if head_ends < 0:
            return
        length = _LENGTH.search(self._received, 0, head_ends + 2)
        if length is None or len(self._received) < head_ends + 4 + int(length[1]):
            return
        if self._received.startswith(b"HTTP/1.1 200 "):
            self._tally.acknowledged.append(self._number)
            self._tally.latencies_s.append(time.perf_counter() - self._sent_at)
        else:
            self._tally.failed += 1
        self._received = b""
        self._send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self._tally.failed += 1
            self.done.set_result(None)


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """Makes the bytes of the request with a number. `template` has `%(number)032x` and such."""

    url: str
    template: bytes
    chats: tuple[str, ...]

    def __call__(self, number: int) -> bytes:
        address = urlsplit(self.url)
        body = self.template % {
            b"message_id": b"%032x" % number,
            b"chat_id": self.chats[number % len(self.chats)].encode(),
            b"created": b"%d" % time.time(),
        }
        return b"".join(
            (
                f"POST {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\n".encode(),
                b"Content-Type: application/json\r\nX-Avito-Messenger-Signature: ",
                b"0" * 64,
                b"\r\nContent-Length: %d\r\n\r\n" % len(body),
                body,
            )
        )


async def _run(request: WebhookRequest, first: int, connections: int, seconds: float) -> Round:
    address = urlsplit(request.url)
    numbers = itertools.count(first)
    tally = Tally([], [])
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    protocols = [
        (
            await loop.create_connection(
                lambda: Connection(numbers, request, tally),
                address.hostname or "127.0.0.1",
                address.port or 80,
            )
        )[1]
        for _ in range(connections)
    ]
    await asyncio.sleep(seconds)
    for protocol in protocols:
        protocol.stop()
    async with asyncio.timeout(30):
        await asyncio.gather(*(protocol.done for protocol in protocols))
    seconds = time.perf_counter() - started
    for protocol in protocols:
        protocol.close()
    return Round(tally.acknowledged, tally.failed, seconds, tally.latencies_s)


def run_round(request: WebhookRequest, first: int, connections: int, seconds: float) -> Round:
    return asyncio.run(_run(request, first, connections, seconds))


class LoadProcess:
    """Rounds of load from a process of its own."""

    def __init__(self) -> None:
        self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))

    async def round(
        self, request: WebhookRequest, *, first: int, connections: int, seconds: float
    ) -> Round:
        return await asyncio.get_running_loop().run_in_executor(
            self._pool, run_round, request, first, connections, seconds
        )

    def close(self) -> None:
        self._pool.shutdown()
