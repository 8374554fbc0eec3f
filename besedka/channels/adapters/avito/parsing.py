"""Messages of webhooks and of history, read into one shape."""

from datetime import datetime
from typing import Any

from besedka.channels.adapters.avito.content import SYSTEM_PREFIX, read_content, read_type
from besedka.channels.adapters.avito.fields import (
    first_time,
    load_json,
    read_flag,
    read_id,
    read_object,
    read_rows,
    read_text,
    read_time,
)
from besedka.channels.adapters.base import (
    InboundAuthor,
    InboundMessage,
    MessageType,
    Quote,
    UnreadableWebhook,
)
from besedka.core.logging import get_logger

log = get_logger(__name__)

_SYSTEM_AUTHORS = frozenset(str(number) for number in range(11))
_AUTHOR_BY_DIRECTION = {"in": InboundAuthor.CUSTOMER, "out": InboundAuthor.OWN}


def read_webhook(body: bytes, *, own_id: str) -> list[InboundMessage]:
    """The message of a webhook; [] for a self-test `{}` and for events that are not messages.

    `own_id` is our user id where known; the webhook names it too, as `user_id`.
    """
    try:
        envelope = load_json(body)
    except ValueError as error:
        raise UnreadableWebhook("not JSON") from error
    if not isinstance(envelope, dict):
        raise UnreadableWebhook("not a JSON object")
    if not envelope:
        return []
    payload = read_object(envelope, "payload")
    if not payload:
        raise UnreadableWebhook("no payload")
    if read_text(payload, "type") not in ("", "message"):
        return []
    value = read_object(payload, "value")
    for name in ("id", "chat_id", "author_id"):
        # Without the author an own echo looks like a customer's message. The sweep reads the
        # same message from history, where the direction is told.
        if not read_id(value, name):
            raise UnreadableWebhook(f"no {name}")
    own_ids = {own_id, read_id(value, "user_id")} - {""}
    if not own_ids:
        raise UnreadableWebhook("no user_id")
    return [
        _read_message(
            value,
            own_ids=own_ids,
            chat_id=read_id(value, "chat_id"),
            delivered_at=read_time(envelope, "timestamp"),
        )
    ]


def read_history(answer: Any, *, own_id: str, chat_id: str) -> list[InboundMessage]:
    """Messages in the order of the answer: an array, or {"messages": [...]}."""
    messages = [
        read_history_message(row, own_id=own_id, chat_id=chat_id)
        for row in read_rows(answer, "messages")
    ]
    return [message for message in messages if message is not None]


def read_history_message(
    row: dict[str, Any], *, own_id: str, chat_id: str
) -> InboundMessage | None:
    """None for a row without an id, which could be neither stored once nor found again."""
    if not read_id(row, "id"):
        log.warning("avito.message_without_id", chat_id=chat_id)
        return None
    return _read_message(row, own_ids={own_id}, chat_id=chat_id)


def _read_message(
    value: dict[str, Any],
    *,
    own_ids: set[str],
    chat_id: str,
    delivered_at: datetime | None = None,
) -> InboundMessage:
    kind = read_type(value)
    author = _read_author(value, kind, own_ids)
    if author is InboundAuthor.SYSTEM and kind is MessageType.TEXT:
        kind = MessageType.SYSTEM
    content, text = read_content(value, kind)
    item_id = read_id(value, "item_id")
    read_at = read_time(value, "read")
    is_own = author is InboundAuthor.OWN
    return InboundMessage(
        external_id=read_id(value, "id"),
        chat_external_id=chat_id,
        chat_type=chat_type_of(value, chat_id, has_item=item_id not in ("", "0")),
        author=author,
        author_external_id=read_id(value, "author_id"),
        type=kind,
        text=text,
        content=content,
        sent_at=first_time(
            read_time(value, "published_at"), read_time(value, "created"), delivered_at
        ),
        listing_external_id=item_id if item_id not in ("", "0") else None,
        # `read` is the time at which the receiving side read it: ours for a customer's message.
        is_read=read_flag(value, "is_read", "isRead") or (read_at is not None and not is_own),
        read_at=read_at if is_own else None,
        quote=_read_quote(read_object(value, "quote")),
        raw=value,
    )


def _read_author(value: dict[str, Any], kind: MessageType, own_ids: set[str]) -> InboundAuthor:
    author_id = read_id(value, "author_id")
    if kind is MessageType.SYSTEM or author_id in _SYSTEM_AUTHORS:
        return InboundAuthor.SYSTEM
    if not author_id:
        return _AUTHOR_BY_DIRECTION.get(read_text(value, "direction"), InboundAuthor.SYSTEM)
    if author_id in own_ids:
        return InboundAuthor.OWN
    if read_text(read_object(value, "content"), "text").startswith(SYSTEM_PREFIX):
        return InboundAuthor.SYSTEM
    return InboundAuthor.CUSTOMER


def chat_type_of(value: dict[str, Any], chat_id: str, *, has_item: bool) -> str:
    """As named, else by the prefix of the chat's id ("u2i-…")."""
    named = read_text(value, "chat_type") or chat_id.partition("-")[0]
    if len(named) == 3 and named[1] == "2":
        return named
    return "u2i" if has_item else "u2u"


def _read_quote(quote: dict[str, Any]) -> Quote | None:
    if not read_id(quote, "id"):
        return None
    kind = read_type(quote)
    return Quote(
        external_id=read_id(quote, "id"),
        author_external_id=read_id(quote, "author_id"),
        type=kind,
        text=read_content(quote, kind)[1],
    )
