"""The browser app in a real Chromium over 100,000 conversations: opening, scrolling, a live burst.

Fills a database as `bench inbox` does, and works on a copy of it: `besedka serve` with a simulated
Avito connected beside the made-up accounts. The burst comes the way every message comes, by
webhooks of the simulated Avito, while somebody types in one of the chats that are written to.
Exits with 1 when a limit is broken.
"""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Browser, Page
from playwright.async_api import TimeoutError as TimedOut

from bench._channel import connect_account
from bench._inbox_fill import EMAIL, PASSWORD, OtherContent, fill
from bench._page import counted, logged_in, open_inbox, running_browser, scroll, start_counting
from besedka.core import crypto, db
from besedka.core.settings import Settings, use_settings
from besedka.trial.channel import Channel, running_channel
from besedka.trial.server import running_server

LIMITS: dict[str, float] = {
    "shown_ms": 2000,
    "script_kb": 400,
    "scroll_fps": 50,
    "burst_longest_task_ms": 100,
}
ROWS = 5000
BURST_PER_S = 50.0
BURST_S = 10.0
ROUNDS = 3
_CHATS = 40
_KEYS_PER_S = 8
_ARRIVES_WITHIN_MS = 60_000
_LOGIN = {"email": EMAIL, "password": PASSWORD}
_COLUMN = "bot"  # the longer one


@dataclass(frozen=True, slots=True)
class Product:
    http: httpx.AsyncClient
    url: str
    channel: Channel
    chats: list[str]
    talk_id: str
    """The conversation of the first chat, taken over by whoever types."""
    last_id: str
    """Of the second, pinned: it takes the last message, and is drawn whatever else comes."""


async def filled_copy(folder: Path, copy: Path, *, conversations: int, messages: int) -> str:
    """The URL of a copy of the database that `bench inbox` measures; made when it is missing."""
    file = folder / f"{conversations}-{messages}.db"
    url = f"sqlite+aiosqlite:///{file}"
    settings = Settings(database_url=url, data_dir=folder / "data", log_level="WARNING")
    use_settings(settings)
    crypto.forget_key()
    db.open_database(settings)
    try:
        await fill(settings.database, conversations=conversations, messages=messages)
    finally:
        await db.close_database()  # leaves no -wal behind
    await asyncio.to_thread(shutil.copytree, folder / "data", copy / "data")
    await asyncio.to_thread(shutil.copyfile, file, copy / "copy.db")
    return f"sqlite+aiosqlite:///{copy / 'copy.db'}"


@asynccontextmanager
async def _product(folder: Path, database: str) -> AsyncIterator[Product]:
    async with (
        running_channel(1) as channel,
        running_server(folder=folder, database=database, channel_url=channel.url) as server,
        httpx.AsyncClient(base_url=f"{server.url}/api/v1", timeout=60, trust_env=False) as http,
    ):
        item_id = (await channel.listings())[0]["id"]
        chats = [
            await channel.open_chat(item_id=item_id, buyer_name=f"Покупатель {number}")
            for number in range(_CHATS)
        ]
        for chat in chats:
            await channel.write(chat, {"text": "Добрый день"}, author="buyer")
        (await http.post("/auth/login", json=_LOGIN)).raise_for_status()
        account_id = await connect_account(http)
        talk_id = await _talk_with(http, account_id, "Покупатель 0")
        (await http.post(f"/conversations/{talk_id}/take-over")).raise_for_status()
        await _unpin_all(http)
        last_id = await _talk_with(http, account_id, "Покупатель 1")
        (await http.post(f"/conversations/{last_id}/pin")).raise_for_status()
        yield Product(http, server.url, channel, chats, talk_id, last_id)


async def _unpin_all(http: httpx.AsyncClient) -> None:
    """Let what comes in stand at the top of its column, where it is seen and drawn."""
    for mode in ("bot", "manager"):
        page = await http.get("/conversations", params={"mode": mode, "limit": 100})
        for talk in page.raise_for_status().json()["items"]:
            if talk["is_pinned"]:
                (await http.post(f"/conversations/{talk['id']}/unpin")).raise_for_status()


async def _talk_with(http: httpx.AsyncClient, account_id: str, name: str) -> str:
    async with asyncio.timeout(_ARRIVES_WITHIN_MS / 1000):
        while True:
            page = await http.get("/conversations", params={"account_id": account_id, "limit": 100})
            for talk in page.raise_for_status().json()["items"]:
                if talk["contact"]["name"] == name:
                    talk_id: str = talk["id"]
                    return talk_id
            await asyncio.sleep(0.1)


