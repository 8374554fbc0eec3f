"""The product as a separate process that can be killed and started again on the same port."""

import asyncio
import os
import secrets
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from besedka.trial.channel import free_port
from besedka.trial.evidence import Downtime

OWNER_EMAIL = "owner@trial.local"

_READY_S = 60.0
_STOP_S = 15.0


class ServerDidNotStart(Exception):
    """The server ended or was not ready in time; its log says why."""

    def __init__(self, log: Path) -> None:
        tail = log.read_text("utf-8", errors="replace")[-2000:] if log.exists() else ""
        super().__init__(f"besedka serve is not ready; the end of its log:\n{tail}")


class Server:
    """`besedka serve` with default settings but for where things are and who may log in."""

    def __init__(
        self, *, folder: Path, database: str, channel_url: str, arguments: Sequence[str] = ()
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.password = secrets.token_urlsafe(16)
        self.log = folder / "server.log"
        self.downtimes: list[Downtime] = []
        self._folder = folder
        self._arguments = arguments
        self._environment = {
            **{
                name: value for name, value in os.environ.items() if not name.startswith("BESEDKA_")
            },
            "BESEDKA_DATA_DIR": str(folder / "data"),
            "BESEDKA_DATABASE_URL": database,
            "BESEDKA_HOST": "127.0.0.1",
            "BESEDKA_PORT": str(self.port),
            "BESEDKA_PUBLIC_URL": self.url,
            "BESEDKA_OWNER_EMAIL": OWNER_EMAIL,
            "BESEDKA_OWNER_PASSWORD": self.password,
            "BESEDKA_AVITO_BASE_URL": channel_url,
            # The simulator has no limit of its own, and one account has all the trial's talks.
            "BESEDKA_AVITO_REQUESTS_PER_S": "1000",
        }
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Return when it is ready. Raises ServerDidNotStart."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "besedka.cli.main",
                "serve",
                *self._arguments,
                cwd=self._folder,  # no .env there
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        await self._until_ready(self._process)

    async def _until_ready(self, process: asyncio.subprocess.Process) -> None:
        try:
            async with (
                asyncio.timeout(_READY_S),
                httpx.AsyncClient(base_url=self.url, timeout=5, trust_env=False) as http,
            ):
                while process.returncode is None:
                    try:
                        if (await http.get("/readyz")).status_code == 200:
                            return
                    except httpx.TransportError:
                        pass
                    await asyncio.sleep(0.05)
        except TimeoutError:
            pass
        raise ServerDidNotStart(self.log)

    async def kill_and_restart(self) -> None:
        if self._process is None:
            return
        killed_at = time.time()
        os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()
        await self.start()
        self.downtimes.append(Downtime(killed_at, time.time()))

    async def stop(self) -> None:
        if self._process is None or self._process.returncode is not None:
            return
        self._process.terminate()
        try:
            async with asyncio.timeout(_STOP_S):
                await self._process.wait()
        except TimeoutError:
            os.killpg(self._process.pid, signal.SIGKILL)
            await self._process.wait()


@asynccontextmanager
async def running_server(
    *, folder: Path, database: str, channel_url: str, arguments: Sequence[str] = ()
) -> AsyncIterator[Server]:
    """Raises ServerDidNotStart."""
    server = Server(folder=folder, database=database, channel_url=channel_url, arguments=arguments)
    try:
        await server.start()
        yield server
    finally:
        await server.stop()
