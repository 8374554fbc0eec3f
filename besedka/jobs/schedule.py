"""Periodic jobs: APScheduler writes each one ahead, under a key that allows it once."""

from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import SQLAlchemyError

from besedka.core import db, time
from besedka.core.logging import get_logger
from besedka.jobs import service
from besedka.jobs.registry import PeriodicJob, periodic_jobs

log = get_logger(__name__)


class Scheduler:
    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def start(self) -> None:
        for entry in periodic_jobs():
            self._scheduler.add_job(
                write_ahead,
                "interval",
                args=[entry],
                seconds=max(entry.every_s() / 2, 0.5),
                next_run_time=time.now(),
                coalesce=True,
                misfire_grace_time=None,  # a busy loop makes it late; skipped, a slot would be lost
                max_instances=1,
            )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


async def write_ahead(entry: PeriodicJob) -> None:
    """Make sure that the job of the next slot is there.

    The slot is the next multiple of the period, and the row waits for it from before it begins:
    however many schedulers write it, under one key there is one row, and one run.
    """
    try:
        async with db.transaction() as session:
            await service.enqueue(
                session,
                entry.definition,
                run_at=next_slot(time.now(), entry.every_s()),
                key=f"periodic:{entry.definition.name}",
                moves=False,
                lane=f"periodic:{entry.definition.name}",
            )
    except (SQLAlchemyError, OSError) as error:
        log.warning("schedule.failed", name=entry.definition.name, error=type(error).__name__)


def next_slot(after: datetime, every_s: float) -> datetime:
    slots = int(after.timestamp() // every_s) + 1
    return datetime.fromtimestamp(slots * every_s, UTC)
