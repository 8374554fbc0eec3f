"""What a person at the inbox does and sees, and what the simulated Avito brings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from besedka.channels.jobs import sweep_account
from besedka.core import db
from besedka.events.models import EventRow
from besedka.inbox import service as inbox
from besedka.inbox.models import Conversation, Message
from besedka.jobs import enqueue
from besedka.simulators.avito import state
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.conftest import Client, Exchange, JsonObject

RECEIPT = {"model": "builtin", "provider": "builtin"}


@dataclass
class Desk:
    client: Client
    account: JsonObject
    avito: AvitoSimulator
    exchange: Exchange

    # Avito's side.

    async def talk(
        self, *words: str, buyer_name: str = "Сергей Волков", item_id: int | None = None
    ) -> "Talk":
        """A conversation that the buyer began with `words`, about the first listing by default."""
        chat = await self.avito.open_chat(buyer_name=buyer_name, item_id=item_id)
        for text in words or ("Здравствуйте",):
            await self.avito.buyer_writes(chat, text)
        await self.exchange()
        async with db.reading() as session:
            row = await session.scalars(
                select(Conversation.id).where(Conversation.external_id == chat.id)
            )
            return Talk(self, chat, str(row.one()))

    def drop_webhooks(self) -> None:
        """What Avito was about to deliver never comes."""
        self.avito.webhooks.pending = []

    async def sweep(self) -> None:
        async with db.transaction() as session:
            await enqueue(session, sweep_account, account_id=UUID(self.account["id"]))
        await self.exchange()

    # The list.

    async def column(self, mode: str, status: str = "open") -> list[JsonObject]:
        answer = await self.client.get(f"/api/v1/conversations?mode={mode}&status={status}")
        found: list[JsonObject] = answer.json()["items"]
        return found

    async def counts(self) -> JsonObject:
        found: JsonObject = (await self.client.get("/api/v1/conversations/counts")).json()
        found.pop("seq")
        return found


@dataclass
class Talk:
    desk: Desk
    chat: state.Chat
    id: str

    @property
    def url(self) -> str:
        return f"/api/v1/conversations/{self.id}"

    @property
    def sent(self) -> list[str]:
        """What the product has sent into this chat, in the order of its arrival."""
        return [each.text for each in self.desk.avito.sent if each.chat_id == self.chat.id]

    async def buyer(self, text: str = "", **fields: Any) -> state.Message:
        message = await self.desk.avito.buyer_writes(self.chat, text, **fields)
        await self.desk.exchange()
        return message

    async def seller_in_app(self, text: str) -> state.Message:
        """A person on our side answers in Avito's own app."""
        message = await self.desk.avito.seller_writes(self.chat, text)
        await self.desk.exchange()
        return message

    async def read(self) -> JsonObject:
        found: JsonObject = (await self.desk.client.get(self.url)).json()
        return found

    async def messages(self) -> list[JsonObject]:
        """Oldest first."""
        found: list[JsonObject] = (await self.desk.client.get(f"{self.url}/messages")).json()[
            "items"
        ]
        return found[::-1]

    async def last(self, kind: str = "text") -> JsonObject:
        return [each for each in await self.messages() if each["type"] == kind][-1]

    async def activities(self) -> list[str]:
        return [
            each["content"]["action"]
            for each in await self.messages()
            if each["type"] == "activity"
        ]

    async def reply(self, text: str, *, deliver: bool = True) -> JsonObject:
        """A person's reply; returns its first message as it was answered."""
        answer = await self.desk.client.post(f"{self.url}/messages", json={"text": text})
        assert answer.status_code == 201, answer.text
        if deliver:
            await self.desk.exchange()
        found: JsonObject = answer.json()["items"][0]
        return found

    async def act(self, act: str, body: JsonObject | None = None) -> JsonObject:
        answer = await self.desk.client.post(f"{self.url}/{act}", json=body)
        assert answer.status_code in (200, 201), answer.text
        found: JsonObject = answer.json()
        return found

    # The agent's side: what its turn ends with.

    async def row(self) -> Conversation:
        async with db.reading() as session:
            return (
                await session.scalars(select(Conversation).where(Conversation.id == UUID(self.id)))
            ).one()

    async def bot_answers(self, text: str, *, seen: int | None = None) -> Sequence[Message]:
        """The agent's answer is queued; it has seen all that we know of, unless told otherwise."""
        row = await self.row()
        async with db.transaction() as session:
            return await inbox.queue_bot_reply(
                session,
                row.id,
                seen_inbound_seq=row.inbound_seq if seen is None else seen,
                text=text,
                receipt=RECEIPT,
            )

    async def unanswered(self) -> list[str]:
        """The burst that a turn would answer now."""
        async with db.reading() as session:
            turn = await inbox.load_turn(session, UUID(self.id))
        assert turn is not None
        return [message.text for message in turn.unanswered]


async def event_rows(after: int = 0) -> list[EventRow]:
    async with db.reading() as session:
        rows = await session.scalars(
            select(EventRow)
            .where(EventRow.topic == "inbox", EventRow.sequence > after)
            .order_by(EventRow.sequence)
        )
        return list(rows)


async def event_types(after: int = 0) -> list[str]:
    return [row.type for row in await event_rows(after)]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
