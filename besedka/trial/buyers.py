"""Buyers: what they write, in which talk and when; and the sending of it.

Each talk is a row of bursts of one to four messages, taken from the simulator's dialogues. The
pauses between bursts lie around the agent's five seconds, so that many messages come just while
an answer is being written or sent.
"""

import asyncio
import heapq
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from besedka.simulators.avito.buyers import FORMS
from besedka.simulators.avito.dialogues import NAMES, talks_for
from besedka.trial.channel import Channel
from besedka.trial.options import TrialOptions

_WITHIN_BURST_S = (0.3, 1.8)
_BETWEEN_BURSTS_S = (4.0, 12.0)

# What a person would leave unanswered. Only these excuse the agent's silence.
NEED_NO_ANSWER = frozenset(
    {
        "спасибо",
        "спасибо!",
        "спасибо большое",
        "пасиб",
        "👍",
        "понял",
        "понятно",
        "хорошо",
        "ок",
        "ок, подумаю",
        "ладно, подумаю",
        "жаль",
        "ясно всё с вами",
        "спасибо, уже купил в другом месте",
    }
)


@dataclass(frozen=True, slots=True)
class PlannedMessage:
    at_s: float
    talk: int
    fields: dict[str, Any]

    @property
    def needs_answer(self) -> bool:
        text = self.fields.get("text")
        return not (isinstance(text, str) and text.strip().lower() in NEED_NO_ANSWER)


@dataclass(frozen=True, slots=True)
class PlannedTalk:
    buyer_name: str
    listing: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    talks: list[PlannedTalk]
    messages: list[PlannedMessage]


def plan_buyers(options: TrialOptions, listings: Sequence[dict[str, Any]]) -> Plan:
    """Who writes what and when. The same options give the same plan."""
    rng = random.Random(options.seed)
    talks = [
        PlannedTalk(rng.choice(NAMES), rng.choice(listings)) for _ in range(options.conversations)
    ]
    lines = [_lines_of(talk, rng) for talk in talks]
    # Every slot of the rate goes to the talk that has waited longest past its own wish.
    wishes = [(rng.uniform(0, _BETWEEN_BURSTS_S[1]), number) for number in range(len(talks))]
    heapq.heapify(wishes)
    messages = []
    moment = 0.0
    for _ in range(options.messages):
        moment += rng.expovariate(options.rate)
        _, number = heapq.heappop(wishes)
        fields, ends_burst = next(lines[number])
        messages.append(PlannedMessage(moment, number, fields))
        pause = rng.uniform(*(_BETWEEN_BURSTS_S if ends_burst else _WITHIN_BURST_S))
        heapq.heappush(wishes, (moment + pause, number))
    return Plan(talks, messages)


def _lines_of(talk: PlannedTalk, rng: random.Random) -> Iterator[tuple[dict[str, Any], bool]]:
    """Endless messages of one buyer, each with whether a burst ends with it."""
    written = talks_for(talk.listing["trade"])
    while True:
        for burst in rng.choice(written).bursts:
            for number, line in enumerate(burst, start=1):
                yield _fields_of(line, talk.listing), number == len(burst)


def _fields_of(line: str, listing: dict[str, Any]) -> dict[str, Any]:
    kind = FORMS.get(line)
    if kind == "link":
        return {"type": "link", "url": listing["url"], "title": listing["title"]}
    if kind is not None:
        return {"type": kind}
    text = line.format(title=listing["title"], price=listing["price_string"])
    return {"type": "text", "text": text}


@dataclass(slots=True)
class Buyers:
    """Sends a plan. A talk appears in the channel with its first message."""

    channel: Channel
    plan: Plan
    chat_ids: dict[int, str] = field(default_factory=dict)
    # By chat: when its buyer last wrote, unix seconds.
    wrote_at: dict[str, float] = field(default_factory=dict)
    needless_ids: set[str] = field(default_factory=set)
    sent: int = 0
    are_done: bool = False
    _opening: dict[int, asyncio.Lock] = field(default_factory=dict)

    async def write_all(self) -> None:
        loop = asyncio.get_running_loop()
        started = loop.time()
        async with asyncio.TaskGroup() as sending:
            for message in self.plan.messages:
                await asyncio.sleep(started + message.at_s - loop.time())
                sending.create_task(self._write(message))
        self.are_done = True

    async def _write(self, message: PlannedMessage) -> None:
        chat_id = await self._chat_of(message.talk)
        message_id = await self.channel.write(chat_id, message.fields, author="buyer")
        self.sent += 1
        self.wrote_at[chat_id] = time.time()
        if not message.needs_answer:
            self.needless_ids.add(message_id)

    async def _chat_of(self, number: int) -> str:
        async with self._opening.setdefault(number, asyncio.Lock()):
            if number not in self.chat_ids:
                talk = self.plan.talks[number]
                self.chat_ids[number] = await self.channel.open_chat(
                    item_id=talk.listing["id"], buyer_name=talk.buyer_name
                )
        return self.chat_ids[number]
