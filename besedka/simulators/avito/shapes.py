"""How chats and messages look in answers and webhooks, with the habits of live Avito."""

from collections.abc import Sequence
from datetime import UTC, datetime

from besedka.simulators.avito.content import item_image, item_url
from besedka.simulators.avito.state import Account, Chat, JsonObject, Listing, Message, World

AVATAR_SIZES = (
    "24x24",
    "36x36",
    "48x48",
    "64x64",
    "72x72",
    "96x96",
    "128x128",
    "192x192",
    "256x256",
    "1024x1024",
)
# Avito explains one number only: 20 is a listing that is no longer there. 10 is its example.
LISTING_STATUS_IDS = {"active": 10, "old": 20, "removed": 20, "blocked": 20, "rejected": 20}


def rfc3339(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def message_json(world: World, account: Account, message: Message) -> JsonObject:
    rendered: JsonObject = {
        "id": message.id,
        "author_id": message.author_id,
        "created": message.created,
        "direction": "out" if message.is_own else "in",
        "type": message.type,
        "content": message.content,
        account.habits.read_key: message.is_own or message.read_at is not None,
        "read": message.read_at,
    }
    quoted = world.messages.get(message.quote_id) if message.quote_id else None
    if quoted is not None:
        rendered["quote"] = {
            "id": quoted.id,
            "author_id": quoted.author_id,
            "created": quoted.created,
            "type": quoted.type,
            "content": quoted.content,
        }
    return rendered


def messages_json(world: World, account: Account, page: Sequence[Message]) -> object:
    rendered = [message_json(world, account, each) for each in page]
    if account.habits.shape == "array":
        return rendered
    return {"messages": rendered}


def chat_json(world: World, account: Account, chat: Chat) -> JsonObject:
    if chat.card is None:
        chat.card = _chat_card(world, account, chat)
    rendered: JsonObject = {**chat.card, "updated": chat.updated}
    last = chat.last_message
    if last is not None:
        rendered["last_message"] = {
            "id": last.id,
            "author_id": last.author_id,
            "created": last.created,
            "type": last.type,
            "direction": "out" if last.is_own else "in",
            "content": last.content,
            "delivered": last.created,
            account.habits.read_key: last.is_own or last.read_at is not None,
            "read": last.read_at,
        }
    return rendered


def _chat_card(world: World, account: Account, chat: Chat) -> JsonObject:
    """The part of a chat that does not change, built once."""
    buyer = chat.buyer
    card: JsonObject = {
        "id": chat.id,
        "created": chat.created,
        "users": [
            _user_json(world, chat, buyer.id, buyer.name, buyer.avatar),
            _user_json(world, chat, account.user_id, account.name, 8),
        ],
    }
    listing = world.listings.get(chat.item_id) if chat.item_id is not None else None
    if listing is not None:
        card["context"] = {"type": "item", "value": context_value(world, account, listing)}
    return card


def context_value(world: World, account: Account, listing: Listing) -> JsonObject:
    value: JsonObject = {
        "id": listing.id,
        "title": listing.title,
        "price_string": listing.price_string,
        "status_id": LISTING_STATUS_IDS[listing.status],
        "url": item_url(world, listing),
        "user_id": listing.user_id,
        "images": {
            "count": listing.images_count,
            "main": {"140x105": item_image(world, listing, "140x105")},
        },
    }
    if account.habits.location_in_context:
        value["location"] = {"title": listing.city, "lat": listing.lat, "lon": listing.lon}
    return value


def _user_json(world: World, chat: Chat, user_id: int, name: str, avatar: int) -> JsonObject:
    base = f"{world.public_url}/avatar"
    query = f"id={user_id}&iid={chat.item_id or 0}&src=messenger"
    return {
        "id": user_id,
        "name": name,
        "parsing_allowed": True,
        "public_user_profile": {
            "user_id": user_id,
            "item_id": chat.item_id or 0,
            "url": f"{world.public_url}/user/{user_id:032x}/profile?{query}",
            "avatar": {
                "default": f"{base}/256x256/{avatar}.png",
                "images": {size: f"{base}/{size}/{avatar}.png" for size in AVATAR_SIZES},
            },
        },
    }


def webhook_value(account: Account, chat: Chat, message: Message) -> JsonObject:
    value: JsonObject = {
        "id": message.id,
        "chat_id": message.chat_id,
        "user_id": account.user_id,
        "author_id": message.author_id,
        "created": message.created,
        "type": message.type,
        "chat_type": chat.type,
        "content": message.content,
        "item_id": chat.item_id,
    }
    if account.habits.published_at:
        value["published_at"] = rfc3339(message.created)
        value["read"] = message.read_at
    return value
