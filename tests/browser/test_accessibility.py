"""axe looks every screen over, and the main flow goes by the keyboard alone."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, expect

from scripts.stage import SOFA, Avito, Demo, EmptyInstallation
from tests.browser.conftest import needed
from tests.browser.test_main_path import log_in
from tests.browser.test_search import ask_until_found

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
SEVERE = ("serious", "critical")
THEMES = ("light", "dark")
# Each with what is seen once the page has what it shows.
PAGES = {
    "assistant": "Добавить документ",
    "assistant?tab=settings": "Инструкции",
    "assistant?document=new": "Новый документ",
    "templates": "Добавить шаблон",
    "channels": "Последний вебхук",
    "tags": "торг sky",
    "users": "Пригласить",
    "workspace": "Часовой пояс",
    "profile": "Как выглядит и звучит",
    "diagnostics": "Проверено в",
    "developer": "Наполнить чатами",
    "nowhere": "Такой страницы нет",
}

# A colour on its way from one theme to the other is no colour of either.
STILL = """
const still = new CSSStyleSheet();
still.replaceSync(`*, ::before, ::after {
  transition: none !important; animation: none !important
}`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
"""


class Eye:
    """Collects what axe finds wrong in both themes, with the screen it was found on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []

    async def look(self, screen: str) -> None:
        if not await self.page.evaluate("() => 'axe' in window"):
            await self.page.evaluate(AXE.read_text())
        for theme in THEMES:
            await self.turn(theme)
            await self.search(f"{screen}, {theme}", only_colours=theme != THEMES[0])

    async def turn(self, theme: str) -> None:
        await self.page.emulate_media(
            color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce"
        )
        html = self.page.locator("html")
        await expect(html).to_have_attribute("data-mantine-color-scheme", theme)

    async def search(self, where: str, *, only_colours: bool) -> None:
        """What is not a colour is the same in the other theme."""
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if only_colours:
            options["runOnly"] = ["color-contrast"]
        report: dict[str, Any] = await self.page.evaluate(
            "(options) => axe.run(document, options)", options
        )
        for violation in report["violations"]:
            if violation["impact"] in SEVERE:
                self.found += [
                    f"{where}: {violation['id']}: {node['html'][:160]} {node['failureSummary']}"
                    for node in violation["nodes"][:3]
                ]


async def new_page(browser: Browser, width: int) -> Page:
    if not AXE.exists():
        needed("no axe-core: run `make web`")
    is_phone = width < 700
    context = await browser.new_context(
        viewport=ViewportSize(width=width, height=844 if is_phone else 860),
        locale="ru-RU",
        reduced_motion="reduce",
        has_touch=is_phone,
        is_mobile=is_phone,
    )
    await context.add_init_script(STILL)
    return await context.new_page()


@pytest.mark.developing
@pytest.mark.parametrize("width", [1440, 390])
async def test_axe_finds_nothing_serious_on_any_screen(
    demo: Demo, browser: Browser, width: int
) -> None:
    page = await new_page(browser, width)
    eye = Eye(page)
    is_phone = width < 700
    await page.goto(demo.product)
    await expect(page.get_by_label("Эл. почта")).to_be_visible()
    await eye.look("login")
    await log_in(page, demo)
    await eye.look("empty inbox")
    talk = await a_talk_of_all_types(demo, page.context)

    await page.goto(f"{demo.product}/inbox?tab=manager")
    await expect(row(page)).to_be_visible()
    await eye.look("inbox with talks")
    await look_at_chosen_rows(page, eye, is_phone=is_phone)
    await look_at_talk(page, eye, demo, talk, is_phone=is_phone)
    await look_at_what_keys_open(page, eye)
    await page.goto(f"{demo.product}/inbox?q=телефон")
    await ask_until_found(page, "телефон")
    await eye.look("search")
    await look_at_settings(page, eye, demo)

    assert not eye.found, "\n".join(eye.found)
    await page.context.close()


@pytest.mark.parametrize("width", [1440, 390])
async def test_axe_finds_nothing_serious_in_the_wizard(
    empty: EmptyInstallation, browser: Browser, width: int
) -> None:
    page = await new_page(browser, width)
    eye = Eye(page)
    await page.goto(empty.setup_link)
    await page.get_by_role("button", name="Дальше").click()
    await expect(page.get_by_text("Укажите имя")).to_be_visible()
    await eye.look("owner")
    await page.get_by_label("Имя").fill("Ирина")
    await page.get_by_label("Эл. почта").fill("irina@example.com")
    await page.get_by_label("Пароль", exact=True).fill("надёжный пароль")
    await page.get_by_label("Название компании").fill("Автодвор")
    await page.get_by_role("button", name="Дальше").click()
    await expect(page.get_by_role("heading", name="Подключите Авито")).to_be_visible()
    await eye.look("channel")
    await page.get_by_role("button", name="Попробовать с симулятором").click()
    checks = page.get_by_role("list", name="Проверка подключения")
    await expect(checks.locator("[data-check=message]")).to_have_attribute("data-state", "running")
    await eye.look("checks of the channel")
    await page.goto(f"{empty.product}/setup?step=agent")
    await expect(page.get_by_label("Как отвечать")).to_be_visible()
    await eye.look("agent")

    assert not eye.found, "\n".join(eye.found)
    await page.context.close()


def row(page: Page) -> Any:
    return page.get_by_role("link", name=re.compile("Диван угловой"))


async def a_talk_of_all_types(demo: Demo, context: BrowserContext) -> str:
    """The id of a talk that a person has, with every kind of message, a note and a tag."""
    avito = Avito(demo)
    chat = avito.chat("Марина", item_id=SOFA)
    avito.say(chat, "Позовите менеджера. Мой телефон 8 916 123-42-18")
    for kind in ("image", "voice", "location", "call", "video", "hologram"):
        avito.say(chat, type=kind)
    avito.say(chat, type="link", url="https://example.com/oslo", title="Диван на складе")
    avito.say(chat, type="item", item_id=SOFA)
    other = avito.chat("Сергей")
    avito.say(other, "Сколько хозяев по ПТС?")
    api = f"{demo.product}/api/v1"
    found: list[Any] = []
    async with asyncio.timeout(30):
        while len(found) < 2:
            found = (await (await context.request.get(f"{api}/conversations")).json())["items"]
            await asyncio.sleep(0.1)
    talk: str = next(each["id"] for each in found if each["contact"]["name"] == "Марина")
    origin = {"Origin": demo.product}
    colours = ("stone", "sky", "teal", "plum", "pink", "brown")
    for path, body in (
        (f"conversations/{talk}/notes", {"text": "Перезвонить после шести"}),
        *(("tags", {"name": f"торг {colour}", "color": colour}) for colour in colours),
    ):
        answer = await context.request.post(f"{api}/{path}", data=body, headers=origin)
        assert answer.ok, await answer.text()
    return talk


async def look_at_chosen_rows(page: Page, eye: Eye, *, is_phone: bool) -> None:
    bar = page.get_by_role("toolbar", name="Действия с выбранными чатами")
    if is_phone:
        place = await row(page).bounding_box()
        assert place is not None
        touch = {"x": place["x"] + 150, "y": place["y"] + 30}
        session = await page.context.new_cdp_session(page)
        for kind, points in (("touchStart", [touch]), ("touchEnd", [])):
            if kind == "touchEnd":
                await expect(bar).to_be_visible()
            await session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    else:
        await row(page).hover()
        await page.get_by_role("checkbox", name="Выбрать чат: Марина").check()
    await expect(bar).to_contain_text("Выбран 1 чат")
    await eye.look("bar of chosen rows")
    await page.keyboard.press("Escape")


async def look_at_talk(page: Page, eye: Eye, demo: Demo, talk: str, *, is_phone: bool) -> None:
    await page.goto(f"{demo.product}/inbox/{talk}")
    await expect(page.get_by_role("log").get_by_text("Передано менеджеру.")).to_be_visible()
    if is_phone:
        await page.get_by_role("button", name=re.compile("^Марина")).click()
        await expect(page.get_by_role("dialog")).to_contain_text("916")
    else:
        await expect(page.get_by_role("complementary")).to_contain_text("916")
    await eye.look("talk and details")
    if is_phone:
        await close_dialog(page)
    await page.get_by_role("button", name="Ещё действия").click()
    await expect(page.get_by_role("menu")).to_be_visible()
    await eye.look("menu of the talk")
    await page.get_by_role("menuitem", name="Заблокировать клиента").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await eye.look("dialog")
    await close_dialog(page)
    await page.get_by_role("button", name="Открыть фото").first.click()
    await expect(page.get_by_role("dialog")).to_contain_text("Фото")
    await eye.look("picture")
    await close_dialog(page)


async def look_at_what_keys_open(page: Page, eye: Eye) -> None:
    """Standing in the talk."""
    for key, inside, screen in (
        ("KeyS", page.get_by_role("button", name="Через час"), "snooze picker"),
        ("KeyL", page.get_by_role("textbox", name="Метки"), "tag picker"),
        ("Shift+Slash", page.get_by_text("Следующий, кто ждёт"), "help sheet"),
        ("Control+KeyK", page.get_by_role("textbox", name="Действие, раздел"), "palette"),
    ):
        await page.keyboard.press(key)
        await expect(inside).to_be_visible()
        await eye.look(screen)
        await close_dialog(page)
    field = page.get_by_role("textbox", name="Напишите ответ")
    await field.fill("Напомню о себе")
    await page.get_by_role("button", name="Позже").click()
    await expect(page.get_by_role("button", name=re.compile("^Завтра утром"))).to_be_visible()
    await eye.look("send-later picker")
    await close_dialog(page)
    await field.fill("")


async def close_dialog(page: Page) -> None:
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def look_at_settings(page: Page, eye: Eye, demo: Demo) -> None:
    for path, seen in PAGES.items():
        await page.goto(f"{demo.product}/settings/{path}")
        await expect(page.locator("body")).to_contain_text(seen)
        await expect(page.locator("[aria-busy=true]")).to_have_count(0)
        await eye.look(path)
    await page.goto(f"{demo.product}/settings/users")
    await page.get_by_role("button", name="Пригласить").click()
    await expect(page.get_by_role("button", name="Сделать ссылку")).to_be_visible()
    await eye.look("invitation")
    await page.goto(f"{demo.product}/settings/templates")
    await page.get_by_role("button", name="Добавить 5 готовых").click()
    await page.get_by_role("button", name="Добавить шаблон").click()
    await expect(page.get_by_role("dialog", name="Новый шаблон")).to_be_visible()
    await eye.look("new template")
