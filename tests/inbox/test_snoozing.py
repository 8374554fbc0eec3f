"""A talk is put off: out of sight and of the counters until its time or the customer's word."""

from datetime import timedelta

import pytest

from besedka.core import time
from tests.conftest import Client, Clock, JsonObject, RunJobs
from tests.inbox.desk import Desk, Talk

NOTHING = {"open": 0, "unread": 0, "waiting": 0}


def in_hours(hours: float) -> JsonObject:
    return {"until": (time.now() + timedelta(hours=hours)).isoformat()}


async def column(desk: Desk, status: str, mode: str = "bot") -> list[str]:
    return [row["id"] for row in await desk.column(mode, status)]


async def test_a_snoozed_talk_leaves_the_column_and_comes_back_at_its_time_on_top(
    desk: Desk, clock: Clock, run_jobs: RunJobs
) -> None:
    talk = await desk.talk("Первый")
    await talk.act("read")
    clock.advance(5)
    other = await desk.talk("Второй")

    snoozed = await talk.act("snooze", in_hours(1))
    await run_jobs()

    assert (snoozed["status"], snoozed["snoozed_until"] is None) == ("snoozed", False)
    assert (await column(desk, "open"), await column(desk, "snoozed")) == ([other.id], [talk.id])
    assert (await desk.counts())["bot"] == {"open": 1, "unread": 1, "waiting": 1}

    clock.advance(3601)
    await run_jobs()

    woken = await talk.read()
    assert (woken["status"], woken["snoozed_until"], woken["unread_count"]) == ("open", None, 1)
    assert await column(desk, "open") == [talk.id, other.id]
    assert (await desk.counts())["bot"] == {"open": 2, "unread": 2, "waiting": 2}
    assert await talk.activities() == ["snoozed", "woken"]


async def test_the_customers_word_brings_a_snoozed_talk_back_at_once_and_for_good(
    desk: Desk, clock: Clock, run_jobs: RunJobs
) -> None:
    talk = await desk.talk()
    await talk.reply("Подумайте до завтра")
    await talk.act("snooze", in_hours(1))

    await talk.buyer("Беру")

    woken = await talk.read()
    assert (woken["status"], woken["snoozed_until"], woken["unread_count"]) == ("open", None, 1)
    assert (await desk.counts())["manager"] == {"open": 1, "unread": 1, "waiting": 1}
    await talk.act("read")
    clock.advance(3601)
    await run_jobs()
    assert (await talk.read())["unread_count"] == 0, "its time has no meaning any more"


async def test_a_talk_put_off_again_comes_back_at_the_later_time(
    desk: Desk, clock: Clock, run_jobs: RunJobs
) -> None:
    talk = await desk.talk()
    await talk.act("snooze", in_hours(1))
    await talk.act("snooze", in_hours(3))

    clock.advance(3601)
    await run_jobs()
    assert (await talk.read())["status"] == "snoozed"
    clock.advance(7200)
    await run_jobs()
    assert (await talk.read())["status"] == "open"


