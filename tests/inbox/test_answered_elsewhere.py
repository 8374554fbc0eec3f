"""A person answers in Avito's own app: the talk is theirs and the agent is silent."""

from tests.channels.intake_tools import take_webhooks
from tests.conftest import Client, Clock, RunJobs
from tests.inbox.desk import Desk


async def test_a_word_from_avitos_app_gives_the_talk_to_people(desk: Desk) -> None:
    talk = await desk.talk("Сколько стоит?")

    await talk.seller_in_app("Пять тысяч")

    conversation = await talk.read()
    assert conversation["mode"] == "manager"
    assert (conversation["unread_count"], conversation["waiting_since"]) == (0, None)
    assert await talk.activities() == ["answered_elsewhere"]
    message = await talk.last()
    assert (message["author"]["kind"], message["direction"]) == ("elsewhere", "out")
    assert await desk.counts() == {
        "bot": {"open": 0, "unread": 0, "waiting": 0},
        "manager": {"open": 1, "unread": 0, "waiting": 0},
    }


async def test_the_agents_draft_is_discarded(desk: Desk) -> None:
    talk = await desk.talk("Сколько стоит?")
    await talk.bot_answers("Сейчас посмотрю")

    await desk.avito.seller_writes(talk.chat, "Пять тысяч")
    await desk.avito.deliver_pending()
    await desk.exchange()

    assert talk.sent == []
    statuses = {each["text"]: each["status"] for each in await talk.messages()}
    assert statuses["Сейчас посмотрю"] == "discarded"
    assert (await talk.read())["last_message"]["text"] == "Пять тысяч"


async def test_a_second_word_from_the_app_is_not_announced_as_another_take_over(
    desk: Desk,
) -> None:
    talk = await desk.talk()
    await talk.seller_in_app("Пять тысяч")
    await talk.seller_in_app("Или четыре")

    assert await talk.activities() == ["answered_elsewhere"]


async def test_a_customer_who_wrote_again_still_waits_when_the_persons_word_is_heard_of_late(
    desk: Desk, client: Client, run_jobs: RunJobs, clock: Clock
) -> None:
    talk = await desk.talk("Сколько стоит?")
    clock.advance(10)
    await desk.avito.seller_writes(talk.chat, "Пять тысяч")
    (late,) = take_webhooks(desk.avito)
    clock.advance(10)
    await talk.buyer("А за четыре?")

    await client.post(late.path, content=late.body)
    await run_jobs()

    conversation = await talk.read()
    assert conversation["mode"] == "manager"
    assert conversation["unread_count"] == 1
    assert conversation["waiting_since"] is not None
    assert conversation["last_message"]["text"] == "А за четыре?"


async def test_a_person_who_begins_the_talk_in_the_app_is_a_conversation_too(
    desk: Desk,
) -> None:
    chat = await desk.avito.open_chat(buyer_name="Молчун")
    await desk.avito.seller_writes(chat, "Вы спрашивали о шинах?")
    await desk.exchange()
    (conversation,) = await desk.column("manager")
    assert conversation["contact"]["name"] == "Молчун"

    await desk.avito.buyer_writes(chat, "Да")
    await desk.exchange()

    (conversation,) = await desk.column("manager")
    assert (conversation["contact"]["name"], conversation["unread_count"]) == ("Молчун", 1)
