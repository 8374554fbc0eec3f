"""The server goes away and comes back under an open page."""

import re

import pytest
from playwright.async_api import Browser, expect

from scripts.stage import Demo
from tests.browser.test_main_path import buyer_starts_a_talk, log_in

pytestmark = pytest.mark.browser


async def test_a_talk_opened_during_the_break_loads_once_the_server_is_back(
    demo: Demo, browser: Browser
) -> None:
    context = await browser.new_context(viewport={"width": 1440, "height": 860}, locale="ru-RU")
    operator, buyer = await context.new_page(), await context.new_page()
    await log_in(operator, demo)
    await buyer_starts_a_talk(buyer, demo, "Здравствуйте! Ещё продаёте?")
    row = operator.get_by_role("link", name=re.compile("Mazda 3")).first
    await expect(row).to_be_visible()

    demo.stop()
    await row.click()
    await expect(operator.get_by_text("Чат не загрузился")).to_be_visible()
    await expect(operator.get_by_text("Нет связи с сервером")).to_be_visible()
    demo.start()

    await expect(operator.get_by_role("log").get_by_text("Ещё продаёте?")).to_be_visible()
    await expect(operator.get_by_text("Нет связи с сервером")).to_have_count(0)
    await context.close()
