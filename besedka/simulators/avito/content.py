"""Message content in Avito's shapes, one builder per type."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from besedka.simulators.avito.state import JsonObject, Listing, World

BARE_URL = re.compile(r"https?://\S+")

IMAGE_SIZES = ("1280x960", "640x480", "140x105", "32x32")

# Types that a webhook may carry with an empty content object.
EMPTY_TYPES = frozenset({"appCall", "file", "video", "deleted"})


class BadContent(Exception):
    """The content of a simulated message makes no sense."""


def image_sizes(world: World, image_id: str) -> dict[str, str]:
    return {size: f"{world.public_url}/img/{size}/{image_id}" for size in IMAGE_SIZES}


def item_url(world: World, listing: Listing) -> str:
    return f"{world.public_url}/item/{listing.id}"


def item_image(world: World, listing: Listing, size: str) -> str:
    return f"{world.public_url}/img/{size}/item-{listing.id}.png"


def typed_text(text: str) -> tuple[str, JsonObject]:
    """What Avito makes of typed text: a message that is only an address becomes a link."""
    stripped = text.strip()
    if BARE_URL.fullmatch(stripped):
        return "link", link_content(stripped)
    return "text", {"text": text}


def link_content(url: str, title: str = "", description: str = "") -> JsonObject:
    domain = urlsplit(url).hostname or ""
    if not title:
        return {"link": {"text": url, "url": url, "preview": None}}
    preview = {
        "title": title,
        "description": description,
        "domain": domain,
        "url": url,
        "images": None,
    }
    return {"link": {"text": url, "url": url, "preview": preview}}


def build_content(
    world: World, kind: str, fields: Mapping[str, object], *, user_id: int, new_voice_id: str
) -> tuple[str, JsonObject, str]:
    """The type, the content and the plain words of a message.

    `fields` are those of the control API: text, image_id, url, title, description, item_id, lat,
    lon, flow_id. Raises BadContent.
    """
    text = str(fields.get("text") or "")
    content: JsonObject
    if kind == "text":
        if not text.strip():
            raise BadContent("text is empty")
        kind, content = typed_text(text)
    elif kind == "image":
        content = _image_content(world, fields)
    elif kind == "voice":
        content = {"voice": {"voice_id": new_voice_id}}
    elif kind == "link":
        content, text = _described_link(fields, text)
    elif kind == "item":
        content, text = _item_content(world, fields)
    elif kind == "location":
        content, text = _location_content(fields, text)
    elif kind == "call":
        content = {"call": {"status": "missed", "target_user_id": user_id}}
    elif kind == "system":
        content = {"text": text, "flow_id": str(fields.get("flow_id") or "seller_notice")}
    else:
        content = {} if kind in EMPTY_TYPES else _raw_content(fields)
    return kind, content, text


def _image_content(world: World, fields: Mapping[str, object]) -> JsonObject:
    image_id = str(fields.get("image_id") or "sample.png")
    return {"image": {"sizes": image_sizes(world, image_id)}}


def _described_link(fields: Mapping[str, object], text: str) -> tuple[JsonObject, str]:
    url = str(fields.get("url") or text)
    if not url:
        raise BadContent("url is empty")
    title, description = str(fields.get("title") or ""), str(fields.get("description") or "")
    return link_content(url, title, description), url


def _item_content(world: World, fields: Mapping[str, object]) -> tuple[JsonObject, str]:
    listing = world.listings.get(int(str(fields.get("item_id") or 0)))
    if listing is None:
        raise BadContent("item_id is unknown")
    item = {
        "title": listing.title,
        "price_string": listing.price_string or None,
        "item_url": item_url(world, listing),
        "image_url": item_image(world, listing, "140x105"),
    }
    return {"item": item}, listing.title


def _location_content(fields: Mapping[str, object], text: str) -> tuple[JsonObject, str]:
    title = str(fields.get("title") or text or "Москва, Варшавское шоссе, 125")
    place = {
        "kind": str(fields.get("kind") or "house"),
        "lat": float(str(fields.get("lat") or 55.6201)),
        "lon": float(str(fields.get("lon") or 37.6075)),
        "title": title,
        "text": title,
    }
    return {"location": place}, title


def _raw_content(fields: Mapping[str, object]) -> JsonObject:
    """The content of a type that nobody knows, as it was given."""
    raw = fields.get("content")
    return dict(raw) if isinstance(raw, Mapping) else {}
