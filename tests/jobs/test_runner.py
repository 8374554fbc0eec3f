"""The worker's own loops: hints, slots, the sweeper, the scheduler."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from besedka import jobs
from besedka.core import db, rush, time
from besedka.core.db import Database
from besedka.core.settings import Settings
from besedka.jobs import hints, registry
from besedka.jobs.models import Job
from besedka.jobs.runner import JobRunner
from besedka.jobs.schedule import next_slot, write_ahead
from tests.conftest import Clock, RunJobs

PATIENCE_S = 10


@asynccontextmanager
async def working(settings: Settings, *, runners: int = 1) -> AsyncIterator[None]:
    started = [JobRunner(settings) for _ in range(runners)]
    for runner in started:
        await runner.start()
    try:
        yield
    finally:
        for runner in started:
            await runner.stop()


async def test_a_hint_after_commit_starts_the_job_without_the_sweeper(
    settings: Settings, database: Database
) -> None:
    ran = asyncio.Event()

    @jobs.job("test.hinted")
    async def hinted() -> None:
        ran.set()

    settings.job_sweep_s = 3600
    async with working(settings), asyncio.timeout(PATIENCE_S):
        async with db.transaction() as session:
            await jobs.enqueue(session, hinted)
        await ran.wait()


async def test_a_delayed_job_whose_timer_rings_early_needs_no_sweeper(
    settings: Settings, database: Database, clock: Clock
) -> None:
    ran = asyncio.Event()

    @jobs.job("test.delayed")
    async def delayed() -> None:
        ran.set()

    settings.job_sweep_s = 3600
    async with working(settings), asyncio.timeout(PATIENCE_S):
        async with db.transaction() as session:
            await jobs.enqueue(session, delayed, run_at=time.now() + timedelta(seconds=0.2))
        clock.advance(-0.2)  # the event loop's clock is ahead of the wall's
        await ran.wait()


async def test_the_sweeper_finds_a_job_whose_hint_was_lost(
    settings: Settings, database: Database
) -> None:
    ran = asyncio.Event()

    @jobs.job("test.forgotten")
    async def forgotten() -> None:
        ran.set()

    settings.job_sweep_s = 0.02
    async with working(settings), asyncio.timeout(PATIENCE_S):
        hints.set_sender(None)
        async with db.transaction() as session:
            await jobs.enqueue(session, forgotten)
        await ran.wait()


async def test_no_job_is_claimed_while_requests_pour_in(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = asyncio.Event()
    is_rush = True

    @jobs.job("test.patient")
    async def patient() -> None:
        ran.set()

    monkeypatch.setattr(rush, "is_on", lambda: is_rush)
    async with working(settings):
        async with db.transaction() as session:
            await jobs.enqueue(session, patient)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await ran.wait()
        is_rush = False
        async with asyncio.timeout(PATIENCE_S):
            await ran.wait()


async def test_the_next_job_of_a_lane_starts_when_the_one_before_ends(
    settings: Settings, database: Database
) -> None:
    running = 0
    seen: list[int] = []
    done = asyncio.Event()

    @jobs.job("test.queue")
    async def work(number: int) -> None:
        nonlocal running
        running += 1
        assert running == 1
        await asyncio.sleep(0)
        seen.append(number)
        running -= 1
        if len(seen) == 20:
            done.set()

    settings.job_sweep_s = 3600
    async with working(settings), asyncio.timeout(PATIENCE_S):
        async with db.transaction() as session:
            for number in range(20):
                await jobs.enqueue(session, work, lane="chat:1", number=number)
        await done.wait()

    assert seen == list(range(20))


async def test_two_workers_run_every_job_once(settings: Settings, database: Database) -> None:
    runs: Counter[int] = Counter()
    done = asyncio.Event()

    @jobs.job("test.shared")
    async def shared(number: int) -> None:
        runs[number] += 1
        await asyncio.sleep(0)
        if len(runs) == 60:
            done.set()

    async with db.transaction() as session:
        for number in range(60):
            await jobs.enqueue(session, shared, lane=f"chat:{number % 7}", number=number)
    settings.job_sweep_s = 0.2
    async with working(settings, runners=2), asyncio.timeout(PATIENCE_S):
        await done.wait()

    assert set(runs.values()) == {1}


async def test_a_queue_runs_no_more_jobs_at_once_than_it_has_slots(
    settings: Settings, database: Database
) -> None:
    running = most = ended = 0
    done = asyncio.Event()

    @jobs.job("test.slot", queue="narrow")
    async def slot() -> None:
        nonlocal running, most, ended
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        running -= 1
        ended += 1
        if ended == 12:
            done.set()

    settings.worker_concurrency = 3
    async with working(settings), asyncio.timeout(PATIENCE_S):
        async with db.transaction() as session:
            for _ in range(12):
                await jobs.enqueue(session, slot)
        await done.wait()

    assert most == 3


async def test_a_job_longer_than_its_lease_is_not_taken_up_by_another_worker(
    settings: Settings, database: Database
) -> None:
    runs = 0
    done = asyncio.Event()
    settings.job_lease_s, settings.job_sweep_s = 0.5, 0.05

    @jobs.job("test.long")
    async def long() -> None:
        nonlocal runs
        runs += 1
        await asyncio.sleep(1.2)
        done.set()

    async with working(settings, runners=2), asyncio.timeout(PATIENCE_S):
        async with db.transaction() as session:
            await jobs.enqueue(session, long)
        await done.wait()

    assert runs == 1


async def test_a_job_that_this_version_does_not_know_is_left_to_a_newer_one(
    settings: Settings, database: Database
) -> None:
    ran = asyncio.Event()
    settings.job_lease_s, settings.job_sweep_s = 0.2, 0.02

    @jobs.job("test.newer")
    async def newer() -> None:
        ran.set()

    async with working(settings), asyncio.timeout(PATIENCE_S):
        del registry._definitions["test.newer"]
        async with db.transaction() as session:
            await jobs.enqueue(session, newer)
        async with db.reading() as session:
            while await session.scalar(select(Job.leased_until)) is None:
                await session.rollback()
                await asyncio.sleep(0.01)
        registry._definitions["test.newer"] = newer
        await ran.wait()


async def test_stopping_waits_for_running_jobs_and_starts_no_more(
    settings: Settings, database: Database
) -> None:
    started, ended = asyncio.Event(), asyncio.Event()

    @jobs.job("test.stopping")
    async def stopping() -> None:
        started.set()
        await asyncio.sleep(0.05)
        ended.set()

    async with asyncio.timeout(PATIENCE_S):
        async with working(settings):
            async with db.transaction() as session:
                await jobs.enqueue(session, stopping)
            await started.wait()
        async with db.transaction() as session:
            await jobs.enqueue(session, stopping)

    assert ended.is_set()
    async with db.reading() as session:
        assert len(list(await session.scalars(select(Job)))) == 1


async def test_two_schedulers_write_one_job_for_a_slot(
    database: Database, run_jobs: RunJobs, clock: Clock
) -> None:
    slots: list[datetime] = []

    @jobs.periodic(lambda: 30)
    @jobs.job("test.tick")
    async def tick() -> None:
        slots.append(time.now())

    (entry,) = [each for each in registry.periodic_jobs() if each.definition is tick]
    now = time.now().timestamp()
    clock.advance(30 - now % 30 + 1)  # a second into a slot, so that nothing is at its edge
    for _ in range(10):  # each half of a slot both schedulers write
        await asyncio.gather(write_ahead(entry), write_ahead(entry))
        clock.advance(15)
        await run_jobs()

    assert len(slots) == 5


def test_slots_are_the_multiples_of_the_period() -> None:
    half_past = datetime(2026, 11, 20, 12, 30, 1, tzinfo=UTC)

    assert next_slot(half_past, 30) == half_past + timedelta(seconds=29)
    assert next_slot(next_slot(half_past, 30), 30) == half_past + timedelta(seconds=59)
