"""What people do with conversations besides writing."""

from tests.conftest import Client, Clock, RunJobs
from tests.inbox.desk import Desk, event_rows, event_types

NOTHING = {"open": 0, "unread": 0, "waiting": 0}
WAITING = {"open": 1, "unread": 1, "waiting": 1}


async def test_taking_over_makes_the_talk_mine_and_leaves_it_waiting(desk: Desk) -> None:
    talk = await desk.talk()

    conversation = await talk.act("take-over")

    assert (conversation["mode"], conversation["assignee"]["name"]) == ("manager", "Ирина")
    assert conversation["waiting_since"] is not None
    assert await talk.activities() == ["taken_over"]
    assert (await desk.counts()) == {"bot": NOTHING, "manager": WAITING}


async def test_taking_over_again_does_nothing_but_a_colleague_may_take_it(
    desk: Desk, admin: Client
) -> None:
    talk = await desk.talk()
    first = await talk.act("take-over")

    again = await talk.act("take-over")
    colleagues = (await admin.post(f"{talk.url}/take-over")).json()

    assert again["version"] == first["version"]
    assert colleagues["assignee"]["name"] == "Анна"
    assert await talk.activities() == ["taken_over", "taken_over"]


async def test_taking_over_discards_what_the_agent_was_about_to_say(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.bot_answers("Здравствуйте, чем помочь?")

    await talk.act("take-over")
    await desk.exchange()

    assert talk.sent == []
    assert (await talk.last())["status"] == "discarded"
    assert (await talk.read())["last_message"]["text"] == "Здравствуйте"


async def test_returning_to_the_bot_gives_it_what_waits(desk: Desk) -> None:
    talk = await desk.talk("Сколько стоит?")
    await talk.act("take-over")

    conversation = await talk.act("return-to-bot")

    assert (conversation["mode"], conversation["assignee"]) == ("bot", None)
    assert await talk.activities() == ["taken_over", "returned_to_bot"]
    assert (await desk.counts()) == {"bot": WAITING, "manager": NOTHING}
    assert await talk.unanswered() == ["Сколько стоит?"]


async def test_returning_an_answered_talk_gives_the_bot_nothing_to_answer(desk: Desk) -> None:
    talk = await desk.talk("Сколько стоит?")
    await talk.reply("Пять тысяч")

    await talk.act("return-to-bot")

    assert await talk.unanswered() == []


async def test_closing_puts_the_talk_away_and_reopening_brings_it_back(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.bot_answers("Черновик")

    closed = await talk.act("close")
    await desk.exchange()

    assert (closed["status"], closed["unread_count"], closed["waiting_since"]) == (
        "closed",
        0,
        None,
    )
    assert talk.sent == []
    assert (await desk.counts()) == {"bot": NOTHING, "manager": NOTHING}
    assert [row["id"] for row in await desk.column("bot", "closed")] == [talk.id]
    opened = await talk.act("reopen")
    assert (opened["status"], opened["waiting_since"]) == ("open", None)
    assert await talk.activities() == ["closed", "reopened"]


async def test_closing_what_is_closed_and_reopening_what_is_open_says_nothing(
    desk: Desk,
) -> None:
    talk = await desk.talk()
    await talk.act("reopen")
    await talk.act("close")
    await talk.act("close")

    assert await talk.activities() == ["closed"]


async def test_pinned_talks_come_first(desk: Desk, clock: Clock) -> None:
    first = await desk.talk("Первый")
    clock.advance(5)
    second = await desk.talk("Второй")
    assert [row["id"] for row in await desk.column("bot")] == [second.id, first.id]

    pinned = await first.act("pin")
    again = await first.act("pin")

    assert pinned["is_pinned"]
    assert again["version"] == pinned["version"]
    assert [row["id"] for row in await desk.column("bot")] == [first.id, second.id]
    await first.act("unpin")
    assert [row["id"] for row in await desk.column("bot")] == [second.id, first.id]


async def test_reading_is_not_answering(desk: Desk, run_jobs: RunJobs) -> None:
    talk = await desk.talk()

    conversation = await talk.act("read")
    await run_jobs()

    assert conversation["unread_count"] == 0
    assert conversation["waiting_since"] is not None
    assert (await desk.counts())["bot"] == {"open": 1, "unread": 0, "waiting": 1}
    assert talk.chat.read_by_seller == 1, "Avito knows too"
    events = len(await event_types())
    await talk.act("read")
    assert len(await event_types()) == events


async def test_blocking_closes_the_talk_and_tells_avito_why(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.bot_answers("Черновик")

    blocked = await talk.act("block", {"reason": "fraud"})
    await desk.exchange()

    assert (blocked["status"], blocked["contact"]["is_blocked"]) == ("closed", True)
    assert (blocked["unread_count"], blocked["waiting_since"]) == (0, None)
    assert await talk.activities() == ["blocked"]
    assert desk.avito.account().blacklist == {talk.chat.buyer.id: 2}
    assert talk.sent == []


async def test_every_act_is_one_event_with_the_state_before_it(desk: Desk) -> None:
    talk = await desk.talk()
    start = (await event_rows())[-1].sequence

    for act in ("pin", "take-over", "read", "return-to-bot", "close", "reopen"):
        await talk.act(act)

    told = [(row.type, row.payload) for row in await event_rows(start)]
    states = [
        (payload["before"]["mode"], payload["conversation"]["mode"], payload["before"]["status"])
        for _, payload in told
    ]
    assert [kind for kind, _ in told] == [
        "conversation.updated",
        "message.noted",
        "conversation.updated",
        "message.noted",
        "conversation.updated",
        "message.noted",
        "message.noted",
    ]
    assert states[1] == ("bot", "manager", "open")
    assert states[3] == ("manager", "bot", "open")
    assert states[6] == ("bot", "bot", "closed")
    versions = [payload["conversation"]["version"] for _, payload in told]
    assert versions == sorted(set(versions)), "each snapshot is newer than the one before"


async def test_a_blocked_contacts_message_is_kept_and_keeps_nobody_waiting(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.act("block", {"reason": "spam"})

    await talk.buyer("Купите у меня")

    conversation = await talk.read()
    assert (conversation["status"], conversation["unread_count"]) == ("closed", 0)
    assert conversation["waiting_since"] is None
    assert (await talk.last())["text"] == "Купите у меня"
