"""Webhooks in a test's own hands, instead of by `deliver_pending`."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

import httpx

from besedka.channels import connections
from besedka.simulators.avito.simulator import AvitoSimulator
from besedka.simulators.avito.webhooks import envelope


@dataclass(frozen=True)
class Webhook:
    path: str
    body: bytes


def take_webhooks(avito: AvitoSimulator) -> list[Webhook]:
    """What Avito was about to deliver; it will not deliver it any more."""
    parcels, avito.webhooks.pending = avito.webhooks.pending, []
    moment = int(avito.world.clock())
    return [
        Webhook(urlsplit(parcel.delivery.url).path, envelope(parcel.value, timestamp=moment))
        for parcel in parcels
    ]


def hook_path(avito: AvitoSimulator) -> str:
    """The address that the product gave to Avito."""
    (url,) = avito.account().subscriptions
    return urlsplit(url).path


def asked(avito: AvitoSimulator, operation: str) -> int:
    """How often the product has called an operation of the official specification."""
    return sum(1 for request in avito.world.truth.requests if request.operation == operation)


class Refusing(httpx.AsyncBaseTransport):
    """Within the `with`, Avito answers `status` wherever the path holds `path`."""

    def __init__(self, avito: AvitoSimulator, status: int, path: str) -> None:
        self.path = path
        self._status = status
        self._avito = httpx.ASGITransport(avito.app)

    async def __aenter__(self) -> Self:
        await connections.close_all()
        connections.use_transport(self)
        return self

    async def __aexit__(self, *_: object) -> None:
        await connections.close_all()
        connections.use_transport(self._avito)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.path in request.url.path:
            answer = {"error": {"code": self._status, "message": "refused by the test"}}
            return httpx.Response(self._status, json=answer, request=request)
        return await self._avito.handle_async_request(request)
