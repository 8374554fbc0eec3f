"""Reply templates: written in the settings, put into a reply by a slash."""

import re

import pytest
from playwright.async_api import Browser, expect

from scripts.stage import Demo
from tests.browser.test_main_path import buyer_starts_a_talk, log_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 390])
async def test_a_template_is_written_and_used(demo: Demo, browser: Browser, width: int) -> None:
    context = await browser.new_context(
        viewport={"width": width, "height": 860}, locale="ru-RU", reduced_motion="reduce"
    )
    admin, buyer = await context.new_page(), await context.new_page()
    faults: list[str] = []
    admin.on("pageerror", lambda error: faults.append(str(error)))
    await log_in(admin, demo)

    # The starters, one of one's own, one deleted and taken back.
    await admin.goto(f"{demo.product}/settings/templates")
    await admin.get_by_role("button", name="Добавить 5 готовых").click()
    templates = admin.get_by_role("list", name="Шаблоны ответов")
    await expect(templates.get_by_role("listitem")).to_have_count(5)
    await admin.get_by_role("button", name="Добавить шаблон").click()
    form = admin.get_by_role("dialog", name="Новый шаблон")
    await form.get_by_label("Название").fill("Торг")
    await form.get_by_label("Сокращение").fill("торг")
    await form.get_by_role("button", name="имя", exact=True).click()
    await form.get_by_role("textbox", name="Текст").press_sequentially(", торг у ")
    await form.get_by_role("button", name="город", exact=True).click()
    await expect(form.get_by_role("region", name="Так увидит клиент")).to_contain_text(
        "Сергей, торг у Москва"
    )
    await form.get_by_role("button", name="Сохранить").click()
    await expect(templates.get_by_text("/торг")).to_be_visible()
    await admin.get_by_role("button", name="Удалить шаблон «Торг»").click()
    await expect(templates.get_by_text("/торг")).to_have_count(0)
    await admin.get_by_role("button", name="Вернуть").press("Enter")
    await expect(templates.get_by_text("/торг")).to_be_visible()
    await admin.get_by_label("Найти шаблон").fill("доставк")
    await expect(templates.get_by_role("listitem")).to_have_count(1)

    # In a reply: by the keys, and by the button.
    await buyer_starts_a_talk(buyer, demo, "Здравствуйте! Какая цена?")
    await admin.goto(f"{demo.product}/inbox")
    await admin.get_by_role("link", name=re.compile("Mazda 3")).first.click()
    reply = admin.get_by_role("textbox", name="Напишите ответ")
    await reply.press_sequentially("Добрый день. /цен")
    await expect(admin.get_by_role("option")).to_have_count(1)
    await reply.press("Enter")
    await expect(reply).to_have_value(re.compile(r"^Добрый день. \S+, цена 520.000.₽"))
    await reply.fill("")
    await admin.get_by_role("button", name="шаблон").click()
    await expect(admin.get_by_role("option")).to_have_count(6)
    await reply.press("Escape")
    await expect(admin.get_by_role("option")).to_have_count(0)

    # A variable that nobody filled does not leave unasked.
    await reply.fill("Встретимся у {город}")
    await admin.get_by_role("button", name="Отправить", exact=True).click()
    question = admin.get_by_role("dialog", name="Отправить так?")
    await expect(question).to_contain_text("{город}")
    await question.get_by_role("button", name="Заполнить").click()
    await expect(reply).to_be_focused()
    await expect(reply).to_have_value("Встретимся у {город}")
    assert faults == []
    await context.close()
