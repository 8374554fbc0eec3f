"""The real processes, from an empty folder."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

pytestmark = pytest.mark.slow

PATIENCE_S = 30


class Process:
    """A started `besedka` command, and what it has printed."""

    def __init__(self, folder: Path, *words: str, **environment: str) -> None:
        self.started_at = time.perf_counter()
        self._output = folder / f"{words[0]}-{time.monotonic_ns()}.log"
        clean = {name: value for name, value in os.environ.items() if "BESEDKA" not in name}
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "besedka.cli.main", *words],
                cwd=folder,
                env={**clean, "PYTHONWARNINGS": "default", **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def output(self) -> str:
        return self._output.read_text("utf-8")

    def until(self, pattern: str) -> re.Match[str]:
        """Wait until it prints that."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and self.process.poll() is None:
            if found := re.search(pattern, self.output):
                return found
            time.sleep(0.02)
        raise AssertionError(f"{pattern} was not printed:\n{self.output}")

    def until_ready(self) -> str:
        """Wait for its address to answer; the address."""
        url = self.until(r"Беседка\s.*(http://\S+)")[1]
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{url}/readyz").status_code == 200:
                    return url
            except httpx.TransportError:
                time.sleep(0.02)
        raise AssertionError(f"not ready:\n{self.output}")

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_S)


Start = Callable[..., Process]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[Process] = []

    def start_one(*words: str, **environment: str) -> Process:
        started.append(Process(tmp_path, *words, **environment))
        return started[-1]

    yield start_one
    for each in started:
        if each.process.poll() is None:
            each.process.kill()
            each.process.wait()


@contextmanager
def logged_in(url: str, email: str, password: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url) as client:
        answer = client.post("/api/v1/auth/login", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        yield client


def test_serving_from_an_empty_folder_is_quick_small_and_prints_a_link_to_set_it_up(
    start: Start, tmp_path: Path
) -> None:
    server = start("serve", "--port", "0")
    url = server.until_ready()
    seconds = time.perf_counter() - server.started_at
    memory = psutil.Process(server.process.pid).memory_info().rss / 2**20
    code = server.until(rf"{url}/setup#code=(\S+)")[1]
    owner = {
        "code": code,
        "name": "Ирина",
        "email": "irina@example.com",
        "password": "надёжный пароль",
        "workspace": "Автодвор",
        "time_zone": "Europe/Moscow",
    }
    made = httpx.post(f"{url}/api/v1/setup", json=owner)
    assert made.json()["role"] == "owner"

    assert memory < 250
    # Alone on two cores it takes a third of this; the checks share the machine.
    assert seconds < 10
    assert server.stop() == 0
    assert sorted(path.name for path in (tmp_path / "data").glob("*.db")) == ["besedka.db"]


def test_a_second_start_keeps_the_owner_and_prints_no_password(start: Start) -> None:
    first = start("serve", "--port", "0", BESEDKA_OWNER_EMAIL="anna@example.com")
    first.until_ready()
    password = first.until(r"показывается один раз: (\S+)")[1]
    first.stop(signal.SIGKILL)

    second = start("serve", "--port", "0")
    with logged_in(second.until_ready(), "anna@example.com", password):
        pass

    assert "показывается" not in second.output
    assert "/setup#code=" not in second.output


def test_the_owner_of_the_settings_gets_the_password_of_the_settings(start: Start) -> None:
    server = start(
        "serve",
        "--port",
        "0",
        BESEDKA_OWNER_EMAIL="anna@example.com",
        BESEDKA_OWNER_PASSWORD="тайна-123",
    )

    with logged_in(server.until_ready(), "anna@example.com", "тайна-123"):
        pass

    assert "тайна" not in server.output


def test_stopping_ends_open_streams_instead_of_waiting_for_them(start: Start) -> None:
    server = start("serve", "--port", "0", BESEDKA_OWNER_PASSWORD="тайна-123")
    url = server.until_ready()
    with (
        logged_in(url, "owner@besedka.local", "тайна-123") as owner,
        owner.stream("GET", "/api/v1/streams/inbox", timeout=PATIENCE_S) as stream,
    ):
        lines = stream.iter_lines()
        while next(lines) != "event: stream.ready":
            pass
        asked_at = time.perf_counter()
        server.process.send_signal(signal.SIGTERM)
        rest = list(lines)

    assert server.process.wait(PATIENCE_S) == 0
    assert time.perf_counter() - asked_at < 4
    assert not any("reload" in line for line in rest)


def test_a_database_that_must_not_be_migrated_is_not_served(start: Start) -> None:
    server = start("serve", "--port", "0", "--no-migrate")

    assert server.process.wait(PATIENCE_S) == 1
    assert "besedka migrate" in server.output


def test_the_worker_runs_until_it_is_told_to_stop(start: Start) -> None:
    start("migrate").process.wait(PATIENCE_S)
    worker = start("worker")
    worker.until("worker.started")

    assert worker.stop() == 0


def test_the_demo_answers_a_buyer_and_keeps_everything_for_the_next_time(start: Start) -> None:
    words = ("demo", "--port", "0", "--avito-port", "0")
    demo = start(*words, BESEDKA_DEBOUNCE_S="0", BESEDKA_HOST="0.0.0.0")
    url = demo.until(r"Беседка\s+(http://\S+)")[1]
    assert url.startswith("http://127.0.0.1:")  # its password is public
    avito = demo.until(r"Окно покупателя\s+(http://\S+)")[1]
    email, password = demo.until(r"Вход\s+(\S+), пароль (\S+)").groups()
    demo.until("BESEDKA_MODEL_PROVIDER")
    item = httpx.get(f"{avito}/_sim/listings").json()["items"][0]
    chat = httpx.post(
        f"{avito}/_sim/chats", json={"item_id": item["id"], "buyer_name": "Сергей"}
    ).json()

    httpx.post(
        f"{avito}/_sim/chats/{chat['id']}/messages",
        json={"author": "buyer", "type": "text", "text": "Здравствуйте, сколько стоит?"},
    )

    def written() -> list[str]:
        messages = httpx.get(f"{avito}/_sim/chats/{chat['id']}").json()["messages"]
        return [message["via"] for message in messages]

    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and len(written()) < 2:
        time.sleep(0.1)
    assert written() == ["buyer", "api"]
    assert demo.stop(signal.SIGINT) == 0

    again = start(*words)
    url = again.until(r"Беседка\s+(http://\S+)")[1]
    with logged_in(url, email, password) as owner:
        conversations = owner.get("/api/v1/conversations").json()["items"]
        documents = owner.get("/api/v1/documents").json()["items"]
    assert [each["contact"]["name"] for each in conversations] == ["Сергей"]
    assert documents
    avito = again.until(r"Окно покупателя\s+(http://\S+)")[1]
    chats = httpx.get(f"{avito}/_sim/chats").json()["items"]
    assert [each["id"] for each in chats] == [chat["id"]]
