"""A thousand browsers on one process: how soon the last of them has an event, and at what memory.

The product is a whole `besedka serve` with its worker. Notes are written by its API at a steady
pace; each is one commit and one event. The readers are a process of their own. An event's time runs
from the moment its row was made, just before its commit, until the last reader has it. None may be
missed, doubled or out of order: what the log holds is what every reader must have seen.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
from sqlalchemy import select
from sqlalchemy.ext.asyncio import create_async_engine

from bench._channel import connect_account
from bench._figures import quantile
from bench._readers import Seen, read_in_process
from besedka.events.models import EventRow
from besedka.trial.channel import running_channel
from besedka.trial.database import empty_database
from besedka.trial.server import OWNER_EMAIL, running_server

CLIENTS = 1000
EVENTS_PER_S = 20.0
SECONDS = 20.0
WITHIN_MS = 500
MEMORY_MB = 400
POSTGRES_URL = os.environ.get(
    "BESEDKA_TEST_POSTGRES_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/postgres"
)
DATABASES = {"sqlite": "", "postgres": POSTGRES_URL}

_LAST_ARRIVES_WITHIN_S = 15.0
_SPARE_FILES = 200


@dataclass(frozen=True, slots=True)
class Product:
    http: httpx.AsyncClient
    process: psutil.Process
    database: str
    stream_url: str
    cookie: str
    talks: list[str]


async def measure(
    database: str, *, clients: int, events_per_s: float, seconds: float
) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="besedka-bench-") as folder:
        async with (
            empty_database(DATABASES[database], folder=Path(folder), keep=False) as url,
            _product(Path(folder), url) as product,
        ):
            at_rest_mb = _resident_mb(product.process)
            pipe, readers_pipe = multiprocessing.Pipe()
            readers = multiprocessing.get_context("spawn").Process(
                target=read_in_process,
                args=(readers_pipe, product.stream_url, product.cookie, clients),
                daemon=True,
            )
            readers.start()
            readers_pipe.close()  # so that its end is noticed here
            try:
                await asyncio.to_thread(pipe.recv)
                before = await _log_of(product.database)
                busy_from = sum(product.process.cpu_times()[:2])
                failed, peak_mb = await _write(product, events_per_s, seconds)
                log = await _log_of(product.database)
                await asyncio.sleep(min(_LAST_ARRIVES_WITHIN_S, 1 + seconds / 4))
                peak_mb = max(peak_mb, _resident_mb(product.process))
                busy = sum(product.process.cpu_times()[:2]) - busy_from
                pipe.send("stop")
                seen: Seen = await asyncio.to_thread(pipe.recv)
            finally:
                readers.kill()
                await asyncio.to_thread(readers.join)
    written = {number: at for number, at in log.items() if number not in before}
    return {
        "database": database,
        "clients": len(seen.histories),
        "events": len(written),
        "failed_writes": failed,
        **_judged(seen, written),
        "rss_at_rest_mb": at_rest_mb,
        "rss_mb": peak_mb,
        "server_cpu": round(busy / seconds, 2),
        "readers_cpu": round(seen.cpu_s / seconds, 2),
    }


def _judged(seen: Seen, written: dict[int, float]) -> dict[str, Any]:
    """Every reader must have had all that was written, once each and in the order of the log."""
    expected = sorted(written)
    missed = doubled = disordered = 0
    for history in seen.histories:
        own = [number for number in history if number in written]
        missed += len(written.keys() - set(own))
        doubled += len(own) - len(set(own))
        disordered += own != sorted(own)
    to_first = [seen.first_at[n] - written[n] for n in expected if n in seen.first_at]
    to_last = [seen.last_at[n] - written[n] for n in expected if n in seen.last_at]
    return {
        "missed": missed,
        "doubled": doubled,
        "disordered": disordered,
        "lost_connections": seen.lost,
        "to_first_p50_ms": _at(to_first, 0.5),
        "to_last_p50_ms": _at(to_last, 0.5),
        "to_last_p95_ms": _at(to_last, 0.95),
        "to_last_max_ms": _at(to_last, 1),
    }


def _at(latencies_s: list[float], part: float) -> float | None:
    return round(quantile(latencies_s, part) * 1000, 1) if latencies_s else None


def is_good(result: dict[str, Any]) -> bool:
    p95 = result["to_last_p95_ms"]
    return (
        result["events"] > 0
        and result["failed_writes"] == 0
        and result["missed"] == result["doubled"] == result["disordered"] == 0
        and result["lost_connections"] == 0
        and p95 is not None
        and p95 < WITHIN_MS
        and result["rss_mb"] < MEMORY_MB
    )


async def _write(product: Product, events_per_s: float, seconds: float) -> tuple[int, float]:
    """Notes at a steady pace, whatever the answers take; how many failed, and the most memory."""
    failed, peak_mb = 0, 0.0
    started = time.perf_counter()

    async def write_note(number: int) -> None:
        nonlocal failed
        talk = product.talks[number % len(product.talks)]
        answer = await product.http.post(
            f"/conversations/{talk}/notes", json={"text": f"Заметка {number}: перезвонить вечером"}
        )
        failed += answer.status_code != 201

    async with asyncio.TaskGroup() as writing:
        for number in range(int(events_per_s * seconds)):
            ahead = started + number / events_per_s - time.perf_counter()
            await asyncio.sleep(max(0, ahead))
            writing.create_task(write_note(number))
            if number % 10 == 0:
                peak_mb = max(peak_mb, _resident_mb(product.process))
    return failed, peak_mb


@asynccontextmanager
async def _product(folder: Path, database: str) -> AsyncIterator[Product]:
    """A running server with one connected account and the talks that the notes go into."""
    async with (
        running_channel(1) as channel,
        running_server(folder=folder, database=database, channel_url=channel.url) as server,
        httpx.AsyncClient(base_url=f"{server.url}/api/v1", timeout=60, trust_env=False) as http,
    ):
        item_id = (await channel.listings())[0]["id"]
        for number in range(20):
            chat = await channel.open_chat(item_id=item_id, buyer_name=f"Покупатель {number}")
            await channel.write(chat, {"text": "Добрый день"}, author="buyer")
        login = {"email": OWNER_EMAIL, "password": server.password}
        (await http.post("/auth/login", json=login)).raise_for_status()
        await connect_account(http)
        talks = (await http.get("/conversations")).json()["items"]
        cookie = "; ".join(f"{name}={value}" for name, value in http.cookies.items())
        yield Product(
            http,
            psutil.Process(server.pid),
            database,
            f"{server.url}/api/v1/streams/inbox",
            cookie,
            [talk["id"] for talk in talks],
        )


async def _log_of(database: str) -> dict[int, float]:
    """The events that browsers must get, by number, and when each was written."""
    engine = create_async_engine(database)
    events = select(EventRow.sequence, EventRow.created_at).where(EventRow.topic == "inbox")
    try:
        async with engine.connect() as connection:
            rows = await connection.execute(events)
            return {sequence: written_at.timestamp() for sequence, written_at in rows}
    finally:
        await engine.dispose()


def _resident_mb(process: psutil.Process) -> float:
    family = [process, *process.children(recursive=True)]
    resident: int = sum(each.memory_info().rss for each in family)
    return round(resident / 2**20, 1)


def _allow_files(clients: int) -> None:
    """Each reader is an open file of its process. Raises SystemExit when the system forbids it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = clients + _SPARE_FILES
    if hard not in (resource.RLIM_INFINITY, -1) and hard < needed:
        raise SystemExit(f"{clients} readers need {needed} open files, the limit is {hard}")
    if soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench live", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print only one JSON object")
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--rate", type=float, default=EVENTS_PER_S, help="events a second")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--database", choices=(*DATABASES, "both"), default="both")
    options = parser.parse_args(arguments)
    _allow_files(options.clients)
    chosen = list(DATABASES) if options.database == "both" else [options.database]
    results = [
        asyncio.run(
            measure(
                database,
                clients=options.clients,
                events_per_s=options.rate,
                seconds=options.seconds,
            )
        )
        for database in chosen
    ]
    are_good = all(is_good(result) for result in results)
    if options.json:
        print(json.dumps({"good": are_good, "databases": results}))
    else:
        for result in results:
            for name, value in result.items():
                print(f"{name:<18} {value}")
            print()
    return 0 if are_good else 1
