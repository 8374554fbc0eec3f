"""Several rows are chosen and one thing is done with all of them."""

import re

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from scripts.stage import Demo
from tests.browser.talks import office, open_inbox
from tests.browser.test_acts import UNDO, new_page, row

pytestmark = pytest.mark.browser

NAMES = ("Алексей", "Борис", "Вера", "Галина")


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=f"Выбрать чат: {name}")


async def test_chosen_rows_are_closed_together_and_come_back_by_undo(
    demo: Demo, browser: Browser
) -> None:
    async with office(demo) as server:
        talks = [await server.talk(name) for name in NAMES]
        page = await new_page(browser)
        await open_inbox(page, demo)
        bar = page.get_by_role("toolbar", name="Действия с выбранными чатами")

        # Галина stands on top: the latest first.
        await row(page, "Галина").hover()
        await box(page, "Галина").check()
        await row(page, "Борис").click(modifiers=["Shift"])
        await expect(bar).to_contain_text("Выбрано 3 чата")
        await page.keyboard.press("Escape")
        await expect(bar).to_have_count(0)

        await row(page, "Вера").hover()
        await box(page, "Вера").check()
        await page.mouse.move(700, 400)
        await page.keyboard.press("Control+KeyA")
        await expect(bar).to_contain_text("Выбрано 4 чата")
        await box(page, "Алексей").uncheck()
        await bar.get_by_role("button", name="Закрыть", exact=True).click()
        for name in NAMES[1:]:
            await expect(row(page, name)).to_have_count(0)
        await expect(row(page, "Алексей")).to_be_visible()
        notice = page.get_by_role("alert").filter(has_text="Закрыто: 3 чата")
        for talk in talks[1:]:
            await server.until(talk, status="closed")

        await notice.get_by_role("button", name=UNDO).click()
        await expect(row(page, "Борис")).to_be_visible()
        for talk in talks[1:]:
            await server.until(talk, status="open", unread_count=1)
        await page.context.close()


async def test_every_act_of_the_bar_reaches_the_server(demo: Demo, browser: Browser) -> None:
    async with office(demo) as server:
        one, other = [await server.talk(name) for name in NAMES[:2]]
        page = await new_page(browser)
        await open_inbox(page, demo)
        bar = page.get_by_role("toolbar", name="Действия с выбранными чатами")
        await choose_both(page)

        async def both(**wanted: object) -> None:
            for talk in (one, other):
                await server.until(talk, **wanted)

        await bar.get_by_role("button", name="Отметить прочитанными").click()
        await both(unread_count=0)
        await page.keyboard.press("KeyU")
        await both(unread_count=1)
        await page.keyboard.press("KeyL")
        await page.get_by_role("textbox", name="Метки").fill("опт")
        await page.get_by_role("option", name="Создать «опт»").click()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await expect(row(page, NAMES[0]).get_by_role("img", name="опт")).to_be_visible()
        [tag] = (await server.api.get("/api/v1/tags")).json()
        await both(tag_ids=[tag["id"]])
        await bar.get_by_role("button", name="Взять", exact=True).click()
        await both(mode="manager")

        await choose_both(page)
        await bar.get_by_role("button", name="Назначить").click()
        await page.get_by_role("option", name="Никому").click()
        await both(assignee=None)
        await bar.get_by_role("button", name="Вернуть боту").click()
        await both(mode="bot")
        await choose_both(page)
        await bar.get_by_role("button", name="Отложить").click()
        await page.get_by_role("button", name="Завтра утром").click()
        await both(status="snoozed")
        await page.context.close()


async def choose_both(page: Page) -> None:
    for name in NAMES[:2]:
        await row(page, name).hover()
        await box(page, name).check()


async def test_what_was_refused_of_many_is_said_and_rolled_back(
    demo: Demo, browser: Browser
) -> None:
    async with office(demo) as server:
        one, other = [await server.talk(name) for name in NAMES[:2]]
        page = await new_page(browser)
        await page.route("**/api/v1/streams/**", lambda route: route.abort())
        await open_inbox(page, demo)
        await choose_both(page)
        await server.act(other, "close")

        await page.keyboard.press("KeyS")
        await page.get_by_role("button", name="Через час").click()

        done = re.compile(r"Отложено \(.+\): 1 чат\.")
        notice = page.get_by_role("alert").filter(has_text=done)
        await expect(notice).to_contain_text("Не получилось с 1 чатом: Чат закрыт.")
        await expect(row(page, "Борис")).to_be_visible()
        await expect(row(page, "Алексей")).to_have_count(0)
        await server.until(one, status="snoozed")
        await notice.get_by_role("button", name=UNDO).click()
        await expect(row(page, "Алексей")).to_be_visible()
        await server.until(one, status="open")
        assert (await server.read(other))["status"] == "closed"
        await page.context.close()


async def test_on_a_phone_a_long_touch_chooses_and_a_tap_adds(demo: Demo, browser: Browser) -> None:
    async with office(demo) as server:
        one, other = [await server.talk(name) for name in NAMES[:2]]
        context = await browser.new_context(
            viewport={"width": 390, "height": 844}, locale="ru-RU", has_touch=True, is_mobile=True
        )
        page = await context.new_page()
        await open_inbox(page, demo)
        bar = page.get_by_role("toolbar", name="Действия с выбранными чатами")

        place = await row(page, "Алексей").bounding_box()
        assert place is not None
        touch = {"x": place["x"] + 150, "y": place["y"] + 30}
        session = await context.new_cdp_session(page)
        start = {"type": "touchStart", "touchPoints": [touch]}
        await session.send("Input.dispatchTouchEvent", start)
        await expect(bar).to_contain_text("Выбран 1 чат")
        await session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        await expect(page).to_have_url(re.compile(r"/inbox$"))
        await row(page, "Борис").tap()
        await expect(bar).to_contain_text("Выбрано 2 чата")

        await bar.get_by_role("button", name="Закрыть", exact=True).tap()
        for talk in (one, other):
            await server.until(talk, status="closed")
        await expect(page.get_by_text("Бот пока ни с кем не говорит")).to_be_visible()
        await context.close()
