"""How chats and messages look to the buyer's window and to the control API."""

from dataclasses import asdict

from besedka.simulators.avito.content import item_image, item_url
from besedka.simulators.avito.media import voice_url
from besedka.simulators.avito.state import Account, Chat, JsonObject, Listing, Message, World


def listing_view(world: World, listing: Listing) -> JsonObject:
    return {
        **asdict(listing),
        "url": item_url(world, listing),
        "image": item_image(world, listing, "640x480"),
        "thumb": item_image(world, listing, "140x105"),
    }


def message_view(world: World, message: Message) -> JsonObject:
    view: JsonObject = {
        "id": message.id,
        "seq": message.seq,
        "chat_id": message.chat_id,
        "author": "buyer"
        if message.via == "buyer"
        else "system"
        if message.via == "system"
        else "seller",
        "author_id": message.author_id,
        "via": message.via,
        "type": message.type,
        "content": message.content,
        "text": "" if message.deleted_at is not None else message.text,
        "created": message.created,
        "at": message.at,
        "read_at": message.read_at,
        "deleted": message.deleted_at is not None,
    }
    voice = message.content.get("voice")
    if isinstance(voice, dict):
        view["voice_url"] = voice_url(world, str(voice["voice_id"]))
    return view


def chat_view(world: World, chat: Chat) -> JsonObject:
    last = chat.last_message
    fresh = chat.messages[chat.read_by_buyer :]
    unread = sum(1 for each in fresh if each.is_own and each.read_at is None)
    return {
        "id": chat.id,
        "type": chat.type,
        "user_id": chat.user_id,
        "seller": world.accounts[chat.user_id].name,
        "buyer": {
            "id": chat.buyer.id,
            "name": chat.buyer.name,
            "avatar": f"{world.public_url}/avatar/64x64/{chat.buyer.avatar}.png",
            "is_blocked": chat.buyer.id in world.accounts[chat.user_id].blacklist,
        },
        "item_id": chat.item_id,
        "created": chat.created,
        "updated": chat.updated,
        "unread": unread,
        "message_count": len(chat.messages),
        "last_message": message_view(world, last) if last is not None else None,
    }


def account_view(account: Account) -> JsonObject:
    return {
        "user_id": account.user_id,
        "name": account.name,
        "client_id": account.client_id,
        "client_secret": account.client_secret,
        "subscriptions": list(account.subscriptions),
        "faults": account.faults.model_dump(),
        "habits": account.habits.model_dump(),
        "blacklist": sorted(account.blacklist),
    }
