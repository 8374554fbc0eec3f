"""A real Chromium, the product and the simulated Avito, each as its users meet them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, async_playwright, expect

import besedka

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
_STARTS_WITHIN_S = 30
_SHOWN_WITHIN_MS = 15_000  # a loaded machine is slow, not wrong

expect.set_options(timeout=_SHOWN_WITHIN_MS)


@dataclass(frozen=True, slots=True)
class Demo:
    product: str
    avito: str
    email: str = "demo@besedka.local"
    password: str = "besedka"


def _needed(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """`besedka demo` in a process of its own, with a debounce short enough to watch."""
    if not (Path(besedka.__file__).parent / "web_dist" / "index.html").exists():
        _needed("no web app: run `make web`")
    demo = Demo(f"http://127.0.0.1:{_free_port()}", f"http://127.0.0.1:{_free_port()}")
    ports = [url.rsplit(":", 1)[1] for url in (demo.product, demo.avito)]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("BESEDKA_")
    }
    log = (tmp_path / "demo.log").open("w")
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "besedka.cli.main",
            "demo",
            "--port",
            ports[0],
            "--avito-port",
            ports[1],
        ],
        cwd=tmp_path,
        env=environment | {"BESEDKA_DEBOUNCE_S": "1"},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_until_ready(process, demo, tmp_path)
        yield demo
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def _wait_until_ready(process: "subprocess.Popen[bytes]", demo: Demo, folder: Path) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"{demo.avito}/_sim/listings").raise_for_status()
            if httpx.get(f"{demo.product}/readyz").is_success:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    pytest.fail(f"the demo did not start:\n{(folder / 'demo.log').read_text()}")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if not os.access(CHROMIUM, os.X_OK):
        _needed("no Chromium: install the package chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        await browser.close()
