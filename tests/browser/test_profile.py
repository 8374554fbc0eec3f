"""What a user chooses is theirs on every device, and the first paint knows it."""

import re

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from scripts.stage import Demo
from tests.browser.test_main_path import log_in

pytestmark = pytest.mark.browser

NEW_PASSWORD = "совсем другой пароль"


@pytest.mark.parametrize("width", [1440, 390])
async def test_choices_follow_the_user_and_a_new_password_ends_other_sessions(
    demo: Demo, browser: Browser, width: int
) -> None:
    viewport = ViewportSize(width=width, height=860)
    first, second = [
        await browser.new_context(viewport=viewport, locale="ru-RU", reduced_motion="reduce")
        for _ in range(2)
    ]
    here, there = await first.new_page(), await second.new_page()
    faults: list[str] = []
    here.on("pageerror", lambda error: faults.append(str(error)))
    await log_in(here, demo)
    await log_in(there, demo)
    html = here.locator("html")

    await here.goto(f"{demo.product}/settings/profile")
    await here.get_by_role("textbox", name="Имя").fill("Ирина Савельева")
    await here.get_by_role("button", name="Сохранить").click()
    await expect(here.get_by_role("button", name="Меню: Ирина Савельева")).to_be_visible()

    await here.get_by_text("Тёмная", exact=True).click()
    await expect(html).to_have_attribute("data-mantine-color-scheme", "dark")
    await here.get_by_role("switch", name=re.compile("^Звук")).click()
    await here.get_by_text("English", exact=True).click()
    await expect(here.get_by_role("heading", name="Profile")).to_be_visible()
    await expect(html).to_have_attribute("lang", "en")

    # On the other device they come with the next start, the theme before the app itself.
    await there.reload()
    await expect(there.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    await expect(there.get_by_role("link", name="Settings")).to_be_visible()
    await there.goto(f"{demo.product}/settings/profile")
    await expect(there.get_by_role("switch", name=re.compile("^Sound"))).not_to_be_checked()
    await there.route("**/assets/*.js", lambda route: route.abort())
    await there.reload(wait_until="commit")
    await expect(there.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    await there.unroute("**/assets/*.js")
    await there.reload()

    await here.get_by_text("Русский", exact=True).click()
    await here.get_by_label("Нынешний пароль").fill("не тот")
    await here.get_by_label("Новый пароль").fill(NEW_PASSWORD)
    await here.get_by_role("button", name="Сменить пароль").click()
    await expect(here.get_by_text("Нынешний пароль не подошёл")).to_be_visible()
    await here.get_by_label("Нынешний пароль").fill(demo.password)
    await here.get_by_role("button", name="Сменить пароль").click()
    await expect(here.get_by_text("Пароль сменён")).to_be_visible()
    await expect(
        here.get_by_role("list", name="Где вы вошли").get_by_role("listitem")
    ).to_have_count(1)
    await there.reload()
    await expect(there.get_by_role("button", name=re.compile("Войти|Sign in"))).to_be_visible()
    assert faults == []
    await first.close()
    await second.close()


async def test_the_companys_name_and_time_zone_are_changed_by_their_city(
    demo: Demo, browser: Browser
) -> None:
    context = await browser.new_context(locale="ru-RU", reduced_motion="reduce")
    page = await context.new_page()
    await log_in(page, demo)

    await page.goto(f"{demo.product}/settings/workspace")
    await page.get_by_label("Название").fill("Автодвор на Урале")
    await page.get_by_role("combobox", name="Часовой пояс").fill("екат")
    await page.get_by_role("option", name=re.compile("Екатеринбург")).click()
    await page.get_by_role("button", name="Сохранить").click()
    await expect(page.get_by_role("banner")).to_contain_text("Автодвор на Урале")
    await page.reload()

    await expect(page.get_by_role("combobox", name="Часовой пояс")).to_have_value(
        re.compile("Екатеринбург")
    )
    await context.close()
