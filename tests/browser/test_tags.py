"""The page of the tags: made, changed and deleted there, seen in the inbox."""

import pytest
from playwright.async_api import Browser, expect

from scripts.stage import Demo
from tests.browser.talks import office, open_inbox
from tests.browser.test_acts import new_page, row


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
async def test_a_tag_is_made_changed_and_deleted_on_its_page(
    demo: Demo, browser: Browser, width: int
) -> None:
    async with office(demo) as server:
        talk = await server.talk("Алексей")
        page = await new_page(browser, width)
        await open_inbox(page, demo, "/settings/tags")
        await page.get_by_role("button", name="Новая метка").click()
        window = page.get_by_role("dialog", name="Новая метка")
        await window.get_by_label("Название").fill("торг")
        await window.get_by_text("Сливовый").click()
        await window.get_by_role("button", name="Сохранить").click()
        await expect(page.get_by_role("listitem").filter(has_text="торг")).to_contain_text("0 чат")
        [tag] = (await server.api.get("/api/v1/tags")).json()
        assert (tag["name"], tag["color"]) == ("торг", "plum")
        tagged = await server.api.put(f"/api/v1/conversations/{talk}/tags/{tag['id']}")
        assert tagged.is_success, tagged.text

        await page.reload()
        await page.get_by_role("button", name="Изменить метку «торг»").click()
        await page.get_by_role("dialog").get_by_label("Название").fill("опт")
        await page.get_by_role("dialog").get_by_role("button", name="Сохранить").click()
        await expect(page.get_by_role("listitem").filter(has_text="опт")).to_contain_text("1 чат")
        await page.goto(f"{demo.product}/inbox?tab=bot")
        mark = row(page, "Алексей").get_by_role("img", name="Метки: опт")
        await expect(mark).to_be_visible()

        await page.goto(f"{demo.product}/settings/tags")
        await page.get_by_role("button", name="Удалить метку «опт»").click()
        window = page.get_by_role("dialog", name="Удалить метку")
        await expect(window).to_contain_text("пропадёт из 1 чата")
        await window.get_by_role("button", name="Удалить").click()
        await expect(page.get_by_text("Меток пока нет")).to_be_visible()
        await server.until(talk, tag_ids=[])
        await page.context.close()
