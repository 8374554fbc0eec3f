"""The agent's answer leaves only while nobody else has spoken."""

import pytest
from prometheus_client import REGISTRY

from besedka.inbox.errors import TurnSuperseded
from tests.conftest import Clock
from tests.inbox.desk import Desk, event_types
from tests.inbox.wire import Killed, Wire, kill

LONG = f"{'А' * 900}. {'Б' * 900}."


async def bot_statuses(desk: Desk, talk_id: str) -> list[str]:
    page = (await desk.client.get(f"/api/v1/conversations/{talk_id}/messages")).json()["items"]
    return [each["status"] for each in page[::-1] if each["author"]["kind"] == "bot"]


async def test_an_answer_that_nobody_overtook_is_sent_and_the_talk_stays_the_bots(
    desk: Desk,
) -> None:
    talk = await desk.talk("Сколько стоит?")

    await talk.bot_answers("Пять тысяч")
    queued = await talk.read()
    await desk.exchange()

    assert (queued["unread_count"], queued["waiting_since"]) == (0, None)
    assert talk.sent == ["Пять тысяч"]
    message = await talk.last()
    assert (message["author"]["kind"], message["status"]) == ("bot", "sent")
    assert message["receipt"]["model"] == "builtin"
    assert (await desk.counts())["bot"] == {"open": 1, "unread": 0, "waiting": 0}


async def test_what_the_agent_wrote_without_the_newest_message_is_not_even_queued(
    desk: Desk,
) -> None:
    talk = await desk.talk("Раз")
    await talk.buyer("Два")

    with pytest.raises(TurnSuperseded):
        await talk.bot_answers("Ответ на раз", seen=1)

    assert await bot_statuses(desk, talk.id) == []


@pytest.mark.parametrize("act", ["take-over", "close", "block"])
async def test_nothing_is_queued_after_a_person_acted(act: str, desk: Desk) -> None:
    talk = await desk.talk()
    await talk.act(act, {"reason": "other"} if act == "block" else None)

    with pytest.raises(TurnSuperseded):
        await talk.bot_answers("Поздно")


