"""Pictures on their way to a chat, and found again there."""

from collections.abc import Mapping, Sequence
from typing import Any

from besedka.channels.adapters.avito import paths
from besedka.channels.adapters.avito.client import AvitoClient
from besedka.channels.adapters.avito.errors import ImageRefused, RequestRefused
from besedka.channels.adapters.avito.fields import read_urls
from besedka.channels.adapters.base import (
    Capabilities,
    InboundMessage,
    MessageType,
    UploadedImage,
)

TYPES = frozenset(
    {"image/jpeg", "image/jpg", "image/heic", "image/heif", "image/gif", "image/bmp", "image/png"}
)


def must_fit(capabilities: Capabilities, data: bytes, media_type: str) -> None:
    """Raises ImageRefused."""
    if media_type.lower() not in capabilities.image_types:
        raise ImageRefused(reason="media type")
    if not 0 < len(data) <= capabilities.image_max_bytes:
        raise ImageRefused(reason="size")


async def upload(
    client: AvitoClient, ids: Mapping[str, str], data: bytes, filename: str, media_type: str
) -> UploadedImage:
    answer = await client.call(
        paths.UPLOAD_IMAGE,
        ids=ids,
        files={"uploadfile[]": (filename or "image", data, media_type)},
    )
    image_id = next(iter(answer), "") if isinstance(answer, dict) else ""
    if not image_id:
        raise RequestRefused(http_status=200, reason="no image id in the answer")
    return UploadedImage(image_id, frozenset(read_urls(answer, image_id).values()))


async def send(client: AvitoClient, ids: Mapping[str, str], image: UploadedImage) -> Any:
    """The answer, which names the message."""
    return await client.call(paths.SEND_IMAGE, ids=ids, json={"image_id": image.id})


def find(ours: Sequence[InboundMessage], image: UploadedImage) -> InboundMessage | None:
    """By its addresses, and if Avito gave it others in the chat, the first that may be it."""
    pictures = [message for message in ours if message.type is MessageType.IMAGE]
    same = (each for each in pictures if image.urls & set(each.content["sizes"].values()))
    return next(same, next(iter(pictures), None))
