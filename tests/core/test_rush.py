"""When requests pour in, what they cause steps back, though not for ever."""

import asyncio
from collections.abc import Iterator

import pytest

from besedka.core import rush


@pytest.fixture(autouse=True)
def no_rush(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(rush, "_rush_ends_at", 0.0)
    yield
    rush._rush_ends_at = 0.0


def test_single_requests_are_no_rush() -> None:
    rush.note_group(1)

    assert not rush.is_on()


async def test_work_waits_for_the_end_of_a_rush(monkeypatch: pytest.MonkeyPatch) -> None:
    rush.note_group(16)
    steps: list[float] = []

    async def step(seconds: float) -> None:
        steps.append(seconds)
        if len(steps) == 2:
            monkeypatch.setattr(rush, "_rush_ends_at", 0.0)

    monkeypatch.setattr(asyncio, "sleep", step)
    await rush.let_pass()

    assert len(steps) == 2


async def test_a_rush_without_end_does_not_stop_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[float] = []

    async def step(seconds: float) -> None:
        steps.append(seconds)
        rush.note_group(16)

    rush.note_group(16)
    monkeypatch.setattr(asyncio, "sleep", step)
    await rush.let_pass()

    assert sum(steps) == pytest.approx(2.0, abs=0.11)
