import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from besedka.channels.adapters.avito.limits import Limiter
from besedka.channels.adapters.base import RateLimited


async def spend(limiter: Limiter, times: int) -> float:
    """Seconds for so many places in a row."""
    loop = asyncio.get_running_loop()
    started = loop.time()
    for _ in range(times):
        async with limiter.place():
            pass
    return loop.time() - started


async def test_a_burst_is_free_and_the_rest_keeps_the_rate() -> None:
    assert await spend(Limiter(50, burst=5), 5) < 0.05
    assert 0.18 < await spend(Limiter(50, burst=5), 15) < 0.6


async def test_no_more_than_so_many_run_at_a_time() -> None:
    limiter = Limiter(10_000, concurrency=3, burst=100)
    running = most = 0

    async def ask() -> None:
        nonlocal running, most
        async with limiter.place():
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*(ask() for _ in range(20)))

    assert most == 3


@asynccontextmanager
async def one_place_taken(limiter: Limiter) -> AsyncIterator[None]:
    async with limiter.place():
        yield


async def test_a_send_goes_before_waiting_reads() -> None:
    limiter = Limiter(10_000, concurrency=1, burst=100)
    served: list[str] = []

    async def ask(name: str, *, is_urgent: bool) -> None:
        async with limiter.place(is_urgent=is_urgent):
            served.append(name)

    async with one_place_taken(limiter):
        waiting = [
            asyncio.create_task(ask("read", is_urgent=False)),
            asyncio.create_task(ask("send", is_urgent=True)),
            asyncio.create_task(ask("second send", is_urgent=True)),
        ]
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)

    assert served == ["send", "second send", "read"]


async def test_one_who_gives_up_waiting_gives_the_place_on() -> None:
    limiter = Limiter(10_000, concurrency=1, burst=100)
    async with one_place_taken(limiter):
        impatient = asyncio.create_task(spend(limiter, 1))
        patient = asyncio.create_task(spend(limiter, 1))
        await asyncio.sleep(0)
        impatient.cancel()
    await asyncio.wait_for(patient, 1)

    # Cancelled in the very turn in which the place was granted.
    async with one_place_taken(limiter):
        impatient = asyncio.create_task(spend(limiter, 1))
        await asyncio.sleep(0)
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    await asyncio.wait_for(spend(limiter, 2), 1)


@pytest.mark.parametrize("remaining", ["0", "2"])
async def test_a_nearly_used_allowance_slows_down(remaining: str) -> None:
    limiter = Limiter(10_000)

    limiter.heed(200, {"X-RateLimit-Limit": "600", "X-RateLimit-Remaining": remaining})

    assert await spend(limiter, 1) > 0.08


async def test_an_ample_allowance_does_not() -> None:
    limiter = Limiter(10_000)

    limiter.heed(200, {"X-RateLimit-Limit": "600", "X-RateLimit-Remaining": "3"})

    assert await spend(limiter, 1) < 0.05


async def test_a_429_without_a_word_pauses_briefly() -> None:
    limiter = Limiter(10_000)

    limiter.heed(429, {})

    assert 0.4 < await spend(limiter, 1) < 1


async def test_a_pause_too_long_to_sit_out_is_an_error_at_once() -> None:
    limiter = Limiter(10_000)
    limiter.heed(429, {"Retry-After": "120"})

    with pytest.raises(RateLimited) as caught:
        await spend(limiter, 1)

    assert caught.value.retry_after_s == pytest.approx(120, abs=2)
