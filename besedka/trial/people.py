"""People on the seller's side: they take talks over, answer what the bot passed on, give back.

Half of the take-overs happen in the app, half in Avito's own app, soon after a buyer wrote: there
a bot that does not look would talk over a person.
"""

import asyncio
import contextlib
import random
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from besedka.trial.buyers import Buyers
from besedka.trial.channel import Channel
from besedka.trial.evidence import ActKind, PersonAct, PersonMessage
from besedka.trial.reader import LiveEvent
from besedka.trial.records import Records

# Since the buyer wrote: before, while and after the agent answers.
_AFTER_BUYER_S = (0.5, 8.0)
_RECENT_S = 5.0
_HOLDS_S = (2.0, 6.0)
_RETURNS = 0.7
_SENT_AGAIN = 0.5
_RETRY_S = 0.3
_GIVES_UP_S = 90.0
_AT_DESK = 8


@dataclass(slots=True)
class People:
    http: httpx.AsyncClient  # logged in
    channel: Channel
    records: Records
    buyers: Buyers
    rng: random.Random
    acts: list[PersonAct] = field(default_factory=list)
    messages: list[PersonMessage] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    takeovers: int = 0
    # By conversation id, as the live events show it: "bot" or "manager".
    modes: dict[str, str] = field(default_factory=dict)
    # Conversation ids by chat id of the channel.
    conversations: dict[str, str] = field(default_factory=dict)
    # Texts from Avito's own app that the product has shown.
    _shown_elsewhere: set[str] = field(default_factory=set)
    _held: set[str] = field(default_factory=set)
    _handed_over: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    _busy: int = 0

    def on_event(self, event: LiveEvent) -> None:
        conversation = event.data.get("conversation")
        if conversation is None:
            return
        self.modes[conversation["id"]] = conversation["mode"]
        message = event.data.get("message")
        if message is None:
            return
        if message["type"] == "handover":
            self._handed_over.put_nowait(conversation["id"])
        if message["author"]["kind"] == "elsewhere":
            self._shown_elsewhere.add(message["text"])

    async def learn_forever(self) -> None:
        """Which chat of the channel each conversation is: live events do not say that."""
        while True:
            if len(self.conversations) < len(self.modes):
                found = await self.records.conversations()
                self.conversations = {chat_id: each for each, chat_id in found.items()}
            await asyncio.sleep(_RETRY_S)

    def _mode_of(self, chat_id: str) -> str | None:
        return self.modes.get(self.conversations.get(chat_id, ""))

    @property
    def is_idle(self) -> bool:
        return not self._busy and self._handed_over.empty()

    # The desk: talks that the bot passed on

    async def work_forever(self) -> None:
        async with asyncio.TaskGroup() as desk:
            for _ in range(_AT_DESK):
                desk.create_task(self._answer_handed_over())

    async def _answer_handed_over(self) -> None:
        while True:
            conversation_id = await self._handed_over.get()
            chat_id = await self._chat_of(conversation_id)
            if chat_id in self._held:
                continue
            with self._holding(chat_id):
                await asyncio.sleep(self.rng.uniform(0.5, 2))
                if self._mode_of(chat_id) == "manager" and await self._write_in_app(chat_id):
                    await self._act(chat_id, ActKind.RETURN)

    async def _chat_of(self, conversation_id: str) -> str:
        while True:
            for chat_id, each in self.conversations.items():
                if each == conversation_id:
                    return chat_id
            await asyncio.sleep(_RETRY_S)

    # Take-overs

    async def take_over_at(self, moments: list[float]) -> None:
        """Take a talk over at each of the moments, seconds from now."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        async with asyncio.TaskGroup() as taking:
            for number, moment in enumerate(sorted(moments)):
                await asyncio.sleep(started + moment - loop.time())
                taking.create_task(self._take_over(in_app=number % 2 == 0))

    async def _take_over(self, *, in_app: bool) -> None:
        chat_id = await self._free_talk()
        if chat_id is None:
            return
        with self._holding(chat_id):
            moment = self.buyers.wrote_at[chat_id] + self.rng.uniform(*_AFTER_BUYER_S)
            await asyncio.sleep(max(0.0, moment - time.time()))
            self.takeovers += 1
            if in_app:
                await self._act(chat_id, ActKind.TAKE_OVER)
                if not await self._write_in_app(chat_id):
                    return
            else:
                text = f"Здравствуйте, отвечаю из Авито сам. {self.takeovers}"
                fields = {"type": "text", "text": text}
                await self.channel.write(chat_id, fields, author="seller")
                await self._until_shown(text)
            await asyncio.sleep(self.rng.uniform(*_HOLDS_S))
            if self.rng.random() < _RETURNS:
                await self._act(chat_id, ActKind.RETURN)

    async def _free_talk(self) -> str | None:
        """A talk where the bot is about to answer, that no person has; None if none will come."""
        while True:
            is_last_look = self.buyers.are_done
            now = time.time()
            recent = [
                chat_id
                for chat_id, wrote_at in self.buyers.wrote_at.items()
                if now - wrote_at < _RECENT_S
            ]
            free = [
                chat_id
                for chat_id in recent
                if chat_id not in self._held and self._mode_of(chat_id) == "bot"
            ]
            if free:
                return self.rng.choice(sorted(free))
            if is_last_look and not recent:
                return None
            await asyncio.sleep(0.05)

    # Acts

    async def _act(self, chat_id: str, kind: ActKind) -> None:
        paths = {ActKind.TAKE_OVER: "take-over", ActKind.RETURN: "return-to-bot"}
        requested_at = time.time()
        path = f"/api/v1/conversations/{self.conversations[chat_id]}/{paths[kind]}"
        if await self._post(path, 200) is not None:
            self.acts.append(PersonAct(chat_id, kind, requested_at, time.time()))

    async def _write_in_app(self, chat_id: str) -> bool:
        """Send a text, sometimes twice under its key; whether it got into the channel."""
        key = str(uuid.uuid4())
        text = f"Добрый день, это менеджер. Записал ваш вопрос, отвечу сам. {key[:8]}"
        path = f"/api/v1/conversations/{self.conversations[chat_id]}/messages"
        headers = {"Idempotency-Key": key}
        written_at = time.time()
        if await self._post(path, 201, json={"text": text}, headers=headers) is None:
            return False
        self.messages.append(PersonMessage(chat_id, text, written_at))
        if self.rng.random() < _SENT_AGAIN:
            await self._post(path, 201, json={"text": text}, headers=headers)
        for _ in range(round(_GIVES_UP_S / _RETRY_S)):
            if text in await self.channel.texts_in(chat_id):
                return True
            await asyncio.sleep(_RETRY_S)
        return False  # the judge will miss it in the channel

    async def _until_shown(self, text: str) -> None:
        """Nobody returns a talk to the bot before seeing in the app what was written in Avito."""
        for _ in range(round(_GIVES_UP_S / _RETRY_S)):
            if text in self._shown_elsewhere:
                return
            await asyncio.sleep(_RETRY_S)
        self.failures.append(
            f"{_GIVES_UP_S:.0f} s after a person wrote in Avito the app does not show it"
        )

    async def _post(self, path: str, expected: int, **request: Any) -> httpx.Response | None:
        """Try until the server answers: it may be down just now."""
        try:
            async with asyncio.timeout(_GIVES_UP_S):
                while True:
                    try:
                        response = await self.http.post(path, **request)
                    except httpx.TransportError:
                        await asyncio.sleep(_RETRY_S)
                        continue
                    if response.status_code == expected or response.is_success:
                        return response
                    code = response.json().get("code", "")
                    self.failures.append(f"POST {path.rsplit('/', 1)[-1]}: {code or response}")
                    return None
        except TimeoutError:
            self.failures.append(f"POST {path.rsplit('/', 1)[-1]} was never answered")
            return None

    @contextlib.contextmanager
    def _holding(self, chat_id: str) -> Iterator[None]:
        """While a person has a talk, no other person takes it."""
        self._held.add(chat_id)
        self._busy += 1
        try:
            yield
        finally:
            self._held.discard(chat_id)
            self._busy -= 1
