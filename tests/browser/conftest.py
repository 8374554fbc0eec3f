"""A real Chromium, the product and the simulated Avito, each as its users meet them."""

import os
import re
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
_STARTS_WITHIN_S = 90  # as long as it takes beside other work; a start that failed is seen at once
_SHOWN_WITHIN_MS = 15_000  # a loaded machine is slow, not wrong

expect.set_options(timeout=_SHOWN_WITHIN_MS)


class Demo:
    """`besedka demo` in a process of its own, with a debounce short enough to watch."""

    email = "demo@besedka.local"
    password = "besedka-demo"

    def __init__(self, folder: Path, **settings: str) -> None:
        self._folder = folder
        self._settings = settings
        self._ports = [free_port(), free_port()]
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
                env=environment | {"BESEDKA_DEBOUNCE_S": "1"} | self._settings,
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


class EmptyInstallation:
    """`besedka serve` and `besedka simulate avito`, each in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        ports = free_port(), free_port()
        self.product, self.avito = (f"http://127.0.0.1:{port}" for port in ports)
        self._started = [
            self._start("serve", "--port", str(ports[0])),
            self._start("simulate", "avito", "--port", str(ports[1])),
        ]
        self._wait_until_ready()

    def break_avito(self, **faults: object) -> None:
        accounts = httpx.get(f"{self.avito}/_sim/accounts").raise_for_status().json()["items"]
        url = f"{self.avito}/_sim/accounts/{accounts[0]['user_id']}/faults"
        httpx.post(url, json=faults).raise_for_status()

    @property
    def setup_link(self) -> str:
        link = re.search(r"\S+/setup#code=\S+", self.printed)
        assert link
        return link[0]

    @property
    def printed(self) -> str:
        return (self._folder / "serve.log").read_text()

    def stop(self) -> None:
        for process in self._started:
            process.send_signal(signal.SIGINT)
        for process in self._started:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("BESEDKA_")
        }
        settings = {"BESEDKA_PUBLIC_URL": self.product, "BESEDKA_AVITO_BASE_URL": self.avito}
        with (self._folder / f"{words[0]}.log").open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "besedka.cli.main", *words],
                cwd=self._folder,
                env=environment | settings | {"BESEDKA_DEBOUNCE_S": "1"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _STARTS_WITHIN_S
        while time.monotonic() < deadline:
            try:
                httpx.get(f"{self.avito}/_sim/listings").raise_for_status()
                if httpx.get(f"{self.product}/readyz").is_success:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        pytest.fail(f"it did not start:\n{self.printed}")


def needed(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def demo(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Demo]:
    if not (Path(besedka.__file__).parent / "web_dist" / "index.html").exists():
        needed("no web app: run `make web`")
    is_developing = request.node.get_closest_marker("developing") is not None
    demo = Demo(tmp_path, BESEDKA_DEV_MODE=str(is_developing))
    try:
        demo.start()
        yield demo
    finally:
        demo.stop()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[EmptyInstallation]:
    if not (Path(besedka.__file__).parent / "web_dist" / "index.html").exists():
        needed("no web app: run `make web`")
    installation = EmptyInstallation(tmp_path)
    yield installation
    installation.stop()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if not os.access(CHROMIUM, os.X_OK):
        needed("no Chromium: install the package chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        await browser.close()