async def test_a_burst_is_answered_once(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.bot_answers("Ответ")

    with pytest.raises(TurnSuperseded):
        await talk.bot_answers("Ещё ответ")


async def test_a_person_who_writes_before_the_delivery_is_the_only_one_to_speak(
    desk: Desk,
) -> None:
    talk = await desk.talk()
    await talk.bot_answers("Я бот")

    await talk.reply("Я человек")

    assert talk.sent == ["Я человек"]
    assert await bot_statuses(desk, talk.id) == ["discarded"]
    assert "message.discarded" in await event_types()


async def test_a_persons_word_in_the_app_whose_webhook_was_lost_is_seen_before_the_agent_speaks(
    desk: Desk,
) -> None:
    talk = await desk.talk()
    await talk.bot_answers("Я бот")
    await desk.avito.seller_writes(talk.chat, "Я человек")
    desk.drop_webhooks()

    await desk.exchange()

    assert talk.sent == []
    assert await bot_statuses(desk, talk.id) == ["discarded"]
    conversation = await talk.read()
    assert (conversation["mode"], conversation["last_message"]["text"]) == ("manager", "Я человек")
    assert await talk.activities() == ["answered_elsewhere"]


@pytest.mark.parametrize("text", ["Короткий ответ", LONG])
@pytest.mark.parametrize("is_webhook_lost", [True, False])
async def test_a_customers_word_before_the_delivery_voids_the_whole_answer_and_asks_for_a_new_one(
    text: str, is_webhook_lost: bool, desk: Desk
) -> None:
    talk = await desk.talk("Сколько стоит?")
    await talk.bot_answers(text)
    await desk.avito.buyer_writes(talk.chat, "И доставка?")
    if is_webhook_lost:
        desk.drop_webhooks()
    counted = discarded_deliveries()

    await desk.exchange()

    assert talk.sent == []
    assert discarded_deliveries() == counted + 1
    assert set(await bot_statuses(desk, talk.id)) == {"discarded"}
    conversation = await talk.read()
    assert (conversation["mode"], conversation["unread_count"]) == ("bot", 2)
    assert conversation["waiting_since"] is not None
    assert conversation["last_message"]["text"] == "И доставка?"
    assert await talk.unanswered() == ["Сколько стоит?", "И доставка?"]


async def test_the_second_part_of_an_answer_is_sent_although_the_customer_writes_in_between(
    desk: Desk,
) -> None:
    talk = await desk.talk()
    await talk.bot_answers(LONG)

    async def customer_writes() -> None:
        await desk.avito.buyer_writes(talk.chat, "Угу")

    async with Wire(desk.avito, after={1: customer_writes}):
        await desk.exchange()

    assert [part[0] for part in talk.sent] == ["А", "Б"]
    assert await talk.unanswered() == ["Угу"]


@pytest.mark.parametrize("is_webhook_lost", [True, False])
async def test_the_second_part_of_an_answer_is_not_sent_after_a_person_wrote(
    is_webhook_lost: bool, desk: Desk
) -> None:
    talk = await desk.talk()
    await talk.bot_answers(LONG)

    async def person_writes() -> None:
        await desk.avito.seller_writes(talk.chat, "Дальше я сам")
        if is_webhook_lost:
            desk.drop_webhooks()

    async with Wire(desk.avito, after={1: person_writes}):
        await desk.exchange()

    assert [part[0] for part in talk.sent] == ["А"]
    statuses = {each["text"][:1]: each["status"] for each in await talk.messages()}
    assert (statuses["А"], statuses["Б"]) == ("sent", "discarded")


async def test_an_answer_killed_at_its_sending_is_not_sent_after_a_person_took_over(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    await talk.bot_answers("Я бот")
    async with Wire(desk.avito, before={1: kill}):
        with pytest.raises(Killed):
            await desk.exchange()
    await talk.act("take-over")

    clock.advance(20)
    await desk.exchange()

    assert talk.sent == []
    assert await bot_statuses(desk, talk.id) == ["discarded"]


async def test_an_answer_that_did_arrive_before_the_kill_is_shown_as_sent(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    await talk.bot_answers("Я бот")
    async with Wire(desk.avito, after={1: kill}):
        with pytest.raises(Killed):
            await desk.exchange()
    desk.drop_webhooks()
    await talk.act("take-over")

    clock.advance(20)
    await desk.exchange()

    assert talk.sent == ["Я бот"]
    assert await bot_statuses(desk, talk.id) == ["sent"]


async def test_a_later_answer_makes_up_for_an_earlier_one_that_avito_kept_refusing(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk("Сколько стоит?")
    desk.avito.faults(status_500=1, max_hits=1, operations=["postSendMessage"])
    await talk.bot_answers("Пять тысяч")
    await desk.exchange()
    await talk.buyer("Торг есть?")
    await talk.bot_answers("Пять тысяч, торга нет")

    clock.advance(10)
    await desk.exchange()

    assert talk.sent == ["Пять тысяч, торга нет"]
    assert await talk.unanswered() == []
    assert (await talk.read())["waiting_since"] is None


async def test_an_answer_that_waits_to_be_tried_again_does_not_keep_a_persons_words_back(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    desk.avito.faults(status_500=1, max_hits=6, operations=["postSendMessage"])
    await talk.bot_answers("Я бот")
    for _ in range(5):
        await desk.exchange()
        clock.advance(60)
    await desk.exchange()  # by now the next try is half a minute away

    desk.avito.clear_faults()
    await talk.reply("Я человек")
    clock.advance(2)
    await desk.exchange()

    assert talk.sent == ["Я человек"]
    assert await bot_statuses(desk, talk.id) == ["discarded"]


def discarded_deliveries() -> float:
    name = "besedka_inbox_deliveries_total"
    return REGISTRY.get_sample_value(name, {"result": "discarded"}) or 0
