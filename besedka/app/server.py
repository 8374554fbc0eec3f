"""Serving over HTTP, and stopping politely."""

import asyncio
import contextlib
import gc
import socket
import sys
from collections.abc import Coroutine, Iterator
from typing import Any, TypeVar

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from besedka.core.errors import AppError
from besedka.live.stream import Live

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None  # type: ignore[assignment] # a module or nothing

T = TypeVar("T")

_GRACE_S = 5
_SWITCH_S = 0.0005
_OPEN_FILES = 65_536


class AddressTaken(AppError):
    code = "address_taken"
    title = "На этом адресе уже слушает другая программа"


def listen(host: str, port: int, *, option: str = "--port или BESEDKA_PORT") -> socket.socket:
    """A socket for `serve`; port 0 takes any free one. Raises AddressTaken, which names `option`
    as the way to another port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named in full, the protocol lets asyncio send small answers at once (TCP_NODELAY).
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise AddressTaken(
            f"Не получается слушать {host}:{port}: {error.strerror}. "
            f"Остановите ту программу или задайте другой порт: {option}."
        ) from error
    return listener


def allow_many_connections() -> None:
    """Raise the limit on open files, 1,024 on most systems: each browser holds one open."""
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def url_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Server(uvicorn.Server):
    """The product's server: when it stops, the live streams end first, since they never end by
    themselves and everybody else may finish."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(config_for(app))
        self._app = app

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        with super().capture_signals():
            yield
            # Asked to stop and stopped: that is success, no need to die of the signal once more.
            self._captured_signals.clear()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        allow_many_connections()
        await super().startup(sockets)
        # What was loaded until now stays as long as the process: the collector need not walk it
        # again and again.
        gc.collect()
        gc.freeze()
        # A commit comes back from its thread as soon as the disk has it, instead of waiting the
        # usual 5 ms for a busy event loop to let go of the interpreter.
        sys.setswitchinterval(_SWITCH_S)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        live: Live = self._app.state.live
        live.readers.close()
        await super().shutdown(sockets)


def config_for(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        lifespan="on",
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
    )


def run_in_loop(main: Coroutine[Any, Any, T]) -> T:
    """Run in the event loop that uvicorn would choose: uvloop where there is one."""
    loop_factory = uvicorn.Config(app="", log_config=None).get_loop_factory()
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        return runner.run(main)
