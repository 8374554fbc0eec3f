"""Every type of message has its rendering data and readable words, whatever its content."""

from typing import Any

import pytest

from besedka.channels.adapters.base import InboundAuthor, MessageType
from tests.channels.adapters.avito.webhooks import OWN, read


@pytest.mark.parametrize(
    ("kind", "content", "expected_type", "expected_content", "expected_text"),
    [
        (
            "image",
            {
                "image": {
                    "sizes": {"640x480": "https://img.test/b.jpg", "32x32": "https://i.test/s"}
                }
            },
            MessageType.IMAGE,
            {"sizes": {"640x480": "https://img.test/b.jpg", "32x32": "https://i.test/s"}},
            "Фотография",
        ),
        (
            "voice",
            {"voice": {"voice_id": "v-17"}},
            MessageType.VOICE,
            {"voice_id": "v-17"},
            "Голосовое сообщение",
        ),
        (
            "link",
            {
                "link": {
                    "text": "shop.test/rims",
                    "url": "shop.test/rims",
                    "preview": {
                        "title": "Диски",
                        "description": "Литые",
                        "domain": "shop.test",
                        "url": "https://shop.test/rims",
                        "images": {"140x105": "https://i.test/1", "640x480": "https://i.test/2"},
                    },
                }
            },
            MessageType.LINK,
            {
                "url": "https://shop.test/rims",
                "title": "Диски",
                "description": "Литые",
                "domain": "shop.test",
                "image_url": "https://i.test/2",
            },
            "shop.test/rims",
        ),
        (
            "link",
            {"link": {"text": "https://a.test", "url": "https://a.test", "preview": None}},
            MessageType.LINK,
            {
                "url": "https://a.test",
                "title": "",
                "description": "",
                "domain": "",
                "image_url": None,
            },
            "https://a.test",
        ),
        (
            "item",
            {
                "item": {
                    "title": "Шины R16",
                    "price_string": "12\u00a0500\u00a0₽",
                    "item_url": "https://avito.test/1",
                    "image_url": "https://i.test/3",
                }
            },
            MessageType.ITEM,
            {
                "title": "Шины R16",
                "price_text": "12\u00a0500\u00a0₽",
                "url": "https://avito.test/1",
                "image_url": "https://i.test/3",
            },
            "Объявление: Шины R16, 12\u00a0500\u00a0₽",
        ),
        (
            "location",
            {
                "location": {
                    "lat": 55.5,
                    "lon": "37.25",
                    "kind": "house",
                    "title": "Дом",
                    "text": "Тула, ул. Мира, 1",
                }
            },
            MessageType.LOCATION,
            {
                "lat": 55.5,
                "lon": 37.25,
                "kind": "house",
                "title": "Дом",
                "text": "Тула, ул. Мира, 1",
            },
            "Геометка: Тула, ул. Мира, 1",
        ),
        (
            "call",
            {"call": {"status": "missed", "target_user_id": OWN}},
            MessageType.CALL,
            {"status": "missed"},
            "Пропущенный звонок",
        ),
        ("deleted", {}, MessageType.DELETED, {}, "Сообщение удалено"),
        ("file", {}, MessageType.FILE, {}, "Файл"),
        ("video", {}, MessageType.VIDEO, {}, "Видео"),
        ("appCall", {}, MessageType.APP_CALL, {}, "Звонок в приложении"),
    ],
)
def test_every_type_has_its_rendering_data_and_readable_text(
    kind: str,
    content: dict[str, Any],
    expected_type: MessageType,
    expected_content: dict[str, Any],
    expected_text: str,
) -> None:
    message = read(type=kind, content=content)

    assert message.type is expected_type
    assert message.content == expected_content
    assert message.text == expected_text
    assert message.author is InboundAuthor.CUSTOMER


def test_an_unknown_type_is_kept_raw_with_readable_text() -> None:
    message = read(type="sticker", content={"sticker": {"pack": 3}})

    assert message.type is MessageType.UNKNOWN
    assert message.content == {"raw_type": "sticker", "raw": {"sticker": {"pack": 3}}}
    assert message.text == "Сообщение нового вида, откройте его в Авито"
    assert read(type="poll", content={"text": "Когда приедете?"}).text == "Когда приедете?"


@pytest.mark.parametrize("kind", ["image", "voice", "link", "item", "location", "call", "system"])
@pytest.mark.parametrize("content", [None, {}, [], "строка", {"image": None, "link": 5}], ids=repr)
def test_a_known_type_with_broken_content_is_still_a_message(kind: str, content: object) -> None:
    assert read(type=kind, content=content).type is MessageType(kind)


def test_a_missing_type_is_seen_from_the_content() -> None:
    assert read(type=...).type is MessageType.TEXT
    assert read(type=..., content={"voice": {"voice_id": "v"}}).type is MessageType.VOICE
    assert read(type=..., content="просто строка").text == "просто строка"
    assert read(type=..., content={}).type is MessageType.UNKNOWN


def test_addresses_of_other_schemes_are_dropped() -> None:
    message = read(
        type="link", content={"link": {"text": "жми", "url": "javascript:alert(1)", "preview": {}}}
    )
    image = read(type="image", content={"image": {"sizes": {"1x1": "data:text/html,x", "2x2": 5}}})

    assert message.content["url"] is None
    assert image.content == {"sizes": {}}


def test_a_quote_is_kept() -> None:
    quote = {"id": "q1", "author_id": OWN, "created": 1, "type": "image", "content": {}}

    found = read(quote=quote).quote

    assert found is not None
    assert (found.external_id, found.author_external_id) == ("q1", str(OWN))
    assert (found.type, found.text) == (MessageType.IMAGE, "Фотография")
