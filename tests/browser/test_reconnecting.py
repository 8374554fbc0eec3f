"""After any break the screen equals the server."""

import asyncio
import random
import re
from contextlib import suppress
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from besedka.trial.channel import Channel
from scripts.stage import Demo
from tests.browser.breaking import BreakingLine

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CUTS = 100
TALKS = 6
_SAME_WITHIN_S = 30

# What a person sees: the rows of both columns in their order, the headings, the open talk.
_SCREEN = """() => {
  const column = (name) => {
    const section = document.querySelector(`section[aria-label="${name}"]`);
    const rows = [...section.querySelectorAll('a[href^="/inbox/"]')].map((row) => ({
      top: row.getBoundingClientRect().top,
      id: row.getAttribute("href").split(/[/?]/)[2],
      unread: row.querySelector('[class*="badge"]')?.textContent ?? "0",
      waits: row.querySelector('[class*="wait"]') !== null,
    }));
    rows.sort((a, b) => a.top - b.top);
    return {
      rows: rows.map(({ id, unread, waits }) => [id, unread, waits]),
      heading: (section.querySelector("h2 small")?.textContent ?? "").match(/\\d+/g) ?? [],
    };
  };
  const bubbles = [...document.querySelectorAll('[role="log"] [data-status]')];
  return {
    bot: column("Бот"),
    manager: column("Менеджер"),
    talk: bubbles.map((one) => [
      one.dataset.status,
      (one.querySelector('[class*="text"]') ?? one).textContent.trim(),
    ]),
  };
}"""


