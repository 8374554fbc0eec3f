"""Everything the simulated Avito remembers, with the indexes that keep each request cheap."""

import random
import string
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from besedka.simulators.avito.faults import Faults, Habits
from besedka.simulators.avito.truth import Truth

JsonObject = dict[str, object]
Clock = Callable[[], float]

CHAT_ID_ALPHABET = string.ascii_letters + string.digits + "_~-"


class Via(StrEnum):
    BUYER = "buyer"
    API = "api"
    APP = "app"
    SYSTEM = "system"


class TokenKind(StrEnum):
    CLIENT_CREDENTIALS = "client_credentials"
    AUTHORIZATION_CODE = "authorization_code"


@dataclass(slots=True)
class Listing:
    id: int
    user_id: int
    title: str
    price: int | None
    price_string: str
    trade: str
    category_id: int
    category: str
    city: str
    address: str
    lat: float
    lon: float
    description: str
    status: str = "active"
    created: int = 0
    finish: int | None = None
    images_count: int = 1


@dataclass(slots=True)
class Person:
    id: int
    name: str
    avatar: int


@dataclass(slots=True)
class Message:
    """`at` is when it reached the channel: stamped when the request arrived, `stored_at` after."""

    id: str
    chat_id: str
    user_id: int
    author_id: int
    via: Via
    type: str
    content: JsonObject
    text: str
    created: int
    at: float
    stored_at: float
    seq: int
    quote_id: str | None = None
    read_at: int | None = None
    deleted_at: float | None = None

    @property
    def is_own(self) -> bool:
        return self.author_id == self.user_id


@dataclass(slots=True)
class Chat:
    id: str
    type: str
    user_id: int
    buyer: Person
    item_id: int | None
    created: int
    updated: int
    messages: list[Message] = field(default_factory=list)
    # Positions in `messages` up to which each side has read.
    read_by_seller: int = 0
    read_by_buyer: int = 0
    card: JsonObject | None = None

    @property
    def last_message(self) -> Message | None:
        return self.messages[-1] if self.messages else None


@dataclass(slots=True)
class Token:
    value: str
    user_id: int
    kind: TokenKind
    expires_at: float
    is_expired: bool = False


@dataclass(slots=True)
class Account:
    user_id: int
    name: str
    client_id: str
    client_secret: str
    email: str
    phone: str
    faults: Faults = field(default_factory=Faults)
    habits: Habits = field(default_factory=Habits)
    subscriptions: dict[str, str] = field(default_factory=dict)
    blacklist: dict[int, int] = field(default_factory=dict)
    # Oldest change first; a changed chat moves to the end.
    chats: OrderedDict[str, Chat] = field(default_factory=OrderedDict)
    unread: OrderedDict[str, Chat] = field(default_factory=OrderedDict)
    chats_by_item: dict[int, dict[str, Chat]] = field(default_factory=dict)
    listings: list[Listing] = field(default_factory=list)
    refresh_tokens: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    items_window: tuple[int, int] = (0, 0)
    fault_hits: int = 0


@dataclass(slots=True)
class StoredImage:
    data: bytes
    media_type: str


@dataclass(slots=True)
class World:
    clock: Clock
    rng: random.Random
    public_url: str
    truth: Truth = field(default_factory=Truth)
    accounts: dict[int, Account] = field(default_factory=dict)
    accounts_by_client: dict[str, Account] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    listings: dict[int, Listing] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    images: dict[str, StoredImage] = field(default_factory=dict)
    voices: dict[str, str] = field(default_factory=dict)  # voice id to its chat
    listeners: list[Callable[[str, Chat, Message | None], None]] = field(default_factory=list)

    def hex_id(self) -> str:
        while True:
            value = f"{self.rng.getrandbits(128):032x}"
            if value not in self.messages:
                return value

    def chat_id(self, chat_type: str) -> str:
        while True:
            value = f"{chat_type}-" + "".join(self.rng.choices(CHAT_ID_ALPHABET, k=22))
            if value not in self.chats:
                return value

    def number(self, low: int = 200_000_000, high: int = 9_999_999_999) -> int:
        return self.rng.randrange(low, high)

    def tell(self, what: str, chat: Chat, message: Message | None = None) -> None:
        for listener in self.listeners:
            listener(what, chat, message)


def add_account(world: World, account: Account) -> Account:
    world.accounts[account.user_id] = account
    world.accounts_by_client[account.client_id] = account
    return account


def add_listing(world: World, listing: Listing) -> Listing:
    world.listings[listing.id] = listing
    world.accounts[listing.user_id].listings.append(listing)
    return listing
