"""Somebody waits for a person: heard, shown on the desktop, and told by the tab."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from scripts.stage import Demo
from tests.browser.colleagues import open_screen, until
from tests.browser.test_main_path import buyer_starts_a_talk, buyer_writes, log_in

pytestmark = pytest.mark.browser

# What leaves the page for the loudspeaker and the desktop.
_LISTEN = """
window.heard = { notes: 0, notices: [], asked: 0 };
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) {
  window.heard.notes += 1;
  return start.apply(this, when);
};
const ask = Notification.requestPermission.bind(Notification);
const Real = Notification;
window.Notification = class extends EventTarget {
  static get permission() { return Real.permission; }
  static requestPermission() { window.heard.asked += 1; return ask(); }
  constructor(title, options) {
    super();
    window.heard.notices.push({ title, tag: options.tag, body: options.body });
    window.lastNotice = this;
  }
  close() {}
};
"""


async def notes(page: Page) -> int:
    count: int = await page.evaluate("window.heard.notes")
    return count


async def menu(page: Page) -> None:
    await page.get_by_role("button", name=re.compile("^Меню")).click()


@pytest.mark.parametrize("width", [1440, 390])
async def test_a_customer_who_waits_is_heard_shown_and_counted_as_the_switches_say(
    demo: Demo, browser: Browser, width: int
) -> None:
    context = await open_screen(browser, width, permissions=["notifications"])
    operator, buyer = await context.new_page(), await context.new_page()
    await operator.add_init_script(_LISTEN)
    await log_in(operator, demo)
    assert await operator.evaluate("window.heard.asked") == 0
    plain_icon = await operator.locator('link[rel="icon"]').get_attribute("href")

    # The switch of the notifications asks for leave; sound is on from the start.
    await menu(operator)
    await expect(operator.get_by_role("switch", name="Звук")).to_be_checked()
    await operator.get_by_role("switch", name=re.compile("^Уведомления")).click()
    await expect(operator.get_by_role("switch", name=re.compile("^Уведомления"))).to_be_checked()
    assert await operator.evaluate("window.heard.asked") == 1
    await operator.keyboard.press("Escape")

    # The bot answers by itself: nobody is called.
    await buyer_starts_a_talk(buyer, demo, "Здравствуйте! Ещё продаёте?")
    await expect(buyer.locator(".bubble:not(.mine)")).to_have_count(1)
    assert await notes(operator) == 0

    # It hands over: a sound, a notice, a number in the title and on the icon.
    await buyer_writes(buyer, "Позовите, пожалуйста, менеджера")
    await until(operator, "window.heard.notices.length > 0 && window.heard.notes > 0")
    await expect(operator).to_have_title(re.compile(r"^\(1\) Беседка"))
    icon = await operator.locator('link[rel="icon"]').get_attribute("href")
    assert icon != plain_icon
    (notice,) = (await operator.evaluate("window.heard.notices"))[-1:]
    assert notice["title"]

    # A click on the notice opens the talk; there nothing sounds while it is in front.
    await operator.evaluate("window.lastNotice.onclick()")
    await expect(operator).to_have_url(re.compile(f"/inbox/{notice['tag']}"))
    await operator.bring_to_front()
    await expect(operator.get_by_role("log").get_by_text("Позовите").last).to_be_visible()
    before = await operator.evaluate("window.heard")
    await operator.evaluate("document.hasFocus = () => true")
    await buyer_writes(buyer, "Вы тут?")
    await expect(operator.get_by_role("log").get_by_text("Вы тут?").last).to_be_visible()
    assert await operator.evaluate("window.heard") == before

    # Elsewhere it sounds again, unless the switch is off.
    await operator.evaluate("document.hasFocus = () => false")
    await buyer_writes(buyer, "Жду ответа")
    await until(operator, f"window.heard.notes > {before['notes']}")
    if width < 700:  # an open talk takes the whole phone
        await operator.get_by_label("К списку чатов").click()
    await menu(operator)
    await operator.get_by_role("switch", name="Звук").click()
    await expect(operator.get_by_role("switch", name="Звук")).not_to_be_checked()
    await operator.keyboard.press("Escape")
    silent = await notes(operator)
    shown = await operator.evaluate("window.heard.notices.length")
    await buyer_writes(buyer, "Алло")
    await until(operator, f"window.heard.notices.length > {shown}")
    assert await notes(operator) == silent
    await context.close()