class Product:
    """The API, on a line that does not break."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def get(self, path: str, **params: str) -> Any:
        return (await self.http.get(f"/api/v1{path}", params=params)).raise_for_status().json()

    async def act(self, path: str, body: Any = None) -> None:
        # What is refused (a closed talk, one of ours already) changes nothing: that is fine here.
        await self.http.post(f"/api/v1{path}", json=body)

    async def screen(self, open_talk: str) -> dict[str, Any]:
        """What the screen ought to show."""
        counts = await self.get("/conversations/counts")
        shown: dict[str, Any] = {}
        for mode, second in (("bot", "unread"), ("manager", "waiting")):
            page = await self.get("/conversations", mode=mode, status="open")
            numbers = [counts[mode]["open"]]
            if counts[mode][second]:
                numbers.append(counts[mode][second])
            shown[mode] = {
                "rows": [self._row(item) for item in page["items"]],
                "heading": [str(number) for number in numbers],
            }
        messages = await self._messages(open_talk)
        shown["talk"] = [
            [message["status"], message["text"].strip()]
            for message in reversed(messages)
            if message["type"] == "text"
        ]
        return shown

    async def _messages(self, talk: str) -> list[dict[str, Any]]:
        """All of them, newest first, page by page."""
        found: list[dict[str, Any]] = []
        params: dict[str, str] = {}
        while True:
            page = await self.get(f"/conversations/{talk}/messages", **params)
            found += page["items"]
            if page["next_cursor"] is None:
                return found
            params = {"cursor": page["next_cursor"]}

    def _row(self, item: dict[str, Any]) -> list[Any]:
        waits = item["mode"] == "manager" and item["waiting_since"] is not None
        return [item["id"], str(item["unread_count"]), waits]


class Traffic:
    """Buyers write and people act, until told to stop."""

    def __init__(self, channel: Channel, product: Product, chats: list[str], luck: random.Random):
        self._channel = channel
        self._product = product
        self._chats = chats
        self._luck = luck
        self._is_over = asyncio.Event()
        self.number = 0

    async def flow(self) -> None:
        while not self._is_over.is_set():
            self.number += 1
            await self._happen()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._luck.uniform(0.05, 0.25)):
                    await self._is_over.wait()

    def stop(self) -> None:
        self._is_over.set()

    async def _happen(self) -> None:
        if self._luck.random() < 0.5:
            chat = self._luck.choice(self._chats)
            text = {"text": f"Сообщение {self.number}: какая цена?"}
            await self._channel.write(chat, text, author="buyer")
            return
        talks = [
            talk["id"]
            for status in ("open", "closed")
            for talk in (await self._product.get("/conversations", status=status))["items"]
        ]
        if not talks:
            return
        act = self._luck.choice(
            ["take-over", "return-to-bot", "close", "reopen", "pin", "unpin", "messages"]
        )
        body = {"text": f"Ответ {self.number}"} if act == "messages" else None
        await self._product.act(f"/conversations/{self._luck.choice(talks)}/{act}", body)


async def test_a_hundred_breaks_amid_traffic_leave_the_screen_equal_to_the_server(
    demo: Demo, browser: Browser
) -> None:
    luck = random.Random(11)
    context = await browser.new_context(viewport={"width": 1440, "height": 1000}, locale="ru-RU")
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    async with (
        BreakingLine(int(demo.product.rsplit(":", 1)[1])) as line,
        httpx.AsyncClient(base_url=demo.product, trust_env=False, timeout=30) as http,
        httpx.AsyncClient(base_url=demo.avito, trust_env=False, timeout=30) as avito,
    ):
        product, channel = Product(http), Channel(avito, demo.avito)
        login = {"email": demo.email, "password": demo.password}
        (await http.post("/api/v1/auth/login", json=login)).raise_for_status()
        item_id = (await channel.listings())[0]["id"]
        chats = [
            await channel.open_chat(item_id=item_id, buyer_name=f"Покупатель {number}")
            for number in range(TALKS)
        ]
        for chat in chats:
            await channel.write(chat, {"text": "Здравствуйте! Ещё продаёте?"}, author="buyer")
        await open_inbox(page, line.url, demo)
        await page.evaluate("window.wasNeverLoadedAnew = true")
        open_talk = page.url.split("/inbox/")[1].split("?")[0]

        traffic = Traffic(channel, product, chats, luck)
        flowing = asyncio.create_task(traffic.flow())
        await break_often(line, luck)
        traffic.stop()
        await flowing

        await until_equal(page, product, open_talk)
        await expect(page.get_by_text("Нет связи с сервером")).to_have_count(0)
    assert await page.evaluate("window.wasNeverLoadedAnew")
    assert sum(line.cuts.values()) == CUTS
    assert set(line.cuts) == {"abort", "mid-frame", "delay"}
    assert traffic.number > CUTS / 2
    assert faults == []
    await context.close()


async def open_inbox(page: Page, url: str, demo: Demo) -> None:
    await page.goto(url)
    await page.get_by_label("Эл. почта").fill(demo.email)
    await page.get_by_label("Пароль", exact=True).fill(demo.password)
    await page.get_by_role("button", name="Войти").click()
    rows = page.get_by_role("link", name=re.compile("Покупатель"))
    await expect(rows).to_have_count(TALKS)
    await rows.first.click()
    await expect(page.get_by_role("log").get_by_text("Ещё продаёте?")).to_be_visible()


async def break_often(line: BreakingLine, luck: random.Random) -> None:
    async with asyncio.timeout(150):
        while sum(line.cuts.values()) < CUTS:
            line.cut()
            line.refuses = luck.random() < 0.1  # and the next attempt may find nobody there
            await asyncio.sleep(luck.uniform(0.05, 0.5))
            line.refuses = False


async def until_equal(page: Page, product: Product, open_talk: str) -> None:
    """The server may still be at work: answers of the bot, deliveries, marks of what was read."""
    shown, told = {}, {}
    with suppress(TimeoutError):
        async with asyncio.timeout(_SAME_WITHIN_S):
            while True:
                told = await product.screen(open_talk)
                shown = await page.evaluate(_SCREEN)
                if shown == told == await product.screen(open_talk):
                    return
                await asyncio.sleep(0.5)
    assert shown == told
