"""The product and a simulated Avito, each in a process of its own as a user starts it.

For whatever looks at the running product: the browser tests and the READMEs' pictures.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, Self

import httpx

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
MAZDA, TYRES, SOFA, FLAT, KITCHEN = range(7463793001, 7463793006)
_STARTS_WITHIN_S = 90  # as long as it takes beside other work; a start that failed is seen at once
_STOPS_WITHIN_S = 10


class DidNotStart(Exception):
    """A process ended or was not ready in time; its log says why."""


class _Stage(ABC):
    """Commands of `besedka` in an empty folder, with a debounce short enough to watch."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self._folder = folder
        self._settings = {"BESEDKA_DEBOUNCE_S": "1"} | settings
        self._ports = [str(free_port()), str(free_port())]
        self.product, self.avito = (f"http://127.0.0.1:{port}" for port in self._ports)
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        """Raises DidNotStart."""
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Return when all of it is ready. Raises DidNotStart."""
        for words in self._commands():
            self._running.append(self._run(words))
        deadline = time.monotonic() + _STARTS_WITHIN_S
        while time.monotonic() < deadline and all(each.poll() is None for each in self._running):
            if self._is_ready():
                return
            time.sleep(0.1)
        raise DidNotStart(self.printed)

    def stop(self) -> None:
        running, self._running = self._running, []
        for process in running:
            process.send_signal(signal.SIGINT)
        for process in running:
            try:
                process.wait(_STOPS_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    @property
    def printed(self) -> str:
        """By all of it, so far."""
        return "\n".join(log.read_text() for log in sorted(self._folder.glob("*.log")))

    @abstractmethod
    def _commands(self) -> list[list[str]]: ...

    def _run(self, words: list[str]) -> "subprocess.Popen[bytes]":
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith("BESEDKA_")
        }
        with (self._folder / f"{words[0]}.log").open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "besedka.cli.main", *words],
                cwd=self._folder,
                env=clean | self._settings,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def _is_ready(self) -> bool:
        try:
            httpx.get(f"{self.avito}/_sim/listings").raise_for_status()
            return httpx.get(f"{self.product}/readyz").is_success
        except httpx.HTTPError:
            return False


class Demo(_Stage):
    """`besedka demo`: the product with an owner and a connected account."""

    email = "demo@besedka.local"
    password = "besedka-demo"  # noqa: S105 - the demo's public password

    def _commands(self) -> list[list[str]]:
        port, avito_port = self._ports
        return [["demo", "--port", port, "--avito-port", avito_port]]


class EmptyInstallation(_Stage):
    """`besedka serve`, which nobody has set up yet, and `besedka simulate avito`."""

    def __init__(self, folder: Path, **settings: str) -> None:
        super().__init__(folder, **settings)
        self._settings |= {
            "BESEDKA_PUBLIC_URL": self.product,
            "BESEDKA_AVITO_BASE_URL": self.avito,
        }

    def _commands(self) -> list[list[str]]:
        port, avito_port = self._ports
        return [["serve", "--port", port], ["simulate", "avito", "--port", avito_port]]

    @property
    def setup_link(self) -> str:
        link = re.search(r"\S+/setup#code=\S+", self.printed)
        assert link
        return link[0]

    def break_avito(self, **faults: object) -> None:
        accounts = httpx.get(f"{self.avito}/_sim/accounts").raise_for_status().json()["items"]
        url = f"{self.avito}/_sim/accounts/{accounts[0]['user_id']}/faults"
        httpx.post(url, json=faults).raise_for_status()


class Avito:
    """What buyers do in the simulated Avito, asked of it directly: faster than by its window."""

    def __init__(self, stage: _Stage) -> None:
        self._url = f"{stage.avito}/_sim"

    def chat(self, name: str, *, item_id: int = MAZDA, buyer_id: int | None = None) -> str:
        body = {"item_id": item_id, "buyer_name": name, "buyer_id": buyer_id}
        return self._id_of(httpx.post(f"{self._url}/chats", json=body))

    def say(self, chat: str, text: str = "", **fields: Any) -> str:
        return self._id_of(
            httpx.post(f"{self._url}/chats/{chat}/messages", json={"text": text, **fields})
        )

    def take_back(self, chat: str, message: str) -> None:
        httpx.delete(f"{self._url}/chats/{chat}/messages/{message}").raise_for_status()

    def heard(self, chat: str) -> list[str]:
        """What our side has said in the chat."""
        messages = httpx.get(f"{self._url}/chats/{chat}").raise_for_status().json()["messages"]
        return [each["text"] for each in messages if each["author"] == "seller"]

    @staticmethod
    def _id_of(answer: httpx.Response) -> str:
        found: str = answer.raise_for_status().json()["id"]
        return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
