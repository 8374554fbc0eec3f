"""Talks to act on, made by buyers of the simulated Avito while the agent is off."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from playwright.async_api import Page, expect

from scripts.stage import Demo

_COMES_WITHIN_S = 20


@dataclass
class Office:
    """What a second window of the operator would say: the server's own view of the talks."""

    api: httpx.AsyncClient
    avito: httpx.AsyncClient

    async def talk(self, name: str, *words: str) -> str:
        """A talk of a new buyer, as the product has taken it in; returns its id."""
        listing = (await self.avito.get("/_sim/listings")).json()["items"][0]
        chat = {"buyer_name": name, "item_id": listing["id"]}
        answer = await self.avito.post("/_sim/chats", json=chat)
        assert answer.is_success, answer.text
        for text in words or ("Здравствуйте",):
            await self.write(answer.json()["id"], text)
        return await self._id_of(name, words=len(words or ("",)))

    async def write(self, chat_id: str, text: str) -> None:
        answer = await self.avito.post(f"/_sim/chats/{chat_id}/messages", json={"text": text})
        assert answer.is_success, answer.text

    async def act(self, talk_id: str, act: str, body: dict[str, Any] | None = None) -> None:
        answer = await self.api.post(f"/api/v1/conversations/{talk_id}/{act}", json=body)
        assert answer.is_success, answer.text

    async def read(self, talk_id: str) -> dict[str, Any]:
        found: dict[str, Any] = (await self.api.get(f"/api/v1/conversations/{talk_id}")).json()
        return found

    async def until(self, talk_id: str, **wanted: Any) -> dict[str, Any]:
        """The talk once the server says this of it: an act shows before it is answered."""
        found: dict[str, Any] = {}
        for _ in range(_COMES_WITHIN_S * 10):
            found = await self.read(talk_id)
            if all(found[key] == value for key, value in wanted.items()):
                return found
            await asyncio.sleep(0.1)
        raise AssertionError(
            f"{wanted} did not come, but { ({key: found[key] for key in wanted}) }"
        )

    async def _id_of(self, name: str, *, words: int) -> str:
        for _ in range(_COMES_WITHIN_S * 10):
            page = (await self.api.get("/api/v1/conversations")).json()
            for row in page["items"]:
                if row["contact"]["name"] == name and row["unread_count"] == words:
                    found: str = row["id"]
                    return found
            await asyncio.sleep(0.1)
        raise AssertionError(f"the talk of {name} did not come")


@asynccontextmanager
async def office(demo: Demo) -> AsyncIterator[Office]:
    async with (
        httpx.AsyncClient(base_url=demo.product) as api,
        httpx.AsyncClient(base_url=demo.avito) as avito,
    ):
        login = {"email": demo.email, "password": demo.password}
        assert (await api.post("/api/v1/auth/login", json=login)).is_success
        for account in (await api.get("/api/v1/channel-accounts")).json():
            url = f"/api/v1/channel-accounts/{account['id']}"
            assert (await api.patch(url, json={"agent_enabled": False})).is_success
        yield Office(api, avito)


async def open_inbox(page: Page, demo: Demo, path: str = "/inbox") -> None:
    """Log in, and stand at the path."""
    answer = await page.request.post(
        f"{demo.product}/api/v1/auth/login",
        data={"email": demo.email, "password": demo.password},
    )
    assert answer.ok
    await page.goto(demo.product + path)
    await expect(page.get_by_role("main")).to_be_visible()


def names_of(rows: Sequence[dict[str, Any]]) -> list[str]:
    return [row["contact"]["name"] for row in rows]
