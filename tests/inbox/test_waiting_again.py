"""Who is left without the answer that was on its way waits as before it, neither more nor less."""

from datetime import timedelta

import pytest

from besedka.core import time
from tests.conftest import Clock, JsonObject
from tests.inbox.desk import Desk, Talk
from tests.inbox.test_counters import replayed
from tests.inbox.test_handovers import NOTICE, hand_over
from tests.inbox.test_holding import cancel, hold

ACTS: list[tuple[str, JsonObject | None]] = [("assign", {"assignee_id": None}), ("take-over", None)]


async def scheduled_states(talk: Talk) -> list[str]:
    answer = await talk.desk.client.get(f"{talk.url}/scheduled")
    assert answer.status_code == 200, answer.text
    return [each["state"] for each in answer.json()["items"]]


def owed(conversation: JsonObject) -> JsonObject:
    return {key: conversation[key] for key in ("waiting_since", "unread_count", "handover")}


async def answered_in_vain(desk: Desk, talk: Talk) -> None:
    """The agent's answer waits to be tried again: its first attempt failed."""
    desk.avito.faults(status_500=1, max_hits=1, operations=["postSendMessage"])
    await talk.bot_answers("Пять тысяч")
    await desk.exchange()
    desk.avito.clear_faults()
    assert (await talk.read())["waiting_since"] is None


async def counts_agree(desk: Desk, talk: Talk) -> None:
    counts, newest = await replayed()
    assert counts == await desk.counts()
    assert await talk.read() == newest[talk.id]


