"""What a message holds: rendering data for a bubble, and words for previews and the agent."""

import re
from typing import Any

from besedka.channels.adapters.avito.fields import (
    largest,
    read_id,
    read_number,
    read_object,
    read_text,
    read_url,
    read_urls,
)
from besedka.channels.adapters.base import MessageType

SYSTEM_PREFIX = "[Системное сообщение]"

_TYPES = {member.value: member for member in MessageType} | {"appCall": MessageType.APP_CALL}

_WORDS = {
    MessageType.IMAGE: "Фотография",
    MessageType.VOICE: "Голосовое сообщение",
    MessageType.DELETED: "Сообщение удалено",
    MessageType.FILE: "Файл",
    MessageType.VIDEO: "Видео",
    MessageType.APP_CALL: "Звонок в приложении",
}


def read_type(message: dict[str, Any]) -> MessageType:
    """The type as named, or by what the content holds when no type is named."""
    named = read_text(message, "type")
    if named:
        return _TYPES.get(named, MessageType.UNKNOWN)
    content = message.get("content")
    if isinstance(content, dict):
        for name, member in _TYPES.items():
            if content.get(name):
                return member
    return MessageType.TEXT if isinstance(content, str) else MessageType.UNKNOWN


def read_content(message: dict[str, Any], kind: MessageType) -> tuple[dict[str, Any], str]:
    """Rendering data by type (see InboundMessage) and the readable text."""
    raw = message.get("content")
    holder: dict[str, Any] = raw if isinstance(raw, dict) else {"text": raw}
    match kind:
        case MessageType.TEXT:
            return {}, read_text(holder, "text")
        case MessageType.SYSTEM:
            text = without_system_prefix(read_text(holder, "text"))
            return {"flow_id": read_id(holder, "flow_id") or None}, text
        case MessageType.IMAGE:
            return {"sizes": read_urls(read_object(holder, "image"), "sizes")}, _WORDS[kind]
        case MessageType.VOICE:
            return {"voice_id": read_id(read_object(holder, "voice"), "voice_id")}, _WORDS[kind]
        case MessageType.LINK:
            return _read_link(read_object(holder, "link"), holder)
        case MessageType.ITEM:
            return _read_item(read_object(holder, "item"))
        case MessageType.LOCATION:
            return _read_location(read_object(holder, "location"))
        case MessageType.CALL:
            status = read_text(read_object(holder, "call"), "status")
            return {"status": status}, "Пропущенный звонок" if status == "missed" else "Звонок"
        case MessageType.UNKNOWN:
            return _read_unknown(message, holder)
        case _:
            return {}, _WORDS[kind]


def without_system_prefix(text: str) -> str:
    # Avito repeats the prefix inside one text when it joins several notices.
    return re.sub(" {2,}", " ", text.replace(SYSTEM_PREFIX, " ")).strip()


def _read_link(link: dict[str, Any], holder: dict[str, Any]) -> tuple[dict[str, Any], str]:
    preview = read_object(link, "preview")
    content = {
        "url": read_url(link, "url", "text") or read_url(preview, "url"),
        "title": read_text(preview, "title"),
        "description": read_text(preview, "description"),
        "domain": read_text(preview, "domain"),
        "image_url": largest(read_urls(preview, "images"), up_to=640),
    }
    return content, read_text(link, "text", "url") or read_text(holder, "text")


def _read_item(item: dict[str, Any]) -> tuple[dict[str, Any], str]:
    title, price = read_text(item, "title"), read_text(item, "price_string")
    content = {
        "title": title,
        "price_text": price or None,
        "url": read_url(item, "item_url"),
        "image_url": read_url(item, "image_url"),
    }
    return content, ", ".join(["Объявление" + (f": {title}" if title else ""), price]).strip(", ")


def _read_location(location: dict[str, Any]) -> tuple[dict[str, Any], str]:
    content = {
        "lat": read_number(location, "lat"),
        "lon": read_number(location, "lon"),
        "title": read_text(location, "title"),
        "text": read_text(location, "text"),
        "kind": read_text(location, "kind"),
    }
    place = content["text"] or content["title"]
    return content, f"Геометка: {place}" if place else "Геометка"


def _read_unknown(message: dict[str, Any], holder: dict[str, Any]) -> tuple[dict[str, Any], str]:
    content = {"raw_type": read_text(message, "type"), "raw": message.get("content")}
    return content, read_text(holder, "text") or "Сообщение нового вида, откройте его в Авито"
