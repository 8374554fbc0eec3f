"""The simulated Avito as a web application, and the way to run it."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from besedka.simulators.avito import control, gateway, items, media, messenger
from besedka.simulators.avito.oauth import token_routes
from besedka.simulators.avito.simulator import AvitoSimulator
from besedka.simulators.avito.state import Chat, Message

SAVE_EVERY_S = 5.0


def create_app(simulator: AvitoSimulator) -> Starlette:
    world = simulator.world
    operations = [*messenger.operations(simulator.webhooks), *items.operations()]
    window = str(files("besedka.simulators.avito") / "window")

    async def index(_request: Request) -> Response:
        page = (Path(window) / "index.html").read_bytes()
        return Response(page, media_type="text/html")

    async def listing_page(request: Request) -> Response:
        return RedirectResponse(f"/#/item/{request.path_params['item_id']}")

    routes: list[BaseRoute] = [
        *token_routes(world),
        *(gateway.route(world, each) for each in operations),
        *control.routes(simulator),
        *media.routes(world),
        Route("/", index),
        Route("/item/{item_id}", listing_page),
        Mount("/window", StaticFiles(directory=window)),
    ]

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        saving = asyncio.create_task(save_regularly(simulator))
        try:
            yield
        finally:
            saving.cancel()
            simulator.stream.close()
            await simulator.aclose()

    return Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={404: gateway.unknown_route, 405: gateway.unknown_route},
    )


async def save_regularly(simulator: AvitoSimulator) -> None:
    is_changed = asyncio.Event()

    def note(_what: str, _chat: Chat, _message: Message | None) -> None:
        is_changed.set()

    if simulator.data_path is None:
        return
    simulator.world.listeners.append(note)
    while True:
        await is_changed.wait()
        await asyncio.sleep(SAVE_EVERY_S)
        is_changed.clear()
        simulator.save()


class Server(uvicorn.Server):
    """Lets the windows go first: their endless streams would hold the shutdown up."""

    def __init__(self, config: uvicorn.Config, simulator: AvitoSimulator) -> None:
        super().__init__(config)
        self.simulator = simulator

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.simulator.stream.close()
        await super().shutdown(sockets)


def run(host: str, port: int, *, data_path: Path | None = None) -> None:
    """Serve until interrupted. With `data_path` the talks outlive a restart."""
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - comparison only
    simulator = AvitoSimulator(public_url=f"http://{shown}:{port}", data_path=data_path)
    config = uvicorn.Config(
        simulator.app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
    )
    with contextlib.suppress(KeyboardInterrupt):
        Server(config, simulator).run()
