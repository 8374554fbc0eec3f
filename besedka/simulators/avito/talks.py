"""What people and programs do in chats: open them, write, read, take a message back."""

from besedka.simulators.avito.content import build_content
from besedka.simulators.avito.state import (
    Account,
    Chat,
    JsonObject,
    Message,
    Person,
    Via,
    World,
)

RECALL_WITHIN_S = 3600


class Refused(Exception):
    """The channel does not let this person do that."""


def open_chat(
    world: World,
    account: Account,
    *,
    buyer_name: str,
    item_id: int | None = None,
    chat_type: str = "u2i",
    buyer_id: int | None = None,
    at: float | None = None,
) -> Chat:
    listing = world.listings.get(item_id) if item_id is not None else None
    if chat_type == "u2i" and listing is None:
        raise Refused("a u2i chat needs a known item_id")
    moment = int(world.clock() if at is None else at)
    buyer = Person(buyer_id or world.number(), buyer_name, avatar=world.rng.randrange(8))
    chat = Chat(
        id=world.chat_id(chat_type),
        type=chat_type,
        user_id=account.user_id,
        buyer=buyer,
        item_id=item_id if chat_type == "u2i" else None,
        created=moment,
        updated=moment,
    )
    index_chat(world, account, chat)
    world.tell("chat", chat)
    return chat


def index_chat(world: World, account: Account, chat: Chat) -> None:
    world.chats[chat.id] = chat
    account.chats[chat.id] = chat
    if chat.item_id is not None:
        account.chats_by_item.setdefault(chat.item_id, {})[chat.id] = chat


def write(
    world: World,
    chat: Chat,
    via: Via,
    kind: str = "text",
    *,
    fields: JsonObject,
    at: float | None = None,
    sent_at: float | None = None,
    quote_id: str | None = None,
) -> Message:
    """Store a message and tell the listeners. `at` is when it arrived at the channel.

    `sent_at` backdates it, to prepare a history.
    """
    account = world.accounts[chat.user_id]
    if via is Via.BUYER and chat.buyer.id in account.blacklist:
        raise Refused("the seller has blocked this buyer")
    message = _compose(
        world, chat, via, kind, fields=fields, at=at, sent_at=sent_at, quote_id=quote_id
    )
    world.messages[message.id] = message
    _put_in_order(chat, message)
    _touch(account, chat, message)
    if via is Via.BUYER:
        buyer_reads(world, chat, silently=True)
    if via is Via.APP:
        seller_reads(world, chat)  # a person who answers in the app has the chat open
    world.tell("message", chat, message)
    return message


def _compose(
    world: World,
    chat: Chat,
    via: Via,
    kind: str,
    *,
    fields: JsonObject,
    at: float | None,
    sent_at: float | None,
    quote_id: str | None,
) -> Message:
    account = world.accounts[chat.user_id]
    if via is Via.SYSTEM:
        kind = "system"
    voice_id = world.hex_id() if kind == "voice" else ""
    kind, content, text = build_content(
        world, kind, fields, user_id=account.user_id, new_voice_id=voice_id
    )
    if voice_id:
        world.voices[voice_id] = chat.id
    now = world.clock()
    moment = now if at is None else at
    return Message(
        id=world.hex_id(),
        chat_id=chat.id,
        user_id=account.user_id,
        author_id=_author_id(account, chat, via),
        via=via,
        type=kind,
        content=content,
        text=text,
        created=int(moment if sent_at is None else sent_at),
        at=moment,
        stored_at=now,
        seq=world.truth.next_seq(),
        quote_id=quote_id,
    )


def _put_in_order(chat: Chat, message: Message) -> None:
    """Append the message, or put a backdated one in its place, unread with all after it."""
    chat.messages.append(message)
    if len(chat.messages) > 1 and chat.messages[-2].created > message.created:
        chat.messages.sort(key=lambda each: (each.created, each.seq))
        place = chat.messages.index(message)
        chat.read_by_seller = min(chat.read_by_seller, place)
        chat.read_by_buyer = min(chat.read_by_buyer, place)


def _author_id(account: Account, chat: Chat, via: Via) -> int:
    if via is Via.BUYER:
        return chat.buyer.id
    if via is Via.SYSTEM:
        return account.habits.system_author_id
    return account.user_id


def _touch(account: Account, chat: Chat, message: Message) -> None:
    chat.updated = max(chat.updated, message.created)
    if not message.is_own:
        account.unread[chat.id] = chat
    for shelf in (account.chats, account.unread):
        if chat.id not in shelf:
            continue
        newest = next(reversed(shelf.values()))
        shelf.move_to_end(chat.id)
        if newest.updated > chat.updated:
            for each in sorted(shelf.values(), key=lambda one: one.updated):
                shelf.move_to_end(each.id)


def seller_reads(world: World, chat: Chat) -> None:
    moment = int(world.clock())
    for message in chat.messages[chat.read_by_seller :]:
        if not message.is_own and message.read_at is None:
            message.read_at = moment
    chat.read_by_seller = len(chat.messages)
    world.accounts[chat.user_id].unread.pop(chat.id, None)
    world.tell("read", chat)


def buyer_reads(world: World, chat: Chat, *, silently: bool = False) -> None:
    moment = int(world.clock())
    for message in chat.messages[chat.read_by_buyer :]:
        if message.is_own and message.read_at is None:
            message.read_at = moment
    chat.read_by_buyer = len(chat.messages)
    if not silently:
        world.tell("read", chat)


def recall(world: World, chat: Chat, message: Message) -> None:
    """Take a message back within the hour; it stays in history as `deleted`."""
    now = world.clock()
    if message.deleted_at is not None:
        return
    if now - message.created > RECALL_WITHIN_S:
        raise Refused("message is older than one hour")
    message.deleted_at = now
    message.type = "deleted"
    message.content = {}
    world.tell("deleted", chat, message)
