"""Leases of processes that have ended are free at once; all others are kept."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

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
        self.pid = self._process.pid
        self.name = workers._name_of(self.pid)

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
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await ran.wait()
        other.kill()
        async with asyncio.timeout(PATIENCE_S):
            await ran.wait()
    finally:
        await runner.stop()


@pytest.mark.parametrize(
    "worker",
    ["another-boot/4026531836/1:1", "another-boot-{me}", "0f9a4c3e7d1b"],
    ids=["another machine", "another boot", "a system that tells nothing"],
)
async def test_leases_of_processes_that_we_cannot_see_are_left_alone(
    database: Database, monkeypatch: pytest.MonkeyPatch, worker: str
) -> None:
    @jobs.job("test.elsewhere")
    async def elsewhere() -> None: ...

    await claim_as(worker.format(me=workers.this_worker()), await enqueue(elsewhere), monkeypatch)

    async with db.reading() as session:
        assert await claiming.list_gone_workers(session) == []


def test_a_process_that_has_the_number_of_a_dead_one_is_another(other: OtherProcess) -> None:
    realm, _, _ = other.name.rpartition("/")

    assert not workers.is_gone(other.name)
    assert workers.is_gone(f"{realm}/{other.pid}:1")


def test_a_process_of_another_container_is_not_taken_for_a_dead_one(other: OtherProcess) -> None:
    boot, _, rest = other.name.partition("/")
    namespace, _, of_process = rest.partition("/")
    other.kill()

    assert workers.is_gone(other.name)
    assert not workers.is_gone(f"{boot}/{int(namespace) + 1}/{of_process}")


def test_a_process_that_nobody_buried_is_gone(other: OtherProcess) -> None:
    os.kill(other.pid, signal.SIGKILL)
    os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)

    assert workers.is_gone(other.name)


async def enqueue(definition: jobs.JobDefinition) -> int:
    async with db.transaction() as session:
        return await jobs.enqueue(session, definition) or 0


async def claim_as(worker: str, job_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(workers, "this_worker", lambda: worker)
        async with db.transaction() as session:
            assert await claiming.claim(session, [job_id], lease_s=3600)
