"""The first start, from an empty database to the first message, against the simulated Avito."""

import re

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from scripts.stage import EmptyInstallation

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 390])
async def test_the_wizard_leads_from_nothing_to_the_first_message(
    empty: EmptyInstallation, browser: Browser, width: int
) -> None:
    context = await browser.new_context(
        viewport=ViewportSize(width=width, height=860),
        locale="ru-RU",
        timezone_id="Asia/Yekaterinburg",
        reduced_motion="reduce",
    )
    owner, buyer = await context.new_page(), await context.new_page()
    faults: list[str] = []
    owner.on("pageerror", lambda error: faults.append(str(error)))

    # The owner and the company.
    await owner.goto(empty.setup_link)
    await expect(owner).to_have_url(re.compile("/setup$"))
    await owner.reload()
    await expect(owner.get_by_label("Имя")).to_be_focused()
    await expect(owner.get_by_label("Код установки")).to_have_count(0)
    await expect(owner.get_by_role("combobox", name="Часовой пояс")).to_have_value(
        re.compile("Екатеринбург")
    )
    await owner.get_by_role("button", name="Дальше").click()
    await expect(owner.get_by_text("Укажите имя")).to_be_visible()
    await owner.get_by_label("Имя").fill("Ирина")
    await owner.get_by_label("Эл. почта").fill("irina@example.com")
    await owner.get_by_label("Пароль", exact=True).fill("надёжный пароль")
    await owner.get_by_label("Название компании").fill("Автодвор")
    await owner.get_by_role("button", name="Дальше").click()

    # Wrong keys, then no tariff: each with its own words.
    await expect(owner.get_by_role("heading", name="Подключите Авито")).to_be_visible()
    page_of_keys = owner.get_by_role("link", name="avito.ru/professionals/api")
    await expect(page_of_keys).to_have_attribute("target", "_blank")
    await owner.get_by_label("client_id").fill("nobody")
    await owner.get_by_role("textbox", name="client_secret").fill("guess")
    await owner.get_by_role("button", name="Проверить и подключить").click()
    checks = owner.get_by_role("list", name="Проверка подключения")
    await expect(checks).to_contain_text("Авито не принял ключи")
    await expect(page_of_keys).to_have_count(2)  # also where one is sent there to compare
    empty.break_avito(payment_required=True)
    await owner.get_by_role("button", name="Попробовать с симулятором").click()
    await expect(checks).to_contain_text("нет тарифа «Максимальный»")
    await expect(owner.get_by_role("button", name="Сохранить ключи")).to_be_visible()
    empty.break_avito(payment_required=False)
    await owner.reload()

    # The right ones; the webhook, and a message from the buyer's window.
    await owner.get_by_role("button", name="Попробовать с симулятором").click()
    await expect(checks.locator("[data-check=webhook]")).to_have_attribute("data-state", "passed")
    await expect(checks.locator("[data-check=message]")).to_have_attribute("data-state", "running")
    await owner.reload()
    await buyer.goto(empty.avito)
    await buyer.get_by_role("link", name=re.compile("Mazda 3")).first.click()
    await buyer.locator("textarea[name=text]").fill("Здравствуйте! Где посмотреть?")
    await buyer.get_by_role("button", name="Написать продавцу").click()
    await expect(checks).to_contain_text("Чат уже ждёт во входящих")
    await owner.get_by_role("button", name="Дальше", exact=True).click()

    # What the assistant answers from.
    await owner.get_by_label("Что стоит знать покупателю").fill("Показ на Варшавском шоссе, 125.")
    await owner.get_by_label("Как отвечать").fill("Коротко и на «вы».")
    await owner.get_by_role("button", name="Готово").click()
    await expect(owner.get_by_role("link", name=re.compile("Mazda 3")).first).to_be_visible()
    await owner.goto(f"{empty.product}/settings/assistant")
    await expect(owner.get_by_role("link", name=re.compile("^О магазине"))).to_be_visible()
    assert faults == []
    await context.close()


async def test_steps_left_for_later_are_found_again_from_the_empty_inbox(
    empty: EmptyInstallation, browser: Browser
) -> None:
    context = await browser.new_context(
        viewport=ViewportSize(width=390, height=844), locale="ru-RU", reduced_motion="reduce"
    )
    owner = await context.new_page()
    await owner.goto(f"{empty.product}/inbox")
    await expect(owner.get_by_label("Код установки")).to_be_focused()
    await owner.goto(f"{empty.product}/setup#code=ABCD-EFGH-JKLM")
    await owner.get_by_label("Имя").fill("Ирина")
    await owner.get_by_label("Эл. почта").fill("irina@example.com")
    await owner.get_by_label("Пароль", exact=True).fill("надёжный пароль")
    await owner.get_by_label("Название компании").fill("Автодвор")
    await owner.get_by_role("button", name="Дальше").click()
    await expect(owner.get_by_text("Код установки не подошёл")).to_be_visible()
    code = empty.setup_link.split("=")[1]
    await owner.get_by_label("Код установки").fill(code.lower())
    await owner.get_by_role("button", name="Дальше").click()

    await owner.get_by_role("button", name="Позже").click()
    await expect(owner.get_by_role("heading", name="Расскажите о магазине")).to_be_visible()
    await owner.get_by_role("button", name="Позже").click()
    await owner.get_by_role("link", name="Подключите Авито").click()
    await expect(owner.get_by_role("heading", name="Подключите Авито")).to_be_visible()
    await context.close()
