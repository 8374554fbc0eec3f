"""Two people meet in one talk."""

import re

import pytest
from playwright.async_api import Browser, expect

from scripts.stage import Demo
from tests.browser.colleagues import PASSWORD, add_colleague, open_screen, sign_in
from tests.browser.test_main_path import buyer_starts_a_talk

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 390])
async def test_a_colleague_is_seen_locks_the_field_and_can_be_overruled(
    demo: Demo, browser: Browser, width: int
) -> None:
    is_phone = width < 700
    await add_colleague(demo, name="Павел", email="pavel@besedka.local")
    irinas, pavels = await open_screen(browser, width), await open_screen(browser, width)
    irina, pavel, buyer = await irinas.new_page(), await pavels.new_page(), await irinas.new_page()
    await sign_in(irina, demo, email=demo.email, password=demo.password)
    await sign_in(pavel, demo, email="pavel@besedka.local", password=PASSWORD)
    await buyer_starts_a_talk(buyer, demo, "Здравствуйте! Ещё продаёте?")
    rows = [page.get_by_role("link", name=re.compile("Mazda 3")).first for page in (irina, pavel)]
    fields = [page.get_by_role("textbox", name="Напишите ответ") for page in (irina, pavel)]

    # Павел only looks: Ирина sees him in the row and above the field, and may write.
    await rows[1].click()
    await expect(rows[0].get_by_label("Павел смотрит этот чат")).to_be_visible()
    await rows[0].click()
    await expect(irina.get_by_text("Павел смотрит этот чат", exact=True)).to_be_visible()
    await expect(pavel.get_by_text("Ирина смотрит этот чат", exact=True)).to_be_visible()
    await fields[0].fill("Здравствуйте! Да, ")

    # Ирина types: Павел's field is locked, and he answers all the same.
    await expect(pavel.get_by_text("Отвечает Ирина", exact=True)).to_be_visible()
    await expect(fields[1]).not_to_be_editable()
    if not is_phone:
        await expect(rows[1].get_by_text("Ирина печатает…")).to_be_visible()
    override = pavel.get_by_role("button", name="Всё равно ответить")
    await override.focus()
    await pavel.keyboard.press("Enter")
    await expect(fields[1]).to_be_editable()
    await fields[1].fill("Это Павел")
    await expect(pavel.get_by_text("Ирина печатает…", exact=True).last).to_be_visible()
    await expect(fields[0]).to_have_value("Здравствуйте! Да, ")

    # A closed tab is gone at once.
    await pavel.close(run_before_unload=True)
    await expect(irina.get_by_text(re.compile("^Павел"))).to_have_count(0)
    await expect(fields[0]).to_be_editable()
    await irinas.close()
    await pavels.close()
