"""What the channel tells becomes conversations and messages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from besedka.simulators.avito.simulator import AvitoSimulator
from besedka.simulators.avito.talks import recall
from tests.conftest import Client, Clock, Exchange, JsonObject
from tests.inbox.desk import Desk, event_rows, event_types


@pytest.mark.usefixtures("account")
async def test_a_buyers_message_appears_with_name_listing_and_counters(
    operator: Client, avito: AvitoSimulator, exchange: Exchange
) -> None:
    chat = await avito.open_chat(buyer_name="Сергей Волков")
    await avito.buyer_writes(chat.id, "Здравствуйте, ещё продаёте?")

    await exchange()

    page = (await operator.get("/api/v1/conversations?mode=bot")).json()
    (conversation,) = page["items"]
    assert conversation["contact"]["name"] == "Сергей Волков"
    assert conversation["listing"]["title"]
    assert conversation["unread_count"] == 1
    assert conversation["waiting_since"] is not None
    assert conversation["last_message"]["text"] == "Здравствуйте, ещё продаёте?"
    counts = (await operator.get("/api/v1/conversations/counts")).json()
    assert counts["bot"] == {"open": 1, "unread": 1, "waiting": 1}


@dataclass
class Kind:
    fields: dict[str, Any]
    text: str
    content: Callable[[JsonObject], bool]


KINDS = {
    "image": Kind({}, "Фотография", lambda content: len(content["sizes"]) == 4),
    "voice": Kind({}, "Голосовое сообщение", lambda content: bool(content["voice_id"])),
    "link": Kind(
        {"url": "https://example.com/a", "title": "Пример"},
        "https://example.com/a",
        lambda content: content["title"] == "Пример" and content["domain"] == "example.com",
    ),
    "location": Kind(
        {"title": "Тверь, Советская, 1", "lat": 56.8, "lon": 35.9},
        "Геометка: Тверь, Советская, 1",
        lambda content: (content["lat"], content["lon"]) == (56.8, 35.9),
    ),
    "call": Kind({}, "Пропущенный звонок", lambda content: content == {"status": "missed"}),
    "file": Kind({}, "Файл", lambda content: content == {}),
    "video": Kind({}, "Видео", lambda content: content == {}),
    "appCall": Kind({}, "Звонок в приложении", lambda content: content == {}),
    "hologram": Kind(
        {"content": {"beam": 1}},
        "Сообщение нового вида, откройте его в Авито",
        lambda content: content == {"raw_type": "hologram", "raw": {"beam": 1}},
    ),
}


@pytest.mark.parametrize("kind", sorted(KINDS))
async def test_every_kind_of_message_has_words_and_what_its_bubble_needs(
    kind: str, desk: Desk
) -> None:
    talk = await desk.talk()

    await talk.buyer(type=kind, **KINDS[kind].fields)

    message = (await talk.messages())[-1]
    expected = {"appCall": "app_call", "hologram": "unknown"}.get(kind, kind)
    assert (message["type"], message["text"]) == (expected, KINDS[kind].text)
    assert KINDS[kind].content(message["content"])
    assert message["author"]["kind"] == "customer"
    conversation = await talk.read()
    assert conversation["unread_count"] == 2
    assert conversation["last_message"]["text"] == KINDS[kind].text


async def test_an_item_and_a_quote_are_shown(desk: Desk) -> None:
    talk = await desk.talk("Первый вопрос")
    listing = desk.avito.account().listings[1]
    first = talk.chat.messages[0]

    await talk.buyer(type="item", item_id=listing.id)
    await talk.buyer("Вот об этом", quote_id=first.id)

    item = await talk.last("item")
    assert item["content"]["title"] == listing.title
    assert listing.title in item["text"]


async def test_the_quote_of_a_message_comes_with_the_history(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk("Первый вопрос")
    first = talk.chat.messages[0]
    await desk.avito.buyer_writes(talk.chat, "Вот об этом", quote_id=first.id)
    desk.drop_webhooks()
    clock.advance(30)

    await desk.sweep()

    quote = (await talk.last())["quote"]
    assert quote == {"external_id": first.id, "text": "Первый вопрос"}


async def test_a_notice_of_the_channel_is_shown_but_neither_unread_nor_waiting(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.act("close")
    before = await talk.read()

    await desk.avito.system_writes(talk.chat, "[Системное сообщение] Будьте осторожны")
    await desk.exchange()

    message = await talk.last("system")
    assert (message["author"]["kind"], message["text"]) == ("system", "Будьте осторожны")
    after = await talk.read()
    assert (after["unread_count"], after["waiting_since"]) == (0, None)
    assert (after["status"], after["mode"]) == (before["status"], before["mode"])


async def test_the_customers_next_word_opens_a_closed_conversation(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.act("close")
    assert (await talk.read())["waiting_since"] is None

    await talk.buyer("Я передумал")

    conversation = await talk.read()
    assert (conversation["status"], conversation["unread_count"]) == ("open", 1)
    assert conversation["waiting_since"] is not None


async def test_a_conversation_is_announced_once_and_then_its_messages(desk: Desk) -> None:
    await desk.talk("Раз", "Два")

    types = [each for each in await event_types() if not each.startswith("channel_account")]
    assert types == [
        "conversation.created",
        "message.received",
        "message.received",
        "conversation.updated",  # the contact's name and the listing
    ]


async def test_a_message_that_was_deleted_before_we_saw_it_keeps_nobody_waiting(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    await talk.reply("Здравствуйте")

    await talk.buyer(type="deleted")

    conversation = await talk.read()
    assert (conversation["unread_count"], conversation["waiting_since"]) == (0, None)
    assert (await talk.last("deleted"))["deleted_at"] is not None


async def test_a_question_that_the_customer_takes_back_keeps_nobody_waiting(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk("Сколько стоит?")
    await talk.bot_answers("Пять тысяч")
    await desk.exchange()
    clock.advance(2)
    mistake = await talk.buyer("Ой, не туда")

    recall(desk.avito.world, talk.chat, mistake)
    await desk.exchange()

    conversation = await talk.read()
    assert (conversation["unread_count"], conversation["waiting_since"]) == (0, None)
    assert await talk.unanswered() == []
    assert (await talk.messages())[-1]["deleted_at"] is not None


async def test_of_two_questions_the_one_that_was_not_taken_back_still_waits(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk("Сколько стоит?")
    await talk.bot_answers("Пять тысяч")
    await desk.exchange()
    clock.advance(2)
    await talk.buyer("Торг есть?")
    mistake = await talk.buyer("Ой, не туда")

    recall(desk.avito.world, talk.chat, mistake)
    await desk.exchange()

    assert (await talk.read())["waiting_since"] is not None
    assert await talk.unanswered() == ["Торг есть?"]


@pytest.mark.usefixtures("account")
async def test_a_talk_between_people_without_a_listing_is_kept_too(
    operator: Client, avito: AvitoSimulator, exchange: Exchange
) -> None:
    chat = await avito.open_chat(chat_type="u2u", buyer_name="Сосед")
    await avito.buyer_writes(chat, "Привет")
    await exchange()

    (conversation,) = (await operator.get("/api/v1/conversations")).json()["items"]
    assert (conversation["chat_type"], conversation["listing"]) == ("u2u", None)
    assert conversation["contact"]["name"] == "Сосед"


@pytest.mark.usefixtures("account")
async def test_one_buyer_with_two_listings_is_one_contact_with_two_conversations(
    operator: Client, avito: AvitoSimulator, exchange: Exchange
) -> None:
    listings = avito.account().listings
    first = await avito.open_chat(listings[0].id, buyer_name="Оптовик")
    second = await avito.open_chat(listings[1].id, buyer_name="Оптовик")
    second.buyer = first.buyer
    await avito.buyer_writes(first, "Почём?")
    await avito.buyer_writes(second, "А это?")
    await exchange()

    items = (await operator.get("/api/v1/conversations")).json()["items"]
    assert len(items) == 2
    assert len({item["contact"]["id"] for item in items}) == 1
    assert {item["listing"]["title"] for item in items} == {listings[0].title, listings[1].title}


async def test_a_voice_message_gives_a_fresh_link_and_other_messages_give_none(
    desk: Desk,
) -> None:
    talk = await desk.talk("Слушайте")
    await talk.buyer(type="voice")
    voice, words = await talk.last("voice"), await talk.last("text")

    found = await desk.client.get(f"/api/v1/messages/{voice['id']}/voice")
    missing = await desk.client.get(f"/api/v1/messages/{words['id']}/voice")

    assert found.status_code == 200
    assert found.json()["url"].startswith("http")
    assert (missing.status_code, missing.json()["code"]) == (404, "not_a_voice_message")


async def test_a_webhook_tells_no_quote_but_the_sweep_adds_it(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk("Здравствуйте")
    first = talk.chat.messages[0]
    await talk.buyer("Вот об этом", quote_id=first.id)
    assert (await talk.last())["quote"] is None

    clock.advance(1)
    await desk.sweep()

    message = await talk.last()
    assert message["quote"] == {"external_id": first.id, "text": "Здравствуйте"}
    assert (await event_rows())[-1].payload["message"]["quote"] == message["quote"]
    version = message["version"]
    await desk.sweep()
    assert (await talk.last())["version"] == version, "told again it is no news"
