"""A buyer's burst from the webhook to the answer, through the product's own doors."""

from uuid import UUID

import pytest

from besedka.channels import service as channels
from besedka.channels.adapters.base import PaymentRequired
from besedka.core import db
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.assistant.talks import DEBOUNCE_S, buyer_asks, only_conversation, sent, turns_of
from tests.conftest import Client, Clock, Exchange, JsonObject

# Every test here has a connected account.
pytestmark = pytest.mark.usefixtures("account")


async def test_a_burst_gets_one_answer_to_all_its_questions(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Здравствуйте")
    await exchange()
    clock.advance(3)
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    clock.advance(3)
    await avito.buyer_writes(chat, "И ещё актуально?")
    await exchange()
    assert sent(avito) == []  # six seconds passed, but never five of silence

    clock.advance(DEBOUNCE_S)
    await exchange()

    listing = avito.account().listings[0]
    (answer,) = sent(avito)
    assert answer.startswith("Здравствуйте.")
    assert listing.price_string in answer
    assert f"«{listing.title}» актуально" in answer
    conversation = await only_conversation(operator)
    assert (conversation["mode"], conversation["waiting_since"]) == ("bot", None)


async def test_the_answer_carries_a_receipt_and_the_turn_its_trace(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    await buyer_asks(avito, exchange, clock, "Сколько стоит?")

    conversation = await only_conversation(operator)
    page = await operator.get(f"/api/v1/conversations/{conversation['id']}/messages")
    answer, question = page.json()["items"]
    listing = conversation["listing"]
    assert answer["receipt"] == {
        "sources": [
            {
                "kind": "listing",
                "id": listing["id"],
                "title": listing["title"],
                "quote": f"{listing['price_text']}, {listing['location']}",
            }
        ],
        "model": "builtin",
        "provider": "builtin",
        "input_tokens": 0,
        "output_tokens": 0,
        "cost_minor": "0",
        "seconds": answer["receipt"]["seconds"],
        "rule": None,
    }
    (trace,) = await turns_of(operator, conversation)
    assert (trace["outcome"], trace["reason"]) == ("answered", "answer")
    assert trace["message_ids"] == [question["id"]]
    assert trace["sources"] == answer["receipt"]["sources"]
    assert trace["attempts"] == 1


async def test_a_document_answers_what_the_listing_does_not(
    admin: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    document = {"title": "Доставка", "text": "По России отправляем СДЭК за 3 дня."}
    await admin.post("/api/v1/documents", json=document)
    await buyer_asks(avito, exchange, clock, "Отправляете СДЭКом?")

    assert sent(avito) == ["Здравствуйте. По России отправляем СДЭК за 3 дня."]
    (trace,) = await turns_of(admin, await only_conversation(admin))
    assert trace["sources"][0]["kind"] == "document"
    assert trace["sources"][0]["quote"] == "По России отправляем СДЭК за 3 дня."


async def test_thanks_get_no_answer_and_nobody_waits(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    await buyer_asks(avito, exchange, clock, "Спасибо 👍")

    assert sent(avito) == []
    conversation = await only_conversation(operator)
    assert (conversation["mode"], conversation["waiting_since"]) == ("bot", None)
    (trace,) = await turns_of(operator, conversation)
    assert (trace["outcome"], trace["reason"]) == ("skipped", "needs_no_answer")


async def test_a_talk_between_two_people_is_left_alone(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    await buyer_asks(
        avito, exchange, clock, "Сколько стоит?", chat=await avito.open_chat(chat_type="u2u")
    )

    assert sent(avito) == []
    conversation = await only_conversation(operator)
    assert conversation["waiting_since"] is not None
    (trace,) = await turns_of(operator, conversation)
    assert (trace["outcome"], trace["reason"]) == ("skipped", "chat_type")


async def test_a_talk_is_answered_once_the_channel_takes_messages_again(
    account: JsonObject, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    async with db.transaction() as session:
        await channels.note_problem(session, UUID(account["id"]), PaymentRequired())
    clock.advance(DEBOUNCE_S)
    await exchange()
    assert sent(avito) == []

    async with db.transaction() as session:
        await channels.clear_problem(session, UUID(account["id"]))
    clock.advance(30)
    await exchange()

    assert len(sent(avito)) == 1


async def test_an_agent_that_is_off_leaves_the_talk_waiting(
    admin: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    await admin.put("/api/v1/agent", json={"enabled": False, "debounce_s": 1})
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    clock.advance(1)
    await exchange()

    assert sent(avito) == []
    conversation = await only_conversation(admin)
    assert conversation["waiting_since"] is not None
    (trace,) = await turns_of(admin, conversation)
    assert trace["reason"] == "agent_off"
