"""A person writes to the customer."""

import asyncio

import httpx
import pytest

from tests.conftest import Client, Clock, Exchange, JsonObject, RunJobs
from tests.inbox.desk import Desk, event_types


async def test_a_reply_reaches_the_customer_and_the_talk_is_the_persons(desk: Desk) -> None:
    talk = await desk.talk("Здравствуйте", "Ещё продаёте?")

    queued = await talk.reply("Да, приезжайте", deliver=False)

    assert (queued["status"], queued["author"]["kind"]) == ("queued", "user")
    assert talk.sent == []
    await desk.exchange()
    assert talk.sent == ["Да, приезжайте"]
    conversation = await talk.read()
    assert (conversation["mode"], conversation["assignee"]["name"]) == ("manager", "Ирина")
    assert (conversation["unread_count"], conversation["waiting_since"]) == (0, None)
    message = await talk.last()
    assert (message["status"], message["author"]["name"]) == ("sent", "Ирина")
    assert conversation["last_message"]["id"] == message["id"] == queued["id"]
    assert conversation["last_message"]["status"] == "sent"
    assert (await event_types())[-2:] == ["message.queued", "message.sent"]


async def test_a_talk_that_nobody_had_taken_is_the_first_answerers(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.seller_in_app("Минуту")
    await talk.buyer("Жду")
    assert (await talk.read())["assignee"] is None

    await talk.reply("Я здесь")

    assert (await talk.read())["assignee"]["name"] == "Ирина"


async def test_a_colleague_who_answers_does_not_take_the_talk_away(
    desk: Desk, admin: Client
) -> None:
    talk = await desk.talk()
    await talk.act("take-over")

    answer = await admin.post(f"{talk.url}/messages", json={"text": "Подскажу за коллегу"})

    assert answer.status_code == 201
    assert (await talk.read())["assignee"]["name"] == "Ирина"


async def test_the_chat_is_marked_read_on_avito_after_an_answer(
    desk: Desk, clock: Clock, run_jobs: RunJobs
) -> None:

    talk = await desk.talk()
    await talk.reply("Здравствуйте")
    clock.advance(3)
    await run_jobs()

    assert talk.chat.read_by_seller == len(talk.chat.messages)


async def test_a_long_reply_is_delivered_in_parts_in_order(desk: Desk) -> None:
    talk = await desk.talk()
    sentences = [f"Предложение номер {number} о товаре." for number in range(100)]

    await talk.reply(" ".join(sentences))

    assert len(talk.sent) == 4
    assert all(len(part) <= 1000 and part.endswith(".") for part in talk.sent)
    assert " ".join(talk.sent) == " ".join(sentences)


async def test_a_repeated_idempotency_key_is_one_message(desk: Desk) -> None:
    talk = await desk.talk()

    async def send() -> httpx.Response:
        return await desk.client.post(
            f"{talk.url}/messages", json={"text": "Да"}, headers={"Idempotency-Key": "k1"}
        )

    first = await send()
    again = await send()
    await desk.exchange()
    late = await send()
    await desk.exchange()

    assert first.status_code == again.status_code == late.status_code == 201
    ids = {answer.json()["items"][0]["id"] for answer in (first, again, late)}
    assert len(ids) == 1
    assert late.json()["items"][0]["status"] == "sent"
    assert talk.sent == ["Да"]


async def test_a_key_that_comes_twice_at_once_is_one_message(desk: Desk) -> None:
    talk = await desk.talk()
    text = "Предложение о товаре. " * 80

    answers = await asyncio.gather(
        *[
            desk.client.post(
                f"{talk.url}/messages", json={"text": text}, headers={"Idempotency-Key": "k1"}
            )
            for _ in range(4)
        ]
    )
    await desk.exchange()

    assert {answer.status_code for answer in answers} == {201}
    assert len({str([part["id"] for part in answer.json()["items"]]) for answer in answers}) == 1
    assert len(talk.sent) == 2


async def test_one_key_in_two_conversations_is_two_messages(desk: Desk) -> None:
    for talk in (await desk.talk(), await desk.talk()):
        await desk.client.post(
            f"{talk.url}/messages", json={"text": "Да"}, headers={"Idempotency-Key": "k1"}
        )
    await desk.exchange()

    assert [each.text for each in desk.avito.sent] == ["Да", "Да"]


async def test_reply_to_a_closed_conversation_is_refused_and_sends_nothing(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.act("close")

    response = await desk.client.post(f"{talk.url}/messages", json={"text": "Ещё тут?"})
    await desk.exchange()

    assert (response.status_code, response.json()["code"]) == (409, "conversation_closed")
    assert talk.sent == []


async def test_reply_to_a_blocked_contact_is_refused(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.act("block", {"reason": "spam"})
    await talk.act("reopen")

    response = await desk.client.post(f"{talk.url}/messages", json={"text": "Эй"})

    assert (response.status_code, response.json()["code"]) == (409, "contact_blocked")


async def test_reply_through_a_disconnected_account_is_refused(desk: Desk, admin: Client) -> None:
    talk = await desk.talk()
    await admin.post(f"/api/v1/channel-accounts/{desk.account['id']}/disconnect")

    response = await desk.client.post(f"{talk.url}/messages", json={"text": "Эй"})

    assert response.status_code == 409
    assert response.json()["code"] == "channel_account_disconnected"


@pytest.mark.parametrize("text", ["", "   ", "\n", "я" * 20_001])
async def test_an_empty_or_endless_text_is_refused(text: str, desk: Desk) -> None:
    talk = await desk.talk()

    response = await desk.client.post(f"{talk.url}/messages", json={"text": text})

    assert response.status_code == 422


async def test_an_empty_idempotency_key_is_refused_instead_of_swallowing_the_next_reply(
    desk: Desk,
) -> None:
    talk = await desk.talk()

    response = await desk.client.post(
        f"{talk.url}/messages", json={"text": "Эй"}, headers={"Idempotency-Key": ""}
    )

    assert response.status_code == 422


async def test_characters_that_no_database_keeps_do_not_break_a_reply(desk: Desk) -> None:
    talk = await desk.talk()

    await talk.reply("До\x00 свидания")

    assert talk.sent == ["До свидания"]


@pytest.mark.parametrize("text", ["", " \n "])
async def test_a_note_without_a_word_is_refused(text: str, desk: Desk) -> None:
    talk = await desk.talk()

    response = await desk.client.post(f"{talk.url}/notes", json={"text": text})

    assert response.status_code == 422


async def test_a_note_is_for_colleagues_only(desk: Desk) -> None:
    talk = await desk.talk()

    note = await talk.act("notes", {"text": "Просил скидку, не давать"})
    await desk.exchange()

    assert (note["type"], note["status"], note["direction"]) == ("note", "note", "internal")
    assert note["author"]["name"] == "Ирина"
    assert talk.sent == []
    conversation = await talk.read()
    assert conversation["last_message"]["text"] == "Здравствуйте"
    assert (conversation["unread_count"], conversation["mode"]) == (1, "bot")
    assert (await event_types())[-1] == "message.noted"


async def test_the_answer_to_a_reply_is_waited_for_by_nobody_until_the_customer_writes(
    desk: Desk, exchange: Exchange
) -> None:
    talk = await desk.talk()
    await talk.reply("Здравствуйте")

    await talk.buyer("Сколько стоит?")

    conversation: JsonObject = await talk.read()
    assert conversation["waiting_since"] is not None
    assert (await desk.counts())["manager"] == {"open": 1, "unread": 1, "waiting": 1}
