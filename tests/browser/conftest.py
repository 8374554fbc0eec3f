"""A real Chromium, the product and the simulated Avito, each as its users meet them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, async_playwright, expect

import besedka

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
_STARTS_WITHIN_S = 30
_SHOWN_WITHIN_MS = 15_000  # a loaded machine is slow, not wrong

expect.set_options(timeout=_SHOWN_WITHIN_MS)


class Demo:
    """`besedka demo` in a process of its own, with a debounce short enough to watch."""

    email = "demo@besedka.local"
    password = "besedka"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ports = [_free_port(), _free_port()]
        self.product, self.avito = (f"http://127.0.0.1:{port}" for port in self._ports)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        port, avito_port = map(str, self._ports)
        command = [sys.executable, "-m", "besedka.cli.main", "demo"]
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("BESEDKA_")
        }
        with (self._folder / "demo.log").open("a") as log:
            self._process = subprocess.Popen(
                [*command, "--port", port, "--avito-port", avito_port],
                cwd=self._folder,
                env=environment | {"BESEDKA_DEBOUNCE_S": "1"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait_until_ready(self._process)

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _wait_until_ready(self, process: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + _STARTS_WITHIN_S
        while time.monotonic() < deadline and process.poll() is None:
            try:
                httpx.get(f"{self.avito}/_sim/listings").raise_for_status()
                if httpx.get(f"{self.product}/readyz").is_success:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        pytest.fail(f"the demo did not start:\n{(self._folder / 'demo.log').read_text()}")


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
    if not (Path(besedka.__file__).parent / "web_dist" / "index.html").exists():
        _needed("no web app: run `make web`")
    demo = Demo(tmp_path)
    try:
        demo.start()
        yield demo
    finally:
        demo.stop()


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
