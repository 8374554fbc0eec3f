"""People join by a link, get another role, and leave."""

import re

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from scripts.stage import Demo
from tests.browser.test_main_path import log_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 390])
async def test_a_colleague_joins_by_a_link_gets_another_role_and_is_removed(
    demo: Demo, browser: Browser, width: int
) -> None:
    viewport = ViewportSize(width=width, height=860)
    owners, guests = [
        await browser.new_context(viewport=viewport, locale="ru-RU", reduced_motion="reduce")
        for _ in range(2)
    ]
    owner, guest = await owners.new_page(), await guests.new_page()
    faults: list[str] = []
    for page in (owner, guest):
        page.on("pageerror", lambda error: faults.append(str(error)))

    await log_in(owner, demo)
    await owner.get_by_role("link", name="Настройки").click()
    await owner.get_by_role("link", name="Пользователи").click()
    await owner.get_by_role("button", name="Пригласить").click()
    dialog = owner.get_by_role("dialog")
    await dialog.get_by_label("Роль").select_option("Только просмотр")
    await dialog.get_by_label("Имя").fill("Павел")
    await dialog.get_by_role("button", name="Сделать ссылку").click()
    link = await dialog.get_by_label("Ссылка").input_value()
    await dialog.get_by_role("button", name="Закрыть", exact=True).last.click()
    await expect(owner.get_by_role("list", name="Приглашения")).to_contain_text("Павел")

    # A path is written to logs, what stands behind the # is sent nowhere.
    assert re.search("/invite#[^/]{20,}$", link)
    asked: list[str] = []
    guest.on("request", lambda request: asked.append(request.url.split("#")[0]))
    await guest.goto(link)
    await expect(guest.get_by_role("heading")).to_contain_text("Автодвор")
    await expect(guest.get_by_label("Имя")).to_have_value("Павел")
    await guest.get_by_label("Эл. почта").fill("pavel@example.com")
    await guest.get_by_label("Пароль", exact=True).fill("12345678")
    await guest.get_by_role("button", name="Присоединиться").click()
    await expect(guest.get_by_text("Одних цифр или повторов мало")).to_be_visible()
    await guest.get_by_label("Пароль", exact=True).fill("надёжный пароль")
    await guest.get_by_role("button", name="Присоединиться").click()
    await expect(guest).to_have_url(re.compile("/inbox"))
    assert not [url for url in asked if link.split("#")[1] in url]

    # Nobody reloads the owner's page: the event brings the colleague.
    team = owner.get_by_role("list", name="Кто работает")
    await expect(team).to_contain_text("pavel@example.com")
    await expect(owner.get_by_text("Открытых приглашений нет")).to_be_visible()

    stranger = await guests.new_page()
    await stranger.goto(link)
    await expect(stranger.get_by_text("она действует один раз")).to_be_visible()
    await stranger.close()

    await guest.goto(f"{demo.product}/settings/workspace")
    await expect(guest.get_by_text("закрыт для вашей роли")).to_be_visible()
    await owner.get_by_label("Роль: Павел").select_option("Администратор")
    await expect(guest.get_by_label("Название")).to_be_visible()

    await owner.get_by_role("button", name="Действия: Павел").click()
    await owner.get_by_role("menuitem", name="Убрать из компании").click()
    await owner.get_by_role("button", name="Убрать", exact=True).click()
    await expect(team).not_to_contain_text("pavel@example.com")
    await expect(guest.get_by_role("button", name="Войти")).to_be_visible()
    assert faults == []
    await owners.close()
    await guests.close()
