"""Claiming jobs: which may run now, and for how long they are whose.

The statements are built once, since building them costs more than running them, and a busy worker
claims hundreds of jobs a second.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import and_, bindparam, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from besedka.core import time
from besedka.core.db import UtcDateTime
from besedka.jobs import lanes, workers
from besedka.jobs.models import Job, JobState

_now = bindparam("moment", type_=UtcDateTime)
_other = aliased(Job)
_in_the_way = (
    exists()
    .where(
        _other.lane == Job.lane,
        _other.state.in_((JobState.PENDING, JobState.RUNNING)),
        or_(_other.id < Job.id, and_(_other.id > Job.id, _other.state == JobState.RUNNING)),
    )
    .correlate(Job)
)
_is_due = and_(Job.run_at <= _now, or_(Job.lane.is_(None), ~_in_the_way))
_is_pending = Job.state == JobState.PENDING
_is_abandoned = and_(Job.state == JobState.RUNNING, Job.leased_until < _now)
_is_claimable = and_(_is_due, or_(_is_pending, _is_abandoned))
_free = select(Job.id).where(Job.id == bindparam("job_id"), _is_claimable)
_CLAIM = (
    update(Job)
    # Whoever has the row locked moves or ends the job: they hint at what is then to do, or the
    # sweeper finds it. To wait would hold up all other claims, and sometimes them too.
    .where(Job.id.in_(_free.with_for_update(skip_locked=True)))
    .values(
        state=JobState.RUNNING,
        lease_token=bindparam("token", type_=Job.lease_token.type),
        leased_until=bindparam("until", type_=UtcDateTime),
        leased_by=bindparam("worker"),
        attempts=Job.attempts + 1,
    )
    .returning(Job)
    .execution_options(synchronize_session=False)
)
_CLAIMABLE = (
    select(Job.id, Job.queue)
    .where(_is_claimable)
    .order_by(Job.run_at, Job.id)
    .limit(bindparam("limit"))
)
_LONGEST_DUE = select(Job.run_at).where(_is_due, _is_pending).order_by(Job.run_at).limit(1)
_LONGEST_ABANDONED = (
    select(Job.leased_until).where(_is_due, _is_abandoned).order_by(Job.leased_until).limit(1)
)


async def claim(session: AsyncSession, job_ids: Sequence[int], *, lease_s: float) -> list[Job]:
    """Take those of the jobs that are due, free and first in their lane."""
    claimed = []
    await lanes.lock_of_jobs(session, job_ids)
    for job_id in sorted(job_ids):  # one order everywhere, so that two workers can't deadlock
        now = time.now()
        wanted = {
            "job_id": job_id,
            "moment": now,
            "token": uuid4(),
            "until": now + timedelta(seconds=lease_s),
            "worker": workers.this_worker(),
        }
        job = (await session.scalars(_CLAIM, wanted)).one_or_none()
        if job is not None:
            claimed.append(job)
    return claimed


async def list_claimable(session: AsyncSession, *, limit: int = 500) -> list[tuple[int, str]]:
    """Ids and queues of the jobs that a worker could take now, the longest due first."""
    rows = await session.execute(_CLAIMABLE, {"moment": time.now(), "limit": limit})
    return [(row.id, row.queue) for row in rows]


async def oldest_due_at(session: AsyncSession) -> datetime | None:
    """Since when a job waits that a worker could take; one behind another of its lane does not."""
    now = {"moment": time.now()}
    since = [await session.scalar(each, now) for each in (_LONGEST_DUE, _LONGEST_ABANDONED)]
    return min((moment for moment in since if moment is not None), default=None)


async def renew_leases(session: AsyncSession, tokens: Sequence[UUID], *, lease_s: float) -> None:
    await session.execute(
        update(Job)
        .where(Job.lease_token.in_(tokens), Job.state == JobState.RUNNING)
        .values(leased_until=time.now() + timedelta(seconds=lease_s))
        .execution_options(synchronize_session=False)
    )


async def list_gone_workers(session: AsyncSession) -> list[str]:
    """Processes of this machine that have ended and still hold leases."""
    statement = (
        select(Job.leased_by)
        .where(Job.state == JobState.RUNNING, Job.leased_by != workers.this_worker())
        .distinct()
    )
    holders = await session.scalars(statement)
    return [holder for holder in holders if holder is not None and workers.is_gone(holder)]


async def end_leases(session: AsyncSession, gone_workers: Sequence[str]) -> None:
    """Let what those processes left be claimed at once."""
    await session.execute(
        update(Job)
        .where(Job.state == JobState.RUNNING, Job.leased_by.in_(gone_workers))
        .values(leased_until=time.now() - timedelta(seconds=1))
        .execution_options(synchronize_session=False)
    )
