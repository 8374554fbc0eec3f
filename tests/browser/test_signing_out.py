"""Who signs out in one tab is signed out in all of them."""

import pytest
from playwright.async_api import Browser, expect

from scripts.stage import Demo
from tests.browser.test_main_path import log_in

pytestmark = pytest.mark.browser


async def test_the_other_tab_goes_to_the_login_page_at_once(demo: Demo, browser: Browser) -> None:
    context = await browser.new_context(locale="ru-RU")
    first, second = await context.new_page(), await context.new_page()
    await log_in(first, demo)
    await second.goto(demo.product)
    await expect(second.get_by_text("Бот пока ни с кем не говорит")).to_be_visible()

    await first.get_by_role("button", name="Меню").click()
    await first.get_by_role("menuitem", name="Выйти").click()

    await expect(second.get_by_role("button", name="Войти")).to_be_visible(timeout=3000)
    await context.close()
