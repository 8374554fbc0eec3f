"""The page of development, which is there only with BESEDKA_DEV_MODE."""

import pytest
from playwright.async_api import Browser, expect

from scripts.stage import Demo
from tests.browser.test_main_path import log_in

pytestmark = [pytest.mark.browser, pytest.mark.developing]


@pytest.mark.parametrize("width", [1440, 390])
async def test_a_developer_fills_the_inbox_plays_a_buyer_and_empties_it(
    demo: Demo, browser: Browser, width: int
) -> None:
    context = await browser.new_context(
        viewport={"width": width, "height": 860}, locale="ru-RU", reduced_motion="reduce"
    )
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    await log_in(page, demo)
    await page.get_by_role("link", name="Настройки").click()
    await page.get_by_role("link", name="Разработка").click()
    await expect(page.get_by_text("demo@besedka.local, Владелец")).to_be_visible()

    await page.get_by_label("Сколько чатов").fill("3")
    await page.get_by_role("button", name="Наполнить").click()
    await expect(page.get_by_text("Покупатели начали 3 разговора")).to_be_visible()
    await page.get_by_label("Имя покупателя").fill("Мария Ли")
    await page.get_by_label("Сообщение").fill("Позовите менеджера, пожалуйста")
    await page.get_by_role("button", name="Написать").click()
    await expect(page.get_by_text("Оно придёт вебхуком")).to_be_visible()

    await page.goto(f"{demo.product}/inbox?tab=manager")
    people = page.get_by_role("region", name="Менеджер", exact=True)
    await expect(people.get_by_role("link").filter(has_text="Мария Ли")).to_be_visible()

    other = await context.new_page()
    await other.goto(page.url)
    await other.get_by_role("link").filter(has_text="Мария Ли").click()
    await expect(other.get_by_text("Позовите менеджера, пожалуйста").last).to_be_visible()

    await page.goto(f"{demo.product}/settings/developer")
    await page.get_by_label("Впишите название компании").fill("не она")
    await page.get_by_role("button", name="Удалить чаты").click()
    await expect(page.get_by_role("alert")).to_contain_text("Переписка не удалена")
    await page.get_by_label("Впишите название компании").fill("Автодвор")
    await page.get_by_role("button", name="Удалить чаты").click()
    await expect(page.get_by_text("Удалены 4 чата")).to_be_visible()

    await expect(other.get_by_text("Такого чата нет")).to_be_visible()
    await expect(other.get_by_role("link").filter(has_text="Мария Ли")).to_have_count(0)
    await page.goto(f"{demo.product}/inbox?tab=manager")
    await expect(people.get_by_text("Никто не ждёт менеджера")).to_be_visible()
    assert faults == []
    await context.close()
