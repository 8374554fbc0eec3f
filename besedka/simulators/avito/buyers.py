"""Autopilot buyers: they open chats and lead written talks, never faster than they are allowed.

What each buyer says is fixed by the seed; only the moments depend on the answers.
"""

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from besedka.simulators.avito import talks
from besedka.simulators.avito.content import item_url
from besedka.simulators.avito.dialogues import NAMES, Talk, talks_for
from besedka.simulators.avito.state import Account, Chat, JsonObject, Listing, Message, Via, World

PATIENCE_S = 30.0
FORMS = {"[фото]": "image", "[голосовое]": "voice", "[ссылка]": "link", "[место]": "location"}


@dataclass(frozen=True, slots=True)
class Plan:
    """One talk that a buyer will lead."""

    buyer_name: str
    listing: Listing
    talk: Talk


def plans(seed: int, buyer: int, listings: Sequence[Listing]) -> Iterator[Plan]:
    """The endless row of talks of one buyer."""
    rng = random.Random(f"{seed}:{buyer}")
    while True:
        listing = rng.choice(listings)
        talk = rng.choice(talks_for(listing.trade))
        yield Plan(rng.choice(NAMES), listing, talk)


def message_of(line: str, plan: Plan, world: World) -> tuple[str, JsonObject]:
    listing = plan.listing
    kind = FORMS.get(line)
    if kind == "link":
        return "link", {"url": item_url(world, listing), "title": listing.title}
    if kind is not None:
        return kind, {}
    return "text", {"text": line.format(title=listing.title, price=listing.price_string)}


class Autopilot:
    def __init__(self, world: World) -> None:
        self.world = world
        self.tasks: list[asyncio.Task[None]] = []
        self.buyers = 0
        self.messages_per_minute = 0.0
        self.seed = 0
        self.sent = 0
        self.chats = 0
        self._next_at = 0.0
        self._answered: dict[str, asyncio.Event] = {}
        world.listeners.append(self._on_event)

    async def start(
        self, account: Account, *, buyers: int, messages_per_minute: float, seed: int
    ) -> None:
        await self.stop()
        listings = [each for each in account.listings if each.status == "active"]
        if not listings:
            return
        self.buyers, self.messages_per_minute, self.seed = buyers, messages_per_minute, seed
        self.sent = self.chats = 0
        self._next_at = 0.0
        self.tasks = [
            asyncio.create_task(self._live(account, plans(seed, number, listings), number))
            for number in range(buyers)
        ]

    async def stop(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        self.tasks = []
        self._answered.clear()

    def status(self) -> JsonObject:
        return {
            "is_running": bool(self.tasks),
            "buyers": self.buyers,
            "messages_per_minute": self.messages_per_minute,
            "seed": self.seed,
            "sent": self.sent,
            "chats": self.chats,
        }

    def _on_event(self, what: str, chat: Chat, message: Message | None) -> None:
        if what == "message" and message is not None and message.is_own:
            event = self._answered.get(chat.id)
            if event is not None:
                event.set()

    async def _live(self, account: Account, planned: Iterator[Plan], number: int) -> None:
        rng = random.Random(f"pace:{self.seed}:{number}")
        await asyncio.sleep(rng.random() * 2)
        for plan in planned:
            await self._lead(account, plan, rng)
            await asyncio.sleep(1 + rng.random() * 4)

    async def _lead(self, account: Account, plan: Plan, rng: random.Random) -> None:
        chat = talks.open_chat(
            self.world, account, buyer_name=plan.buyer_name, item_id=plan.listing.id
        )
        self.chats += 1
        answered = self._answered[chat.id] = asyncio.Event()
        try:
            for burst in plan.talk.bursts:
                answered.clear()
                for line in burst:
                    await self._wait_for_turn()
                    kind, fields = message_of(line, plan, self.world)
                    talks.write(self.world, chat, Via.BUYER, kind, fields=fields)
                    self.sent += 1
                    await asyncio.sleep(0.4 + rng.random() * 1.6)
                async with asyncio.timeout(PATIENCE_S):
                    await answered.wait()
                await asyncio.sleep(0.5 + rng.random() * 2.5)
                talks.buyer_reads(self.world, chat)
        except TimeoutError:
            pass  # tired of waiting, the buyer leaves
        except talks.Refused:
            pass  # the seller blocked this buyer
        finally:
            self._answered.pop(chat.id, None)

    async def _wait_for_turn(self) -> None:
        now = asyncio.get_running_loop().time()
        turn = max(now, self._next_at)
        self._next_at = turn + 60 / self.messages_per_minute
        await asyncio.sleep(turn - now)
