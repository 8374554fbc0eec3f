"""More people than the demo's owner."""

import asyncio
import os
import sys

from playwright.async_api import Browser, BrowserContext, Page, expect

from scripts.stage import Demo

PASSWORD = "пароль-павла-1"


async def add_colleague(demo: Demo, *, name: str, email: str) -> None:
    """By the product's own command, beside the running server."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "besedka.cli.main", "user", "add", email, "--name", name),
        cwd=demo._folder,
        env={
            **{key: value for key, value in os.environ.items() if not key.startswith("BESEDKA_")},
            "BESEDKA_DATA_DIR": str(demo._folder / "data" / "demo"),
            "BESEDKA_USER_PASSWORD": PASSWORD,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()


async def open_screen(browser: Browser, width: int, **options: object) -> BrowserContext:
    viewport = {"width": width, "height": 860}
    return await browser.new_context(viewport=viewport, locale="ru-RU", **options)  # type: ignore[arg-type] # passed on as they are


async def sign_in(page: Page, demo: Demo, *, email: str, password: str) -> None:
    await page.goto(demo.product)
    await page.get_by_label("Эл. почта").fill(email)
    await page.get_by_label("Пароль", exact=True).fill(password)
    await page.get_by_role("button", name="Войти").click()
    await expect(page.get_by_role("banner")).to_be_visible()


async def until(page: Page, expression: str) -> None:
    """Wait for a page's own state: its policy lets Playwright evaluate only from outside."""
    async with asyncio.timeout(30):
        while not await page.evaluate(expression):  # noqa: ASYNC110 - the page tells nobody
            await asyncio.sleep(0.1)
