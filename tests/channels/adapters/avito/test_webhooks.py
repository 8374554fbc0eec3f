"""Webhooks of every type and of every tolerated shape. All payloads here are made up."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from besedka.channels.adapters.avito.parsing import read_history, read_webhook
from besedka.channels.adapters.base import (
    InboundAuthor,
    InboundMessage,
    MessageType,
    UnreadableWebhook,
)
from besedka.core.time import now

OWN = 404_040_404
BUYER = 5_050_505_050
CHAT = "u2i-Qw~er_Ty1-Ui2Op3As4Df5"
SENT_AT = datetime(2026, 3, 2, 9, 30, 15, tzinfo=UTC)


def webhook(**changes: Any) -> bytes:
    value: dict[str, Any] = {
        "id": "c0ffee00c0ffee00c0ffee00c0ffee00",
        "chat_id": CHAT,
        "user_id": OWN,
        "author_id": BUYER,
        "created": int(SENT_AT.timestamp()),
        "type": "text",
        "chat_type": "u2i",
        "content": {"text": "А диски в комплекте?"},
        "item_id": 3_300_330_033,
        "read": None,
    }
    value = {name: item for name, item in (value | changes).items() if item is not ...}
    return json.dumps(
        {
            "id": "0e0e0e0e-1111-4222-8333-444444444444",
            "version": "v3.0.0",
            "timestamp": int(SENT_AT.timestamp()) + 2,
            "payload": {"type": "message", "value": value},
        }
    ).encode()


def read(**changes: Any) -> InboundMessage:
    [message] = read_webhook(webhook(**changes), own_id=str(OWN))
    return message


def test_a_buyers_text_is_read_whole() -> None:
    message = read()

    assert message.external_id == "c0ffee00c0ffee00c0ffee00c0ffee00"
    assert (message.chat_external_id, message.chat_type) == (CHAT, "u2i")
    assert (message.author, message.author_external_id) == (InboundAuthor.CUSTOMER, str(BUYER))
    assert (message.type, message.text) == (MessageType.TEXT, "А диски в комплекте?")
    assert (message.content, message.quote) == ({}, None)
    assert message.sent_at == SENT_AT
    assert message.listing_external_id == "3300330033"
    assert (message.is_read, message.read_at) == (False, None)


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


def test_own_echo_is_known_by_the_author() -> None:
    message = read(author_id=OWN)

    assert message.author is InboundAuthor.OWN


def test_own_echo_is_known_without_our_own_id() -> None:
    [message] = read_webhook(webhook(author_id=OWN), own_id="")

    assert message.author is InboundAuthor.OWN


@pytest.mark.parametrize("author_id", [0, 1, 10, "0"], ids=repr)
def test_low_author_ids_are_the_system(author_id: object) -> None:
    message = read(author_id=author_id, content={"text": "Оставьте отзыв"})

    assert (message.author, message.type) == (InboundAuthor.SYSTEM, MessageType.SYSTEM)


def test_eleven_is_a_person() -> None:
    assert read(author_id=11).author is InboundAuthor.CUSTOMER


def test_a_system_message_loses_every_prefix_and_keeps_its_flow() -> None:
    text = "[Системное сообщение] Не уходите в другие чаты. [Системное сообщение] Это опасно"
    message = read(type="system", author_id=1, content={"text": text, "flow_id": "two_way_chats"})

    assert message.author is InboundAuthor.SYSTEM
    assert message.text == "Не уходите в другие чаты. Это опасно"
    assert message.content == {"flow_id": "two_way_chats"}


def test_the_system_prefix_gives_the_system_away() -> None:
    message = read(content={"text": "[Системное сообщение] Осторожно"})

    assert (message.author, message.type) == (InboundAuthor.SYSTEM, MessageType.SYSTEM)


def test_a_person_on_our_side_stays_our_side_whatever_they_write() -> None:
    message = read(author_id=OWN, content={"text": "[Системное сообщение] это что"})

    assert message.author is InboundAuthor.OWN


@pytest.mark.parametrize("item_id", [0, "0", None, ...], ids=repr)
def test_no_listing_is_told_in_four_ways(item_id: object) -> None:
    message = read(item_id=item_id, chat_type="u2u", chat_id="u2u-Zx~cv_Bn1-Mq2We3Rt4Yu5")

    assert (message.listing_external_id, message.chat_type) == (None, "u2u")


@pytest.mark.parametrize(
    ("chat_id", "item_id", "expected"),
    [("u2u-abc", None, "u2u"), ("a2u-1-2", None, "a2u"), ("plain", 5, "u2i"), ("plain", 0, "u2u")],
)
def test_a_missing_chat_type_is_guessed(chat_id: str, item_id: object, expected: str) -> None:
    assert read(chat_type=..., chat_id=chat_id, item_id=item_id).chat_type == expected


@pytest.mark.parametrize(
    "created",
    [
        int(SENT_AT.timestamp()),
        str(int(SENT_AT.timestamp())),
        int(SENT_AT.timestamp()) * 1000,
        float(SENT_AT.timestamp()),
        SENT_AT.isoformat(),
    ],
    ids=["seconds", "text", "milliseconds", "float", "rfc3339"],
)
def test_the_time_comes_in_seconds_milliseconds_or_words(created: object) -> None:
    assert read(created=created).sent_at == SENT_AT


def test_published_at_is_finer_than_created() -> None:
    message = read(published_at="2026-03-02T12:30:15.250+03:00")

    assert message.sent_at == SENT_AT.replace(microsecond=250_000)


@pytest.mark.parametrize("created", [..., None, "soon", -1, 10**30, 1e308, True, [1]], ids=repr)
def test_without_a_usable_time_the_delivery_tells_it(created: object) -> None:
    assert (read(created=created).sent_at - SENT_AT).total_seconds() == 2


def test_without_any_time_it_is_now() -> None:
    body = json.loads(webhook(created=...))
    del body["timestamp"]
    [message] = read_webhook(json.dumps(body).encode(), own_id=str(OWN))

    assert abs((message.sent_at - now()).total_seconds()) < 60


def test_ids_come_as_numbers_or_text() -> None:
    message = read(user_id=str(OWN), author_id=str(OWN), item_id="77", id=12345)

    assert (message.external_id, message.author) == ("12345", InboundAuthor.OWN)
    assert message.listing_external_id == "77"


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


def test_read_means_ours_for_a_customer_and_theirs_for_us() -> None:
    read_at = int(SENT_AT.timestamp()) + 60

    customers, own = read(read=read_at), read(read=read_at, author_id=OWN)

    assert (customers.is_read, customers.read_at) == (True, None)
    assert (own.is_read, own.read_at) == (False, datetime.fromtimestamp(read_at, UTC))


def test_a_quote_is_kept() -> None:
    quote = {"id": "q1", "author_id": OWN, "created": 1, "type": "image", "content": {}}

    found = read(quote=quote).quote

    assert found is not None
    assert (found.external_id, found.author_external_id) == ("q1", str(OWN))
    assert (found.type, found.text) == (MessageType.IMAGE, "Фотография")


def test_what_a_database_cannot_hold_is_taken_out() -> None:
    message = read(content={"text": "a\0b\ud800c", "weight": float("inf")})

    assert message.text == "ab?c"
    assert message.raw["content"]["weight"] is None
    assert message.raw["content"]["text"] == message.text


def test_webhook_and_history_tell_the_same_message() -> None:
    row = {
        "id": "c0ffee00c0ffee00c0ffee00c0ffee00",
        "author_id": BUYER,
        "created": int(SENT_AT.timestamp()),
        "direction": "in",
        "type": "text",
        "content": {"text": "А диски в комплекте?"},
        "isRead": False,
        "read": None,
    }
    [from_history] = read_history([row], own_id=str(OWN), chat_id=CHAT)
    from_webhook = read()

    for name in InboundMessage.__dataclass_fields__:
        if name not in ("raw", "listing_external_id"):  # history does not name the listing
            assert getattr(from_history, name) == getattr(from_webhook, name), name


@pytest.mark.parametrize("shape", ["array", "object"])
@pytest.mark.parametrize("read_key", ["is_read", "isRead"])
def test_history_is_an_array_or_an_object(shape: str, read_key: str) -> None:
    rows = [
        {"id": "m2", "direction": "out", "type": "text", "content": {"text": "Да"}},
        {"id": "m1", "direction": "in", "type": "text", "content": {"text": "?"}, read_key: True},
        {"type": "text", "content": {"text": "без id"}},
        "не сообщение",
    ]
    answer = rows if shape == "array" else {"messages": rows}

    own, customers = read_history(answer, own_id=str(OWN), chat_id=CHAT)

    assert (own.author, customers.author) == (InboundAuthor.OWN, InboundAuthor.CUSTOMER)
    assert customers.is_read


@pytest.mark.parametrize("answer", [None, {}, [], "текст", {"messages": None}, 5])
def test_an_answer_without_messages_is_empty(answer: object) -> None:
    assert read_history(answer, own_id=str(OWN), chat_id=CHAT) == []


@pytest.mark.parametrize(
    "body",
    [b"{}", b" {} ", b'{"payload": {"type": "read", "value": {"chat_id": "x"}}}'],
)
def test_a_self_test_and_other_events_carry_no_message(body: bytes) -> None:
    assert read_webhook(body, own_id=str(OWN)) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not JSON"),
        (b"hello", "not JSON"),
        (b"\xff\xfe\x00\xd8", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not JSON"),
        (b"[]", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b'{"hello": 1}', "no payload"),
        (b'{"payload": "x"}', "no payload"),
        (b'{"payload": {"type": "message", "value": []}}', "no id"),
        (webhook(id=...), "no id"),
        (webhook(id="x" * 256), "no id"),
        (webhook(chat_id=None), "no chat_id"),
        (webhook(author_id=...), "no author_id"),
    ],
)
def test_junk_is_unreadable_and_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(UnreadableWebhook) as caught:
        read_webhook(body, own_id=str(OWN))

    assert caught.value.reason == reason
    assert caught.value.as_problem()["code"] == "unreadable_webhook"
