"""Chats, listings and the account's own profile, as Avito shows them now."""

import re
from typing import Any

from besedka.channels.adapters.avito.fields import (
    first_time,
    largest,
    read_id,
    read_number,
    read_object,
    read_rows,
    read_text,
    read_time,
    read_url,
    read_urls,
)
from besedka.channels.adapters.avito.parsing import chat_type_of, read_history_message
from besedka.channels.adapters.base import AccountProfile, ChatSnapshot, ListingSnapshot

_NBSP = "\u00a0"
# "3 873 ₽" and nothing around it: "от 3 873 ₽" or "3 873 ₽ за м²" is not a price of the thing.
_PRICE = re.compile(r"(\d{1,3}(?:\s\d{3})+|\d{1,12})(?:[.,](\d{2}))?\s*(?:₽|руб\.?|р\.)?")
# 20 is the one status_id that the specification explains; 10 is its example, 4 was seen live.
_STATUS_BY_ID = {"20": "closed", "10": "active", "4": "active"}
_STATUS_BY_NAME = {
    "active": "active",
    "removed": "closed",
    "old": "closed",
    "blocked": "closed",
    "rejected": "closed",
}


def read_chat(chat: dict[str, Any], *, own_id: str) -> ChatSnapshot | None:
    """None for a chat without an id."""
    chat_id = read_id(chat, "id")
    if not chat_id:
        return None
    contact = _read_contact(chat, own_id)
    profile = read_object(contact, "public_user_profile")
    avatar = read_object(profile, "avatar")
    listing = _read_context(read_object(chat, "context"), own_id)
    last = read_object(chat, "last_message")
    message = read_history_message(last, own_id=own_id, chat_id=chat_id) if last else None
    return ChatSnapshot(
        external_id=chat_id,
        chat_type=chat_type_of(chat, chat_id, has_item=listing is not None),
        contact_external_id=_user_id(contact) or None,
        contact_name=read_text(contact, "name").strip() or None,
        contact_avatar_url=largest(read_urls(avatar, "images"), up_to=128)
        or read_url(avatar, "default"),
        contact_profile_url=read_url(profile, "url"),
        listing=listing,
        updated_at=first_time(
            read_time(chat, "updated"), read_time(last, "created"), read_time(chat, "created")
        ),
        last_message=message,
    )


def _read_contact(chat: dict[str, Any], own_id: str) -> dict[str, Any]:
    # We are in the list too, and the order is not promised.
    others = [user for user in read_rows(chat, "users") if _user_id(user) not in ("", own_id)]
    return others[0] if others else {}


def _user_id(user: dict[str, Any]) -> str:
    return read_id(user, "id") or read_id(read_object(user, "public_user_profile"), "user_id")


def _read_context(context: dict[str, Any], own_id: str) -> ListingSnapshot | None:
    value = read_object(context, "value")
    item_id = read_id(value, "id")
    if read_text(context, "type") not in ("", "item") or item_id in ("", "0"):
        return None
    price = read_text(value, "price_string").strip()
    return ListingSnapshot(
        external_id=item_id,
        title=read_text(value, "title").strip(),
        price_text=price or None,
        price_minor=price_in_kopecks(price),
        url=read_url(value, "url"),
        image_url=largest(read_urls(read_object(value, "images"), "main")),
        status=_STATUS_BY_ID.get(read_id(value, "status_id"), "unknown"),
        location=read_text(read_object(value, "location"), "title").strip() or None,
        is_ours=read_id(value, "user_id") in ("", "0", own_id),
    )


def price_in_kopecks(text: str) -> int | None:
    """387300 for "3 873 ₽"; None when the text is not one plain price in roubles."""
    match = _PRICE.fullmatch(text.strip())
    if match is None:
        return None
    roubles, kopecks = "".join(match[1].split()), match[2] or "0"
    return int(roubles) * 100 + int(kopecks)


def read_listing(row: dict[str, Any]) -> ListingSnapshot | None:
    """A row of the account's own items, whose price is whole roubles."""
    item_id = read_id(row, "id")
    if item_id in ("", "0"):
        return None
    price = read_number(row, "price")
    roubles = int(price) if price is not None and 0 <= price < 10**12 else None
    price_text = None if roubles is None else f"{roubles:,}{_NBSP}₽".replace(",", _NBSP)
    return ListingSnapshot(
        external_id=item_id,
        title=read_text(row, "title").strip(),
        price_text=price_text,
        price_minor=None if roubles is None else roubles * 100,
        url=read_url(row, "url"),
        status=status_by_name(read_text(row, "status")),
        location=read_text(row, "address").strip() or None,
    )


def status_by_name(name: str) -> str:
    return _STATUS_BY_NAME.get(name, "unknown")


def read_profile(answer: Any) -> AccountProfile | None:
    user_id = read_id(answer, "id")
    if user_id in ("", "0"):
        return None
    return AccountProfile(
        external_id=user_id,
        name=read_text(answer, "name").strip(),
        email=read_text(answer, "email") or None,
        phone=read_text(answer, "phone") or None,
        profile_url=read_url(answer, "profile_url"),
    )
