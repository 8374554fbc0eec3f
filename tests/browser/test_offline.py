"""The app is installable and opens without a connection."""

import re

import httpx
import pytest
from playwright.async_api import Browser, expect

from scripts.stage import Demo
from tests.browser.colleagues import open_screen, until
from tests.browser.test_main_path import buyer_starts_a_talk, log_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 390])
async def test_the_shell_opens_offline_says_so_and_heals(
    demo: Demo, browser: Browser, width: int
) -> None:
    context = await open_screen(browser, width)
    operator, buyer = await context.new_page(), await context.new_page()
    faults: list[str] = []
    operator.on("pageerror", lambda error: faults.append(str(error)))
    await log_in(operator, demo)
    await buyer_starts_a_talk(buyer, demo, "Здравствуйте! Ещё продаёте?")
    row = operator.get_by_role("link", name=re.compile("Mazda 3")).first
    await expect(row).to_be_visible()
    await operator.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await until(operator, "navigator.serviceWorker.controller !== null")

    await context.set_offline(True)
    await operator.reload()
    await expect(operator.get_by_text("Нет связи с сервером", exact=True)).to_be_visible()
    await operator.screenshot(path=f"/tmp/shots/offline-{width}.png")
    # Nothing of anybody's talks was kept in the browser.
    kept: list[str] = await operator.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) found.push(new URL(request.url).pathname);
          }
          return found;
        }"""
    )
    assert "/" in kept
    assert not [path for path in kept if path.startswith("/api/")]

    await context.set_offline(False)
    await expect(row).to_be_visible()
    assert faults == []
    await context.close()


async def test_what_a_browser_asks_for_before_it_installs_the_app(demo: Demo) -> None:
    async with httpx.AsyncClient(base_url=demo.product, trust_env=False) as http:
        manifest = await http.get("/manifest.webmanifest")
        worker = await http.get("/sw.js")
        icons = [await http.get(icon["src"]) for icon in manifest.json()["icons"]]

    assert manifest.headers["content-type"].startswith("application/manifest+json")
    assert (manifest.json()["name"], manifest.json()["display"]) == ("Беседка", "standalone")
    assert {icon["purpose"] for icon in manifest.json()["icons"]} == {"any", "maskable"}
    assert all(icon.headers["content-type"] == "image/png" for icon in icons)
    # Asked for anew each time, so that nobody stays on an old version.
    assert worker.headers["cache-control"] == "no-cache"
    assert "javascript" in worker.headers["content-type"]
    assert "default-src 'self'" in worker.headers["content-security-policy"]
