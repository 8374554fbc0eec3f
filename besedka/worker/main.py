"""Running jobs until told to stop."""

import asyncio
import signal

from besedka.app import rooms
from besedka.channels import connections
from besedka.core import db
from besedka.core.db import reaching
from besedka.core.logging import get_logger
from besedka.core.settings import Settings
from besedka.jobs.runner import JobRunner
from besedka.search.follower import Follower

log = get_logger(__name__)


async def run_worker(settings: Settings) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await reaching.refuse_unprepared(db.open_database(settings))
    runner = JobRunner(settings)
    await runner.start()
    follower = Follower()
    follower.start()
    log.info("worker.started", rooms=len(rooms.DECLARING))
    try:
        await stopped.wait()
    finally:
        await follower.stop()
        await runner.stop()
        await connections.close_all()
        await db.close_database()
