"""Loops outlive what they did not expect."""

import asyncio

from besedka.core.background import keep_running


async def test_a_loop_that_fails_is_started_again() -> None:
    starts = 0
    again = asyncio.Event()

    async def loop() -> None:
        nonlocal starts
        starts += 1
        if starts < 3:
            raise KeyError("nobody thought of this")
        again.set()
        await asyncio.Event().wait()

    task = keep_running(loop, name="test.loop", pause_s=0)
    async with asyncio.timeout(5):
        await again.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert (starts, task.cancelled()) == (3, True)


async def test_a_loop_that_has_nothing_to_do_is_left_at_that() -> None:
    starts = 0

    async def loop() -> None:
        nonlocal starts
        starts += 1

    await keep_running(loop, name="test.loop", pause_s=0)

    assert starts == 1
