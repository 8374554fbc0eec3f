"""Running jobs in a worker: take hints, claim rows, run, retry, bury."""

import asyncio
import contextlib
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from besedka.core import db, metrics, rush, time
from besedka.core.background import keep_running
from besedka.core.db import dialect
from besedka.core.errors import AppError
from besedka.core.logging import get_logger, mask
from besedka.core.settings import Settings
from besedka.jobs import claiming, hints, running, service
from besedka.jobs.arguments import unpack
from besedka.jobs.broker import HintBroker
from besedka.jobs.errors import LeaseLost, Retry, TooManyLostWorkers
from besedka.jobs.models import Job, JobState
from besedka.jobs.registry import JobDefinition, call_on_dead, definition_of
from besedka.jobs.schedule import Scheduler

log = get_logger(__name__)

_MAX_BACKOFF_S = 300.0
# A worker that is killed says nothing; a job that kills its workers must not run for ever.
_LOST_WORKERS_ALLOWED = 10


Claim: TypeAlias = tuple[int, asyncio.Future[Job | None]]


class JobRunner:
    """Runs the jobs of a process: those hinted at, and those its sweeper finds."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._broker = HintBroker(self._take)
        self._scheduler = Scheduler()
        self._slots: dict[str, asyncio.Semaphore] = {}
        # Jobs on their way to a claim; True when another hint came meanwhile.
        self._known: dict[int, bool] = {}
        self._timers: dict[int, asyncio.TimerHandle] = {}
        self._leases: set[UUID] = set()
        self._claims: asyncio.Queue[Claim] = asyncio.Queue()
        self._is_stopping = False
        self._tasks: list[asyncio.Task[None]] = []
        self._working: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        await self._broker.start()
        hints.set_sender(self._on_hint)
        self._tasks = [
            keep_running(self._claim_forever, name="jobs.claim"),
            keep_running(self._sweep_forever, name="jobs.sweep"),
            keep_running(self._renew_forever, name="jobs.renew"),
        ]
        self._scheduler.start()

    async def stop(self, *, grace_s: float = 5) -> None:
        """Take no more jobs, let the running ones end; what does not is found after its lease."""
        hints.set_sender(None)
        self._scheduler.stop()
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._is_stopping = True
        while not self._claims.empty():
            _answer([self._claims.get_nowait()], {})
        if self._working:
            _, late = await asyncio.wait(self._working, timeout=grace_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._broker.stop()

    # Hints

    def _on_hint(self, job_id: int, queue: str, run_at: datetime) -> None:
        delay = (run_at - time.now()).total_seconds()
        timer = self._timers.pop(job_id, None)
        if timer is not None:
            timer.cancel()
        if delay <= 0:
            self._send(job_id, queue)
        else:
            loop = asyncio.get_running_loop()
            # A loop may wake us a little early, by its own clock: then we ask again. A job that is
            # hinted at before it is due is not claimed, and would wait for the sweeper.
            self._timers[job_id] = loop.call_later(delay, self._on_hint, job_id, queue, run_at)

    def _send(self, job_id: int, queue: str) -> None:
        self._track(asyncio.get_running_loop().create_task(self._broker.send(job_id, queue)))

    def _track(self, task: asyncio.Task[None]) -> None:
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _take(self, job_id: int, queue: str) -> None:
        """Answer one hint."""
        if job_id in self._known:
            self._known[job_id] = True
            return
        self._known[job_id] = False
        task = asyncio.current_task()
        if task is not None:
            self._track(task)
        async with self._slot(queue):
            try:
                job = await self._claim(job_id)
                while job is None and self._known[job_id]:
                    # Hinted at again while we asked: what was in its way may be gone.
                    self._known[job_id] = False
                    job = await self._claim(job_id)
            finally:
                del self._known[job_id]
            if job is not None:
                await self._run(job)

    async def _claim(self, job_id: int) -> Job | None:
        if self._is_stopping:
            return None
        claimed: asyncio.Future[Job | None] = asyncio.get_running_loop().create_future()
        self._claims.put_nowait((job_id, claimed))
        return await claimed

    def _slot(self, queue: str) -> asyncio.Semaphore:
        if queue not in self._slots:
            self._slots[queue] = asyncio.Semaphore(self._settings.worker_concurrency)
        return self._slots[queue]

    # The three loops

    async def _claim_forever(self) -> None:
        """Claim all that was hinted at while the last claim ran, in one transaction."""
        while True:
            wanted = [await self._claims.get()]
            await rush.let_pass()
            while not self._claims.empty():
                wanted.append(self._claims.get_nowait())
            jobs: dict[int, Job] = {}
            try:
                async with db.transaction() as session:
                    claimed = await claiming.claim(
                        session,
                        [job_id for job_id, _ in wanted],
                        lease_s=self._settings.job_lease_s,
                    )
                jobs = {job.id: job for job in claimed}
                self._leases |= {job.lease_token for job in claimed if job.lease_token is not None}
            except (SQLAlchemyError, OSError) as error:  # the sweeper finds the jobs again
                log.warning("jobs.claim_failed", error=type(error).__name__)
            finally:
                _answer(wanted, jobs)

    async def _sweep_forever(self) -> None:
        """Hint at what is due and nobody has: delayed jobs, lost hints, dead workers' jobs."""
        while True:
            try:
                await _free_what_the_dead_hold()
                async with db.reading() as session:
                    due = await claiming.list_claimable(session)
                    oldest = await claiming.oldest_due_at(session)
                    counts = await service.count_by_state(session)
                metrics.JOBS_DEAD.set(counts.get(JobState.DEAD, 0))
                age = (time.now() - oldest).total_seconds() if oldest else 0
                metrics.JOBS_OLDEST_DUE_SECONDS.set(max(age, 0))
                for job_id, queue in due:
                    if job_id not in self._known:
                        self._send(job_id, queue)
            except (SQLAlchemyError, OSError) as error:
                log.warning("jobs.sweep_failed", error=type(error).__name__)
            await asyncio.sleep(self._settings.job_sweep_s)

    async def _renew_forever(self) -> None:
        while True:
            await asyncio.sleep(self._settings.job_lease_s / 3)
            if not self._leases:
                continue
            try:
                async with db.transaction() as session:
                    await claiming.renew_leases(
                        session, list(self._leases), lease_s=self._settings.job_lease_s
                    )
            except (SQLAlchemyError, OSError) as error:
                log.warning("jobs.renew_failed", error=type(error).__name__)

    # One job

    async def _run(self, job: Job) -> None:
        definition = definition_of(job.name)
        try:
            if definition is None:  # written by a newer version; its own worker will take it
                log.error("job.unknown", job_id=job.id, name=job.name)
                await _put_back(job, after_s=self._settings.job_lease_s, counts=False)
            else:
                await run_job(job, definition)
        finally:
            if job.lease_token is not None:
                self._leases.discard(job.lease_token)


