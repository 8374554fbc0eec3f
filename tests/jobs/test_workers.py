"""Leases of processes that have ended are free at once; all others are kept."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from besedka import jobs
from besedka.core import db
from besedka.core.db import Database
from besedka.core.settings import Settings
from besedka.jobs import claiming, workers
from besedka.jobs.runner import JobRunner

PATIENCE_S = 10


class OtherProcess:
    """Another process of this machine, which sleeps until it is killed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(600)"], stdout=subprocess.DEVNULL
        )
        started = psutil.Process(self._process.pid).create_time()
        host = workers.this_worker().rsplit(":", 2)[0]
        self.name = f"{host}:{self._process.pid}:{started:.2f}"

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def other() -> Iterator[OtherProcess]:
    other = OtherProcess()
    yield other
    other.kill()


async def test_what_a_killed_process_held_is_run_without_waiting_for_its_lease(
    settings: Settings, database: Database, other: OtherProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = asyncio.Event()

    @jobs.job("test.left")
    async def left() -> None:
        ran.set()

    settings.job_sweep_s = 0.05
    await claim_as(other.name, await enqueue(left), monkeypatch)
    runner = JobRunner(settings)
    await runner.start()
    try:
        await asyncio.sleep(0.3)
        assert not ran.is_set()
        other.kill()
        async with asyncio.timeout(PATIENCE_S):
            await ran.wait()
    finally:
        await runner.stop()


async def test_leases_of_other_machines_are_left_alone(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    @jobs.job("test.elsewhere")
    async def elsewhere() -> None: ...

    await claim_as("another-machine:1:1.00", await enqueue(elsewhere), monkeypatch)

    async with db.reading() as session:
        assert await claiming.list_gone_workers(session) == []


def test_a_process_that_has_the_number_of_a_dead_one_is_another(other: OtherProcess) -> None:
    host, pid, started = other.name.rsplit(":", 2)

    assert not workers.is_gone(other.name)
    assert workers.is_gone(f"{host}:{pid}:{float(started) - 60:.2f}")


def test_a_process_that_nobody_buried_is_gone(other: OtherProcess) -> None:
    pid = int(other.name.rsplit(":", 2)[1])
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)

    assert workers.is_gone(other.name)


async def enqueue(definition: jobs.JobDefinition) -> int:
    async with db.transaction() as session:
        return await jobs.enqueue(session, definition) or 0


async def claim_as(worker: str, job_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(workers, "this_worker", lambda: worker)
        async with db.transaction() as session:
            assert await claiming.claim(session, [job_id], lease_s=3600)