@pytest.mark.parametrize(("act", "body"), ACTS)
@pytest.mark.parametrize("is_retrying", [True, False])
async def test_an_act_that_stops_the_agents_answer_leaves_the_customer_waiting(
    act: str, body: JsonObject | None, is_retrying: bool, desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk("Сколько стоит?")
    before = await talk.read()
    if is_retrying:
        await answered_in_vain(desk, talk)
    else:
        await talk.bot_answers("Пять тысяч")

    await talk.act(act, body)
    clock.advance(60)
    await desk.exchange()

    assert talk.sent == []
    after = await talk.read()
    assert after["mode"] == "manager"
    assert owed(after) == owed(before)
    assert (await desk.counts())["manager"] == {"open": 1, "unread": 1, "waiting": 1}
    await counts_agree(desk, talk)


@pytest.mark.parametrize("is_retrying", [True, False])
async def test_closing_while_the_agents_answer_is_on_its_way_can_be_undone(
    is_retrying: bool, desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk("Сколько стоит?")
    before = await talk.read()
    if is_retrying:
        await answered_in_vain(desk, talk)
    else:
        await talk.bot_answers("Пять тысяч")

    closed = await talk.act("close")
    clock.advance(60)
    await desk.exchange()
    undone = await talk.act("reopen", {"undo": True})

    assert (closed["waiting_since"], closed["unread_count"]) == (None, 0)
    assert talk.sent == []
    assert owed(undone) == owed(before)
    assert await talk.unanswered() == ["Сколько стоит?"]
    await counts_agree(desk, talk)


async def test_a_reply_taken_back_after_it_stopped_the_agents_answer_leaves_the_customer_waiting(
    desk: Desk,
) -> None:
    talk = await desk.talk("Сколько стоит?")
    before = await talk.read()
    await talk.bot_answers("Пять тысяч")

    await cancel(desk.client, await hold(talk))

    assert owed(await talk.read()) == owed(before)


async def test_a_reply_taken_back_in_a_talk_of_the_bot_is_answered_by_the_bot(desk: Desk) -> None:
    talk = await desk.talk("Сколько стоит?")
    message = await hold(talk)
    await talk.act("return-to-bot")
    assert await talk.unanswered() == []
    version = (await talk.read())["version"]

    await cancel(desk.client, message)

    assert await talk.unanswered() == ["Сколько стоит?"]
    conversation = await talk.read()
    assert (conversation["mode"], conversation["waiting_since"] is not None) == ("bot", True)
    assert conversation["version"] == version + 2, "the reply, and that the agent is to answer"


async def test_taking_a_reply_back_makes_nobody_wait_who_did_not(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk("Спасибо")
    await talk.act("take-over")
    await talk.reply("Не за что")
    await talk.buyer("Всего доброго")
    await talk.act("close")
    before = await talk.act("reopen")
    assert before["waiting_since"] is None
    clock.advance(timedelta(days=2).total_seconds())

    await cancel(desk.client, await hold(talk))

    assert owed(await talk.read()) == owed(before)
    assert (await desk.counts())["manager"] == {"open": 1, "unread": 0, "waiting": 0}


@pytest.mark.parametrize("notice", [NOTICE, None])
async def test_a_reply_taken_back_leaves_who_was_promised_a_person_waiting(
    notice: str | None, desk: Desk
) -> None:
    talk = await desk.talk("Позовите менеджера")
    await hand_over(talk, notice)
    await desk.exchange()
    before = await talk.read()
    assert before["handover"] is not None
    assert before["waiting_since"] is not None

    await cancel(desk.client, await hold(talk))

    assert owed(await talk.read()) == owed(before)
    assert (await desk.counts())["manager"] == {"open": 1, "unread": 1, "waiting": 1}
    await counts_agree(desk, talk)


async def test_what_was_unread_is_so_again(desk: Desk) -> None:
    talk = await desk.talk("Раз", "Два")
    await talk.act("take-over")
    await talk.act("unread")
    before = await talk.read()
    assert before["unread_count"] == 2

    await cancel(desk.client, await hold(talk))

    assert owed(await talk.read()) == owed(before)
    await counts_agree(desk, talk)


async def test_of_two_replies_taken_back_in_any_order_nothing_is_forgotten(desk: Desk) -> None:
    talk = await desk.talk("Сколько стоит?")
    await talk.act("take-over")
    before = await talk.read()
    first = await hold(talk, "Первый", hold_s=30)
    await talk.buyer("И где вы?")
    second = await hold(talk, "Второй", hold_s=30)

    await cancel(desk.client, first)
    assert (await talk.read())["waiting_since"] is None
    await cancel(desk.client, second)

    conversation = await talk.read()
    assert conversation["waiting_since"] == before["waiting_since"]
    assert conversation["unread_count"] == 2


async def test_undoing_the_reply_and_then_the_close_lets_the_customer_wait_again(
    desk: Desk,
) -> None:
    talk = await desk.talk("Сколько стоит?")
    await talk.act("take-over")
    before = await talk.read()
    message = await hold(talk)
    await talk.act("close")

    await cancel(desk.client, message)
    assert (await talk.read())["waiting_since"] is None
    undone = await talk.act("reopen", {"undo": True})

    assert owed(undone) == owed(before)
    await counts_agree(desk, talk)


async def test_undoing_a_close_lets_what_it_stopped_leave_in_its_time(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    for minutes, text in ((10, "Скоро"), (60, "Потом")):
        send_at = (time.now() + timedelta(minutes=minutes)).isoformat()
        await talk.act("scheduled", {"text": text, "send_at": send_at})
    await talk.act("close")
    assert await scheduled_states(talk) == ["stopped", "stopped"]
    clock.advance(15 * 60)
    await desk.exchange()

    undone = await talk.act("reopen", {"undo": True})

    assert undone["status"] == "open"
    assert (await talk.read())["scheduled_count"] == 1
    assert await scheduled_states(talk) == ["stopped", "waiting"]
    clock.advance(60 * 60)
    await desk.exchange()
    assert talk.sent == ["Потом"]


async def test_undoing_a_close_lets_nothing_leave_that_the_customer_had_stopped(
    desk: Desk,
) -> None:
    talk = await desk.talk()
    send_at = (time.now() + timedelta(hours=1)).isoformat()
    await talk.act("scheduled", {"text": "Потом", "send_at": send_at})
    await talk.buyer("Я передумал")
    await talk.act("close")

    await talk.act("reopen", {"undo": True})

    assert await scheduled_states(talk) == ["stopped"]


async def test_undoing_a_close_puts_off_again_what_was_put_off(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk()
    until = (time.now() + timedelta(hours=1)).isoformat()
    before = await talk.act("snooze", {"until": until})
    await talk.act("close")

    undone = await talk.act("reopen", {"undo": True})

    assert (undone["status"], undone["snoozed_until"]) == ("snoozed", before["snoozed_until"])
    clock.advance(3601)
    await desk.exchange()
    assert (await talk.read())["status"] == "open"
    await counts_agree(desk, talk)


async def test_undoing_a_close_after_the_time_it_was_put_off_to_opens_the_talk(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    await talk.act("read")
    await talk.act("snooze", {"until": (time.now() + timedelta(hours=1)).isoformat()})
    await talk.act("close")
    clock.advance(3601)
    await desk.exchange()

    undone = await talk.act("reopen", {"undo": True})

    assert (undone["status"], undone["snoozed_until"], undone["unread_count"]) == ("open", None, 1)
