"""The conversation itself: every type of message, pictures, quotes, days, and where one reads."""

import asyncio
import re

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, Route, expect

from scripts.stage import SOFA, Avito, Demo
from tests.browser.test_main_path import log_in

pytestmark = pytest.mark.browser


async def open_context(browser: Browser, width: int) -> BrowserContext:
    return await browser.new_context(
        viewport={"width": width, "height": 860}, locale="ru-RU", reduced_motion="reduce"
    )


@pytest.mark.parametrize("width", [1440, 390])
async def test_every_type_of_message_is_shown_for_what_it_is(
    demo: Demo, browser: Browser, width: int
) -> None:
    context = await open_context(browser, width)
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    await log_in(page, demo)
    avito = Avito(demo)
    chat = avito.chat("Марина", item_id=SOFA)
    first = avito.say(chat, "Какая ткань?")
    for kind in ("image", "image", "voice", "location", "call", "video", "file", "appCall"):
        avito.say(chat, type=kind)
    avito.say(chat, type="link", url="https://example.com/oslo", title="Диван «Осло» на складе")
    avito.say(chat, "https://example.com/bare")
    avito.say(chat, type="item", item_id=SOFA)
    avito.say(chat, "Пользователь оставил отзыв", author="system")
    avito.say(chat, type="hologram", content={"depth": 3})
    gone = avito.say(chat, "Это сообщение удалят")
    avito.take_back(chat, gone)
    avito.say(chat, "Вот про ткань", quote_id=first)

    if width < 700:
        await page.get_by_text("Менеджер", exact=False).first.click()
    await page.get_by_role("link", name=re.compile("Диван угловой")).click()
    log = page.get_by_role("log")
    await expect(log.get_by_role("button", name="Открыть фото")).to_have_count(2)
    await expect(log.get_by_text("Голосовое сообщение", exact=True)).to_be_visible()
    await expect(log.get_by_role("link", name=re.compile("Показать на карте"))).to_have_attribute(
        "href", re.compile("yandex.ru/maps/.*37.6075,55.6201")
    )
    for words in (
        "Пропущенный звонок",
        "Видео. Авито не передаёт его содержимое",
        "Файл. Авито не передаёт его содержимое",
        "Звонок в приложении Авито",
        "Пользователь оставил отзыв",
        "Сообщение нового вида",
    ):
        await expect(log.get_by_text(words).first).to_be_attached()
    await expect(log.get_by_role("link", name=re.compile("на складе"))).to_have_attribute(
        "href", "https://example.com/oslo"
    )
    await expect(log.get_by_role("link", name="https://example.com/bare")).to_be_attached()
    await expect(log.get_by_role("link", name=re.compile("38 900"))).to_be_attached()
    await expect(log.get_by_text("Передано менеджеру.")).to_be_attached()

    await the_voice_plays(log)
    await pictures_are_looked_through(page)
    assert faults == []
    await context.close()


async def the_voice_plays(log: Locator) -> None:
    await log.get_by_role("button", name="Слушать").click()
    pause = log.get_by_role("button", name="Пауза")
    await expect(pause.or_(log.get_by_role("slider", name="Место в записи")).first).to_be_visible()


async def pictures_are_looked_through(page: Page) -> None:
    await page.get_by_role("button", name="Открыть фото").first.click()
    box = page.get_by_role("dialog")
    await expect(box).to_contain_text("Фото 1 из 2")
    await page.keyboard.press("ArrowRight")
    await expect(box).to_contain_text("Фото 2 из 2")
    await page.keyboard.press("ArrowRight")  # there is no third
    await expect(box).to_contain_text("Фото 2 из 2")
    picture = box.get_by_role("img", name="Фото от клиента")
    narrow = await width_of(picture)
    await page.keyboard.press("+")
    await expect(box.get_by_role("button", name="Показать фото целиком")).to_be_visible()
    assert await width_of(picture) > narrow
    await page.keyboard.press("0")
    await expect(box.get_by_role("button", name="Увеличить фото")).to_be_visible()
    await box.get_by_role("button", name="Предыдущее фото").click()
    await expect(box).to_contain_text("Фото 1 из 2")
    await page.keyboard.press("Escape")
    await expect(box).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 390])
async def test_a_long_talk_opens_at_what_was_not_read_and_loads_upwards_without_a_jump(
    demo: Demo, browser: Browser, width: int
) -> None:
    context = await open_context(browser, width)
    page = await context.new_page()
    await log_in(page, demo)
    avito = Avito(demo)
    chat = avito.chat("Сергей")
    avito.say(chat, "Позовите менеджера")
    if width < 700:
        await page.get_by_text("Менеджер", exact=False).first.click()
    manager = page.get_by_role("region", name="Менеджер", exact=True)
    row = manager.get_by_role("link", name=re.compile("Mazda 3"))
    await expect(row).to_be_visible()
    for number in range(1, 120):
        avito.say(chat, f"Слово {number}")
    avito.say(chat, "Последнее слово")
    await expect(row).to_contain_text("Последнее слово")
    await row.click()
    log = page.get_by_role("log")

    # More is unread than one page holds: a button leads to the first of it.
    await page.get_by_role("button", name=re.compile("К непрочитанн")).click()
    await expect(log.get_by_text("Позовите менеджера", exact=True)).to_be_in_viewport()
    await expect(log.get_by_text("Новые сообщения", exact=True)).to_be_in_viewport()

    # What comes meanwhile moves nothing, and is counted.
    before = await top_of(log.get_by_text("Слово 3", exact=True))
    avito.say(chat, "Ещё одно")
    fresh = page.get_by_role("button", name=re.compile("1 новое"))
    await expect(fresh).to_be_visible()
    assert abs(await top_of(log.get_by_text("Слово 3", exact=True)) - before) <= 1
    await fresh.click()
    await expect(log.get_by_text("Ещё одно", exact=True)).to_be_in_viewport()
    await expect(fresh).to_have_count(0)

    # Opened anew it holds the latest page; the next one comes above without a jump.
    may_come = asyncio.Event()

    async def hold(route: Route) -> None:
        await may_come.wait()
        await route.continue_()

    await page.route(re.compile(r"/messages\?.*cursor="), hold)
    await page.reload()
    await expect(log.get_by_text("Ещё одно", exact=True)).to_be_in_viewport()
    scroller = page.locator("div:has(> [role=log])")
    await scroller.evaluate("element => { element.scrollTop = -element.scrollHeight }")
    anchor = log.get_by_text("Слово 76", exact=True)
    await expect(anchor).to_be_in_viewport()
    await expect(log.get_by_text("Слово 60", exact=True)).to_have_count(0)
    before = await top_of(anchor)
    may_come.set()
    await expect(log.get_by_text("Слово 60", exact=True)).to_be_attached()
    assert abs(await top_of(anchor) - before) <= 1
    await context.close()


async def width_of(element: Locator) -> float:
    box = await element.bounding_box()
    assert box is not None
    return box["width"]


async def top_of(element: Locator) -> float:
    box = await element.bounding_box()
    assert box is not None
    return box["y"]
