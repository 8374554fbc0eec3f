"""The counters are what the events say, whatever happened in which order."""

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from besedka.core import time
from tests.conftest import Clock, JsonObject
from tests.inbox.desk import Desk, Talk, event_rows

ACTS = (
    *("take-over", "return-to-bot", "close", "reopen", "pin", "unpin", "read"),
    *("assign", "unread", "snooze", "unsnooze"),
)


def counted(state: JsonObject, *, waiting: bool) -> Counter[tuple[str, str]]:
    if state["status"] != "open":
        return Counter()
    return Counter(
        {
            (state["mode"], "open"): 1,
            (state["mode"], "unread"): int(state["unread_count"] > 0),
            (state["mode"], "waiting"): int(waiting),
        }
    )


async def replayed() -> tuple[JsonObject, dict[str, JsonObject]]:
    """What a screen knows that was empty at first and has heard every event since."""
    sums: Counter[tuple[str, str]] = Counter()
    newest: dict[str, JsonObject] = {}
    for row in await event_rows():
        if "conversation" not in row.payload:
            continue
        conversation, before = row.payload["conversation"], row.payload["before"]
        sums.update(counted(conversation, waiting=conversation["waiting_since"] is not None))
        if before is not None:
            sums.subtract(counted(before, waiting=before["waiting"]))
        known = newest.get(conversation["id"])
        assert known is None or conversation["version"] > known["version"]
        newest[conversation["id"]] = conversation
    names = ("open", "unread", "waiting")
    counts = {mode: {name: sums[mode, name] for name in names} for mode in ("bot", "manager")}
    return counts, newest


class Day:
    """A day at the inbox, made of random acts of everybody."""

    def __init__(self, desk: Desk, talks: list[Talk], rng: random.Random) -> None:
        self.desk, self.talks, self.rng = desk, talks, rng
        self.acts: list[Callable[[Talk], Awaitable[object]]] = [
            self.buyer,
            self.buyer,
            self.buyer_unheard,
            self.seller,
            self.system,
            self.person,
            self.person,
            self.bot,
            self.bot,
            self.act,
            self.act,
            self.act,
            self.exchange,
            self.exchange,
            self.sweep,
        ]

    async def buyer(self, talk: Talk) -> None:
        await self.desk.avito.buyer_writes(talk.chat, f"Вопрос {self.rng.random()}")

    async def buyer_unheard(self, talk: Talk) -> None:
        self.desk.avito.faults(drop=1)
        await self.buyer(talk)
        self.desk.avito.faults(drop=0)

    async def seller(self, talk: Talk) -> None:
        await self.desk.avito.seller_writes(talk.chat, f"Из приложения {self.rng.random()}")

    async def system(self, talk: Talk) -> None:
        await self.desk.avito.system_writes(talk.chat, "Внимание")

    async def person(self, talk: Talk) -> None:
        await self.desk.client.post(
            f"{talk.url}/messages", json={"text": "Ответ. " * self.rng.choice((1, 200))}
        )

    async def bot(self, talk: Talk) -> None:
        row = await talk.row()
        if row.mode == "bot" and row.status == "open" and not row.is_answered:
            await talk.bot_answers("Ответ бота. " * self.rng.choice((1, 150)))

    async def act(self, talk: Talk) -> None:
        until = (time.now() + timedelta(seconds=self.rng.choice((1, 60)))).isoformat()
        act, body = self.rng.choice(ACTS), {"assignee_id": None, "until": until, "undo": True}
        answer = await self.desk.client.post(f"{talk.url}/{act}", json=body)
        assert answer.status_code in (200, 409), answer.text

    async def exchange(self, talk: Talk) -> None:
        self.desk.avito.faults(
            status_500=self.rng.choice((0, 0, 0.3)), operations=["postSendMessage"]
        )
        await self.desk.exchange()

    async def sweep(self, talk: Talk) -> None:
        await self.desk.sweep()


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_after_a_random_day_the_events_add_up_to_the_counts(
    seed: int, desk: Desk, clock: Clock
) -> None:
    rng = random.Random(seed)
    day = Day(desk, [await desk.talk(f"Начало {number}") for number in range(4)], rng)

    for _ in range(60):
        await rng.choice(day.acts)(rng.choice(day.talks))
        clock.advance(rng.choice((0, 1, 7)))
    desk.avito.clear_faults()
    clock.advance(400)
    await desk.sweep()

    counts, newest = await replayed()
    assert counts == await desk.counts()
    for talk in day.talks:
        assert await talk.read() == newest[talk.id]
        told = [message["external_id"] for message in await talk.messages()]
        ids = [each for each in told if each is not None]
        assert len(ids) == len(set(ids))
        assert set(ids) == {message.id for message in talk.chat.messages}, "lost or made up"


async def test_unread_and_waiting_are_two_things(desk: Desk) -> None:
    read, answered, _ = await desk.talk(), await desk.talk(), await desk.talk()
    await read.act("read")
    await answered.bot_answers("Да")

    assert (await desk.counts())["bot"] == {"open": 3, "unread": 1, "waiting": 2}
