"""A simulated Avito on a clock of its own, a receiver of webhooks, a seller's API client."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson
import pytest
from starlette.types import Receive, Scope, Send

from besedka.simulators.avito import AvitoSimulator
from besedka.simulators.avito.state import Chat

HOOK_URL = "http://product.test/hooks/avito/secret"
USER_ID = 94235311
CAR = 7463793001


class Moment:
    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Receiver:
    """An ASGI application that takes webhooks."""

    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    status: int = 200
    answers: asyncio.Event | None = None

    @property
    def values(self) -> list[dict[str, Any]]:
        return [body["payload"]["value"] for body in self.bodies]

    @property
    def texts(self) -> list[str]:
        return [value["content"].get("text", "") for value in self.values]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = (await receive())["body"]
        self.raw.append(body)
        self.bodies.append(orjson.loads(body))
        self.headers.append({k.decode(): v.decode() for k, v in scope["headers"]})
        if self.answers is not None:
            await self.answers.wait()
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


class Seller:
    """The seller's program: calls Avito's API with a token."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.token = ""

    async def take_token(self) -> None:
        form = {
            "grant_type": "client_credentials",
            "client_id": "demo-client",
            "client_secret": "demo-secret",
        }
        response = await self.http.post("/token", data=form)
        self.token = response.json()["access_token"]

    async def get(self, path: str, **params: str | int | list[str]) -> httpx.Response:
        return await self.http.get(path, params=params, headers=self.headers)

    async def post(self, path: str, body: object = None) -> httpx.Response:
        return await self.http.post(path, json=body, headers=self.headers)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def sends(self, chat: Chat, text: str) -> httpx.Response:
        body = {"type": "text", "message": {"text": text}}
        return await self.post(f"{v1(chat)}/messages", body)

    async def history(self, chat: Chat, **params: int) -> list[dict[str, Any]]:
        response = await self.get(
            f"/messenger/v3/accounts/{USER_ID}/chats/{chat.id}/messages/", **params
        )
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages

    async def chats(self, **params: str | int) -> list[str]:
        response = await self.get(f"/messenger/v2/accounts/{USER_ID}/chats", **params)
        return [chat["id"] for chat in response.json()["chats"]]


def v1(chat: Chat) -> str:
    return f"/messenger/v1/accounts/{USER_ID}/chats/{chat.id}"


@pytest.fixture
def moment() -> Moment:
    return Moment()


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
async def avito(moment: Moment, receiver: Receiver) -> AsyncIterator[AvitoSimulator]:
    """Webhooks wait for `deliver_pending()`."""
    simulator = AvitoSimulator(
        clock=moment,
        seed=1,
        webhook_transport=httpx.ASGITransport(receiver),
        auto_deliver=False,
    )
    yield simulator
    await simulator.aclose()


@pytest.fixture
async def window(avito: AvitoSimulator) -> AsyncIterator[httpx.AsyncClient]:
    """The buyer's browser."""
    transport = httpx.ASGITransport(avito.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://avito.test") as http:
        yield http


@pytest.fixture
async def seller(window: httpx.AsyncClient) -> Seller:
    seller = Seller(window)
    await seller.take_token()
    await seller.post("/messenger/v3/webhook", {"url": HOOK_URL})
    return seller


@pytest.fixture
async def chat(avito: AvitoSimulator) -> Chat:
    return await avito.open_chat(CAR, "Сергей Волков")
