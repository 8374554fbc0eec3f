"""A reply that is held for some seconds can be taken back before it leaves."""

import asyncio

import pytest

from besedka.core import db
from besedka.inbox import service as inbox
from tests.conftest import Client, Clock, Exchange, JsonObject, RunJobs
from tests.inbox.desk import Desk, Talk, event_types, moment


async def hold(talk: Talk, text: str = "Да, ждём вас", hold_s: float = 5) -> JsonObject:
    """A reply that is held; its first message, after all that is due has been done."""
    answer = await talk.desk.client.post(
        f"{talk.url}/messages", json={"text": text, "hold_s": hold_s}
    )
    assert answer.status_code == 201, answer.text
    await talk.desk.exchange()
    found: JsonObject = answer.json()["items"][0]
    return found


async def cancel(client: Client, message: JsonObject) -> tuple[int, str]:
    answer = await client.post(f"/api/v1/messages/{message['id']}/cancel")
    return answer.status_code, answer.json().get("code", "")


async def test_a_held_reply_is_stored_at_once_and_leaves_after_its_time(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()

    message = await hold(talk)

    assert (message["status"], talk.sent) == ("queued", [])
    assert (moment(message["held_until"]) - moment(message["sent_at"])).total_seconds() == (
        pytest.approx(5, abs=1)
    )
    clock.advance(4)
    await desk.exchange()
    assert talk.sent == []
    clock.advance(1.5)
    await desk.exchange()
    assert talk.sent == ["Да, ждём вас"]
    sent = await talk.last()
    assert (sent["status"], sent["held_until"]) == ("sent", None)


async def test_without_a_hold_a_reply_leaves_at_once(desk: Desk) -> None:
    talk = await desk.talk()

    message = await talk.reply("Да")

    assert (message["held_until"], talk.sent) == (None, ["Да"])


@pytest.mark.parametrize("hold_s", [-1, 31])
async def test_a_hold_is_no_longer_than_half_a_minute(hold_s: float, desk: Desk) -> None:
    talk = await desk.talk()

    answer = await desk.client.post(f"{talk.url}/messages", json={"text": "Да", "hold_s": hold_s})

    assert answer.status_code == 422


async def test_a_cancelled_reply_never_leaves_and_the_customer_waits_again(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk("Сколько стоит?")
    since = (await talk.read())["waiting_since"]
    message = await hold(talk)
    assert (await talk.read())["waiting_since"] is None

    assert await cancel(desk.client, message) == (200, "")
    clock.advance(60)
    await desk.exchange()

    assert talk.sent == []
    conversation = await talk.read()
    assert (conversation["mode"], conversation["waiting_since"]) == ("manager", since)
    assert conversation["assignee"]["name"] == "Ирина"
    assert conversation["last_message"]["text"] == "Сколько стоит?"
    assert (await desk.counts())["manager"]["waiting"] == 1
    assert (await event_types()).count("message.discarded") == 1


async def test_cancelling_twice_is_harmless(desk: Desk) -> None:
    talk = await desk.talk()
    message = await hold(talk)

    both = await asyncio.gather(cancel(desk.client, message), cancel(desk.client, message))

    assert set(both) == {(200, "")}
    assert (await event_types()).count("message.discarded") == 1


async def test_what_has_left_cannot_be_cancelled(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk()
    message = await hold(talk)
    clock.advance(6)
    await desk.exchange()

    assert await cancel(desk.client, message) == (409, "message_already_left")
    assert talk.sent == ["Да, ждём вас"]


async def test_what_may_have_left_cannot_be_cancelled(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk()
    desk.avito.faults(status_500=1, max_hits=1, operations=["postSendMessage"])
    message = await hold(talk)
    clock.advance(6)
    await desk.exchange()
    assert (await talk.last())["status"] == "queued"

    assert await cancel(desk.client, message) == (409, "message_already_left")
    clock.advance(60)
    await desk.exchange()
    assert talk.sent == ["Да, ждём вас"]


async def test_only_a_persons_reply_can_be_cancelled(desk: Desk) -> None:
    talk = await desk.talk()
    theirs = await talk.last()
    note = await talk.act("notes", {"text": "Заметка"})
    (answer, *_) = await talk.bot_answers("Здравствуйте")

    for message in (theirs, note, {"id": str(answer.id)}):
        assert await cancel(desk.client, message) == (409, "message_not_cancellable")


async def test_all_parts_of_a_long_text_are_cancelled_together(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk()
    await hold(talk, "Предложение о товаре. " * 80)
    parts = [each for each in await talk.messages() if each["direction"] == "out"]
    assert len(parts) == 2

    assert await cancel(desk.client, parts[1]) == (200, "")
    clock.advance(60)
    await desk.exchange()

    assert talk.sent == []
    assert {each["status"] for each in await talk.messages() if each["direction"] == "out"} == {
        "discarded"
    }


async def test_replies_leave_in_their_order_though_the_first_is_held_longer(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    await hold(talk, "Первый", hold_s=10)
    await talk.reply("Второй")
    assert talk.sent == [], "the second does not hurry the first"

    clock.advance(11)
    await desk.exchange()

    assert talk.sent == ["Первый", "Второй"]


async def test_a_cancelled_reply_keeps_no_later_one_back(desk: Desk) -> None:
    talk = await desk.talk()
    message = await hold(talk, "Первый", hold_s=30)
    await cancel(desk.client, message)

    await talk.reply("Второй")

    assert talk.sent == ["Второй"]
    assert (await talk.read())["waiting_since"] is None


async def test_cancelling_the_earlier_of_two_replies_leaves_the_customer_answered(
    desk: Desk,
) -> None:
    talk = await desk.talk()
    first = await hold(talk, "Первый")
    await hold(talk, "Второй")

    await cancel(desk.client, first)

    conversation = await talk.read()
    assert conversation["waiting_since"] is None
    assert conversation["last_message"]["text"] == "Второй"


async def test_the_agent_is_silent_while_a_reply_is_held(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk("Сколько стоит?")
    await talk.bot_answers("Сто рублей")
    await hold(talk)
    clock.advance(60)
    await desk.exchange()

    assert talk.sent == ["Да, ждём вас"]
    assert (await talk.read())["mode"] == "manager"


async def test_returned_to_the_bot_a_cancelled_talk_gives_it_all_that_waits(desk: Desk) -> None:
    talk = await desk.talk("Сколько стоит?", "И где вы?")
    await cancel(desk.client, await hold(talk))

    await talk.act("return-to-bot")

    assert await talk.unanswered() == ["Сколько стоит?", "И где вы?"]


async def test_a_talk_closed_meanwhile_does_not_wait_after_the_cancel(desk: Desk) -> None:
    talk = await desk.talk()
    message = await hold(talk)
    await talk.act("close")

    assert await cancel(desk.client, message) == (200, "")

    assert (await talk.read())["waiting_since"] is None


async def test_after_a_restart_the_held_reply_leaves_in_its_time(
    desk: Desk, clock: Clock, run_jobs: RunJobs
) -> None:
    talk = await desk.talk()
    await hold(talk)  # nothing of it is in the process: the runner of these tests knows no timer

    clock.advance(3600)
    await run_jobs()

    assert talk.sent == ["Да, ждём вас"]


async def test_a_held_reply_of_a_disconnected_account_fails_with_its_text_kept(
    desk: Desk, admin: Client, clock: Clock
) -> None:
    talk = await desk.talk()
    await hold(talk)
    await admin.post(f"/api/v1/channel-accounts/{desk.account['id']}/disconnect")
    clock.advance(6)
    await desk.exchange()

    message = await talk.last()
    assert (message["status"], message["text"]) == ("failed", "Да, ждём вас")
    assert message["failure"]["code"] == "channel_account_disconnected"


async def test_a_cancel_and_the_attempt_at_the_same_moment_never_both_win(
    desk: Desk, clock: Clock, exchange: Exchange
) -> None:
    for number in range(5):
        talk = await desk.talk(buyer_name=f"Покупатель {number}")
        message = await hold(talk)
        clock.advance(6)

        (status, _), _ = await asyncio.gather(cancel(desk.client, message), exchange())
        await exchange()

        assert talk.sent == ([] if status == 200 else ["Да, ждём вас"])


async def test_a_reply_under_a_key_that_was_cancelled_is_told_as_cancelled(desk: Desk) -> None:
    talk = await desk.talk()
    body, headers = {"text": "Да", "hold_s": 5}, {"Idempotency-Key": "k1"}
    first = await desk.client.post(f"{talk.url}/messages", json=body, headers=headers)
    await cancel(desk.client, first.json()["items"][0])

    again = await desk.client.post(f"{talk.url}/messages", json=body, headers=headers)

    assert again.json()["items"][0]["status"] == "discarded"
    async with db.reading() as session:
        turn = await inbox.load_turn(session, (await talk.row()).id)
    assert turn is not None
    assert [each.text for each in turn.messages] == ["Здравствуйте"]
