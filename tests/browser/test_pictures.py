"""Pictures by button, paste and drop, as the operator sends them and the buyer gets them."""

import re
from base64 import b64encode

import pytest
from playwright.async_api import Browser, FilePayload, Locator, Page, expect

from scripts.stage import Demo
from tests.browser.test_main_path import buyer_starts_a_talk, log_in
from tests.factories import picture

pytestmark = pytest.mark.browser

YARD: FilePayload = {
    "name": "двор.jpg",
    "mimeType": "image/jpeg",
    "buffer": picture("JPEG", (1200, 800)),
}
# What a person does with files beyond any button: the browser's own events, with real files.
BRING = """(target, [kind, name, type, data]) => {
    const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], name, { type }));
    const at = { bubbles: true, cancelable: true };
    const event = kind === "paste"
        ? new ClipboardEvent(kind, { ...at, clipboardData: transfer })
        : new DragEvent(kind, { ...at, dataTransfer: transfer });
    target.dispatchEvent(event);
}"""


async def bring(
    target: Locator, kind: str, data: bytes, name: str = "a.png", media_type: str = "image/png"
) -> None:
    await target.evaluate(BRING, [kind, name, media_type, b64encode(data).decode()])


async def open_talk(operator: Page, buyer: Page, demo: Demo) -> None:
    await log_in(operator, demo)
    await buyer_starts_a_talk(buyer, demo, "Здравствуйте! Какая цена?")
    await operator.get_by_role("link", name=re.compile("Mazda 3")).first.click()
    await operator.get_by_role("button", name="Взять", exact=True).click()
    await expect(operator.get_by_role("button", name="Вернуть боту")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
async def test_pictures_are_brought_looked_over_sent_and_seen(
    demo: Demo, browser: Browser, width: int
) -> None:
    context = await browser.new_context(
        viewport={"width": width, "height": 844}, has_touch=width < 700, locale="ru-RU"
    )
    operator, buyer = await context.new_page(), await context.new_page()
    faults: list[str] = []
    operator.on("pageerror", lambda error: faults.append(str(error)))
    await open_talk(operator, buyer, demo)
    tray = operator.get_by_role("list", name="Приложенные фото").get_by_role("listitem")
    field = operator.get_by_role("textbox", name="Напишите ответ")
    talk = operator.get_by_role("region", name=re.compile(".")).filter(has=field).last
    chooser = operator.locator("input[type=file]")

    # By button; and one that is taken away again.
    await chooser.set_input_files([YARD, YARD | {"name": "лишнее.jpg"}])
    await expect(tray).to_have_count(2)
    await tray.nth(1).get_by_role("button", name="Убрать фото").click()
    # By paste and by drop over the whole talk, where a zone shows.
    await bring(field, "paste", picture("PNG", (300, 200)))
    await bring(talk, "dragenter", picture())
    await expect(operator.get_by_text("Отпустите, чтобы приложить фото")).to_be_visible()
    await bring(talk, "drop", picture("PNG", (200, 300)))
    await expect(operator.get_by_text("Отпустите, чтобы приложить фото")).to_be_hidden()
    await expect(tray).to_have_count(3)
    # What cannot go is said at once and does not join them.
    await bring(field, "paste", b"%PDF-1.7", "договор.pdf", "application/pdf")
    await expect(operator.get_by_text("«договор.pdf» не приложить")).to_be_visible()
    # What only looks like a picture is refused by the server, and can be taken away.
    await bring(field, "paste", b"not a picture", "обман.png")
    await expect(operator.get_by_role("alert").get_by_text("Это не картинка")).to_be_visible()
    await tray.last.get_by_role("button", name="Убрать фото").click()
    await expect(tray).to_have_count(3)

    await field.fill("Вот двор и гараж")
    await operator.get_by_role("button", name="Отправить", exact=True).click()

    await expect(tray).to_have_count(0)
    shots = buyer.locator(".bubble:not(.mine) img.shot")
    await expect(shots).to_have_count(3)
    await expect(buyer.get_by_text("Вот двор и гараж")).to_be_visible()
    sizes = [await shot.evaluate("(img) => img.decode().then(() => img.naturalWidth)")
             for shot in await shots.all()]  # fmt: skip
    assert sizes == [1200, 300, 200]
    sent = operator.get_by_role("button", name="Открыть фото")
    await expect(sent).to_have_count(3)
    await sent.first.click()
    shown = operator.get_by_role("dialog").get_by_role("img", name="Отправленное фото")
    await expect(shown).to_be_visible()
    assert await shown.evaluate("(img) => img.decode().then(() => img.naturalWidth)") == 1200
    assert faults == []
    await context.close()


async def test_an_upload_that_fails_is_tried_again_and_a_cancelled_reply_gives_its_pictures_back(
    demo: Demo, browser: Browser
) -> None:
    context = await browser.new_context(viewport={"width": 1440, "height": 860}, locale="ru-RU")
    operator, buyer = await context.new_page(), await context.new_page()
    await open_talk(operator, buyer, demo)
    tray = operator.get_by_role("list", name="Приложенные фото").get_by_role("listitem")
    field = operator.get_by_role("textbox", name="Напишите ответ")

    await operator.route("**/attachments", lambda route: route.abort())
    await operator.locator("input[type=file]").set_input_files([YARD])
    retry = operator.get_by_role("button", name="Загрузить снова")
    await expect(retry).to_be_visible()
    await operator.unroute("**/attachments")
    await retry.click()
    await expect(operator.get_by_role("button", name="Отправить", exact=True)).to_be_enabled()

    await field.press("Enter")
    await expect(operator.get_by_role("button", name="Открыть фото")).to_have_count(1)
    await field.press("Control+z")
    await expect(tray).to_have_count(1)
    await field.fill("С подписью")
    await field.press("Enter")
    await expect(buyer.get_by_text("С подписью")).to_be_visible()
    await expect(buyer.locator(".bubble:not(.mine) img.shot")).to_have_count(1)
    await context.close()
