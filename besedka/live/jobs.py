"""Keeping the log short."""

from datetime import timedelta

from besedka import jobs
from besedka.core import db, time
from besedka.events import service as events

# A browser that comes back later than this loads everything anew, which it would do anyhow.
KEPT = timedelta(days=3)


@jobs.periodic(lambda: 3600)
@jobs.job("live.forget_old_events")
async def forget_old_events() -> None:
    async with db.transaction() as session:
        await events.forget_before(session, time.now() - KEPT)
        await jobs.finish(session)
