"""The wire to Avito, where a test may act at the very moment of a sending."""

from collections.abc import Awaitable, Callable
from typing import Self, TypeAlias

import httpx

from besedka.channels import connections
from besedka.simulators.avito.simulator import AvitoSimulator

Act: TypeAlias = Callable[[], Awaitable[None]]


class Killed(BaseException):
    """The process ends here: no `except` of the product sees it."""


async def kill() -> None:
    raise Killed


class Wire(httpx.AsyncBaseTransport):
    """Within the `async with`, acts once before or after the nth message (from 1) is posted."""

    def __init__(
        self,
        avito: AvitoSimulator,
        *,
        before: dict[int, Act] | None = None,
        after: dict[int, Act] | None = None,
    ) -> None:
        self._avito = httpx.ASGITransport(avito.app)
        self._before, self._after = before or {}, after or {}
        self._sent = 0

    async def __aenter__(self) -> Self:
        await connections.close_all()
        connections.use_transport(self)
        return self

    async def __aexit__(self, *_: object) -> None:
        await connections.close_all()
        connections.use_transport(self._avito)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method != "POST" or not request.url.path.endswith("/messages"):
            return await self._avito.handle_async_request(request)
        self._sent += 1
        if self._sent in self._before:
            await self._before[self._sent]()
        response = await self._avito.handle_async_request(request)
        if self._sent in self._after:
            await self._after[self._sent]()
        return response
