"""Deliveries: envelope, echoes, and what faults do to them."""

import asyncio
import re

import httpx
import pytest

from besedka.simulators.avito import AvitoSimulator
from besedka.simulators.avito import webhooks as deliveries
from besedka.simulators.avito.state import Chat
from tests.simulators.conftest import CAR, HOOK_URL, USER_ID, Moment, Receiver, Seller


async def test_buyers_message_arrives_in_the_captured_envelope(
    seller: Seller, avito: AvitoSimulator, chat: Chat, receiver: Receiver
) -> None:
    message = await avito.buyer_writes(chat, "Здравствуйте, ещё актуально?")
    await avito.deliver_pending()

    (body,) = receiver.bodies
    assert set(body) == {"id", "version", "timestamp", "payload"}
    assert body["version"] == "v3.0.0"
    assert body["payload"]["type"] == "message"
    value = body["payload"]["value"]
    assert (value["id"], value["chat_id"]) == (message.id, chat.id)
    assert (value["user_id"], value["author_id"]) == (USER_ID, chat.buyer.id)
    assert (value["item_id"], value["chat_type"]) == (CAR, "u2i")
    assert value["published_at"] == "2026-09-21T14:13:20Z"
    assert "direction" not in value
    assert re.fullmatch(r"[0-9a-f]{64}", receiver.headers[0]["x-avito-messenger-signature"])


async def test_published_at_can_be_missing_as_in_older_captures(
    seller: Seller, avito: AvitoSimulator, chat: Chat, receiver: Receiver
) -> None:
    avito.habits(published_at=False)
    await avito.buyer_writes(chat, "Ау")
    await avito.deliver_pending()

    assert {"published_at", "read"} & set(receiver.values[0]) == set()


async def test_own_messages_are_echoed_whether_sent_by_api_or_in_the_app(
    seller: Seller, avito: AvitoSimulator, chat: Chat, receiver: Receiver
) -> None:
    sent = (await seller.sends(chat, "Отвечает программа")).json()
    await avito.seller_writes(chat, "Отвечает человек")
    await avito.deliver_pending()

    assert receiver.texts == ["Отвечает программа", "Отвечает человек"]
    assert [value["author_id"] for value in receiver.values] == [USER_ID, USER_ID]
    assert receiver.values[0]["id"] == sent["id"]


async def test_every_subscribed_address_gets_every_message(
    seller: Seller, avito: AvitoSimulator, chat: Chat, receiver: Receiver
) -> None:
    await seller.post("/messenger/v3/webhook", {"url": "http://second.test/hook"})
    await seller.post("/messenger/v3/webhook", {"url": HOOK_URL})
    await avito.buyer_writes(chat, "Ау")
    await avito.deliver_pending()
    assert [headers["host"] for headers in receiver.headers] == ["product.test", "second.test"]

    await seller.post("/messenger/v1/webhook/unsubscribe", {"url": "http://second.test/hook"})
    await avito.buyer_writes(chat, "Ау")
    await avito.deliver_pending()

    assert len(receiver.bodies) == 3
    rows = (await seller.post("/messenger/v1/subscriptions")).json()["subscriptions"]
    assert rows == [{"url": HOOK_URL, "version": "3"}]


async def test_recalled_message_is_told_as_deleted(
    seller: Seller, avito: AvitoSimulator, chat: Chat, receiver: Receiver
) -> None:
    sent = (await seller.sends(chat, "Опечатка")).json()
    await seller.post(f"/messenger/v1/accounts/{USER_ID}/chats/{chat.id}/messages/{sent['id']}")
    await avito.deliver_pending()

    assert [value["type"] for value in receiver.values] == ["text", "deleted"]
    assert receiver.values[1]["id"] == sent["id"]


async def test_dropped_webhooks_never_arrive_and_the_truth_says_so(
    seller: Seller, avito: AvitoSimulator, chat: Chat, receiver: Receiver
) -> None:
    avito.faults(drop=1)
    await avito.buyer_writes(chat, "Пропадёт")
    avito.clear_faults()
    await avito.buyer_writes(chat, "Дойдёт")
    await avito.deliver_pending()

    assert receiver.texts == ["Дойдёт"]
    assert [row.dropped for row in avito.world.truth.deliveries] == [True, False]


