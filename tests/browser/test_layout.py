"""The widths of the columns and the details beside the talk, as the browser remembers them."""

import re

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from scripts.stage import Demo
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
