"""Take the pictures of the READMEs from the real product beside a simulated Avito.

Starts both on an empty folder, lets buyers write and an operator answer, and writes docs/images/.
Needs the web app (`make web`) and Chromium.
"""

import sys
import tempfile
import time
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from scripts.stage import (
    CHROMIUM,
    CHROMIUM_ARGUMENTS,
    FLAT,
    KITCHEN,
    MAZDA,
    SOFA,
    TYRES,
    Avito,
    Demo,
)

IMAGES = Path(__file__).parents[1] / "docs" / "images"
MOST_BYTES = 300_000
COMES_WITHIN_S = 60
SHOWN_WITHIN_MS = 30_000
LOGIN = {"email": Demo.email, "password": Demo.password}


@dataclass
class Stage:
    product: str
    avito: Avito
    client: httpx.Client

    def conversation(self, name: str, mode: str) -> str:
        """Its id, once it is where it belongs."""
        deadline = time.monotonic() + COMES_WITHIN_S
        while time.monotonic() < deadline:
            answer = self.client.get("/api/v1/conversations", params={"mode": mode})
            for each in answer.raise_for_status().json()["items"]:
                if each["contact"]["name"] == name:
                    found: str = each["id"]
                    return found
            time.sleep(0.2)
        sys.exit(f"the talk with {name} did not come to {mode}")

    def act(self, conversation: str, act: str, body: dict[str, Any] | None = None) -> None:
        self.client.post(
            f"/api/v1/conversations/{conversation}/{act}", json=body
        ).raise_for_status()


def main() -> None:
    expect.set_options(timeout=SHOWN_WITHIN_MS)
    with (
        tempfile.TemporaryDirectory() as folder,
        Demo(Path(folder)) as demo,
        httpx.Client(base_url=demo.product, headers={"Origin": demo.product}) as client,
        sync_playwright() as playwright,
    ):
        client.post("/api/v1/auth/login", json=LOGIN).raise_for_status()
        stage = Stage(demo.product, Avito(demo), client)
        talk = play(stage)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_ARGUMENTS])
        for theme, name in (("light", "inbox"), ("dark", "inbox-dark")):
            page = signed_in(browser, stage, width=1440, height=860, theme=theme)
            page.goto(f"{stage.product}/inbox/{talk}")
            expect(page.get_by_role("log").get_by_text("Подъезжайте", exact=False)).to_be_visible()
            expect(page.get_by_role("complementary")).to_contain_text("+7")
            take(page, name)
        phone = signed_in(browser, stage, width=390, height=844, theme="light")
        phone.goto(f"{stage.product}/inbox/{talk}")
        expect(phone.get_by_role("log").get_by_text("Подъезжайте", exact=False)).to_be_visible()
        take(phone, "inbox-phone")
        page = signed_in(browser, stage, width=1440, height=860, theme="light")
        page.goto(f"{stage.product}/settings/assistant")
        expect(page.get_by_role("link", name="Добавить документ")).to_be_visible()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        take(page, "assistant")
        browser.close()


def play(stage: Stage) -> str:
    """A morning of a small shop; the id of the talk that the pictures show."""
    avito = stage.avito
    avito.say(avito.chat("Ольга Петровна", item_id=FLAT), "Добрый день! Можно с кошкой?")
    avito.say(
        avito.chat("Марина К.", item_id=SOFA), "Какая ткань и сколько стоит доставка по Москве?"
    )
    avito.say(avito.chat("Алексей", item_id=TYRES), "Здравствуйте! Какой остаток протектора?")
    kitchen = avito.chat("Екатерина", item_id=KITCHEN)
    avito.say(kitchen, "Пришлите, пожалуйста, договор. Позовите менеджера")
    sergey = avito.chat("Сергей Волков", item_id=MAZDA)
    avito.say(sergey, "Здравствуйте! Ещё продаёте? Сколько хозяев по ПТС?")
    talk = stage.conversation("Сергей Волков", "bot")
    wait_for(stage, talk, "bot")
    avito.say(sergey, "Сегодня могу приехать. За 480 отдадите? Мой телефон 8 916 123-42-18")
    stage.conversation("Сергей Волков", "manager")
    stage.conversation("Екатерина", "manager")
    stage.act(talk, "take-over")
    stage.act(talk, "notes", {"text": "Минимум 490, если заберёт сегодня. Резина в подарок."})
    reply = "Сергей, 490 000 и комплект зимней резины в подарок. Подъезжайте до 19:00."
    stage.act(talk, "messages", {"text": reply})
    wait_for(stage, talk, "user")
    time.sleep(1)  # the channel's clock has whole seconds, by which messages are ordered
    avito.say(sergey, "Договорились, буду к шести")
    return talk


def wait_for(stage: Stage, conversation: str, author: str) -> None:
    """Until the last word of the talk is theirs and has left."""
    deadline = time.monotonic() + COMES_WITHIN_S
    while time.monotonic() < deadline:
        last = stage.client.get(f"/api/v1/conversations/{conversation}").json()["last_message"]
        if last["author"] == author and last["status"] == "sent":
            return
        time.sleep(0.2)
    sys.exit(f"no answer of {author} left")


def signed_in(browser: Browser, stage: Stage, *, width: int, height: int, theme: str) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        locale="ru-RU",
        reduced_motion="reduce",
    )
    context.request.post(
        f"{stage.product}/api/v1/auth/login", data=LOGIN, headers={"Origin": stage.product}
    )
    return context.new_page()


def take(page: Page, name: str) -> None:
    page.evaluate("document.fonts.ready")
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    path = IMAGES / f"{name}.png"
    picture.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(IMAGES.parents[1])}: {size // 1024} KB")
    if size > MOST_BYTES:
        sys.exit(f"{name} is larger than {MOST_BYTES // 1000} KB")


if __name__ == "__main__":
    main()
