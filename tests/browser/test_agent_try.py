"""Working hours and the test chat, where an admin sets the assistant up."""

import re

import pytest
from playwright.async_api import Browser, expect

from scripts.stage import Demo
from tests.browser.test_main_path import log_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 390])
async def test_working_hours_are_kept_and_the_test_chat_answers_from_a_document_or_says_why_not(
    demo: Demo, browser: Browser, width: int
) -> None:
    context = await browser.new_context(
        viewport={"width": width, "height": 860}, locale="ru-RU", reduced_motion="reduce"
    )
    admin = await context.new_page()
    await log_in(admin, demo)
    document = {"title": "Доставка", "text": "Доставка по Казани стоит 700 рублей."}
    added = await admin.request.post(f"{demo.product}/api/v1/documents", data=document)
    assert added.ok, await added.text()

    # Working hours: a day of its own, a day off, and what happens outside of them.
    await admin.goto(f"{demo.product}/settings/assistant")
    panes = admin.get_by_role("radiogroup", name="Разделы ассистента")
    await panes.get_by_text("Настройки", exact=True).click()
    hours = admin.get_by_role("switch", name="Рабочие часы")
    monday_start = admin.get_by_label("Понедельник, начало")
    friday = admin.get_by_role("checkbox", name="Пятница")
    as_usual = admin.get_by_role("radio", name="Отвечать как обычно")
    wrong = admin.get_by_text("Конец должен быть позже начала")
    await hours.check()
    await monday_start.fill("19:00")
    await expect(wrong).to_be_visible()
    await monday_start.fill("10:30")
    await expect(wrong).to_be_hidden()
    await admin.get_by_role("button", name="Понедельник: добавить промежуток").click()
    await friday.uncheck()
    await as_usual.check()
    await admin.get_by_role("button", name="Сохранить").click()
    await expect(admin.get_by_text("Настройки сохранены")).to_be_visible()
    await admin.reload()
    await expect(hours).to_be_checked()
    await expect(monday_start.first).to_have_value("10:30")
    await expect(monday_start).to_have_count(2)
    await expect(friday).not_to_be_checked()
    await expect(as_usual).to_be_checked()

    # The test chat: an answer with its receipt, and a question that would go to a person.
    await panes.get_by_text("Проверка", exact=True).click()
    question = admin.get_by_role("textbox", name="Вопрос покупателя")
    talk = admin.get_by_role("log", name="Проверка ассистента")
    await question.fill("Сколько стоит доставка по Казани?")
    await question.press("Enter")
    await expect(talk).to_contain_text("700")
    await talk.get_by_role("button", name=re.compile("источник")).click()
    await expect(admin.get_by_role("dialog").get_by_text(document["text"])).to_be_visible()
    await admin.keyboard.press("Escape")
    await question.fill("Позовите человека, пожалуйста")
    await admin.get_by_role("button", name="Спросить").click()
    await expect(talk.get_by_text(re.compile("^Позовёт человека: "))).to_be_visible()

    # Nothing of it is kept.
    await admin.get_by_role("button", name="Начать сначала").click()
    await expect(talk).to_contain_text("Напишите как покупатель")
    await admin.get_by_role("link", name=re.compile("^Чаты")).click()
    await expect(admin.get_by_text("Бот пока ни с кем не говорит")).to_be_visible()
    await context.close()
