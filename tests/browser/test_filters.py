"""A column is narrowed in the browser; the address keeps it, the stream keeps it right."""

import re

import pytest
from playwright.async_api import Browser, expect

from scripts.stage import Demo
from tests.browser.test_main_path import buyer_starts_a_talk, log_in

pytestmark = pytest.mark.browser

NOTHING_FITS = "Под фильтр ничего не подходит"


@pytest.mark.parametrize("width", [1440, 390])
async def test_a_read_chat_leaves_the_unread_ones_and_clearing_brings_it_back(
    demo: Demo, browser: Browser, width: int
) -> None:
    context = await browser.new_context(
        viewport={"width": width, "height": 860}, locale="ru-RU", reduced_motion="reduce"
    )
    operator, buyer = await context.new_page(), await context.new_page()
    is_phone = width < 700
    await log_in(operator, demo)
    if is_phone:
        await operator.get_by_text("Менеджер", exact=True).click()
    column = operator.get_by_role("region", name="Менеджер", exact=True)
    row = column.get_by_role("link", name=re.compile("Mazda 3"))

    await column.get_by_role("button", name="Фильтр: Менеджер").click()
    await operator.get_by_role("menuitemcheckbox", name="Непрочитанные").click()
    await operator.keyboard.press("Escape")
    # There is nothing that the filter could hide.
    await expect(column.get_by_text("Никто не ждёт менеджера")).to_be_visible()

    await buyer_starts_a_talk(buyer, demo, "Позовите менеджера, пожалуйста")
    await expect(row).to_be_visible()  # it fits now and enters by itself
    await row.click()
    words = operator.get_by_role("log").get_by_text("Позовите менеджера, пожалуйста", exact=True)
    await expect(words).to_be_visible()
    if is_phone:
        await operator.get_by_label("К списку чатов").click()
    await expect(column.get_by_text(NOTHING_FITS)).to_be_visible()
    await expect(row).to_have_count(0)

    await operator.reload()
    await expect(column.get_by_text(NOTHING_FITS)).to_be_visible()
    await expect(
        column.get_by_role("button", name="Фильтр: Менеджер, включено 1", exact=True)
    ).to_be_visible()

    await column.get_by_role("button", name="Сбросить фильтр").last.click()
    await expect(row).to_be_visible()
    assert "View" not in operator.url

    await operator.go_back()
    await expect(column.get_by_text(NOTHING_FITS)).to_be_visible()
    await context.close()
