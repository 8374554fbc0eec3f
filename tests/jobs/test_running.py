"""How jobs end: done, tried again, dead, or taken over by another worker."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.core import db, time
from besedka.core.db import Database
from besedka.core.errors import AppError
from besedka.identity import Workspace
from besedka.identity import service as identity
from besedka.jobs import claiming, service
from besedka.jobs.models import Job, JobState
from besedka.jobs.runner import backoff_s, run_job
from tests.conftest import Clock, RunJobs, on_postgres


class Unreachable(AppError):
    code = "unreachable"


class PullThePlug(BaseException):
    """The process dies here: nothing after this point runs, in the job or around it."""


async def the_job() -> Job:
    async with db.reading() as session:
        return (await session.scalars(select(Job))).one()


async def workspaces() -> int:
    async with db.reading() as session:
        return await session.scalar(select(func.count()).select_from(Workspace)) or 0


async def test_an_error_declared_retryable_is_tried_again_later(
    database: Database, run_jobs: RunJobs, clock: Clock
) -> None:
    tries: list[int] = []

    @jobs.job("test.call", max_attempts=3, retry_on=(Unreachable,), retry_base_s=10)
    async def call() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise Unreachable

    async with db.transaction() as session:
        await jobs.enqueue(session, call)

    assert await run_jobs() == 1
    waiting = await the_job()
    assert (waiting.state, waiting.attempts) == (JobState.PENDING, 1)
    assert 5 <= (waiting.run_at - time.now()).total_seconds() <= 10
    clock.advance(10)
    assert await run_jobs() == 1
    clock.advance(20)
    assert await run_jobs() == 1
    assert len(tries) == 3


def test_the_pause_doubles_with_jitter_up_to_a_ceiling() -> None:
    random.seed(1)

    pauses = [backoff_s(attempt, base_s=1) for attempt in range(1, 20)]

    for attempt, pause in enumerate(pauses):
        full = min(2**attempt, 300)
        assert full / 2 <= pause <= full


async def test_a_job_out_of_attempts_is_dead_and_its_last_words_are_written(
    database: Database, run_jobs: RunJobs, clock: Clock
) -> None:
    told: list[str] = []

    async def tell(session: object, name: str) -> None:
        told.append(name)

    @jobs.job("test.give_up", max_attempts=2, retry_on=(Unreachable,), on_dead=tell)
    async def give_up(name: str) -> None:
        raise Unreachable("the line is cut, call +7 999 123-45-67")

    async with db.transaction() as session:
        await jobs.enqueue(session, give_up, name="Ирина")
    await run_jobs()
    assert told == []
    clock.advance(10)
    await run_jobs()

    dead = await the_job()
    assert dead.state is JobState.DEAD
    assert dead.died_at is not None
    assert dead.error is not None
    assert dead.error.startswith("unreachable: the line is cut")
    assert "123" not in dead.error
    assert told == ["Ирина"]
    clock.advance(3600)
    assert await run_jobs() == 0


async def test_a_job_whose_last_words_fail_is_dead_all_the_same(
    database: Database, run_jobs: RunJobs, clock: Clock
) -> None:
    runs: list[int] = []

    async def stumble(_: AsyncSession) -> None:
        raise KeyError("a defect of ours")

    @jobs.job("test.stumble", on_dead=stumble)
    async def work() -> None:
        runs.append(1)
        raise Unreachable

    async with db.transaction() as session:
        await jobs.enqueue(session, work)
    for _ in range(3):
        await run_jobs()
        clock.advance(60)

    assert (await the_job()).state is JobState.DEAD
    assert len(runs) == 1


async def test_an_error_not_declared_kills_the_job_at_once(
    database: Database, run_jobs: RunJobs
) -> None:
    @jobs.job("test.broken", max_attempts=8)
    async def broken() -> None:
        raise ZeroDivisionError

    async with db.transaction() as session:
        await jobs.enqueue(session, broken)
    await run_jobs()

    assert (await the_job()).state is JobState.DEAD


async def test_a_dead_job_does_not_hold_up_its_lane(database: Database, run_jobs: RunJobs) -> None:
    seen: list[str] = []

    @jobs.job("test.lane")
    async def work(word: str) -> None:
        if word == "bad":
            raise ZeroDivisionError
        seen.append(word)

    async with db.transaction() as session:
        await jobs.enqueue(session, work, lane="chat:1", word="bad")
        await jobs.enqueue(session, work, lane="chat:1", word="good")
    await run_jobs()

    assert seen == ["good"]


async def done(session: AsyncSession, job: Job) -> None:
    await service.complete(session, job.id, job.lease_token or uuid4(), lane=job.lane)


@on_postgres
@pytest.mark.parametrize("end", [done, service.bury])
async def test_a_job_enqueued_while_the_one_before_it_ends_needs_no_sweeper(
    database: Database, end: Callable[[AsyncSession, Job], Awaitable[None]]
) -> None:
    @jobs.job("test.following")
    async def following() -> None: ...

    async with db.transaction() as session:
        first_id = await jobs.enqueue(session, following, lane="chat:1") or 0
    async with db.transaction() as session:
        (first,) = await claiming.claim(session, [first_id], lease_s=15)

    async def claim(job_id: int) -> list[Job]:
        async with db.transaction() as session:
            return await claiming.claim(session, [job_id], lease_s=15)

    async with db.transaction() as ending:
        await end(ending, first)
        async with db.transaction() as session:
            second_id = await jobs.enqueue(session, following, lane="chat:1") or 0
        claiming_second = asyncio.create_task(claim(second_id))
        await asyncio.sleep(0.1)
        assert not claiming_second.done()

    assert [job.id for job in await claiming_second] == [second_id]


async def test_a_dead_job_runs_again_when_a_person_says_so(
    database: Database, run_jobs: RunJobs
) -> None:
    is_mended = False

    @jobs.job("test.mended")
    async def mended() -> None:
        if not is_mended:
            raise ZeroDivisionError

    async with db.transaction() as session:
        await jobs.enqueue(session, mended)
    await run_jobs()
    dead = await the_job()
    is_mended = True
    async with db.transaction() as session:
        await service.retry_dead(session, dead.id)

    assert await run_jobs() == 1
    async with db.transaction() as session:
        with pytest.raises(jobs.JobNotFound):
            await service.retry_dead(session, dead.id)


async def test_a_job_that_asks_to_be_postponed_has_not_failed(
    database: Database, run_jobs: RunJobs, clock: Clock
) -> None:
    tries: list[int] = []

    @jobs.job("test.patient", max_attempts=1)
    async def patient() -> None:
        tries.append(1)
        if len(tries) < 4:
            raise jobs.Retry(after_s=30)

    async with db.transaction() as session:
        await jobs.enqueue(session, patient)
    for _ in range(4):
        assert await run_jobs() == 1
        clock.advance(29)
        assert await run_jobs() == 0
        clock.advance(2)

    assert len(tries) == 4


async def test_a_job_of_a_dead_worker_is_taken_up_after_its_lease(
    database: Database, run_jobs: RunJobs, clock: Clock
) -> None:
    @jobs.job("test.orphan")
    async def orphan() -> None: ...

    async with db.transaction() as session:
        job_id = await jobs.enqueue(session, orphan, lane="chat:1")
        assert job_id is not None
    async with db.transaction() as session:
        await claiming.claim(session, [job_id], lease_s=15)  # and that worker is gone

    clock.advance(14)
    assert await run_jobs() == 0
    clock.advance(2)
    assert await run_jobs() == 1


async def test_a_job_that_kills_every_worker_is_given_up(
    database: Database, run_jobs: RunJobs, clock: Clock
) -> None:
    runs: list[int] = []

    @jobs.job("test.poison", max_attempts=1)
    async def poison() -> None:
        runs.append(1)

    async with db.transaction() as session:
        job_id = await jobs.enqueue(session, poison) or 0
    for _ in range(11):
        async with db.transaction() as session:
            await claiming.claim(session, [job_id], lease_s=15)  # and that worker is gone
        clock.advance(16)

    await run_jobs()

    assert (runs, (await the_job()).state) == ([], JobState.DEAD)


async def test_a_worker_that_lost_its_lease_writes_nothing(
    database: Database, clock: Clock
) -> None:
    @jobs.job("test.slow")
    async def slow() -> None:
        clock.advance(20)  # the process was stopped, and the lease ran out
        async with db.transaction() as session:
            taken_by_another = await claiming.claim(session, [job_id], lease_s=15)
        assert len(taken_by_another) == 1
        async with db.transaction() as session:
            await identity.create_workspace(session, name="дважды", time_zone="UTC")
            await jobs.finish(session)

    async with db.transaction() as session:
        job_id = await jobs.enqueue(session, slow) or 0
    async with db.transaction() as session:
        (mine,) = await claiming.claim(session, [job_id], lease_s=15)
    await run_job(mine, slow)

    assert await workspaces() == 0
    assert (await the_job()).state is JobState.RUNNING  # it is the other worker's now


@pytest.mark.parametrize("dies", ["before the commit", "after the commit"])
async def test_the_effect_and_the_end_of_a_job_are_one_even_if_the_process_dies(
    dies: str, database: Database, run_jobs: RunJobs, clock: Clock
) -> None:
    is_powered = False

    def pull(when: str) -> None:
        if not is_powered and dies == when:
            raise PullThePlug

    @jobs.job("test.effect")
    async def effect() -> None:
        async with db.transaction() as session:
            await identity.create_workspace(session, name="одна", time_zone="UTC")
            await jobs.finish(session)
            pull("before the commit")
        pull("after the commit")

    async with db.transaction() as session:
        await jobs.enqueue(session, effect)
    with pytest.raises(PullThePlug):
        await run_jobs()
    is_powered = True
    clock.advance(60)
    await run_jobs()

    assert await workspaces() == 1


async def test_a_job_enqueued_under_the_key_of_one_that_failed_takes_its_place(
    database: Database, run_jobs: RunJobs, clock: Clock
) -> None:
    seen: list[int] = []

    @jobs.job("test.replaced", retry_on=(Unreachable,))
    async def replaced(number: int) -> None:
        seen.append(number)
        if number == 1:
            async with db.transaction() as session:
                await jobs.enqueue(session, definition, key="k", number=2)
            raise Unreachable

    definition = replaced
    async with db.transaction() as session:
        await jobs.enqueue(session, replaced, key="k", number=1)
    await run_jobs()
    clock.advance(60)
    await run_jobs()

    assert seen == [1, 2]


async def test_finishing_outside_of_a_job_does_nothing(database: Database) -> None:
    async with db.transaction() as session:
        await jobs.finish(session)


@on_postgres
async def test_a_job_put_back_while_its_successor_is_being_written_makes_way_for_it(
    database: Database,
) -> None:
    runs: list[int] = []

    @jobs.job("test.turn")
    async def turn(number: int) -> None:
        runs.append(number)
        raise jobs.Retry(after_s=3, reason="not yet")

    async with db.transaction() as session:
        first_id = await jobs.enqueue(session, turn, key="turn", lane="turn", number=1) or 0
    async with db.transaction() as session:
        (first,) = await claiming.claim(session, [first_id], lease_s=15)
    async with db.transaction() as session:
        second_id = await jobs.enqueue(session, turn, key="turn", lane="turn", number=2)
        ending = asyncio.create_task(run_job(first, turn))
        await session.execute(text("SELECT pg_sleep(0.2)"))

    await ending

    assert runs == [1]
    job = await the_job()
    assert (job.id, job.state) == (second_id, JobState.PENDING)


@pytest.mark.parametrize(
    "trouble",
    [PoolTimeout("no connection became free"), TimeoutError(), OSError("no such host")],
    ids=["pool", "connect", "host"],
)
async def test_trouble_of_the_database_is_waited_out(
    database: Database, run_jobs: RunJobs, clock: Clock, trouble: Exception
) -> None:
    outcomes: list[Exception | None] = [trouble, None]

    @jobs.job("test.troubled")
    async def troubled() -> None:
        outcome = outcomes.pop(0)
        if outcome is not None:
            raise outcome

    async with db.transaction() as session:
        await jobs.enqueue(session, troubled)
    await run_jobs()
    assert (await the_job()).state is JobState.PENDING
    clock.advance(10)

    assert await run_jobs() == 1
    assert outcomes == []
