"""When an answer is taken back, whoever has none any more waits for a person."""

import asyncio
from uuid import UUID

import pytest

from besedka.core import db
from besedka.inbox import service as inbox
from besedka.inbox.errors import TurnSuperseded
from tests.conftest import Clock, JsonObject
from tests.inbox.desk import RECEIPT, Desk, Talk, event_rows, moment
from tests.inbox.test_counters import replayed
from tests.inbox.test_recalls import recall


async def answered_by_bot(desk: Desk, clock: Clock, text: str = "Пять тысяч") -> Talk:
    talk = await desk.talk("Сколько стоит?")
    clock.advance(5)
    await talk.bot_answers(text)
    await desk.exchange()
    clock.advance(5)
    return talk


async def is_waiting(talk: Talk) -> bool:
    return (await talk.read())["waiting_since"] is not None


async def test_a_recalled_answer_of_the_bot_sends_the_talk_to_the_managers(
    desk: Desk, clock: Clock
) -> None:
    talk = await answered_by_bot(desk, clock)
    asked = (await talk.messages())[0]
    owned = (await talk.row()).ownership_seq
    start = (await event_rows())[-1].sequence

    assert (await recall(desk, (await talk.last())["id"]))[0] == 200
    await desk.exchange()

    conversation = await talk.read()
    assert (conversation["mode"], conversation["assignee"]) == ("manager", None)
    assert conversation["unread_count"] == 1
    assert moment(conversation["waiting_since"]) == moment(asked["sent_at"])
    assert (await talk.row()).ownership_seq == owned + 1
    mark = await talk.last("activity")
    assert mark["content"] == {"action": "answer_recalled", "by": "Ирина"}
    told = await event_rows(start)
    assert [row.type for row in told] == ["message.recalled", "message.noted"]
    assert [row.payload["before"]["mode"] for row in told] == ["bot", "manager"]
    counts, newest = await replayed()
    assert counts == await desk.counts()
    assert counts["manager"] == {"open": 1, "unread": 1, "waiting": 1}
    assert conversation == newest[talk.id]


async def test_recalling_it_again_moves_nothing(desk: Desk, clock: Clock) -> None:
    talk = await answered_by_bot(desk, clock)
    answer = await talk.last()

    results = await asyncio.gather(*(recall(desk, answer["id"]) for _ in range(3)))
    await talk.act("return-to-bot")
    again = await recall(desk, answer["id"])

    assert 200 in {status for status, _ in results}
    assert again[0] == 200
    assert (await talk.read())["mode"] == "bot"
    assert await talk.activities() == ["answer_recalled", "returned_to_bot"]


async def test_returned_to_the_bot_the_whole_burst_is_to_be_answered(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk("Сколько стоит?", "А доставка?")
    clock.advance(5)
    await talk.bot_answers("Пять тысяч")
    await desk.exchange()
    await recall(desk, (await talk.last())["id"])

    await talk.act("return-to-bot")

    assert await talk.unanswered() == ["Сколько стоит?", "А доставка?"]


async def test_while_another_answer_stands_nobody_waits(desk: Desk, clock: Clock) -> None:
    talk = await answered_by_bot(desk, clock)
    first = await talk.last()
    await talk.buyer("А торг?")
    clock.advance(5)
    await talk.bot_answers("Торга нет")
    await desk.exchange()

    assert (await recall(desk, first["id"]))[0] == 200

    assert not await is_waiting(talk)
    assert (await talk.read())["mode"] == "bot"
    assert await talk.activities() == []


async def test_of_an_answer_in_parts_the_last_standing_one_answers(
    desk: Desk, clock: Clock
) -> None:
    talk = await answered_by_bot(desk, clock, "слово " * 250)
    first, second = [each for each in await talk.messages() if each["direction"] == "out"]

    await recall(desk, first["id"])
    assert not await is_waiting(talk)

    await recall(desk, second["id"])
    assert await is_waiting(talk)
    assert await talk.activities() == ["answer_recalled"]


async def test_a_manager_who_recalls_the_only_reply_owes_another(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk("Сколько стоит?")
    clock.advance(5)
    first = await talk.reply("Пять тысяч")
    clock.advance(5)
    second = await talk.reply("Ошибся, шесть")
    owned = (await talk.row()).ownership_seq

    await recall(desk, first["id"])
    assert not await is_waiting(talk)

    await recall(desk, second["id"])
    assert await is_waiting(talk)
    conversation = await talk.read()
    assert (conversation["mode"], conversation["assignee"]["name"]) == ("manager", "Ирина")
    assert (await talk.row()).ownership_seq == owned
    counts, _ = await replayed()
    assert counts == await desk.counts()


async def test_a_closed_talk_stays_closed(desk: Desk, clock: Clock) -> None:
    talk = await answered_by_bot(desk, clock)
    answer = await talk.last()
    await talk.act("close")

    await recall(desk, answer["id"])

    conversation = await talk.read()
    assert (conversation["status"], conversation["waiting_since"]) == ("closed", None)
    assert await talk.activities() == ["closed"]


async def test_a_turn_under_way_comes_too_late(desk: Desk, clock: Clock) -> None:
    talk = await answered_by_bot(desk, clock)
    answer = await talk.last()
    await talk.buyer("А торг?")
    seen = (await talk.row()).inbound_seq

    await recall(desk, answer["id"])

    with pytest.raises(TurnSuperseded):
        async with db.transaction() as session:
            await inbox.queue_bot_reply(
                session, UUID(talk.id), seen_inbound_seq=seen, text="Торга нет", receipt=RECEIPT
            )
    assert (await talk.read())["mode"] == "manager"


async def test_the_buyer_who_writes_at_that_moment_is_not_lost(desk: Desk, clock: Clock) -> None:
    talk = await answered_by_bot(desk, clock)
    answer = await talk.last()
    await desk.avito.buyer_writes(talk.chat, "А торг?")

    await asyncio.gather(recall(desk, answer["id"]), desk.exchange())
    await desk.exchange()

    conversation: JsonObject = await talk.read()
    assert conversation["mode"] == "manager"
    assert conversation["waiting_since"] is not None
    assert await talk.activities() == ["answer_recalled"]
    counts, newest = await replayed()
    assert counts == await desk.counts()
    assert conversation == newest[talk.id]


async def test_an_answer_deleted_in_avitos_own_app_counts_as_recalled(
    desk: Desk, clock: Clock
) -> None:
    talk = await answered_by_bot(desk, clock)
    sent = desk.avito.sent[0]
    sent.deleted_at, sent.type, sent.content = desk.avito.world.clock(), "deleted", {}
    clock.advance(30)
    await talk.buyer("А?")
    await desk.sweep()

    conversation = await talk.read()
    assert (conversation["mode"], conversation["waiting_since"] is not None) == ("manager", True)
    assert (await talk.last("activity"))["content"] == {"action": "answer_recalled", "by": None}
