"""`/_sim/`: what the buyer's window, tests and the trial use to move the simulated world."""

from collections.abc import Awaitable, Callable

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from besedka.simulators.avito import pictures, talks
from besedka.simulators.avito.content import BadContent
from besedka.simulators.avito.oauth import issue_code
from besedka.simulators.avito.replies import json_reply
from besedka.simulators.avito.simulator import AvitoSimulator
from besedka.simulators.avito.state import Account, Chat, JsonObject, StoredImage, Via
from besedka.simulators.avito.views import account_view, chat_view, listing_view, message_view

VIA_OF_AUTHOR = {"buyer": Via.BUYER, "seller": Via.APP, "system": Via.SYSTEM}
MAX_UPLOAD = 24 * 2**20


class AccountCreate(BaseModel):
    name: str
    client_id: str
    client_secret: str
    user_id: int | None = None


class ListingCreate(BaseModel):
    title: str
    price: int | None = None
    account: int | None = None
    item_id: int | None = None
    status: str = "active"


class ChatCreate(BaseModel):
    item_id: int | None = None
    buyer_name: str = Field("Покупатель", min_length=1, max_length=60)
    chat_type: str = Field("u2i", pattern="^(u2i|u2u|a2u)$")
    account: int | None = None
    buyer_id: int | None = None


class MessageCreate(BaseModel):
    model_config = ConfigDict(extra="allow")

    author: str = Field("buyer", pattern="^(buyer|seller|system)$")
    type: str = "text"
    quote_id: str | None = None
    sent_at: float | None = None


class AutopilotCreate(BaseModel):
    buyers: int = Field(3, ge=1, le=500)
    messages_per_minute: float = Field(20, gt=0, le=60_000)
    seed: int = 1
    account: int | None = None


class Problem(Exception):
    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


Endpoint = Callable[[Request], Awaitable[Response]]


def guarded(endpoint: Endpoint) -> Endpoint:
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Problem as problem:
            return json_reply({"detail": problem.detail}, problem.status)
        except (ValidationError, BadContent, talks.Refused, orjson.JSONDecodeError) as error:
            return json_reply({"detail": str(error)}, 422)

    return answer


async def _json(request: Request) -> JsonObject:
    body = await request.body()
    data = orjson.loads(body) if body else {}
    if not isinstance(data, dict):
        raise Problem(422, "a JSON object is expected")
    return data


