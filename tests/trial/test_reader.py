"""The live reader: when it first saw a message, and how it goes on after a break."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import orjson

from besedka.trial.reader import LiveEvent, LiveReader


def frame(number: int, message_id: str) -> bytes:
    data = orjson.dumps({"message": {"id": message_id}, "conversation": None})
    return b"id: %d\nevent: message.received\ndata: %b" % (number, data)


def reader() -> LiveReader:
    return LiveReader(httpx.AsyncClient())


def test_the_first_event_of_a_message_is_when_it_was_seen() -> None:
    seen = reader()
    seen.take(frame(1, "a"), 10.0)
    seen.take(frame(2, "a"), 11.0)

    assert seen.seen == {"a": 10.0}


def test_an_event_that_comes_again_is_counted_as_repeated() -> None:
    seen = reader()
    seen.take(frame(1, "a"), 10.0)
    seen.take(frame(1, "a"), 11.0)

    assert seen.repeated == 1


def test_heartbeats_and_retries_are_no_events() -> None:
    events: list[LiveEvent] = []
    seen = LiveReader(httpx.AsyncClient(), events.append)
    seen.take(b": still here", 10.0)
    seen.take(b"retry: 2000", 10.0)

    assert events == []


def test_a_demand_to_reload_is_counted() -> None:
    seen = reader()
    seen.take(b"event: stream.reload\ndata: {}", 10.0)

    assert seen.reloads == 1


class Cut(httpx.AsyncByteStream):
    """A stream that breaks after what it has, as a killed server's does."""

    def __init__(self, *chunks: bytes) -> None:
        self.chunks = chunks

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            yield chunk
        raise httpx.ReadError("the connection was cut")


async def test_after_a_break_it_resumes_behind_the_last_event() -> None:
    asked: list[str | None] = []
    enough = asyncio.Event()
    ready = b'event: stream.ready\ndata: {"seq": 7}\n\n'

    async def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers.get("last-event-id"))
        if len(asked) == 1:
            half = len(frame(9, "b")) // 2
            whole = frame(8, "a") + b"\n\n" + frame(9, "b") + b"\n\n"
            return httpx.Response(200, stream=Cut(ready, whole[:half], whole[half:]))
        enough.set()
        return httpx.Response(200, stream=Cut(ready))

    transport = httpx.MockTransport(answer)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        seen = LiveReader(http)
        following = asyncio.create_task(seen.follow_forever())
        async with asyncio.timeout(5):
            await enough.wait()
        following.cancel()

    assert asked[:2] == [None, "9"]
    assert list(seen.seen) == ["a", "b"]
