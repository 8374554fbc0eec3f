"""The simulated Avito in a process of its own, so that it takes no time from what is measured."""

import asyncio
import multiprocessing
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import uvicorn

from besedka.trial.evidence import ChannelMessage, Delivery, HistoryRead, Via

CLIENT_ID = "demo-client"
CLIENT_SECRET = "demo-secret"  # noqa: S105 - the simulator's public demo key
USER_ID = 94235311

_START_S = 30.0
_STOP_S = 5.0
_TIMED_OUT = frozenset({"timeout", "ReadTimeout", "WriteTimeout", "ConnectTimeout", "PoolTimeout"})


class ChannelDidNotStart(Exception):
    """The simulator's process does not answer."""


class Channel:
    """What people do at the simulated Avito, and what it remembers of it."""

    def __init__(self, http: httpx.AsyncClient, url: str) -> None:
        self.http = http
        self.url = url

    async def set_faults(self, *, drop: float, duplicate: int, reorder: bool) -> None:
        await self._call(
            "POST",
            f"/_sim/accounts/{USER_ID}/faults",
            {"drop": drop, "duplicate": duplicate, "reorder": reorder},
        )

    async def listings(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = (await self._call("GET", "/_sim/listings"))["items"]
        return [row for row in rows if row["user_id"] == USER_ID and row["status"] == "active"]

    async def open_chat(self, *, item_id: int, buyer_name: str) -> str:
        chat = await self._call(
            "POST", "/_sim/chats", {"item_id": item_id, "buyer_name": buyer_name}
        )
        chat_id: str = chat["id"]
        return chat_id

    async def write(self, chat_id: str, fields: dict[str, Any], *, author: str) -> str:
        message = await self._call(
            "POST", f"/_sim/chats/{chat_id}/messages", {**fields, "author": author}
        )
        message_id: str = message["id"]
        return message_id

    async def texts_in(self, chat_id: str) -> list[str]:
        chat = await self._call("GET", f"/_sim/chats/{chat_id}")
        return [message["text"] for message in chat["messages"]]

    async def subscriptions(self) -> list[str]:
        """The webhook addresses of the account."""
        accounts = (await self._call("GET", "/_sim/accounts"))["items"]
        urls: list[str] = next(
            each["subscriptions"] for each in accounts if each["user_id"] == USER_ID
        )
        return urls

    async def truth(self) -> dict[str, Any]:
        return await self._call("GET", "/_sim/truth")

    async def _call(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        response = await self.http.request(method, path, json=body)
        response.raise_for_status()
        answer: dict[str, Any] = response.json()
        return answer


@asynccontextmanager
async def running_channel(seed: int) -> AsyncIterator[Channel]:
    """Raises ChannelDidNotStart."""
    port = free_port()
    process = multiprocessing.get_context("spawn").Process(
        target=serve_channel, args=(port, seed), daemon=True
    )
    process.start()
    url = f"http://127.0.0.1:{port}"
    limits = httpx.Limits(max_connections=32, max_keepalive_connections=32)
    try:
        async with httpx.AsyncClient(
            base_url=url, limits=limits, timeout=30, trust_env=False
        ) as http:
            channel = Channel(http, url)
            await _until_it_answers(channel)
            yield channel
    finally:
        process.terminate()
        await asyncio.to_thread(process.join, _STOP_S)
        if process.is_alive():
            process.kill()


async def _until_it_answers(channel: Channel) -> None:
    try:
        async with asyncio.timeout(_START_S):
            while True:
                try:
                    await channel.listings()
                    return
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
    except TimeoutError:
        raise ChannelDidNotStart from None


def serve_channel(port: int, seed: int) -> None:
    from besedka.simulators.avito.simulator import AvitoSimulator

    simulator = AvitoSimulator(seed=seed, public_url=f"http://127.0.0.1:{port}")
    uvicorn.run(
        simulator.app,
        host="127.0.0.1",
        port=port,
        log_level="error",
        access_log=False,
        timeout_graceful_shutdown=1,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# Reading the truth


def messages_of(truth: dict[str, Any], *, needless: frozenset[str]) -> list[ChannelMessage]:
    """`needless`: ids of the buyers' messages that need no answer."""
    return [
        ChannelMessage(
            id=row["id"],
            chat_id=row["chat_id"],
            via=Via(row["via"]),
            at=row["at"],
            text=row["text"],
            needs_answer=row["id"] not in needless,
        )
        for row in truth["messages"]
    ]


def deliveries_of(truth: dict[str, Any]) -> list[Delivery]:
    """The webhooks that were sent and came to an end."""
    return [
        Delivery(
            message_id=row["message_id"],
            started=row["started"],
            finished=row["finished"],
            status=row["status"],
            has_timed_out=row["error"] in _TIMED_OUT,
        )
        for row in truth["deliveries"]
        if row["started"] is not None and row["finished"] is not None
    ]


def history_reads_of(truth: dict[str, Any]) -> list[HistoryRead]:
    """Which messages each page of history held: newest first, and nothing later than the read."""
    by_chat: dict[str, list[dict[str, Any]]] = {}
    for row in truth["messages"]:
        by_chat.setdefault(row["chat_id"], []).append(row)
    for rows in by_chat.values():
        rows.sort(key=lambda row: (row["created"], row["seq"]))
    reads = []
    for read in truth["history_reads"]:
        there = [row["id"] for row in by_chat[read["chat_id"]] if row["seq"] < read["seq"]]
        end = len(there) - read["offset"]
        page = there[max(0, end - read["count"]) : max(0, end)]
        reads.append(HistoryRead(read["at"], frozenset(page)))
    return reads


def last_listing_at(truth: dict[str, Any]) -> float:
    """When the product last asked for the list of chats: that is how a sweep begins."""
    asked = [row["at"] for row in truth["requests"] if row["operation"] == "getChatsV2"]
    return max(asked, default=0)
