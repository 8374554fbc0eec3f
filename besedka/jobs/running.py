"""The job that this task runs, and how it ends together with its effect."""

from contextvars import ContextVar
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core import db
from besedka.jobs import service
from besedka.jobs.errors import LeaseLost
from besedka.jobs.models import Job


@dataclass(slots=True)
class RunningJob:
    job: Job
    is_finished: bool = False


current: ContextVar[RunningJob | None] = ContextVar("current_job", default=None)


async def finish(session: AsyncSession) -> None:
    """End the running job in this transaction, so that effect and completion commit together.

    Outside a job it does nothing: the same service act may be called by a route.
    Raises LeaseLost, which must roll the transaction back.
    """
    running = current.get()
    if running is None or running.is_finished:
        return
    job = running.job
    if job.lease_token is None:
        raise LeaseLost(job_id=job.id)
    await service.complete(session, job.id, job.lease_token, lane=job.lane)

    def _mark_finished() -> None:
        running.is_finished = True

    db.after_commit(session, _mark_finished)
