"""The palette finds acts, screens and chats by typing, in Russian and in English."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from scripts.stage import Demo
from tests.browser.talks import office
from tests.browser.test_acts import new_page, open_talk

pytestmark = pytest.mark.browser


async def type_and_choose(page: Page, words: str) -> None:
    """The first that is found."""
    field = page.get_by_role("textbox", name="Действие, раздел или имя клиента")
    await field.fill(words)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(field).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 390])
async def test_the_palette_acts_on_the_open_talk_goes_to_screens_and_to_chats(
    demo: Demo, browser: Browser, width: int
) -> None:
    async with office(demo) as server:
        talk, other = await server.talk("Алексей"), await server.talk("Марина")
        await server.act(other, "take-over")
        page = await new_page(browser, width)
        await open_talk(page, demo, talk)

        async def palette(words: str) -> None:
            if width > 700:
                await page.keyboard.press("Control+KeyK")
            else:
                await page.get_by_role("button", name="Ещё действия").click()
                await page.get_by_role("menuitem", name="Команды").click()
            await type_and_choose(page, words)

        await palette("pin")
        await server.until(talk, is_pinned=True)
        await palette("забрать")
        await server.until(talk, mode="manager")
        await palette("закры")
        await server.until(talk, status="closed")
        await palette("reopen")
        await server.until(talk, status="open")
        await palette("snooze")
        await page.get_by_role("button", name="Через час").click()
        await server.until(talk, status="snoozed")
        await palette("следующий")
        await expect(page).to_have_url(re.compile(other))
        await palette("настройки")
        await expect(page).to_have_url(re.compile("/settings/"))
        button = page.get_by_role("button", name="Команды")
        if width > 700:
            await button.click()
            await type_and_choose(page, "марина")
            await expect(page).to_have_url(re.compile(other))
        else:  # the menu of a chat has it there
            await expect(button).to_have_count(0)
        await page.context.close()


async def test_the_palette_opens_from_a_field_and_on_any_layout(
    demo: Demo, browser: Browser
) -> None:
    async with office(demo) as server:
        talk = await server.talk("Алексей")
        page = await new_page(browser)
        await open_talk(page, demo, talk)
        search = page.get_by_role("textbox", name="Действие, раздел или имя клиента")

        field = page.get_by_role("textbox", name=re.compile("ответ", re.IGNORECASE))
        await field.fill("Черновик")
        await field.press("Control+KeyK")
        await expect(search).to_be_focused()
        await search.fill("такого здесь нет")
        await expect(page.get_by_text("Ничего не нашлось")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(search).to_have_count(0)
        await expect(field).to_have_value("Черновик")

        session = await page.context.new_cdp_session(page)
        for kind in ("keyDown", "keyUp"):
            await session.send(
                "Input.dispatchKeyEvent",
                {"type": kind, "code": "KeyK", "key": "л", "modifiers": 2},
            )
        await expect(search).to_be_focused()
        await page.context.close()
