"""What an operator does with a talk, by one key each, by the menu, and when it is refused."""

import re

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from scripts.stage import Demo
from tests.browser.talks import office, open_inbox

pytestmark = pytest.mark.browser

UNDO = "Отменить"


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=re.compile(name))


async def new_page(browser: Browser, width: int = 1440) -> Page:
    context = await browser.new_context(
        viewport={"width": width, "height": 860}, locale="ru-RU", reduced_motion="reduce"
    )
    return await context.new_page()


async def open_talk(page: Page, demo: Demo, talk_id: str) -> None:
    await open_inbox(page, demo, f"/inbox/{talk_id}")
    await expect(page.get_by_role("log")).to_be_visible()
    await expect(page.get_by_role("button", name="Ещё действия")).to_be_visible()


async def press_on_russian_layout(page: Page, code: str, key: str) -> None:
    """A key as a keyboard with Russian letters sends it."""
    session = await page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        await session.send("Input.dispatchKeyEvent", {"type": kind, "code": code, "key": key})
    await session.detach()


async def test_each_act_has_one_key_whatever_the_layout(demo: Demo, browser: Browser) -> None:
    async with office(demo) as server:
        talk = await server.talk("Алексей")
        page = await new_page(browser)
        await open_talk(page, demo, talk)
        await server.until(talk, unread_count=0)

        await press_on_russian_layout(page, "KeyT", "е")
        await expect(page.get_by_role("button", name="Вернуть боту")).to_be_visible()
        await server.until(talk, mode="manager")
        await page.keyboard.press("KeyB")
        await expect(page.get_by_role("button", name="Взять", exact=True)).to_be_visible()
        await server.until(talk, mode="bot")
        await page.keyboard.press("KeyP")
        await expect(page.get_by_label("Закреплён")).to_be_visible()
        await server.until(talk, is_pinned=True)

        await page.keyboard.press("KeyA")
        await page.get_by_role("textbox", name="Кому назначить").fill("никому")
        await page.keyboard.press("Enter")
        await server.until(talk, mode="manager", assignee=None)

        await page.keyboard.press("KeyL")
        await page.get_by_role("textbox", name="Метки").fill("торг")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        details = page.get_by_role("complementary")
        await expect(details.get_by_text("торг")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
        [tag] = (await server.api.get("/api/v1/tags")).json()
        await server.until(talk, tag_ids=[tag["id"]])
        await page.context.close()


async def test_what_is_put_away_by_a_key_comes_back(demo: Demo, browser: Browser) -> None:
    async with office(demo) as server:
        talk = await server.talk("Алексей")
        await server.act(talk, "assign", {"assignee_id": None})
        page = await new_page(browser)
        await open_talk(page, demo, talk)
        await server.until(talk, unread_count=0)

        await page.keyboard.press("KeyS")
        await page.get_by_role("button", name="Через час").click()
        await expect(row(page, "Алексей")).to_have_count(0)
        await server.until(talk, status="snoozed")
        column = page.get_by_role("region", name="Менеджер", exact=True)
        await column.get_by_role("button", name="Отложенные").click()
        await expect(row(page, "Алексей")).to_be_visible()
        await page.keyboard.press("KeyS")
        await expect(row(page, "Алексей")).to_have_count(0)
        await server.until(talk, status="open", snoozed_until=None)
        await column.get_by_role("button", name="Открытые", exact=True).click()

        await page.keyboard.press("KeyE")
        await expect(page.get_by_role("button", name="Открыть снова")).to_be_visible()
        await server.until(talk, status="closed", waiting_since=None)
        await page.get_by_role("alert").get_by_role("button", name=UNDO).last.click()
        await expect(row(page, "Алексей")).to_be_visible()
        undone = await server.until(talk, status="open")
        assert undone["waiting_since"] is not None, "who waited waits again"

        await page.keyboard.press("KeyU")
        await expect(page.get_by_text("Выберите чат")).to_be_visible()
        await expect(column.get_by_title("1 непрочитанное сообщение")).to_be_visible()
        await server.until(talk, unread_count=1)
        await page.reload()
        await expect(column.get_by_title("1 непрочитанное сообщение")).to_be_visible()
        await page.context.close()


async def test_a_field_keeps_its_keys(demo: Demo, browser: Browser) -> None:
    async with office(demo) as server:
        talk = await server.talk("Алексей")
        page = await new_page(browser)
        await open_talk(page, demo, talk)

        field = page.get_by_role("textbox", name=re.compile("ответ", re.IGNORECASE))
        await field.press_sequentially("tpe")

        await expect(field).to_have_value("tpe")
        untouched = await server.read(talk)
        assert (untouched["mode"], untouched["is_pinned"], untouched["status"]) == (
            "bot",
            False,
            "open",
        )
        await page.context.close()


async def test_on_a_phone_the_menu_does_the_same(demo: Demo, browser: Browser) -> None:
    async with office(demo) as server:
        talk = await server.talk("Алексей")
        page = await new_page(browser, 390)
        await open_talk(page, demo, talk)
        await server.until(talk, unread_count=0)

        await choose(page, "Назначить")
        await page.get_by_role("option", name="Ирина (вы)").click()
        me = (await server.api.get("/api/v1/me")).json()["user"]
        await server.until(talk, assignee={"id": me["id"], "name": me["name"]})
        await choose(page, "Закрепить")
        await server.until(talk, is_pinned=True)
        await choose(page, "Метки")
        await page.get_by_role("textbox", name="Метки").fill("сегодня")
        await page.get_by_role("option", name="Создать «сегодня»").click()
        await page.get_by_role("button", name="Закрыть").last.click()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await choose(page, "Отложить")
        await page.get_by_role("button", name="Завтра утром").click()
        snoozed = await server.until(talk, status="snoozed")
        assert len(snoozed["tag_ids"]) == 1
        await page.get_by_role("button", name="Вернуть в список").click()
        await server.until(talk, status="open")
        await choose(page, "Закрыть")
        await server.until(talk, status="closed")
        await page.get_by_role("button", name=UNDO).last.click()
        await server.until(talk, status="open")
        await choose(page, "Отметить непрочитанным")
        await expect(page.get_by_role("tab", name="Чаты")).to_have_count(0)
        await expect(page.get_by_role("region", name="Бот", exact=True)).to_be_visible()
        await server.until(talk, unread_count=1)
        await page.context.close()


async def choose(page: Page, item: str) -> None:
    await page.get_by_role("button", name="Ещё действия").click()
    await page.get_by_role("menuitem", name=item).click()


async def test_what_is_refused_is_rolled_back_and_said_plainly(
    demo: Demo, browser: Browser
) -> None:
    async with office(demo) as server:
        talk = await server.talk("Алексей")
        page = await new_page(browser)
        # This window hears nothing of what a colleague does.
        await page.route("**/api/v1/streams/**", lambda route: route.abort())
        await open_talk(page, demo, talk)
        await server.until(talk, unread_count=0)  # the answer to reading it would tell of the close
        await server.act(talk, "close")

        await page.keyboard.press("KeyS")
        await page.get_by_role("button", name="Через час").click()

        notice = page.get_by_role("alert").filter(has_text="Ничего не изменилось")
        await expect(notice).to_contain_text("Чат закрыт.")
        await expect(row(page, "Алексей")).to_be_visible()
        await expect(page.get_by_role("button", name="Вернуть в список")).to_have_count(0)
        assert (await server.read(talk))["status"] == "closed"
        await page.context.close()


async def test_the_keys_lead_through_the_list_and_to_who_waits_longest(
    demo: Demo, browser: Browser
) -> None:
    async with office(demo) as server:
        names = ("Первый", "Второй", "Третий")
        for name in names:
            await server.act(await server.talk(name), "assign", {"assignee_id": None})
        listing = "/api/v1/conversations?mode=manager"
        longest = (await server.api.get(f"{listing}&sort=waiting")).json()["items"]
        first, second, third = [talk["id"] for talk in longest]
        whose = {talk["id"]: talk["contact"]["name"] for talk in longest}
        top, middle, bottom = [
            talk["id"] for talk in (await server.api.get(listing)).json()["items"]
        ]
        page = await new_page(browser)
        await open_inbox(page, demo)
        await expect(row(page, "Третий")).to_be_visible()

        for talk in (first, second, third, first):
            await page.keyboard.press("KeyN")
            await expect(page).to_have_url(re.compile(talk))
            await expect(page.get_by_role("region", name=whose[talk], exact=True)).to_be_visible()
        await row(page, "Второй").click()
        for key, talk in (
            ("KeyJ", bottom),
            ("KeyK", middle),
            ("ArrowUp", top),
            ("ArrowDown", middle),
        ):
            await page.keyboard.press(key)
            await expect(page).to_have_url(re.compile(talk))
            await expect(page.get_by_role("region", name=whose[talk], exact=True)).to_be_visible()

        await page.keyboard.press("Shift+Slash")
        sheet = page.get_by_role("dialog", name="Клавиши")
        await expect(sheet.get_by_text("Следующий, кто ждёт")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(sheet).to_have_count(0)
        await page.context.close()
