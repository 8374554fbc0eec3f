"""A suggested reply, as the operator asks for it, looks it over and sends it."""

import asyncio
import re
from contextlib import suppress

import pytest
from playwright.async_api import Browser, Error, Route, expect

from scripts.stage import Demo
from tests.browser.test_main_path import buyer_starts_a_talk, buyer_writes, log_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 390])
async def test_a_suggestion_fills_the_field_keeps_what_was_typed_and_leaves_when_a_person_sends_it(
    demo: Demo, browser: Browser, width: int
) -> None:
    context = await browser.new_context(
        viewport={"width": width, "height": 844}, has_touch=width < 700, locale="ru-RU"
    )
    operator, buyer = await context.new_page(), await context.new_page()
    await log_in(operator, demo)
    await buyer_starts_a_talk(buyer, demo, "Здравствуйте")
    await operator.get_by_role("link", name=re.compile("Mazda 3")).first.click()
    await operator.get_by_role("button", name="Взять", exact=True).click()
    await expect(operator.get_by_role("button", name="Вернуть боту")).to_be_visible()
    await buyer_writes(buyer, "Какая цена?")
    await expect(operator.get_by_text("Какая цена?").last).to_be_visible()
    field = operator.get_by_role("textbox", name="Напишите ответ")
    ask = operator.get_by_role("button", name="Предложить")

    # It takes nothing that is typed: that can be put back.
    await field.fill("Минуту")
    await ask.click()
    await expect(field).to_have_value(re.compile("520.000"))
    await expect(operator.get_by_text("1 источник: объявление").last).to_be_visible()
    await operator.get_by_role("button", name="Вернуть мой текст").click()
    await expect(field).to_have_value("Минуту")

    # By key, while slow; and stopped.
    slow = asyncio.Event()

    async def hold(route: Route) -> None:
        await slow.wait()
        with suppress(Error):  # the page has given the request up
            await route.continue_()

    await operator.route("**/suggestion", hold)
    await field.press("Alt+Enter")
    await expect(operator.get_by_text("Ассистент думает…")).to_be_visible()
    thinking = operator.get_by_role("status").filter(has_text="Ассистент думает…")
    await thinking.get_by_role("button", name="Отменить").click()
    await expect(operator.get_by_text("Ассистент думает…")).to_be_hidden()
    slow.set()
    await operator.unroute("**/suggestion")
    await expect(field).to_have_value("Минуту")

    # Edited and sent, it is the person's.
    await field.fill("")
    await ask.click()
    await expect(field).to_have_value(re.compile("520.000"))
    await field.press("End")
    await field.press_sequentially(" Приезжайте.")
    await operator.get_by_role("button", name="Отправить", exact=True).click()
    await expect(buyer.locator(".bubble:not(.mine)").last).to_contain_text("Приезжайте.")
    await expect(field).to_have_value("")

    # What it would leave to a person it says.
    await buyer_writes(buyer, "Отдадите за 400 тысяч?")
    await expect(operator.get_by_text("Отдадите за 400 тысяч?").last).to_be_visible()
    await ask.click()
    await expect(operator.get_by_text("Ассистент позвал бы человека")).to_be_visible()
    await expect(field).to_have_value("")
    await context.close()
