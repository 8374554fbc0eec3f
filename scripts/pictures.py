"""Take the pictures of the READMEs from the real product beside a simulated Avito.

Starts both on an empty folder, lets buyers write and an operator answer, and writes docs/images/.
Needs the web app (`make web`) and Chromium.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
MOST_BYTES = 300_000
STARTS_WITHIN_S = 60
MAZDA, TYRES, SOFA, FLAT, KITCHEN = range(7463793001, 7463793006)
SHOWN_WITHIN_MS = 30_000
LOGIN = {"email": "demo@besedka.local", "password": "besedka-demo"}


@dataclass
class Stage:
    product: str
    avito: str
    client: httpx.Client

    def chat(self, name: str, item_id: int) -> str:
        body = {"buyer_name": name, "item_id": item_id}
        found: str = (
            httpx.post(f"{self.avito}/_sim/chats", json=body).raise_for_status().json()["id"]
        )
        return found

    def say(self, chat: str, text: str = "", **fields: Any) -> None:
        url = f"{self.avito}/_sim/chats/{chat}/messages"
        httpx.post(url, json={"text": text, **fields}).raise_for_status()

    def conversation(self, name: str, mode: str) -> str:
        """Its id, once it is where it belongs."""
        deadline = time.monotonic() + STARTS_WITHIN_S
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
    with staged() as stage, sync_playwright() as playwright:
        talk = play(stage)
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
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
    stage.say(stage.chat("Ольга Петровна", FLAT), "Добрый день! Можно с кошкой?")
    stage.say(stage.chat("Марина К.", SOFA), "Какая ткань и сколько стоит доставка по Москве?")
    stage.say(stage.chat("Алексей", TYRES), "Здравствуйте! Какой остаток протектора?")
    kitchen = stage.chat("Екатерина", KITCHEN)
    stage.say(kitchen, "Пришлите, пожалуйста, договор. Позовите менеджера")
    sergey = stage.chat("Сергей Волков", MAZDA)
    stage.say(sergey, "Здравствуйте! Ещё продаёте? Сколько хозяев по ПТС?")
    talk = stage.conversation("Сергей Волков", "bot")
    wait_for(stage, talk, "bot")
    stage.say(sergey, "Сегодня могу приехать. За 480 отдадите? Мой телефон 8 916 123-42-18")
    stage.conversation("Сергей Волков", "manager")
    stage.conversation("Екатерина", "manager")
    stage.act(talk, "take-over")
    stage.act(talk, "notes", {"text": "Минимум 490, если заберёт сегодня. Резина в подарок."})
    reply = "Сергей, 490 000 и комплект зимней резины в подарок. Подъезжайте до 19:00."
    stage.act(talk, "messages", {"text": reply})
    wait_for(stage, talk, "user")
    time.sleep(1)  # the channel's clock has whole seconds, by which messages are ordered
    stage.say(sergey, "Договорились, буду к шести")
    return talk


def wait_for(stage: Stage, conversation: str, author: str) -> None:
    """Until the last word of the talk is theirs and has left."""
    deadline = time.monotonic() + STARTS_WITHIN_S
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


@contextmanager
def staged() -> Iterator[Stage]:
    """The demo in a folder of its own, and an operator's client."""
    port, avito_port = free_port(), free_port()
    stage_urls = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{avito_port}"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BESEDKA_")}
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "besedka.cli.main",
                "demo",
                "--port",
                str(port),
                "--avito-port",
                str(avito_port),
            ],
            cwd=folder,
            env=clean | {"BESEDKA_DEBOUNCE_S": "1"},
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_until_ready(*stage_urls)
            origin = {"Origin": stage_urls[0]}
            with httpx.Client(base_url=stage_urls[0], headers=origin) as client:
                client.post("/api/v1/auth/login", json=LOGIN).raise_for_status()
                yield Stage(*stage_urls, client)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def wait_until_ready(product: str, avito: str) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{avito}/_sim/listings").raise_for_status()
            if httpx.get(f"{product}/readyz").is_success:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    sys.exit("the demo did not start")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
