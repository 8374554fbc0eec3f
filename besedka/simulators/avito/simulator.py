"""The Python face of the simulated Avito, for tests, the trial and the server."""

import random
import time
from collections.abc import Mapping
from pathlib import Path

import httpx
from starlette.types import ASGIApp

from besedka.simulators.avito import storage, talks
from besedka.simulators.avito.buyers import Autopilot
from besedka.simulators.avito.catalogue import add_demo
from besedka.simulators.avito.faults import Faults, Habits
from besedka.simulators.avito.oauth import expire_tokens
from besedka.simulators.avito.state import (
    Account,
    Chat,
    Clock,
    JsonObject,
    Listing,
    Message,
    Via,
    World,
    add_account,
    add_listing,
)
from besedka.simulators.avito.stream import Stream
from besedka.simulators.avito.webhooks import Webhooks

AUTHOR_WORDS = {
    Via.BUYER: "buyer",
    Via.API: "bot_or_api",
    Via.APP: "seller_app",
    Via.SYSTEM: "system",
}


class AvitoSimulator:
    """State, the ASGI `app`, and what people do. Use it inside one event loop; close it after.

    `webhook_transport` delivers webhooks into an in-process ASGI app. With `auto_deliver=False`
    webhooks wait for `deliver_pending()`, and `delay_s` is then counted on `clock`.
    """

    def __init__(
        self,
        *,
        clock: Clock = time.time,
        seed: int | None = None,
        public_url: str = "http://127.0.0.1:8010",
        webhook_transport: httpx.AsyncBaseTransport | None = None,
        auto_deliver: bool = True,
        demo: bool = True,
        data_path: Path | None = None,
    ) -> None:
        # The control routes are typed by this class, so its module must exist first.
        from besedka.simulators.avito.server import create_app

        self.world = World(clock=clock, rng=random.Random(seed), public_url=public_url.rstrip("/"))
        self.webhooks = Webhooks(self.world, webhook_transport, auto_deliver=auto_deliver)
        self.stream = Stream(self.world)
        self.world.listeners += [self.webhooks.on_event, self.stream.on_event]
        self.autopilot = Autopilot(self.world)
        self.data_path = data_path
        if data_path is not None and data_path.exists():
            storage.load(self.world, data_path)
        elif demo:
            add_demo(self.world)
        self.app: ASGIApp = create_app(self)

    @property
    def sent(self) -> list[Message]:
        """Messages POSTed through the API, in order."""
        return [each for each in self.world.messages.values() if each.via is Via.API]

    def account(self, user_id: int | None = None) -> Account:
        """The account with this id, or the first one."""
        if user_id is None:
            return next(iter(self.world.accounts.values()))
        return self.world.accounts[user_id]

    def add_account(
        self, *, name: str, client_id: str, client_secret: str, user_id: int | None = None
    ) -> Account:
        new = Account(
            user_id=user_id or self.world.number(),
            name=name,
            client_id=client_id,
            client_secret=client_secret,
            email=f"{client_id}@shop.example",
            phone="79990000002",
        )
        return add_account(self.world, new)

    def add_listing(
        self,
        title: str,
        *,
        price: int | None = None,
        user_id: int | None = None,
        item_id: int | None = None,
        status: str = "active",
    ) -> Listing:
        digits = f"{price:,}".replace(",", "\u00a0") if price is not None else ""
        listing = Listing(
            id=item_id or self.world.number(2**31, 9_999_999_999),
            user_id=self.account(user_id).user_id,
            title=title,
            price=price,
            price_string=f"{digits}\u00a0₽" if digits else "Цена не указана",
            trade="other",
            category_id=111,
            category="Разное",
            city="Москва",
            address="Москва, Лесная улица, 7",
            lat=55.7787,
            lon=37.5880,
            description="",
            status=status,
            created=int(self.world.clock()),
        )
        return add_listing(self.world, listing)

    # What people do.

    async def open_chat(
        self,
        item_id: int | None = None,
        buyer_name: str = "Сергей Волков",
        *,
        chat_type: str = "u2i",
        user_id: int | None = None,
        buyer_id: int | None = None,
    ) -> Chat:
        """A new chat; without `item_id` about the account's first listing."""
        account = self.account(user_id)
        if item_id is None and chat_type == "u2i":
            item_id = account.listings[0].id
        return talks.open_chat(
            self.world,
            account,
            buyer_name=buyer_name,
            item_id=item_id,
            chat_type=chat_type,
            buyer_id=buyer_id,
        )

    def chat(self, chat: Chat | str) -> Chat:
        return chat if isinstance(chat, Chat) else self.world.chats[chat]

    async def buyer_writes(
        self,
        chat: Chat | str,
        text: str = "",
        *,
        type: str = "text",  # noqa: A002 - the word of the API
        sent_at: float | None = None,
        quote_id: str | None = None,
        **fields: object,
    ) -> Message:
        return self._write(
            chat, Via.BUYER, type, {"text": text, **fields}, sent_at=sent_at, quote_id=quote_id
        )

    async def seller_writes(
        self,
        chat: Chat | str,
        text: str = "",
        *,
        type: str = "text",  # noqa: A002 - the word of the API
        sent_at: float | None = None,
        **fields: object,
    ) -> Message:
        """A person answers from Avito's own app."""
        return self._write(chat, Via.APP, type, {"text": text, **fields}, sent_at=sent_at)

    async def system_writes(
        self, chat: Chat | str, text: str, *, flow_id: str = "seller_notice"
    ) -> Message:
        return self._write(chat, Via.SYSTEM, "system", {"text": text, "flow_id": flow_id})

    async def buyer_reads(self, chat: Chat | str) -> None:
        talks.buyer_reads(self.world, self.chat(chat))

    def _write(
        self,
        chat: Chat | str,
        via: Via,
        kind: str,
        fields: JsonObject,
        *,
        sent_at: float | None = None,
        quote_id: str | None = None,
    ) -> Message:
        return talks.write(
            self.world,
            self.chat(chat),
            via,
            kind,
            fields=fields,
            sent_at=sent_at,
            quote_id=quote_id,
        )

    # What goes wrong.

    def faults(self, user_id: int | None = None, **changes: object) -> Faults:
        """Change the faults of one account, the first by default; see `Faults` for the names."""
        return self.set_faults(self.account(user_id), changes)

    def set_faults(self, account: Account, changes: Mapping[str, object]) -> Faults:
        faults = Faults.model_validate({**account.faults.model_dump(), **changes})
        if faults.expire_token:
            expire_tokens(self.world, account)
            faults = faults.model_copy(update={"expire_token": False})
        account.faults = faults
        account.fault_hits = 0
        return faults

    def clear_faults(self, user_id: int | None = None) -> None:
        self.account(user_id).faults = Faults()

    def habits(self, user_id: int | None = None, **changes: object) -> Habits:
        account = self.account(user_id)
        account.habits = Habits.model_validate({**account.habits.model_dump(), **changes})
        return account.habits

    async def deliver_pending(self, *, due_only: bool = True) -> int:
        return await self.webhooks.deliver_pending(due_only=due_only)

    async def settle(self) -> None:
        """Wait until every webhook under way is answered or given up."""
        await self.webhooks.settle()

    # What happened.

    def truth(self) -> JsonObject:
        messages = [
            {
                "id": each.id,
                "seq": each.seq,
                "chat_id": each.chat_id,
                "chat_type": self.world.chats[each.chat_id].type,
                "user_id": each.user_id,
                "author": AUTHOR_WORDS[each.via],
                "author_id": each.author_id,
                "via": each.via,
                "type": each.type,
                "text": each.text,
                "created": each.created,
                "at": each.at,
                "stored_at": each.stored_at,
                "read_at": each.read_at,
                "deleted": each.deleted_at is not None,
                "deleted_at": each.deleted_at,
            }
            for each in self.world.messages.values()
        ]
        return {"messages": messages, **self.world.truth.as_json(), "now": self.world.clock()}

    def save(self) -> None:
        if self.data_path is not None:
            storage.save(self.world, self.data_path)

    async def aclose(self) -> None:
        await self.autopilot.stop()
        await self.webhooks.aclose()
        self.save()