async def _free_what_the_dead_hold() -> None:
    async with db.reading() as session:
        gone = await claiming.list_gone_workers(session)
    if gone:
        log.warning("jobs.workers_gone", workers=gone)
        async with db.transaction() as session:
            await claiming.end_leases(session, gone)


def _answer(wanted: Sequence[Claim], jobs: dict[int, Job]) -> None:
    for job_id, claimed in wanted:
        if not claimed.done():
            claimed.set_result(jobs.get(job_id))


async def run_job(job: Job, definition: JobDefinition) -> None:
    """Run a claimed job to its end: done, put back or buried."""
    metrics.JOB_WAIT_SECONDS.labels(job.queue).observe(
        max((time.now() - job.run_at).total_seconds(), 0)
    )
    mine = running.RunningJob(job)
    context = running.current.set(mine)
    result = "done"
    try:
        if job.attempts > definition.max_attempts + _LOST_WORKERS_ALLOWED:
            raise TooManyLostWorkers(attempts=job.attempts)
        with metrics.JOB_SECONDS.labels(job.name).time():
            arguments = unpack(definition.function, job.args, job.workspace_id)
            await definition.function(**arguments)
        if not mine.is_finished:
            async with db.transaction() as session:
                await running.finish(session)
    except LeaseLost:
        result = "lease_lost"
        log.warning("job.lease_lost", job_id=job.id, name=job.name)
    except Retry as retry:
        result = "postponed"
        await _put_back(job, after_s=retry.after_s, counts=False)
    except Exception as error:  # noqa: BLE001 - whatever a job raises, its row must end
        result = await _fail(job, definition, error)
    finally:
        running.current.reset(context)
        metrics.JOBS_RUN.labels(job.name, result).inc()


async def _fail(job: Job, definition: JobDefinition, error: Exception) -> str:
    job.error = describe(error)
    # A broken constraint may be a race with another process, lost once.
    may_retry = isinstance(error, (*definition.retry_on, IntegrityError)) or dialect.is_in_trouble(
        error
    )
    if may_retry and job.attempts < definition.max_attempts:
        asked: float = getattr(error, "retry_after_s", None) or 0
        delay = max(backoff_s(job.attempts, base_s=definition.retry_base_s), asked)
        log.info(
            "job.retried", job_id=job.id, name=job.name, attempts=job.attempts, error=job.error
        )
        await _put_back(job, after_s=delay, counts=True)
        return "retried"
    log.error(
        "job.died",
        job_id=job.id,
        name=job.name,
        attempts=job.attempts,
        error=job.error,
        exc_info=not isinstance(error, AppError),
    )
    with contextlib.suppress(LeaseLost):
        await _bury(job, definition)
    return "died"


async def _bury(job: Job, definition: JobDefinition) -> None:
    try:
        async with db.transaction() as session:
            await service.bury(session, job)
            arguments = unpack(definition.function, job.args, job.workspace_id)
            await call_on_dead(definition, session, arguments)
    except LeaseLost:
        raise
    except Exception as error:
        if dialect.is_in_trouble(error):
            raise  # the job is found again after its lease
        # Left as it is, the job would be run again after every lease, for ever.
        log.exception("job.on_dead_failed", job_id=job.id, name=job.name)
        async with db.transaction() as session:
            await service.bury(session, job)


async def _put_back(job: Job, *, after_s: float, counts: bool) -> None:
    with contextlib.suppress(LeaseLost):
        async with db.transaction() as session:
            run_at = time.now() + timedelta(seconds=after_s)
            await service.put_back(session, job, run_at=run_at, counts=counts)


def backoff_s(attempt: int, *, base_s: float) -> float:
    """Exponential with full jitter above one half: 1 s, 2 s, 4 s … for a base of one second."""
    ceiling: float = min(base_s * 2 ** (attempt - 1), _MAX_BACKOFF_S)
    return ceiling * random.uniform(0.5, 1)


def describe(error: Exception) -> str:
    code = error.code if isinstance(error, AppError) else type(error).__name__
    return mask(f"{code}: {error}")[:500]


async def run_due(*, lease_s: float = 15) -> int:
    """Run what is due now, one after another, until nothing is left. For tests and commands."""
    ran = 0
    while True:
        async with db.transaction() as session:
            due = await claiming.list_claimable(session, limit=1)
            claimed = await claiming.claim(session, [job_id for job_id, _ in due], lease_s=lease_s)
        if not claimed:
            return ran
        for job in claimed:
            definition = definition_of(job.name)
            if definition is None:
                raise RuntimeError(f"no job is called {job.name}")
            await run_job(job, definition)
            ran += 1
