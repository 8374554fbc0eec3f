"""The assistant's page: what is written there is what the next buyer is told."""

import re

import pytest
from playwright.async_api import Browser, expect

from scripts.stage import Demo
from tests.browser.test_main_path import buyer_starts_a_talk, log_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 390])
async def test_a_document_that_an_admin_adds_answers_the_next_buyer(
    demo: Demo, browser: Browser, width: int
) -> None:
    context = await browser.new_context(
        viewport={"width": width, "height": 860}, locale="ru-RU", reduced_motion="reduce"
    )
    admin, buyer = await context.new_page(), await context.new_page()
    faults: list[str] = []
    admin.on("pageerror", lambda error: faults.append(str(error)))
    await log_in(admin, demo)

    await admin.get_by_role("link", name="Настройки").click()
    await admin.get_by_role("link", name="Ассистент", exact=True).click()
    await admin.get_by_role("link", name="Добавить документ").click()
    await admin.get_by_label("Название").fill("Гарантия на машины")
    fact = "На двигатель и коробку передач даём гарантию 45 дней."
    await admin.get_by_label("Текст").fill(fact)
    await admin.get_by_role("link", name=re.compile("^Чаты")).click()
    await admin.get_by_role("button", name="Остаться").click()
    documents = admin.get_by_role("region", name="Документы")
    await documents.get_by_role("button", name="Сохранить").click()
    await expect(admin.get_by_role("link", name=re.compile("^Гарантия на машины"))).to_contain_text(
        fact
    )

    await buyer_starts_a_talk(buyer, demo, "Здравствуйте! Какая гарантия на двигатель?")

    await expect(buyer.locator(".bubble:not(.mine)").last).to_contain_text("45 дней")
    assert faults == []
    await context.close()
