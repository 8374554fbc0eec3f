"""The measurement of live streams finds what is broken, and a small one of the product is clean."""

import asyncio

import pytest

from bench._readers import Known, Reader, Seen, Tally
from bench.live import _judged, is_good, measure

HEAD = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
READY = b'event: stream.ready\ndata: {"seq":1}\n\n'


def chunk(frames: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(frames), frames)


def event(number: int) -> bytes:
    return b'id: %d\nevent: test.happened\ndata: {"number":%d}\n\n' % (number, number)


def seen(*histories: list[int], last_at: dict[int, float] | None = None) -> Seen:
    at = last_at or {1: 10.1, 2: 11.1, 3: 12.1}
    return Seen(list(histories), first_at=at, last_at=at, lost=0, cpu_s=0)


WRITTEN = {1: 10.0, 2: 11.0, 3: 12.0}


@pytest.mark.parametrize("size", [1, 7, 10_000])
async def test_a_reader_understands_events_however_the_network_cuts_them(size: int) -> None:
    known = Known()
    wire = HEAD + chunk(READY) + chunk(event(2) + event(3)) + chunk(b": still here\n\n" + event(4))
    for _ in range(2):  # the second one meets bytes that are known
        reader = Reader(b"", Tally(), known)
        for start in range(0, len(wire), size):
            reader.data_received(wire[start : start + size])

        assert reader.numbers == [2, 3, 4]
        assert reader.opened.done()


async def test_a_stream_that_is_refused_does_not_count_as_open() -> None:
    reader = Reader(b"", Tally(), Known())
    reader.data_received(b"HTTP/1.1 401 Unauthorized\r\n\r\n")
    reader.connection_lost(None)

    with pytest.raises(ConnectionError):
        await asyncio.wait_for(reader.opened, 1)


def test_readers_that_saw_everything_in_order_are_good() -> None:
    verdict = _judged(seen([1, 2, 3], [1, 2, 3]), WRITTEN)

    assert (verdict["missed"], verdict["doubled"], verdict["disordered"]) == (0, 0, 0)
    assert verdict["to_last_p95_ms"] == 100


@pytest.mark.parametrize(
    ("history", "what"),
    [([1, 3], "missed"), ([1, 2, 2, 3], "doubled"), ([1, 3, 2], "disordered")],
)
def test_what_one_of_many_readers_suffered_is_found(history: list[int], what: str) -> None:
    verdict = _judged(seen([1, 2, 3], history), WRITTEN)

    assert verdict[what] == 1


def test_a_slow_last_reader_and_a_fat_server_are_not_good() -> None:
    sound = {"events": 3, "failed_writes": 0, "rss_mb": 200.0}
    fast = sound | _judged(seen([1, 2, 3]), WRITTEN)
    slow = sound | _judged(seen([1, 2, 3], last_at={1: 10.6, 2: 11.6, 3: 12.6}), WRITTEN)

    assert is_good(fast)
    assert not is_good(slow)
    assert not is_good(fast | {"rss_mb": 400.0})
    assert not is_good(fast | {"lost_connections": 1})


@pytest.mark.slow
async def test_a_few_browsers_of_the_real_product_miss_nothing() -> None:
    result = await measure("sqlite", clients=8, events_per_s=10, seconds=2)

    assert result["clients"] == 8
    assert result["events"] >= 20
    assert (result["missed"], result["doubled"], result["disordered"]) == (0, 0, 0)
    assert result["failed_writes"] == result["lost_connections"] == 0