async def test_putting_off_is_cancelled(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.act("snooze", in_hours(1))

    back = await talk.act("unsnooze")
    again = await talk.act("unsnooze")

    assert (back["status"], back["snoozed_until"]) == ("open", None)
    assert back["waiting_since"] is not None
    assert again["version"] == back["version"]


async def test_closing_forgets_the_time(desk: Desk, clock: Clock, run_jobs: RunJobs) -> None:
    talk = await desk.talk()
    await talk.act("snooze", in_hours(1))
    await talk.act("close")

    clock.advance(3601)
    await run_jobs()

    assert (await talk.read())["status"] == "closed"
    assert await desk.counts() == {"bot": NOTHING, "manager": NOTHING}


@pytest.mark.parametrize("hours", [-1, 0, 24 * 400])
async def test_a_time_that_is_past_or_far_away_is_refused(desk: Desk, hours: float) -> None:
    talk = await desk.talk()

    answer = await desk.client.post(f"{talk.url}/snooze", json=in_hours(hours))

    assert (answer.status_code, answer.json()["code"]) == (422, "snooze_time_refused")
    assert (await talk.read())["status"] == "open"


async def test_putting_off_to_the_same_time_again_says_nothing(desk: Desk) -> None:
    talk = await desk.talk()
    body = in_hours(1)
    first = await talk.act("snooze", body)

    again = await talk.act("snooze", body)
    later = await talk.act("snooze", in_hours(2))

    assert again["version"] == first["version"]
    assert later["version"] > first["version"]
    assert await talk.activities() == ["snoozed", "snoozed"]


async def test_a_closed_talk_is_only_opened_again(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.act("take-over")
    await talk.act("close")

    for act, body in (
        ("snooze", in_hours(1)),
        ("unread", None),
        ("take-over", None),
        ("return-to-bot", None),
        ("assign", {"assignee_id": None}),
    ):
        answer = await desk.client.post(f"{talk.url}/{act}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (409, "conversation_put_away")


async def test_the_agent_goes_on_answering_a_snoozed_talk(
    desk: Desk,
) -> None:
    talk = await desk.talk("Сколько стоит?")
    await talk.act("snooze", in_hours(1))
    await talk.bot_answers("Пять тысяч")
    await desk.exchange()
    assert talk.sent == ["Пять тысяч"]
    assert (await talk.read())["status"] == "snoozed"


async def test_what_was_not_sent_brings_a_snoozed_talk_back(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.reply("Напишу завтра", deliver=False)
    await talk.act("snooze", in_hours(1))
    desk.avito.faults(payment_required=True)

    await desk.exchange()

    failed = await talk.read()
    assert (failed["status"], failed["has_failed"]) == ("open", True)


# Marking unread


async def test_marking_unread_makes_nobody_wait(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.reply("Да")

    unread = await talk.act("unread")
    again = await talk.act("unread")

    assert (unread["unread_count"], unread["waiting_since"]) == (1, None)
    assert again["version"] == unread["version"]
    assert (await desk.counts())["manager"] == {"open": 1, "unread": 1, "waiting": 0}


# Undoing a close


async def test_undoing_a_close_lets_the_customer_wait_again(desk: Desk) -> None:
    talk = await desk.talk("Раз", "Два")
    await talk.act("take-over")
    before = await talk.read()
    await talk.act("close")

    undone = await talk.act("reopen", {"undo": True})

    same = ("status", "waiting_since", "unread_count", "mode", "assignee")
    assert {key: undone[key] for key in same} == {key: before[key] for key in same}
    assert (await desk.counts())["manager"] == {"open": 1, "unread": 1, "waiting": 1}


async def test_undoing_a_close_gives_the_bot_its_question_back(desk: Desk) -> None:
    talk = await desk.talk("Сколько стоит?")
    await talk.act("close")
    assert await talk.unanswered() == []

    await talk.act("reopen", {"undo": True})

    assert await talk.unanswered() == ["Сколько стоит?"]


# Who is next


async def next_of(client: Client, after: Talk | None = None) -> str | None:
    params = {"after": after.id} if after else {}
    answer = await client.get("/api/v1/conversations/next-waiting", params=params)
    assert answer.status_code == 200, answer.text
    found = answer.json()["conversation"]
    return found["id"] if found else None


async def test_the_next_one_is_mine_or_nobodys_who_has_waited_longest(
    desk: Desk, admin: Client, clock: Clock
) -> None:
    assert await next_of(desk.client) is None
    names = ("hers", "mine", "nobodys", "bots", "snoozed", "answered")
    talks = {}
    for name in names:
        talks[name] = await desk.talk(name)
        clock.advance(1)
    await admin.post(f"{talks['hers'].url}/take-over")
    await talks["mine"].act("take-over")
    await talks["nobodys"].act("assign", {"assignee_id": None})
    await talks["snoozed"].act("take-over")
    await talks["snoozed"].act("snooze", in_hours(1))
    await talks["answered"].reply("Да")

    mine, nobodys = talks["mine"], talks["nobodys"]
    assert await next_of(desk.client) == mine.id
    assert await next_of(desk.client, mine) == nobodys.id
    assert await next_of(desk.client, nobodys) == mine.id, "round again"
    assert await next_of(desk.client, talks["answered"]) == mine.id
    assert await next_of(admin) == talks["hers"].id
    await nobodys.reply("Да")
    assert await next_of(desk.client, mine) is None