async def test_duplicates_carry_one_message_id_and_fresh_envelopes(
    seller: Seller, avito: AvitoSimulator, chat: Chat, receiver: Receiver
) -> None:
    avito.faults(duplicate=3)
    await avito.buyer_writes(chat, "Трижды")
    await avito.deliver_pending()

    assert receiver.texts == ["Трижды"] * 3
    assert len({value["id"] for value in receiver.values}) == 1
    assert len({body["id"] for body in receiver.bodies}) == 3


async def test_reordered_webhooks_come_in_another_order(
    seller: Seller, avito: AvitoSimulator, chat: Chat, receiver: Receiver
) -> None:
    avito.faults(reorder=True)
    for text in ("1", "2", "3"):
        await avito.buyer_writes(chat, text)
    await avito.deliver_pending()

    assert receiver.texts == ["3", "2", "1"]


async def test_delayed_webhook_waits_for_its_time(
    seller: Seller, avito: AvitoSimulator, chat: Chat, receiver: Receiver, moment: Moment
) -> None:
    avito.faults(delay_s=30)
    await avito.buyer_writes(chat, "Позже")

    assert await avito.deliver_pending() == 0
    moment.advance(31)
    assert await avito.deliver_pending() == 1
    assert receiver.texts == ["Позже"]


async def test_receiver_that_is_slow_is_given_up_after_the_limit(
    seller: Seller,
    avito: AvitoSimulator,
    chat: Chat,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert deliveries.ANSWER_WITHIN_S == 2.0
    monkeypatch.setattr(deliveries, "ANSWER_WITHIN_S", 0.02)  # the rule itself, only quicker
    receiver.answers = asyncio.Event()
    await avito.buyer_writes(chat, "Ау")
    await avito.deliver_pending()

    (row,) = avito.world.truth.deliveries
    assert (row.status, row.error) == (None, "timeout")


@pytest.mark.parametrize(("retries", "attempts"), [(0, 1), (2, 3)])
async def test_failed_webhook_is_repeated_only_when_asked(
    seller: Seller,
    avito: AvitoSimulator,
    chat: Chat,
    receiver: Receiver,
    moment: Moment,
    retries: int,
    attempts: int,
) -> None:
    avito.faults(webhook_retries=retries)
    receiver.status = 503
    await avito.buyer_writes(chat, "Ау")
    while await avito.deliver_pending():
        moment.advance(10)

    assert [row.status for row in avito.world.truth.deliveries] == [503] * attempts


async def test_echo_can_come_before_the_answer_to_the_post(
    seller: Seller, avito: AvitoSimulator, chat: Chat, receiver: Receiver
) -> None:
    avito.faults(echo_first=True)
    response = await seller.sends(chat, "Да")

    assert receiver.values[0]["id"] == response.json()["id"]


async def test_automatic_delivery_keeps_the_order_within_a_chat(receiver: Receiver) -> None:
    avito = AvitoSimulator(seed=1, webhook_transport=httpx.ASGITransport(receiver))
    avito.account().subscriptions[HOOK_URL] = "3"
    chats = [await avito.open_chat(CAR) for _ in range(3)]
    for number in range(20):
        await avito.buyer_writes(chats[number % 3], str(number))
    await avito.settle()
    await avito.aclose()

    for index, chat in enumerate(chats):
        mine = [v["content"]["text"] for v in receiver.values if v["chat_id"] == chat.id]
        assert mine == [str(number) for number in range(20) if number % 3 == index]


async def test_automatic_reordering_loses_nothing(receiver: Receiver) -> None:
    avito = AvitoSimulator(seed=1, webhook_transport=httpx.ASGITransport(receiver))
    avito.account().subscriptions[HOOK_URL] = "3"
    avito.faults(reorder=True, reorder_window_s=0.05, duplicate=2)
    chat = await avito.open_chat(CAR)
    for number in range(20):
        await avito.buyer_writes(chat, str(number))
    await avito.settle()
    await avito.aclose()

    assert sorted(receiver.texts) == sorted([str(number) for number in range(20)] * 2)
    assert receiver.texts != sorted(receiver.texts, key=int)