class Control:
    def __init__(self, simulator: AvitoSimulator) -> None:
        self.sim = simulator
        self.world = simulator.world

    def account(self, request: Request) -> Account:
        raw = request.path_params["user_id"]
        account = self.world.accounts.get(int(raw)) if raw.isdecimal() else None
        if account is None:
            raise Problem(404, "no such account")
        return account

    def chat(self, request: Request) -> Chat:
        chat = self.world.chats.get(request.path_params["chat_id"])
        if chat is None:
            raise Problem(404, "no such chat")
        return chat

    def owner(self, user_id: int | None) -> Account:
        try:
            return self.sim.account(user_id)
        except (KeyError, StopIteration):
            raise Problem(404, "no such account") from None

    # Accounts and listings.

    async def list_accounts(self, _request: Request) -> Response:
        return json_reply({"items": [account_view(each) for each in self.world.accounts.values()]})

    async def create_account(self, request: Request) -> Response:
        data = AccountCreate.model_validate(await _json(request))
        if data.client_id in self.world.accounts_by_client:
            raise Problem(409, "client_id is taken")
        if data.user_id is not None and data.user_id in self.world.accounts:
            raise Problem(409, "user_id is taken")
        return json_reply(account_view(self.sim.add_account(**data.model_dump())), 201)

    async def list_listings(self, request: Request) -> Response:
        account = request.query_params.get("account")
        rows = [
            listing_view(self.world, each)
            for each in self.world.listings.values()
            if account is None or str(each.user_id) == account
        ]
        return json_reply({"items": rows})

    async def create_listing(self, request: Request) -> Response:
        data = ListingCreate.model_validate(await _json(request))
        listing = self.sim.add_listing(
            data.title,
            price=data.price,
            user_id=self.owner(data.account).user_id,
            item_id=data.item_id,
            status=data.status,
        )
        return json_reply(listing_view(self.world, listing), 201)

    async def set_faults(self, request: Request) -> Response:
        faults = self.sim.set_faults(self.account(request), await _json(request))
        self._tell_account(request)
        return json_reply(faults.model_dump())

    async def clear_faults(self, request: Request) -> Response:
        self.sim.clear_faults(self.account(request).user_id)
        self._tell_account(request)
        return Response(status_code=204)

    async def set_habits(self, request: Request) -> Response:
        account = self.account(request)
        habits = self.sim.habits(account.user_id, **await _json(request))
        self._tell_account(request)
        return json_reply(habits.model_dump())

    async def create_code(self, request: Request) -> Response:
        return json_reply({"code": issue_code(self.world, self.account(request))}, 201)

    def _tell_account(self, request: Request) -> None:
        self.sim.stream.publish("account", {"account": account_view(self.account(request))})

    # Chats.

    async def list_chats(self, request: Request) -> Response:
        account = self.owner(_number(request.query_params.get("account")))
        newest_first = reversed(account.chats.values())
        limit = _number(request.query_params.get("limit")) or 200
        page = [
            chat_view(self.world, chat) for chat, _ in zip(newest_first, range(limit), strict=False)
        ]
        return json_reply({"items": page})

    async def create_chat(self, request: Request) -> Response:
        data = ChatCreate.model_validate(await _json(request))
        owner = data.account
        if owner is None and data.item_id in self.world.listings:
            owner = self.world.listings[data.item_id].user_id
        chat = talks.open_chat(
            self.world,
            self.owner(owner),
            buyer_name=data.buyer_name,
            item_id=data.item_id,
            chat_type=data.chat_type,
            buyer_id=data.buyer_id,
        )
        return json_reply(chat_view(self.world, chat), 201)

    async def get_chat(self, request: Request) -> Response:
        chat = self.chat(request)
        messages = [message_view(self.world, each) for each in chat.messages]
        return json_reply({**chat_view(self.world, chat), "messages": messages})

    async def create_message(self, request: Request) -> Response:
        raw = await _json(request)
        data = MessageCreate.model_validate(raw)
        via = VIA_OF_AUTHOR[data.author]
        message = talks.write(
            self.world,
            self.chat(request),
            via,
            data.type,
            fields=raw,
            sent_at=data.sent_at,
            quote_id=data.quote_id,
        )
        return json_reply(message_view(self.world, message), 201)

    async def recall_message(self, request: Request) -> Response:
        chat = self.chat(request)
        message = self.world.messages.get(request.path_params["message_id"])
        if message is None or message.chat_id != chat.id:
            raise Problem(404, "no such message")
        talks.recall(self.world, chat, message)
        return json_reply(message_view(self.world, message))

    async def read_chat(self, request: Request) -> Response:
        chat = self.chat(request)
        reader = (await _json(request)).get("author", "buyer")
        if reader == "seller":
            talks.seller_reads(self.world, chat)
        else:
            talks.buyer_reads(self.world, chat)
        return json_reply(chat_view(self.world, chat))

    async def upload_image(self, request: Request) -> Response:
        data = await request.body()
        media_type = pictures.media_type_of(data)
        if media_type is None or len(data) > MAX_UPLOAD:
            raise Problem(422, "JPEG, PNG, GIF, BMP or HEIC up to 24 MB is expected")
        image_id = f"{self.world.number()}.{self.world.hex_id()}"
        self.world.images[image_id] = StoredImage(data, media_type)
        return json_reply({"image_id": image_id}, 201)

    # Autopilot, deliveries, truth.

    async def start_autopilot(self, request: Request) -> Response:
        data = AutopilotCreate.model_validate(await _json(request))
        await self.sim.autopilot.start(
            self.owner(data.account),
            buyers=data.buyers,
            messages_per_minute=data.messages_per_minute,
            seed=data.seed,
        )
        return self._tell_autopilot()

    async def stop_autopilot(self, _request: Request) -> Response:
        await self.sim.autopilot.stop()
        return self._tell_autopilot()

    async def get_autopilot(self, _request: Request) -> Response:
        return json_reply(self.sim.autopilot.status())

    def _tell_autopilot(self) -> Response:
        status = self.sim.autopilot.status()
        self.sim.stream.publish("autopilot", status)
        return json_reply(status)

    async def deliver(self, _request: Request) -> Response:
        return json_reply({"delivered": await self.sim.deliver_pending(due_only=False)})

    async def list_deliveries(self, _request: Request) -> Response:
        rows = list(self.world.truth.deliveries)[-50:]
        names = (
            "message_id",
            "chat_id",
            "type",
            "status",
            "error",
            "dropped",
            "queued",
            "finished",
        )
        return json_reply({"items": [{name: getattr(r, name) for name in names} for r in rows]})

    async def get_truth(self, _request: Request) -> Response:
        return json_reply(self.sim.truth())

    async def stream(self, _request: Request) -> Response:
        headers = {"cache-control": "no-cache", "x-accel-buffering": "no"}
        return StreamingResponse(
            self.sim.stream.packets(), media_type="text/event-stream", headers=headers
        )


def _number(raw: str | None) -> int | None:
    if raw is None:
        return None
    if not raw.isdecimal():
        raise Problem(422, "a number is expected")
    return int(raw)


def routes(simulator: AvitoSimulator) -> list[Route]:
    c = Control(simulator)
    table: list[tuple[str, str, Endpoint]] = [
        ("GET", "/accounts", c.list_accounts),
        ("POST", "/accounts", c.create_account),
        ("POST", "/accounts/{user_id}/faults", c.set_faults),
        ("DELETE", "/accounts/{user_id}/faults", c.clear_faults),
        ("POST", "/accounts/{user_id}/habits", c.set_habits),
        ("POST", "/accounts/{user_id}/codes", c.create_code),
        ("GET", "/listings", c.list_listings),
        ("POST", "/listings", c.create_listing),
        ("GET", "/chats", c.list_chats),
        ("POST", "/chats", c.create_chat),
        ("GET", "/chats/{chat_id}", c.get_chat),
        ("POST", "/chats/{chat_id}/messages", c.create_message),
        ("DELETE", "/chats/{chat_id}/messages/{message_id}", c.recall_message),
        ("POST", "/chats/{chat_id}/read", c.read_chat),
        ("POST", "/images", c.upload_image),
        ("GET", "/autopilot", c.get_autopilot),
        ("POST", "/autopilot", c.start_autopilot),
        ("DELETE", "/autopilot", c.stop_autopilot),
        ("POST", "/deliver", c.deliver),
        ("GET", "/deliveries", c.list_deliveries),
        ("GET", "/truth", c.get_truth),
        ("GET", "/stream", c.stream),
    ]
    return [Route(f"/_sim{path}", guarded(call), methods=[method]) for method, path, call in table]
