"""When jobs run, and in which order."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from besedka import jobs
from besedka.core import db, time
from besedka.core.db import Database
from besedka.jobs import claiming
from besedka.jobs.models import Job
from tests.conftest import Clock, RunJobs, on_postgres


async def waiting() -> list[Job]:
    async with db.reading() as session:
        return list(await session.scalars(select(Job).order_by(Job.id)))


async def test_a_job_runs_with_its_arguments_and_leaves_no_row(
    database: Database, run_jobs: RunJobs
) -> None:
    seen: list[tuple[UUID, int, str | None]] = []

    @jobs.job("test.greet")
    async def greet(person_id: UUID, times: int, word: str | None = None) -> None:
        seen.append((person_id, times, word))

    person_id = uuid4()
    async with db.transaction() as session:
        await jobs.enqueue(session, greet, person_id=person_id, times=2)

    assert await run_jobs() == 1
    assert seen == [(person_id, 2, None)]
    assert await waiting() == []


async def test_a_rolled_back_transaction_leaves_no_job(
    database: Database, run_jobs: RunJobs
) -> None:
    @jobs.job("test.never")
    async def never() -> None:
        raise AssertionError

    async def enqueue_and_fail() -> None:
        async with db.transaction() as session:
            await jobs.enqueue(session, never)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await enqueue_and_fail()

    assert await run_jobs() == 0


async def test_a_job_waits_for_its_time(
    database: Database, run_jobs: RunJobs, clock: Clock
) -> None:
    @jobs.job("test.later")
    async def later() -> None: ...

    async with db.transaction() as session:
        await jobs.enqueue(session, later, run_at=time.now() + timedelta(seconds=60))

    assert await run_jobs() == 0
    clock.advance(61)
    assert await run_jobs() == 1


async def test_enqueueing_under_the_same_key_moves_the_job(
    database: Database, run_jobs: RunJobs, clock: Clock
) -> None:
    seen: list[int] = []

    @jobs.job("test.answer")
    async def answer(seq: int) -> None:
        seen.append(seq)

    async def debounce(seq: int) -> None:
        async with db.transaction() as session:
            due = time.now() + timedelta(seconds=5)
            await jobs.enqueue(session, answer, key="turn:1", run_at=due, seq=seq)

    await debounce(1)
    clock.advance(4)
    await debounce(2)
    clock.advance(4)
    assert await run_jobs() == 0
    clock.advance(2)

    assert await run_jobs() == 1
    assert seen == [2]


async def test_a_key_that_does_not_move_keeps_the_first_time(
    database: Database, run_jobs: RunJobs
) -> None:
    @jobs.job("test.remind")
    async def remind() -> None: ...

    async with db.transaction() as session:
        first = await jobs.enqueue(session, remind, key="remind", moves=False)
        second = await jobs.enqueue(
            session, remind, key="remind", moves=False, run_at=time.now() + timedelta(days=1)
        )

    assert first is not None
    assert second is None
    assert await run_jobs() == 1


async def test_a_key_enqueued_while_its_job_runs_runs_once_more(
    database: Database, run_jobs: RunJobs
) -> None:
    seen: list[int] = []

    @jobs.job("test.collect")
    async def collect(number: int) -> None:
        seen.append(number)
        if number == 1:
            async with db.transaction() as session:
                await jobs.enqueue(session, definition, key="collect", lane="collect", number=2)

    definition = collect
    async with db.transaction() as session:
        await jobs.enqueue(session, collect, key="collect", lane="collect", number=1)

    assert await run_jobs() == 2
    assert seen == [1, 2]


async def test_jobs_of_a_lane_run_in_the_order_they_were_written(
    database: Database, run_jobs: RunJobs
) -> None:
    seen: list[int] = []

    @jobs.job("test.send")
    async def send(number: int) -> None:
        seen.append(number)

    async with db.transaction() as session:
        for number in range(5):
            # Due times run backwards; the lane goes by the order of writing.
            due = time.now() - timedelta(seconds=number)
            await jobs.enqueue(session, send, lane="chat:1", run_at=due, number=number)

    await run_jobs()

    assert seen == [0, 1, 2, 3, 4]


async def test_a_job_that_waits_holds_up_its_lane_and_no_other(
    database: Database, run_jobs: RunJobs, clock: Clock
) -> None:
    seen: list[str] = []

    @jobs.job("test.say")
    async def say(word: str) -> None:
        seen.append(word)

    async with db.transaction() as session:
        later = time.now() + timedelta(seconds=10)
        await jobs.enqueue(session, say, lane="chat:1", run_at=later, word="first")
        await jobs.enqueue(session, say, lane="chat:1", word="second")
        await jobs.enqueue(session, say, lane="chat:2", word="other")

    await run_jobs()
    before = list(seen)
    clock.advance(11)
    await run_jobs()

    assert before == ["other"]
    assert seen == ["other", "first", "second"]


async def test_of_one_lane_only_one_job_can_be_claimed(database: Database) -> None:
    @jobs.job("test.one")
    async def one() -> None: ...

    async with db.transaction() as session:
        ids = [await jobs.enqueue(session, one, lane="chat:1") for _ in range(3)]
    job_ids = [job_id for job_id in ids if job_id is not None]

    async with db.transaction() as session:
        first = await claiming.claim(session, job_ids, lease_s=15)
    async with db.transaction() as session:
        second = await claiming.claim(session, job_ids, lease_s=15)

    assert [job.id for job in first] == job_ids[:1]
    assert second == []


async def test_what_waits_behind_a_running_job_of_its_lane_is_not_late(
    database: Database, clock: Clock
) -> None:
    @jobs.job("test.import")
    async def bring_in() -> None: ...

    async with db.transaction() as session:
        first = await jobs.enqueue(session, bring_in, lane="account:1") or 0
        await jobs.enqueue(session, bring_in, lane="account:1")
        await claiming.claim(session, [first], lease_s=600)
    clock.advance(300)
    async with db.reading() as session:
        while_it_runs = await claiming.oldest_due_at(session)
    clock.advance(600)
    async with db.reading() as session:
        abandoned_at = await claiming.oldest_due_at(session)

    assert while_it_runs is None
    assert abandoned_at is not None
    assert 295 < (time.now() - abandoned_at).total_seconds() < 305, "since its worker was lost"


@on_postgres
async def test_a_claim_does_not_wait_for_whoever_is_just_moving_the_job(
    database: Database,
) -> None:
    @jobs.job("test.moved")
    async def moved() -> None: ...

    async with db.transaction() as session:
        moving_id = await jobs.enqueue(session, moved, key="moved") or 0
        other_id = await jobs.enqueue(session, moved) or 0

    async with db.transaction() as moving:
        await jobs.enqueue(moving, moved, key="moved")
        async with db.transaction() as session, asyncio.timeout(5):
            claimed = await claiming.claim(session, [moving_id, other_id], lease_s=15)

    assert [job.id for job in claimed] == [other_id]