async def measure_round(
    browser: Browser, product: Product, *, rows: int, per_s: float, seconds: float
) -> dict[str, Any]:
    async with logged_in(browser, product.url, _LOGIN) as page:
        opened = await open_inbox(page)
        await start_counting(page)
        seen = await scroll(page, _COLUMN, rows)
        scrolled = await counted(page)
        print(f"{opened}\n{seen} rows: {scrolled}", file=sys.stderr)
        # With all these rows loaded and the column back at its top.
        await page.locator(f"section[data-column={_COLUMN}] div:has(> ul)").evaluate(
            "(node) => node.scrollTo(0, 0)"
        )
        await page.locator(f"a[href*='{product.talk_id}']").first.click()
        field = page.get_by_role("textbox", name="Напишите ответ")
        await field.click()
        await page.wait_for_timeout(1000)  # what opening brought has settled
        await start_counting(page)
        late_s, sent = await burst(page, product, per_s=per_s, seconds=seconds)
        burst_figures = await counted(page)
    return {
        **asdict(opened),
        "scrolled_rows": seen,
        **{f"scroll_{name}": value for name, value in asdict(scrolled).items()},
        "burst_messages": sent,
        "burst_last_shown_after_s": late_s,
        **{f"burst_{name}": value for name, value in asdict(burst_figures).items()},
    }


async def burst(
    page: Page, product: Product, *, per_s: float, seconds: float
) -> tuple[float | None, int]:
    """How long after the last message was written the list showed it, if it did; how many were."""
    mark = f"замер {time.time_ns()}"
    total = int(per_s * seconds)
    is_over = asyncio.Event()

    async def type_on() -> None:
        while not is_over.is_set():
            await page.keyboard.press("a")
            await asyncio.sleep(1 / _KEYS_PER_S)

    failed = 0

    async def write(number: int) -> None:
        nonlocal failed
        text = {"text": f"Ещё актуально? {mark} № {number}."}
        chat = product.chats[1 if number == total - 1 else number % len(product.chats)]
        try:
            await product.channel.write(chat, text, author="buyer")
        except httpx.TransportError:
            if number == total - 1:
                raise
            failed += 1  # the simulator was too busy to take it

    started = time.perf_counter()
    typing = asyncio.create_task(type_on())
    try:
        async with asyncio.TaskGroup() as writing:
            for number in range(total):
                await asyncio.sleep(max(0, started + number / per_s - time.perf_counter()))
                writing.create_task(write(number))
        written = time.perf_counter()
        row = page.locator(f"a[href*='{product.last_id}']")
        last = row.filter(has_text=f"{mark} № {total - 1}.").first
        try:
            await last.wait_for(timeout=_ARRIVES_WITHIN_MS)
            late_s = round(time.perf_counter() - written, 2)
        except TimedOut:
            late_s = None
    finally:
        is_over.set()
        await typing
    return late_s, total - failed


async def measure(
    folder: Path,
    *,
    conversations: int,
    messages: int,
    rows: int = ROWS,
    per_s: float = BURST_PER_S,
    seconds: float = BURST_S,
    rounds: int = ROUNDS,
) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="besedka-bench-") as copy:
        database = await filled_copy(
            folder, Path(copy), conversations=conversations, messages=messages
        )
        async with _product(Path(copy), database) as product, running_browser() as browser:
            async with logged_in(browser, product.url, _LOGIN) as page:
                await open_inbox(page)  # warms the server, and nothing else
            done = [
                await measure_round(browser, product, rows=rows, per_s=per_s, seconds=seconds)
                for _ in range(rounds)
            ]
    return {
        "conversations": conversations,
        "limits": LIMITS,
        "broken": sorted({name for each in done for name in broken(each)}),
        "rounds": done,
    }


def broken(figures: dict[str, Any]) -> list[str]:
    """The limits that a round does not keep, and that it never showed its last message."""
    over = [
        name
        for name, limit in LIMITS.items()
        if (figures[name] < limit if name == "scroll_fps" else figures[name] > limit)
    ]
    late = "burst_last_shown_after_s"
    return over if figures[late] is not None else [*over, late]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench screen", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print only one JSON object")
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--messages", type=int, default=2_000_000)
    parser.add_argument("--rows", type=int, default=ROWS, help="to scroll through")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(tempfile.gettempdir()) / "besedka-bench-inbox",
        help="where `bench inbox` keeps its database",
    )
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    try:
        result = asyncio.run(
            measure(
                options.folder.absolute(),
                conversations=options.conversations,
                messages=options.messages,
                rows=options.rows,
                rounds=options.rounds,
            )
        )
    except OtherContent as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(result))
    else:
        for name in result["rounds"][0]:
            values = "  ".join(f"{each[name]!s:>9}" for each in result["rounds"])
            limit = f"  limit {LIMITS[name]:g}" if name in LIMITS else ""
            print(f"{name:<26} {values}{limit}")
        print(f"broken: {', '.join(result['broken']) or 'nothing'}")
    return 1 if result["broken"] else 0
