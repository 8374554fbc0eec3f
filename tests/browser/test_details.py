"""What stands beside a talk: the contact, their phones and other talks, notes, and the agent."""

import re

import pytest
from playwright.async_api import Browser, expect

from scripts.stage import SOFA, Avito, Demo
from tests.browser.test_main_path import log_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 390])
async def test_the_details_tell_who_writes_and_what_the_agent_would_do(
    demo: Demo, browser: Browser, width: int
) -> None:
    context = await browser.new_context(
        viewport={"width": width, "height": 860}, locale="ru-RU", reduced_motion="reduce"
    )
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    is_phone = width < 700
    avito = Avito(demo)
    await log_in(page, demo)
    sofa = avito.chat("Марина", item_id=SOFA, buyer_id=777001)
    avito.say(sofa, "Какая гарантия на диван? Мой телефон 8 916 123-42-18")
    await expect(page.get_by_role("link", name=re.compile("Диван"))).to_be_visible()
    mazda = avito.chat("Марина", buyer_id=777001)
    avito.say(mazda, "Здравствуйте! Сколько хозяев по ПТС?")

    await page.get_by_role("link", name=re.compile("Mazda 3")).click()
    await expect(page.get_by_role("log").get_by_text("два хозяина")).to_be_visible()
    if is_phone:
        await page.get_by_role("button", name=re.compile("^Марина")).click()
    details = (
        page.get_by_role("dialog")
        if is_phone
        else page.get_by_role("complementary", name="Об объявлении и клиенте")
    )
    phone = details.get_by_role("link", name=re.compile("916"))
    await expect(phone).to_have_attribute("href", "tel:+79161234218")
    await expect(details).to_contain_text("520 000 ₽")

    agent = details.get_by_role("region", name="Ассистент")
    await expect(agent).to_contain_text("Сейчас ответит сам")
    await expect(agent).to_contain_text("Ответил")
    document = agent.get_by_role("link", name="Mazda 3, 2008")
    await expect(document).to_have_attribute("href", re.compile("/settings/assistant.*document="))

    notes = details.get_by_role("region", name="Заметки")
    await notes.get_by_label("Новая заметка о клиенте").fill("Звонить после шести")
    await page.keyboard.press("Enter")
    await expect(notes.get_by_role("listitem")).to_contain_text("Звонить после шести")
    await expect(notes.get_by_label("Новая заметка о клиенте")).to_have_value("")
    assert "Звонить после шести" not in " ".join(avito.heard(mazda))

    if is_phone:
        await page.get_by_role("button", name="Закрыть", exact=True).click()
    await page.get_by_role("button", name="Взять", exact=True).click()
    if is_phone:
        await page.get_by_role("button", name=re.compile("^Марина")).click()
    await expect(agent).to_contain_text("Сейчас не ответит")
    await expect(agent).to_contain_text("Чат у человека")

    talks = details.get_by_role("region", name="Другие чаты клиента")
    await talks.get_by_role("link", name=re.compile("Диван угловой")).click()
    await expect(page.get_by_role("log").get_by_text("Какая гарантия").first).to_be_visible()
    if is_phone:
        await page.get_by_role("button", name=re.compile("^Марина")).click()
    await expect(notes.get_by_role("listitem")).to_contain_text("Mazda 3, 2008")
    assert faults == []
    await context.close()
