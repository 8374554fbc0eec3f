"""A real Chromium, the product and the simulated Avito, each as its users meet them."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright, expect

import besedka
from scripts.stage import CHROMIUM, CHROMIUM_ARGUMENTS, Demo, EmptyInstallation

_SHOWN_WITHIN_MS = 15_000  # a loaded machine is slow, not wrong

expect.set_options(timeout=_SHOWN_WITHIN_MS)


def needed(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def _web_app() -> None:
    if not (Path(besedka.__file__).parent / "web_dist" / "index.html").exists():
        needed("no web app: run `make web`")


@pytest.fixture
def demo(request: pytest.FixtureRequest, tmp_path: Path, _web_app: None) -> Iterator[Demo]:
    is_developing = request.node.get_closest_marker("developing") is not None
    with Demo(tmp_path, BESEDKA_DEV_MODE=str(is_developing)) as demo:
        yield demo


@pytest.fixture
def empty(tmp_path: Path, _web_app: None) -> Iterator[EmptyInstallation]:
    with EmptyInstallation(tmp_path) as installation:
        yield installation


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if not os.access(CHROMIUM, os.X_OK):
        needed("no Chromium: install the package chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*CHROMIUM_ARGUMENTS]
        )
        yield browser
        await browser.close()
