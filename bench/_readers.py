"""Many readers of one event stream, in a process of their own: raw sockets, no HTTP library.

What each of them got is kept as bare numbers, so that a thousand readers cost less than the server
that they read from.
"""

import asyncio
import re
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import cast
from urllib.parse import urlsplit

from besedka.app.server import run_in_loop

_SEQUENCE = re.compile(rb"^id: (\d+)$", re.MULTILINE)
_READY = re.compile(rb"^event: stream\.ready$", re.MULTILINE)
_CONNECTING = 50


@dataclass(slots=True)
class Tally:
    """What all readers of the process saw: of each event, when it came first and last."""

    ready: int = 0
    lost: int = 0
    first_at: dict[int, float] = field(default_factory=dict)
    last_at: dict[int, float] = field(default_factory=dict)


@dataclass(slots=True)
class Known:
    """All readers get the same bytes: what they mean is found out once."""

    packets: dict[bytes, tuple[int, ...]] = field(default_factory=dict)
    frames: dict[bytes, int] = field(default_factory=dict)


class Reader(asyncio.Protocol):
    """One stream: the numbers of its events, in the order in which they came."""

    def __init__(self, request: bytes, tally: Tally, known: Known) -> None:
        self.numbers: list[int] = []
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._request = request
        self._tally = tally
        self._known = known
        self._head: bytes | None = b""
        self._chunks = b""
        self._text = b""
        self._is_closing = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's own are not of asyncio's class.
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(self._request)

    def close(self) -> None:
        self._is_closing = True
        if self._transport is not None:
            self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if not self._is_closing:
            self._tally.lost += 1
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("the stream did not open"))

    def data_received(self, data: bytes) -> None:
        if self._head is not None:
            self._head += data
            head, found, data = self._head.partition(b"\r\n\r\n")
            if not found:
                return
            if not head.startswith(b"HTTP/1.1 200 "):
                self.close()
                return
            self._head = None
        is_whole = self.opened.done() and not (self._chunks or self._text)
        if is_whole and (numbers := self._known.packets.get(data)) is not None:
            self._note(numbers)
            return
        had = len(self.numbers)
        self._chunks += data
        # The server sends each piece as one HTTP chunk, however the network cuts them.
        while (line_ends := self._chunks.find(b"\r\n")) > 0:
            starts, length = line_ends + 2, int(self._chunks[:line_ends], 16)
            if len(self._chunks) < starts + length + 2:
                return
            self._text += self._chunks[starts : starts + length]
            self._chunks = self._chunks[starts + length + 2 :]
            self._read_frames()
        if is_whole and not (self._chunks or self._text):
            self._known.packets[data] = tuple(self.numbers[had:])

    def _read_frames(self) -> None:
        *frames, self._text = self._text.split(b"\n\n")
        for frame in frames:
            number = self._known.frames.get(frame)
            if number is None:
                sequence = _SEQUENCE.search(frame)
                number = self._known.frames[frame] = int(sequence[1]) if sequence else 0
            if number:
                self._note((number,))
            elif not self.opened.done() and _READY.search(frame):
                self._tally.ready += 1
                self.opened.set_result(None)

    def _note(self, numbers: tuple[int, ...]) -> None:
        now = time.time()
        self.numbers += numbers
        for number in numbers:
            self._tally.first_at.setdefault(number, now)
            self._tally.last_at[number] = now


@dataclass(frozen=True, slots=True)
class Seen:
    """The outcome. `histories` is one list per reader."""

    histories: list[list[int]]
    first_at: dict[int, float]
    last_at: dict[int, float]
    lost: int
    cpu_s: float


async def read(pipe: Connection, url: str, cookie: str, clients: int) -> None:
    """Open the streams, say so through the pipe, and answer what they saw when told to stop."""
    address = urlsplit(url)
    request = (
        f"GET {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nCookie: {cookie}\r\n"
        "Accept: text/event-stream\r\n\r\n"
    ).encode()
    tally, known = Tally(), Known()
    loop = asyncio.get_running_loop()
    few_at_once = asyncio.Semaphore(_CONNECTING)

    async def open_one() -> Reader:
        async with few_at_once:
            _, reader = await loop.create_connection(
                lambda: Reader(request, tally, known),
                address.hostname or "127.0.0.1",
                address.port or 80,
            )
            async with asyncio.timeout(60):
                await reader.opened
        return reader

    readers = await asyncio.gather(*(open_one() for _ in range(clients)))
    busy_from = time.process_time()
    pipe.send(tally.ready)
    await loop.run_in_executor(None, pipe.recv)
    pipe.send(
        Seen(
            [reader.numbers for reader in readers],
            tally.first_at,
            tally.last_at,
            tally.lost,
            time.process_time() - busy_from,
        )
    )
    for reader in readers:
        reader.close()


def read_in_process(pipe: Connection, url: str, cookie: str, clients: int) -> None:
    run_in_loop(read(pipe, url, cookie, clients))
