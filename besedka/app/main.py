"""The product as one ASGI application."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.types import Receive, Scope, Send

import besedka
from besedka.app import health, onboarding, rooms
from besedka.app.description import PROBLEM_RESPONSE, describe_problems
from besedka.app.middleware import API_PREFIX, BodyLimit, OriginGuard, Watch
from besedka.app.web import WebApp
from besedka.channels import connections
from besedka.channels.door import HookDoor
from besedka.channels.intake import Intake
from besedka.core import db, pictures
from besedka.core.errors import install_error_handlers
from besedka.core.logging import get_logger
from besedka.core.settings import Settings, use_settings
from besedka.events import EventFeed
from besedka.identity.throttle import LoginThrottle
from besedka.jobs.runner import JobRunner
from besedka.live.stream import Live
from besedka.search.follower import Follower

log = get_logger(__name__)

_MAX_BODY_BYTES = 4 * 2**20
_UPLOADS = re.compile(rf"{API_PREFIX}/conversations/[^/]+/attachments")
# A form's own words around its file take some bytes too.
_MAX_UPLOAD_BYTES = pictures.MAX_BYTES + 2**20


class Application(FastAPI):
    """FastAPI behind the door for webhooks, which goes before all that FastAPI does."""

    def __init__(self, *, intake: Intake, **options: Any) -> None:
        super().__init__(**options)
        self.state.intake = intake
        self._door = HookDoor(super().__call__, intake)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._door(scope, receive, send)


def create_app(settings: Settings, *, with_worker: bool = True) -> FastAPI:
    """The web server, and with it the worker unless others run it."""
    use_settings(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with running(app, settings, with_worker=with_worker):
            yield

    app = Application(
        intake=Intake(),
        title="Besedka",
        version=besedka.__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
        responses=PROBLEM_RESPONSE,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.settings = settings
    app.state.login_throttle = LoginThrottle()
    app.state.live = Live(EventFeed())
    install_error_handlers(app)
    routers = [*rooms.API_ROUTERS, *(rooms.DEVELOPER_ROUTERS if settings.dev_mode else ())]
    if settings.dev_mode:
        log.warning("dev_mode.on")
    for router in routers:
        app.include_router(router, prefix=API_PREFIX)
    app.include_router(onboarding.router, prefix=API_PREFIX)
    app.include_router(health.router)
    describe_problems(app)
    app.router.default = WebApp(settings)
    origins = (settings.public_url, *settings.allowed_origins)
    app.add_middleware(
        BodyLimit,
        max_bytes=_MAX_BODY_BYTES,
        uploads=_UPLOADS,
        max_upload_bytes=_MAX_UPLOAD_BYTES,
    )
    app.add_middleware(OriginGuard, allowed=origins)
    if settings.allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_credentials=True,
            allow_methods=["*"],
            allow_headers=["*"],
        )
    app.add_middleware(Watch)
    return app


@asynccontextmanager
async def running(app: FastAPI, settings: Settings, *, with_worker: bool) -> AsyncIterator[None]:
    """Everything of the process that runs beside requests."""
    async with AsyncExitStack() as stack:
        if not db.is_open():  # a test may have opened it to prepare its data
            db.open_database(settings)
            stack.push_async_callback(db.close_database)
        stack.push_async_callback(connections.close_all)
        live: Live = app.state.live
        await live.feed.start()
        stack.push_async_callback(live.feed.stop)
        live.readers.start()
        stack.push_async_callback(live.readers.stop)
        live.presence.start()
        stack.push_async_callback(live.presence.stop)
        intake: Intake = app.state.intake
        intake.start()
        stack.push_async_callback(intake.stop)
        if with_worker:
            runner = JobRunner(settings)
            await runner.start()
            stack.push_async_callback(runner.stop)
            follower = Follower()
            follower.start()
            stack.push_async_callback(follower.stop)
        yield
