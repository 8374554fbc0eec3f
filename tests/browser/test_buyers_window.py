"""The simulated Avito's window for buyers: what is typed there outlives a broken line."""

import asyncio
import re

import pytest
from playwright.async_api import Browser, Page, Route, expect

from scripts.stage import Demo

pytestmark = pytest.mark.browser


async def test_words_typed_at_a_listing_survive_a_break_of_the_line(
    demo: Demo, browser: Browser
) -> None:
    context = await browser.new_context(locale="ru-RU")
    page = await context.new_page()
    line_is_back = await break_the_line_once(page)
    await page.goto(demo.avito)
    await page.get_by_role("link", name=re.compile("Mazda 3")).first.click()
    name = await page.locator("input[name=buyer]").input_value()
    words = page.locator("textarea[name=text]")
    await words.fill("Ещё продаёте?")
    await expect(page.locator("#line-state")).to_contain_text("прервалась")

    async with page.expect_response("**/_sim/deliveries"):
        line_is_back.set()
    await expect(page.locator("#line-state")).to_contain_text("на связи")

    await expect(words).to_have_value("Ещё продаёте?")
    await expect(page.locator("input[name=buyer]")).to_have_value(name)
    await page.get_by_role("button", name="Написать продавцу").click()
    await expect(page.locator(".bubble.mine")).to_have_count(1)
    await context.close()


async def break_the_line_once(page: Page) -> asyncio.Event:
    """The first stream of events ends at once; the next begins when the returned event is set."""
    line_is_back = asyncio.Event()
    connections = 0

    async def connect(route: Route) -> None:
        nonlocal connections
        connections += 1
        if connections == 1:
            body = "retry: 100\nevent: ready\ndata: {}\n\n"
            await route.fulfill(body=body, content_type="text/event-stream")
        else:
            await line_is_back.wait()
            await route.continue_()

    await page.route("**/_sim/stream", connect)
    return line_is_back
