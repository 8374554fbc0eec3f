"""Writing to a customer: drafts, taking back, emoji, sending later."""

import re

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from scripts.stage import Demo
from tests.browser.test_main_path import buyer_starts_a_talk, buyer_writes, log_in

pytestmark = pytest.mark.browser


async def new_context(browser: Browser, width: int) -> BrowserContext:
    return await browser.new_context(
        viewport={"width": width, "height": 860}, locale="ru-RU", reduced_motion="reduce"
    )


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Напишите ответ")


def row(page: Page) -> Locator:
    return page.get_by_role("link", name=re.compile("Mazda 3")).first


@pytest.mark.parametrize("width", [1440, 390])
async def test_a_reply_is_drafted_sent_taken_back_and_sent_later(
    demo: Demo, browser: Browser, width: int
) -> None:
    context = await new_context(browser, width)
    operator, buyer = await context.new_page(), await context.new_page()
    faults: list[str] = []
    operator.on("pageerror", lambda error: faults.append(str(error)))
    await log_in(operator, demo)
    await buyer_starts_a_talk(buyer, demo, "Здравствуйте! Какая цена?")
    await row(operator).click()
    await expect(buyer.locator(".bubble:not(.mine)").last).to_contain_text("520 000")

    # A draft is there after a reload, in the field and in the row.
    async with operator.expect_response(re.compile("/draft$")) as saved:
        await field(operator).fill("Да, приезжайте")
    assert (await saved.value).ok
    await operator.reload()
    await expect(field(operator)).to_have_value("Да, приезжайте")
    if width > 700:
        await expect(row(operator)).to_contain_text("Черновик: Да, приезжайте")

    # An emoji goes where the cursor stands.
    await operator.get_by_role("button", name="Смайлики").click()
    await operator.get_by_placeholder("Найти смайлик").fill("договорились")
    await operator.get_by_role("gridcell", name=re.compile("большой палец вверх")).first.click()
    await expect(field(operator)).to_have_value("Да, приезжайте👍")

    # Sent and taken back, by the button and by the key: the buyer sees nothing of it.
    await operator.get_by_role("button", name="Отправить", exact=True).click()
    await expect(field(operator)).to_have_value("")
    await operator.get_by_role("button", name="Отменить").click()
    await expect(field(operator)).to_have_value("Да, приезжайте👍")
    await operator.keyboard.type("b")  # a shortcut anywhere but in the field
    await expect(field(operator)).to_have_value("Да, приезжайте👍b")
    await field(operator).press("Backspace")
    await operator.get_by_role("button", name="Отправить", exact=True).click()
    await expect(operator.get_by_text(re.compile("Уйдёт через"))).to_be_visible()
    await field(operator).press("Control+z")
    await expect(field(operator)).to_have_value("Да, приезжайте👍")

    await reply_later_in_three_ways(operator, buyer)

    # More than one message holds is said before it leaves.
    await field(operator).fill("Долгий рассказ. " * 70)
    await expect(operator.get_by_text("получит его несколькими сообщениями")).to_be_visible()
    assert faults == []
    await context.close()


async def reply_later_in_three_ways(operator: Page, buyer: Page) -> None:
    """Taken back into the field, sent now after a change, and stopped by the buyer's word."""
    theirs = await buyer.locator(".bubble:not(.mine)").count()
    await send_tomorrow(operator, "Ещё думаете?")
    line = operator.get_by_role("region", name=re.compile("^Отложенное сообщение: завтра"))
    await line.get_by_role("button", name="Отменить").click()
    await expect(field(operator)).to_have_value("Ещё думаете?")
    await expect(field(operator)).to_be_focused()
    await send_tomorrow(operator, "Могу придержать")
    await line.get_by_role("button", name="Изменить").click()
    change = operator.get_by_role("dialog", name="Отложенное сообщение")
    await change.get_by_label("Текст").fill("Могу придержать до субботы")
    await change.get_by_role("button", name="Сохранить текст").click()
    await expect(line).to_contain_text("Могу придержать до субботы")
    await line.get_by_role("button", name="Отправить сейчас").click()
    await expect(buyer.locator(".bubble:not(.mine)")).to_have_count(theirs + 1)
    await expect(buyer.locator(".bubble:not(.mine)").last).to_contain_text("до субботы")
    await send_tomorrow(operator, "Напомню о себе")
    await buyer_writes(buyer, "А торг есть?")
    stopped = operator.get_by_role("region", name="Отложенное сообщение не ушло")
    await expect(stopped).to_contain_text("Клиент написал раньше")
    await stopped.get_by_role("button", name="Вернуть в поле").click()
    await expect(field(operator)).to_have_value("Напомню о себе")
    await expect(stopped).to_have_count(0)
    await expect(operator.get_by_text(re.compile("^Отложенное сообщение не ушло"))).to_be_visible()


async def send_tomorrow(page: Page, text: str) -> None:
    await field(page).fill(text)
    await page.get_by_role("button", name="Позже").click()
    await page.get_by_role("button", name=re.compile("^Завтра утром")).click()
    await expect(field(page)).to_have_value("")


async def test_of_two_devices_neither_loses_its_words(demo: Demo, browser: Browser) -> None:
    desk, phone = await new_context(browser, 1440), await new_context(browser, 390)
    buyer = await desk.new_page()
    on_desk, on_phone = await desk.new_page(), await phone.new_page()
    await log_in(on_desk, demo)
    await buyer_starts_a_talk(buyer, demo, "Здравствуйте! Какая цена?")
    await row(on_desk).click()
    await on_phone.goto(demo.product)
    await on_phone.get_by_label("Эл. почта").fill(demo.email)
    await on_phone.get_by_label("Пароль", exact=True).fill(demo.password)
    await on_phone.get_by_role("button", name="Войти").click()
    await row(on_phone).click()
    await expect(field(on_phone)).to_be_enabled()

    async with on_phone.expect_response(re.compile("/draft$")):
        await field(on_phone).fill("С телефона")
    await field(on_desk).fill("С компьютера")

    other = on_desk.get_by_role("status").filter(has_text="С телефона")
    await expect(other).to_be_visible()
    await expect(field(on_desk)).to_have_value("С компьютера")
    await other.get_by_role("button", name="Взять").click()
    await expect(field(on_desk)).to_have_value("С телефона")
    await desk.close()
    await phone.close()
