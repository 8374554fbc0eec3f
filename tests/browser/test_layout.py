"""The widths of the columns and the details beside the talk, as the browser remembers them."""

import re

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from scripts.stage import Demo
from tests.browser.talks import office, open_inbox
from tests.browser.test_acts import new_page, row
from tests.browser.test_main_path import buyer_starts_a_talk, log_in

pytestmark = pytest.mark.browser


async def test_columns_and_details_keep_the_widths_that_were_chosen(
    demo: Demo, browser: Browser
) -> None:
    context = await browser.new_context(viewport={"width": 1440, "height": 860}, locale="ru-RU")
    operator, buyer = await context.new_page(), await context.new_page()
    faults: list[str] = []
    operator.on("pageerror", lambda error: faults.append(str(error)))
    await log_in(operator, demo)
    await buyer_starts_a_talk(buyer, demo, "Здравствуйте! Ещё продаёте?")
    await operator.get_by_role("link", name=re.compile("Mazda 3")).first.click()
    details = operator.get_by_role("complementary", name="Об объявлении и клиенте")
    await expect(details).to_be_visible()
    bot = operator.get_by_role("region", name="Бот", exact=True)
    edge_of_bot = operator.get_by_role("separator", name="Ширина: Бот")
    edge_of_details = operator.get_by_role("separator", name="Ширина: Об объявлении и клиенте")

    await drag(operator, edge_of_bot, by=60)
    await expect_width(bot, 344)
    await edge_of_details.focus()
    await operator.keyboard.press("ArrowLeft")
    await operator.keyboard.press("Shift+ArrowLeft")
    await expect_width(details, 264 + 16 + 64)
    await operator.keyboard.press("Home")  # the talk as narrow as it may be, no narrower
    assert await width_of(operator.locator("section:has([role=log])")) >= 400

    await operator.reload()
    await expect(details).to_be_visible()
    await expect_width(bot, 344)

    await edge_of_bot.dblclick()
    await expect_width(bot, 284)
    await edge_of_details.focus()
    await operator.keyboard.press("Enter")
    await expect_width(details, 264)

    await operator.get_by_role("button", name="Об объявлении и клиенте").last.click()
    await expect(details).to_have_count(0)
    await operator.reload()
    await expect(operator.get_by_role("log")).to_be_visible()
    await expect(details).to_have_count(0)
    await operator.get_by_role("button", name="Об объявлении и клиенте").last.click()
    await expect(details).to_be_visible()

    await operator.set_viewport_size({"width": 1024, "height": 768})
    await expect(operator.get_by_role("log")).to_be_visible()
    await expect(details).to_have_count(0)
    await expect(operator.get_by_role("separator")).to_have_count(1)
    await operator.get_by_role("button", name="Об объявлении и клиенте").last.click()
    await expect(operator.get_by_role("dialog")).to_contain_text("520 000 ₽")
    await operator.keyboard.press("Escape")
    await expect(operator.get_by_role("dialog")).to_have_count(0)

    await operator.set_viewport_size({"width": 390, "height": 844})
    await expect(operator.get_by_role("separator")).to_have_count(0)
    await expect(operator.get_by_role("log")).to_be_visible()
    await expect(bot).to_have_count(0)
    assert faults == []
    await context.close()


async def test_words_and_buttons_stay_whole_where_there_is_little_room(
    demo: Demo, browser: Browser
) -> None:
    async with office(demo) as server:
        talk = await server.talk("Алексей", "Отдадите за 480?")
        me = (await server.api.get("/api/v1/me")).json()["user"]["id"]
        await server.act(talk, "assign", {"assignee_id": me})
        page = await new_page(browser)
        await open_inbox(page, demo)
        waiting = row(page, "Алексей")
        await expect(waiting.get_by_text("Отдадите за 480?")).to_be_visible()
        await expect(waiting.get_by_text("Вы", exact=True)).to_be_hidden()
        await drag(page, page.get_by_role("separator", name="Ширина: Менеджер"), by=120)
        await expect(waiting.get_by_text("Вы", exact=True)).to_be_visible()

        await waiting.click()
        await server.until(talk, unread_count=0)
        await page.keyboard.press("KeyS")
        await page.get_by_role("button", name="Завтра утром").click()
        undo = page.get_by_role("alert").get_by_role("button", name="Отменить")
        await expect(undo).to_be_visible()
        assert await undo.evaluate(
            """(button) => [button, ...button.querySelectorAll("*"), button.closest("[role=alert]")]
                .every((part) => part.scrollWidth <= part.clientWidth || !part.clientWidth)"""
        ), "something of the notice is cut"
        await page.context.close()


async def drag(page: Page, edge: Locator, *, by: int) -> None:
    box = await edge.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 300
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + by, y, steps=4)
    await page.mouse.up()


async def expect_width(element: Locator, width: int) -> None:
    await expect(element).to_have_js_property("offsetWidth", width)


async def width_of(element: Locator) -> float:
    box = await element.bounding_box()
    assert box is not None
    return box["width"]
