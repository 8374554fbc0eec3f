"""Looking at jobs from the command line."""

from collections.abc import Sequence
from dataclasses import dataclass

from besedka.core import db
from besedka.core.db import reaching
from besedka.core.settings import Settings
from besedka.jobs import service
from besedka.jobs.models import Job, JobState


@dataclass(frozen=True, slots=True)
class Picture:
    counts: dict[JobState, int]
    dead: Sequence[Job]


async def read_jobs(settings: Settings) -> Picture:
    database = db.open_database(settings)
    try:
        await reaching.refuse_unprepared(database)
        async with db.reading() as session:
            return Picture(
                counts=await service.count_by_state(session), dead=await service.list_dead(session)
            )
    finally:
        await db.close_database()


async def retry_job(settings: Settings, job_id: int) -> None:
    database = db.open_database(settings)
    try:
        await reaching.refuse_unprepared(database)
        async with db.transaction() as session:
            await service.retry_dead(session, job_id)
    finally:
        await db.close_database()
