"""The broker that carries hints: in memory within one process."""

from collections.abc import Awaitable, Callable

from taskiq import InMemoryBroker

# The broker must not be the one that limits how many jobs run: the runner's slots do.
_UNLIMITED = 1_000_000


class HintBroker:
    """Sends job ids through Taskiq and hands those that arrive to `receive`."""

    def __init__(self, receive: Callable[[int, str], Awaitable[None]]) -> None:
        self._broker = InMemoryBroker(max_async_tasks=_UNLIMITED, max_stored_results=1)

        async def run_job(job_id: int, queue: str) -> None:
            await receive(job_id, queue)

        self._task = self._broker.register_task(run_job, task_name="besedka.run_job")

    async def start(self) -> None:
        self._broker.is_worker_process = True
        await self._broker.startup()

    async def stop(self) -> None:
        await self._broker.shutdown()

    async def send(self, job_id: int, queue: str) -> None:
        await self._task.kiq(job_id, queue)
