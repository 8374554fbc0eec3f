"""Keeps the simulator's talks in one JSON file over restarts of the demo."""

import base64
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

import orjson
from pydantic import TypeAdapter

from besedka.simulators.avito.faults import Faults, Habits
from besedka.simulators.avito.state import (
    Account,
    Chat,
    JsonObject,
    Listing,
    Message,
    Person,
    StoredImage,
    World,
    add_account,
    add_listing,
)
from besedka.simulators.avito.talks import index_chat

T = TypeVar("T")

KEPT_OF_ACCOUNT = ("user_id", "name", "client_id", "client_secret", "email", "phone")


def save(world: World, path: Path) -> None:
    accounts = [
        {
            **{name: getattr(each, name) for name in KEPT_OF_ACCOUNT},
            "habits": each.habits.model_dump(),
            "subscriptions": each.subscriptions,
            "blacklist": list(each.blacklist.items()),
        }
        for each in world.accounts.values()
    ]
    chats = [
        {
            "id": chat.id,
            "type": chat.type,
            "user_id": chat.user_id,
            "buyer": _row(chat.buyer),
            "item_id": chat.item_id,
            "created": chat.created,
            "updated": chat.updated,
            "read_by_seller": chat.read_by_seller,
            "read_by_buyer": chat.read_by_buyer,
            "messages": [_row(each) for each in chat.messages],
        }
        for account in world.accounts.values()
        for chat in account.chats.values()
    ]
    images = [
        {
            "id": name,
            "media_type": image.media_type,
            "data": base64.b64encode(image.data).decode(),
        }
        for name, image in world.images.items()
    ]
    state = {
        "seq": world.truth.seq,
        "public_url": world.public_url,
        "accounts": accounts,
        "listings": [_row(each) for each in world.listings.values()],
        "chats": chats,
        "voices": world.voices,
        "images": images,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(orjson.dumps(state))
    part.replace(path)


def _row(record: Person | Listing | Message) -> JsonObject:
    return {each.name: getattr(record, each.name) for each in fields(record)}


def _read(kind: type[T], row: object) -> T:
    return TypeAdapter(kind).validate_python(row)


def load(world: World, path: Path) -> None:
    raw = path.read_bytes()
    state = orjson.loads(raw)
    if state["public_url"] != world.public_url:
        # Addresses of pictures are part of stored messages; the server may have moved.
        old, new = state["public_url"].encode(), world.public_url.encode()
        state = orjson.loads(raw.replace(old, new))
    world.truth.seq = int(state["seq"])
    for row in state["accounts"]:
        account = Account(
            **{name: row[name] for name in KEPT_OF_ACCOUNT},
            faults=Faults(),
            habits=_read(Habits, row["habits"]),
            subscriptions=dict(row["subscriptions"]),
            blacklist=dict(row["blacklist"]),
        )
        add_account(world, account)
    for row in state["listings"]:
        add_listing(world, _read(Listing, row))
    for row in state["chats"]:
        _load_chat(world, row)
    world.voices.update(state["voices"])
    for row in state["images"]:
        data = base64.b64decode(row["data"])
        world.images[row["id"]] = StoredImage(data, row["media_type"])


def _load_chat(world: World, row: Mapping[str, object]) -> None:
    kept = {name: value for name, value in row.items() if name not in {"messages", "buyer"}}
    chat = Chat(**kept, buyer=_read(Person, row["buyer"]))  # type: ignore[arg-type]  # own file
    account = world.accounts[chat.user_id]
    index_chat(world, account, chat)
    chat.messages = _read(list[Message], row["messages"])
    world.messages.update({each.id: each for each in chat.messages})
    if any(not each.is_own for each in chat.messages[chat.read_by_seller :]):
        account.unread[chat.id] = chat
