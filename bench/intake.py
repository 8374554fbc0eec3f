"""Durable webhook acknowledgements a second, against an endpoint that does nothing.

Both are FastAPI on uvicorn with the same options, one process each; 16 keep-alive connections from
a third process; rounds alternate, and while one is measured the other process is stopped. The
product is a whole `besedka serve` on SQLite with its worker: it takes the messages in while it
acknowledges more. In the end every acknowledged webhook must be found in the database.
"""

import argparse
import asyncio
import json
import os
import re
import signal
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bench._channel import connect_account
from bench._load import LoadProcess, Round, WebhookRequest
from besedka.trial.channel import USER_ID, free_port, running_channel
from besedka.trial.server import OWNER_EMAIL, running_server

CONNECTIONS = 16
CHATS = 200
ROUNDS = 3
ROUND_S = 4.0
WARM_UP_S = 1.0

_MESSAGE_ID = re.compile(rb'"value":\{"id":"([0-9a-f]{32})"')
_TEMPLATE = (
    b'{"id":"00000000-0000-4000-8000-000000000000","version":"v3.0.0","timestamp":%%(created)b,'
    b'"payload":{"type":"message","value":{"id":"%%(message_id)b","chat_id":"%%(chat_id)b",'
    b'"user_id":%d,"author_id":200000001,"created":%%(created)b,"type":"text","chat_type":"u2i",'
    b'"content":{"text":"\xd0\x94\xd0\xbe\xd0\xb1\xd1\x80\xd1\x8b\xd0\xb9 '
    b"\xd0\xb4\xd0\xb5\xd0\xbd\xd1\x8c, \xd0\xb5\xd1\x89\xd1\x91 "
    b'\xd0\xb0\xd0\xba\xd1\x82\xd1\x83\xd0\xb0\xd0\xbb\xd1\x8c\xd0\xbd\xd0\xbe?"},"item_id":%d}}}'
)


@dataclass(frozen=True, slots=True)
class Product:
    pid: int
    hook_url: str
    database: Path
    chats: tuple[str, ...]
    item_id: int


async def measure(*, rounds: int, round_s: float) -> dict[str, Any]:
    load = LoadProcess()
    done: list[dict[str, Any]] = []
    acknowledged: list[int] = []
    first = 1
    try:
        with tempfile.TemporaryDirectory(prefix="besedka-bench-") as folder:
            async with _product(Path(folder)) as product, _null_server() as null:
                template = _TEMPLATE % (USER_ID, product.item_id)
                targets = {
                    "intake": (product.pid, product.hook_url),
                    "null": (null.pid, f"{null.url}/hooks/avito/none"),
                }
                for number in range(rounds + 1):
                    seconds = round_s if number else WARM_UP_S
                    entry: dict[str, Any] = {}
                    for name, (pid, url) in targets.items():
                        others = [other for other, _ in targets.values() if other != pid]
                        with _paused(others):
                            result = await load.round(
                                WebhookRequest(url, template, product.chats),
                                first=first,
                                connections=CONNECTIONS,
                                seconds=seconds,
                            )
                        first += len(result.acknowledged) + CONNECTIONS + 1
                        if name == "intake":
                            acknowledged += result.acknowledged
                        entry |= _entry(name, result)
                    if number:
                        done.append(entry)
            stored = _stored_ids(product.database)
    finally:
        load.close()
    intake = statistics.median(entry["intake_per_s"] for entry in done)
    null_per_s = statistics.median(entry["null_per_s"] for entry in done)
    return {
        "intake_per_s": intake,
        "null_per_s": null_per_s,
        "ratio": round(intake / null_per_s, 3),
        "rounds": done,
        "acknowledged": len(acknowledged),
        "verified_stored": stored.issuperset(acknowledged),
    }


def _entry(name: str, result: Round) -> dict[str, Any]:
    latencies = sorted(result.latencies_s)
    p99 = latencies[int(len(latencies) * 0.99)] if latencies else 0
    return {
        f"{name}_per_s": round(result.per_s),
        f"{name}_p99_ms": round(p99 * 1000, 1),
        f"{name}_failed": result.failed,
    }


@contextmanager
def _paused(pids: list[int]) -> Iterator[None]:
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@asynccontextmanager
async def _product(folder: Path) -> AsyncIterator[Product]:
    """A running server with one connected account and the chats that buyers write in."""
    database = folder / "data" / "besedka.db"
    database.parent.mkdir()
    async with (
        running_channel(1) as channel,
        running_server(
            folder=folder,
            database=f"sqlite+aiosqlite:///{database}",
            channel_url=channel.url,
        ) as server,
        httpx.AsyncClient(base_url=f"{server.url}/api/v1", trust_env=False) as http,
    ):
        item_id = (await channel.listings())[0]["id"]
        chats = [
            await channel.open_chat(item_id=item_id, buyer_name=f"Покупатель {number}")
            for number in range(CHATS)
        ]
        login = {"email": OWNER_EMAIL, "password": server.password}
        (await http.post("/auth/login", json=login)).raise_for_status()
        await connect_account(http)
        if server.pid is None:
            raise RuntimeError("the server has no process")
        (hook_url,) = await channel.subscriptions()
        yield Product(server.pid, hook_url, database, tuple(chats), item_id)


@dataclass(frozen=True, slots=True)
class NullServer:
    pid: int
    url: str


@asynccontextmanager
async def _null_server() -> AsyncIterator[NullServer]:
    port = free_port()
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench._null", str(port))
    url = f"http://127.0.0.1:{port}"
    try:
        async with httpx.AsyncClient(base_url=url, trust_env=False) as http, asyncio.timeout(30):
            while True:
                try:
                    (await http.post("/hooks/avito/none")).raise_for_status()
                    break
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
        yield NullServer(process.pid, url)
    finally:
        process.terminate()
        await process.wait()


def _stored_ids(database: Path) -> set[int]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        rows = connection.execute("SELECT body FROM raw_webhooks")
        found = (_MESSAGE_ID.search(body) for (body,) in rows)
        return {int(match[1], 16) for match in found if match is not None}
    finally:
        connection.close()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench intake", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print only one JSON object")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float, default=ROUND_S, help="of each round")
    options = parser.parse_args(arguments)
    result = asyncio.run(measure(rounds=options.rounds, round_s=options.seconds))
    if options.json:
        print(json.dumps(result))
    else:
        for entry in result.pop("rounds"):
            print("  ".join(f"{name} {value}" for name, value in entry.items()))
        for name, value in result.items():
            print(f"{name:<16} {value}")
    return 0 if result["verified_stored"] else 1
