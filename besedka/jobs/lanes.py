"""Lanes: jobs of one lane run one at a time, in the order in which they were enqueued.

On PostgreSQL the claim of a job and the end of the one before it must see each other: both hold the
lane's lock until they commit. Without it two workers could claim two jobs of one lane at once, or
an ending job could miss the one enqueued meanwhile, which then waits for the sweeper.
"""

from collections.abc import Sequence

from sqlalchemy import bindparam, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core.db import dialect
from besedka.jobs.hints import hint_after_commit
from besedka.jobs.models import Job, JobState

_PREFIX = "lane:"
_LOCK_LANES_OF_JOBS = dialect.locking_names(
    select((literal(_PREFIX) + Job.lane).label("name")).where(
        Job.id.in_(bindparam("job_ids", expanding=True)), Job.lane.is_not(None)
    )
)
_LOCK_LANE = dialect.locking_names(select(bindparam("name", type_=Job.lane.type).label("name")))
_NEXT = (
    select(Job.id, Job.queue, Job.run_at)
    .where(Job.lane == bindparam("lane"), Job.state == JobState.PENDING)
    .order_by(Job.id)
    .limit(1)
)


async def lock_of_jobs(session: AsyncSession, job_ids: Sequence[int]) -> None:
    if not dialect.is_sqlite(session):
        await session.execute(_LOCK_LANES_OF_JOBS, {"job_ids": job_ids})


async def lock(session: AsyncSession, lane: str | None) -> None:
    if lane is not None and not dialect.is_sqlite(session):
        await session.execute(_LOCK_LANE, {"name": _PREFIX + lane})


async def hint_next(session: AsyncSession, lane: str | None) -> None:
    """Let the job that waited behind the one that ends here start at once."""
    if lane is None:
        return
    following = (await session.execute(_NEXT, {"lane": lane})).one_or_none()
    if following is not None:
        hint_after_commit(session, following.id, following.queue, following.run_at)
