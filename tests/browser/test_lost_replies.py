"""A reply whose way to the server breaks comes back to the one who wrote it, and goes out once."""

import asyncio
import re

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, Route, expect

from scripts.stage import Demo
from tests.browser.test_main_path import buyer_starts_a_talk, log_in

pytestmark = pytest.mark.browser

POSTS = re.compile(r"/conversations/[^/]+/messages$")


async def in_a_talk(context: BrowserContext, demo: Demo) -> tuple[Page, Page]:
    operator, buyer = await context.new_page(), await context.new_page()
    await log_in(operator, demo)
    await buyer_starts_a_talk(buyer, demo, "Здравствуйте! Какая цена?")
    await operator.get_by_role("link", name=re.compile("Mazda 3")).first.click()
    await expect(buyer.locator(".bubble:not(.mine)").last).to_contain_text("520 000")
    return operator, buyer


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Напишите ответ")


async def test_a_reply_written_without_a_connection_comes_back_and_leaves_only_when_told(
    demo: Demo, browser: Browser
) -> None:
    desk = await browser.new_context(locale="ru-RU", viewport={"width": 1440, "height": 860})
    street = await browser.new_context(locale="ru-RU")
    operator, buyer = await in_a_talk(desk, demo)
    window = await street.new_page()
    await window.goto(buyer.url)
    theirs = await window.locator(".bubble:not(.mine)").count()

    await desk.set_offline(True)
    await field(operator).fill("Да, приезжайте")
    await field(operator).press("Enter")
    await expect(operator.get_by_text("Нет связи: ответ не ушёл, текст в поле")).to_be_visible()
    await expect(field(operator)).to_have_value("Да, приезжайте")

    posted: list[str] = []
    operator.on("request", lambda request: posted.append(f"{request.method} {request.url}"))
    async with operator.expect_response(re.compile("/draft$")):  # it is on the server as a draft
        await desk.set_offline(False)
    assert [line for line in posted if line.startswith("POST") and POSTS.search(line)] == []

    await field(operator).press("Enter")
    await expect(field(operator)).to_have_value("")
    await expect(window.locator(".bubble:not(.mine)")).to_have_count(theirs + 1)
    await expect(window.locator(".bubble:not(.mine)").last).to_contain_text("Да, приезжайте")
    await desk.close()
    await street.close()


async def test_what_became_of_a_reply_without_an_answer_is_said_when_the_server_is_back(
    demo: Demo, browser: Browser
) -> None:
    context = await browser.new_context(locale="ru-RU", viewport={"width": 1440, "height": 860})
    operator, buyer = await in_a_talk(context, demo)
    theirs = await buyer.locator(".bubble:not(.mine)").count()
    way = {"POST": "lost", "GET": "lost"}

    async def break_down(route: Route) -> None:
        match way[route.request.method]:
            case "open":
                await route.continue_()
            case "answer lost":
                await route.fetch()
                await route.abort()
            case _:
                await route.abort()

    await operator.route(re.compile(r"/conversations/[^/]+/messages(\?|$)"), break_down)
    verdict = operator.get_by_role("alert")
    await field(operator).fill("Держим до субботы")
    await field(operator).press("Enter")
    await expect(verdict).to_contain_text("Неизвестно, дошло ли сообщение")
    way["GET"] = "open"
    await expect(verdict).to_contain_text("Не дошло. Отправьте ещё раз", timeout=20_000)
    await expect(field(operator)).to_have_value("Держим до субботы")

    way.update(POST="answer lost", GET="lost")
    await field(operator).press("Enter")
    await expect(verdict).to_contain_text("Неизвестно, дошло ли сообщение")
    way["GET"] = "open"
    await expect(field(operator)).to_have_value("", timeout=20_000)
    await expect(verdict).to_have_count(0)
    await expect(buyer.locator(".bubble:not(.mine)")).to_have_count(theirs + 1)
    await context.close()


async def test_a_reply_whose_page_was_closed_on_its_way_is_a_draft_again_and_goes_out_once(
    demo: Demo, browser: Browser
) -> None:
    context = await browser.new_context(locale="ru-RU", viewport={"width": 1440, "height": 860})
    operator, buyer = await in_a_talk(context, demo)
    theirs = await buyer.locator(".bubble:not(.mine)").count()
    arrived, is_back = asyncio.Event(), False

    async def lose_the_answer(route: Route) -> None:
        if route.request.method != "POST" or is_back:
            await route.continue_()
            return
        await route.fetch()  # the server has it, the page never learns
        arrived.set()

    await operator.route(POSTS, lose_the_answer)
    await field(operator).fill("Держим до субботы")
    await field(operator).press("Enter")
    await arrived.wait()
    await operator.reload()
    is_back = True

    await expect(field(operator)).to_have_value("Держим до субботы")
    await field(operator).press("Enter")
    await expect(field(operator)).to_have_value("")
    await expect(buyer.locator(".bubble:not(.mine)")).to_have_count(theirs + 1)
    await expect(operator.get_by_role("log").get_by_text("Держим до субботы")).to_have_count(1)
    await context.close()
