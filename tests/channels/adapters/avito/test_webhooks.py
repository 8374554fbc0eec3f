"""Webhooks of every tolerated shape: who wrote, when, about what. All payloads are made up."""

import json
from datetime import UTC, datetime

import pytest

from besedka.channels.adapters.avito.parsing import read_webhook
from besedka.channels.adapters.base import InboundAuthor, MessageType, UnreadableWebhook
from besedka.core.time import now
from tests.channels.adapters.avito.webhooks import BUYER, CHAT, OWN, SENT_AT, read, webhook


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


def test_read_means_ours_for_a_customer_and_theirs_for_us() -> None:
    read_at = int(SENT_AT.timestamp()) + 60

    customers, own = read(read=read_at), read(read=read_at, author_id=OWN)

    assert (customers.is_read, customers.read_at) == (True, None)
    assert (own.is_read, own.read_at) == (False, datetime.fromtimestamp(read_at, UTC))


def test_what_a_database_cannot_hold_is_taken_out() -> None:
    message = read(content={"text": "a\0b\ud800c", "weight": float("inf")})

    assert message.text == "ab?c"
    assert message.raw["content"]["weight"] is None
    assert message.raw["content"]["text"] == message.text


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
