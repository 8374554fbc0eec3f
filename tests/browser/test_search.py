"""Finding a conversation by what one remembers of it, and landing at the very message."""

import re

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from scripts.stage import Demo
from tests.browser.test_main_path import log_in

pytestmark = pytest.mark.browser

NAME = "Поиск по чатам"


def talk_with(demo: Demo, name: str, *words: str) -> None:
    """A buyer's talk at the simulated Avito."""
    with httpx.Client(base_url=demo.avito, trust_env=False) as avito:
        item = avito.get("/_sim/listings").json()["items"][0]["id"]
        chat = avito.post("/_sim/chats", json={"item_id": item, "buyer_name": name}).json()["id"]
        for text in words:
            sent = avito.post(
                f"/_sim/chats/{chat}/messages", json={"author": "buyer", "text": text}
            )
            sent.raise_for_status()


async def ask(page: Page, question: str) -> None:
    field = page.get_by_role("searchbox", name=NAME)
    await field.fill(question)
    await field.press("Enter")


@pytest.mark.parametrize("width", [1440, 390])
async def test_a_talk_is_found_by_what_one_remembers_and_opens_at_the_message(
    demo: Demo, browser: Browser, width: int
) -> None:
    many = [f"Вопрос номер {number}" for number in range(1, 71)]
    context = await browser.new_context(
        viewport={"width": width, "height": 860}, locale="ru-RU", reduced_motion="reduce"
    )
    page = await context.new_page()
    is_phone = width < 700
    await log_in(page, demo)
    talk_with(demo, "Аристарх Белов", "Отдадите с зимними колёсами? +7 (916) 123-42-18", *many)
    await expect(page.get_by_role("link", name=re.compile("Аристарх Белов")).first).to_be_visible()
    if is_phone:
        await page.get_by_role("button", name=NAME).click()
    else:
        await page.keyboard.press("/")
    await expect(page.get_by_role("searchbox", name=NAME)).to_be_focused()
    found = page.get_by_role("region", name="Результаты поиска")

    for question, mark in (
        ("колесо зимнее", "зимними"),
        ("калёса", "колёсами"),
        ("42-18", "42-18"),
    ):
        # What was written a moment ago may still be on its way into the index.
        await ask_until_found(page, question)
        await expect(found.locator("mark").filter(has_text=mark).first).to_be_visible()

    await ask(page, "ыыыъъъ")
    await expect(found.get_by_text("Ничего не нашлось")).to_be_visible()

    await ask_until_found(page, "1234218")
    assert "q=" in page.url
    if is_phone:
        await found.get_by_role("link", name=re.compile("зимними")).click()
    else:
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
    log = page.get_by_role("log")
    await expect(log.get_by_text("Отдадите с зимними колёсами")).to_be_in_viewport()
    await expect(log.get_by_text("Вопрос номер 70", exact=True)).to_have_count(0)

    await page.get_by_role("button", name="К последним").click()
    await expect(log.get_by_text("Вопрос номер 70", exact=True)).to_be_in_viewport()
    await expect(page.get_by_role("button", name="К последним")).to_have_count(0)

    if is_phone:
        await page.get_by_label("К списку чатов").click()
        await expect(found).to_be_visible()
        await page.get_by_role("button", name="Назад к чатам").click()
    else:
        await page.get_by_role("searchbox", name=NAME).press("Escape")
    await expect(found).to_have_count(0)
    assert "q=" not in page.url
    await context.close()


async def ask_until_found(page: Page, question: str) -> None:
    found = page.get_by_role("region", name="Результаты поиска")
    for _ in range(10):
        await ask(page, question)
        try:
            await expect(found.locator("mark").first).to_be_visible(timeout=1500)
        except AssertionError:
            await page.reload()
        else:
            return
    raise AssertionError(f"{question} is not found")
