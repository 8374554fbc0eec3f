"""The main flow goes by the keyboard alone, and the focus is always to be seen."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from scripts.stage import Avito, Demo
from tests.browser.test_accessibility import STILL
from tests.browser.test_main_path import log_in

pytestmark = pytest.mark.browser


async def test_the_main_flow_goes_by_the_keyboard_alone(demo: Demo, browser: Browser) -> None:
    context = await browser.new_context(
        viewport={"width": 1440, "height": 860}, locale="ru-RU", reduced_motion="reduce"
    )
    await context.add_init_script(STILL)
    page = await context.new_page()
    await log_in(page, demo)
    avito = Avito(demo)
    chat = avito.chat("Сергей")
    avito.say(chat, "Здравствуйте! Ещё продаёте?")
    row = page.get_by_role("link", name=re.compile("Mazda 3"))
    await expect(row).to_be_visible()

    await tab_to(page, "Mazda 3")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log").get_by_text("Ещё продаёте?")).to_be_visible()
    await tab_to(page, "^Взять$")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Вернуть боту")).to_be_visible()
    await tab_to(page, "Напишите ответ")
    await page.keyboard.type("Да, приезжайте")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log").get_by_text("Да, приезжайте")).to_be_visible()
    await context.close()


# How the element and the field around it look with the focus, and then without it.
SEES_FOCUS = """() => {
  const element = document.activeElement;
  const shown = () => [element, element.closest('[class*=field]')].filter(Boolean).flatMap(
    (each) => ['', '::before', '::after'].map((part) => {
      const { outline, boxShadow, border, background } = getComputedStyle(each, part || null);
      return [outline, boxShadow, border, background].join();
    })).join();
  const focused = shown();
  element.blur();
  const bare = shown();
  element.focus();
  return [element.getAttribute('aria-label') ?? element.textContent ?? '', focused !== bare];
}"""


async def tab_to(page: Page, name: str) -> None:
    """By Tab alone; on the way there the focus is always to be seen."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        text, is_seen = await page.evaluate(SEES_FOCUS)
        assert is_seen, f"the focus on «{text[:60]}» is not visible"
        if re.search(name, text):
            return
    pytest.fail(f"Tab does not lead to «{name}»")
