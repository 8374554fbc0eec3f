"""The product's main path, as the operator and the buyer see it in their browsers."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from scripts.stage import Demo

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
async def test_an_operator_watches_takes_over_answers_and_gives_the_talk_back(
    demo: Demo, browser: Browser, width: int, theme: str
) -> None:
    context = await browser.new_context(
        viewport={"width": width, "height": 860},
        color_scheme="dark" if theme == "dark" else "light",
        locale="ru-RU",
    )
    operator, buyer = await context.new_page(), await context.new_page()
    faults: list[str] = []
    operator.on("pageerror", lambda error: faults.append(str(error)))
    requests: list[str] = []
    is_phone = width < 700

    await log_in(operator, demo)
    await buyer_starts_a_talk(buyer, demo, "Здравствуйте! Ещё продаёте? Какая цена?")

    row = operator.get_by_role("link", name=re.compile("Mazda 3")).first
    await expect(row).to_be_visible()
    await row.click()
    answer = operator.get_by_text("520 000 ₽", exact=False).last
    await expect(operator.get_by_text("Цена по объявлению").last).to_be_visible()
    await expect(answer).to_be_visible()
    await expect(buyer.locator(".bubble:not(.mine)").last).to_contain_text("520 000")

    await operator.get_by_role("button", name="Взять", exact=True).click()
    await expect(operator.get_by_role("button", name="Вернуть боту")).to_be_visible()
    operator.on("request", lambda request: requests.append(request.url))
    composer = operator.get_by_role("textbox", name=re.compile("ответ", re.IGNORECASE))
    await composer.fill("Здравствуйте, это Ирина. Приезжайте сегодня до 19:00.")
    await composer.press("Enter")
    await expect(buyer.locator(".bubble:not(.mine)").last).to_contain_text("это Ирина")
    await expect(operator.get_by_text("это Ирина").last).to_be_visible()

    await buyer_writes(buyer, "А где можно посмотреть?")
    await expect(operator.get_by_text("А где можно посмотреть?").last).to_be_visible()
    bubbles_before = await buyer.locator(".bubble:not(.mine)").count()
    assert polled(requests) == []

    await operator.get_by_role("button", name="Вернуть боту").click()
    await expect(operator.get_by_role("button", name="Взять", exact=True)).to_be_visible()
    await expect(buyer.locator(".bubble:not(.mine)")).to_have_count(bubbles_before + 1)

    if is_phone:
        await operator.get_by_label("К списку чатов").click()
        await expect(row).to_be_visible()
    assert faults == []
    await context.close()


async def log_in(page: Page, demo: Demo) -> None:
    await page.goto(demo.product)
    await page.get_by_label("Эл. почта").fill(demo.email)
    await page.get_by_label("Пароль", exact=True).fill(demo.password)
    await page.get_by_role("button", name="Войти").click()
    await expect(page.get_by_text("Бот пока ни с кем не говорит")).to_be_visible()


async def buyer_starts_a_talk(page: Page, demo: Demo, text: str) -> None:
    await page.goto(demo.avito)
    await page.get_by_role("link", name=re.compile("Mazda 3")).first.click()
    await page.locator("textarea[name=text]").fill(text)
    await page.get_by_role("button", name="Написать продавцу").click()
    await expect(page.locator(".bubble.mine")).to_have_count(1)


async def buyer_writes(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Сообщение").fill(text)
    await page.get_by_role("button", name="Отправить").click()


def polled(requests: list[str]) -> list[str]:
    """Reads of lists while nothing was asked for: the page must live on its event stream."""
    return [url for url in requests if re.search(r"/conversations(\?|/counts)", url)]
