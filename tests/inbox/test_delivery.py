"""A reply reaches the customer once, in its order, or it is shown that it did not."""

import pytest

from tests.conftest import Client, Clock, Exchange, JsonObject
from tests.inbox.desk import Desk, Talk, event_types
from tests.inbox.test_counters import replayed
from tests.inbox.wire import Killed, Wire, kill

SEND = ["postSendMessage"]


async def test_after_an_error_of_avito_the_reply_is_sent_once(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk()
    desk.avito.faults(status_500=1, max_hits=1, operations=SEND)
    await talk.reply("Да")
    assert (await talk.last())["status"] == "queued"

    clock.advance(2)
    await desk.exchange()
    clock.advance(60)
    await desk.exchange()

    assert talk.sent == ["Да"]
    assert (await talk.last())["status"] == "sent"


@pytest.mark.parametrize("is_echo_lost", [True, False])
async def test_a_reply_that_arrived_although_its_answer_was_lost_is_not_sent_twice(
    is_echo_lost: bool, desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    desk.avito.faults(accept_then_timeout=1, max_hits=1, drop=1 if is_echo_lost else 0)

    await talk.reply("Да")
    clock.advance(2)
    await desk.exchange()

    assert talk.sent == ["Да"]
    message = await talk.last()
    assert (message["status"], message["external_id"]) == ("sent", desk.avito.sent[0].id)
    assert len([each for each in await talk.messages() if each["direction"] == "out"]) == 1


async def test_of_two_equal_replies_neither_is_lost_when_both_answers_were(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    desk.avito.faults(accept_then_timeout=1, max_hits=2, drop=1)
    await talk.reply("Да", deliver=False)
    await talk.reply("Да")

    for _ in range(6):
        clock.advance(10)
        await desk.exchange()

    assert talk.sent == ["Да", "Да"]
    ours = [each for each in await talk.messages() if each["direction"] == "out"]
    assert [each["external_id"] for each in ours] == [each.id for each in desk.avito.sent]


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_process_killed_around_the_sending_neither_loses_nor_repeats_the_reply(
    when: str, desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    wire = (
        Wire(desk.avito, before={1: kill})
        if when == "before"
        else Wire(desk.avito, after={1: kill})
    )
    async with wire:
        with pytest.raises(Killed):
            await talk.reply("Да")
    desk.drop_webhooks()
    assert (await talk.last())["status"] == "queued"

    clock.advance(20)  # the dead worker's lease ends
    await desk.exchange()

    assert talk.sent == ["Да"]
    assert (await talk.last())["status"] == "sent"


async def test_a_tariff_that_is_not_paid_fails_the_reply_and_keeps_the_text(
    desk: Desk, admin: Client, clock: Clock
) -> None:
    talk = await desk.talk()
    desk.avito.faults(payment_required=True)
    before = len(desk.avito.world.truth.requests)

    await talk.reply("Да, приезжайте")
    for _ in range(5):
        clock.advance(60)
        await desk.exchange()

    message = await talk.last()
    assert (message["status"], message["text"]) == ("failed", "Да, приезжайте")
    assert message["failure"]["code"] == "payment_required"
    assert "тариф" in message["failure"]["title"].lower()
    conversation = await talk.read()
    assert (conversation["mode"], conversation["has_failed"]) == ("manager", True)
    assert conversation["waiting_since"] is not None, "the customer has no answer yet"
    accounts = (await admin.get("/api/v1/channel-accounts")).json()
    assert [each["problem_code"] for each in accounts] == ["payment_required"]
    assert len(desk.avito.world.truth.requests) - before == 1


async def test_the_agents_answer_that_cannot_be_paid_for_becomes_a_persons_care(
    desk: Desk,
) -> None:
    talk = await desk.talk()
    desk.avito.faults(payment_required="partial")

    await talk.bot_answers(f"{'А' * 900}. {'Б' * 900}.")
    await desk.exchange()

    conversation = await talk.read()
    assert (conversation["mode"], conversation["has_failed"]) == ("manager", True)
    assert conversation["waiting_since"] is not None
    assert (await talk.last("handover"))["content"]["reason"]
    assert [each["status"] for each in await talk.messages() if each["direction"] == "out"] == [
        "failed",
        "discarded",
    ]
    assert talk.sent == []


async def test_a_token_that_expires_between_two_replies_is_renewed(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.reply("Раз")

    desk.avito.faults(expire_token=True)
    await talk.reply("Два")

    assert talk.sent == ["Раз", "Два"]


async def test_a_reply_that_meets_the_rate_limit_is_sent_later(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk()
    desk.avito.faults(
        status_429=1, max_hits=2, retry_after_s=0, rate_headers=False, operations=SEND
    )
    await talk.reply("Да")
    assert talk.sent == []

    for _ in range(2):
        clock.advance(5)
        await desk.exchange()

    assert talk.sent == ["Да"]
    assert (await talk.last())["status"] == "sent"


async def give_up(desk: Desk, clock: Clock) -> int:
    """Let the time of all attempts pass; how many there were."""
    before = len(desk.avito.world.truth.requests)
    for _ in range(12):
        clock.advance(400)
        await desk.exchange()
    return len(
        [
            request
            for request in list(desk.avito.world.truth.requests)[before:]
            if request.operation == "postSendMessage"
        ]
    )


async def test_after_eight_attempts_the_reply_has_failed_and_may_be_sent_again(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    desk.avito.faults(status_500=1, operations=SEND)
    await talk.reply("Да")

    assert 1 + await give_up(desk, clock) == 8

    message = await talk.last()
    assert (message["status"], message["failure"]["code"]) == ("failed", "not_delivered")
    assert message["failure"]["detail"] == "Канал так и не ответил. Нажмите «Повторить»."
    conversation = await talk.read()
    assert (conversation["has_failed"], conversation["waiting_since"] is not None) == (True, True)
    assert conversation["last_message"]["status"] == "failed"
    desk.avito.clear_faults()

    retried = await desk.client.post(f"/api/v1/messages/{message['id']}/retry")
    await desk.exchange()

    assert (retried.status_code, retried.json()["status"]) == (200, "queued")
    assert talk.sent == ["Да"]
    conversation = await talk.read()
    assert (conversation["has_failed"], conversation["waiting_since"]) == (False, None)
    again = await desk.client.post(f"/api/v1/messages/{message['id']}/retry")
    assert (again.status_code, again.json()["code"]) == (409, "message_not_failed")


async def test_what_may_have_arrived_is_looked_up_before_it_is_sent_again_by_hand(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    # It arrives, nobody hears of it, and then Avito is away for longer than we try.
    desk.avito.faults(accept_then_timeout=1, max_hits=1, drop=1)
    await talk.reply("Да")
    desk.avito.faults(accept_then_timeout=0, status_500=1, max_hits=None)
    await give_up(desk, clock)
    assert (await talk.last())["status"] == "failed"
    desk.avito.clear_faults()

    message = await talk.last()
    await desk.client.post(f"/api/v1/messages/{message['id']}/retry")
    await desk.exchange()

    assert talk.sent == ["Да"]
    assert (await talk.last())["status"] == "sent"


async def test_a_failed_reply_is_found_to_have_arrived_when_its_echo_comes(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    desk.avito.faults(accept_then_timeout=1, max_hits=1, delay_s=3500)
    await talk.reply("Да")
    desk.avito.faults(accept_then_timeout=0, status_500=1, max_hits=None, delay_s=0)
    for _ in range(8):
        clock.advance(200)
        await desk.exchange()
    assert (await talk.last())["status"] == "failed"
    desk.avito.clear_faults()

    clock.advance(2500)
    await desk.exchange()

    assert (await talk.last())["status"] == "sent"
    assert not (await talk.read())["has_failed"]
    assert await talk.activities() == ["taken_over"]


async def test_one_reply_that_left_does_not_hide_another_that_did_not(desk: Desk) -> None:
    talk = await desk.talk()
    desk.avito.faults(payment_required="partial")
    await talk.reply("Пропало")
    desk.avito.clear_faults()

    await talk.reply("Дошло")

    assert (await talk.read())["has_failed"]
    assert (await talk.read())["last_message"]["text"] == "Дошло"


async def test_a_failed_reply_of_a_closed_talk_is_not_sent_again(desk: Desk) -> None:
    talk = await desk.talk()
    desk.avito.faults(payment_required="partial")
    await talk.reply("Пропало")
    desk.avito.clear_faults()
    await talk.act("close")

    message = await talk.last()
    response = await desk.client.post(f"/api/v1/messages/{message['id']}/retry")

    assert (response.status_code, response.json()["code"]) == (409, "conversation_closed")


async def held(talk: Talk) -> JsonObject:
    answer = await talk.desk.client.post(f"{talk.url}/messages", json={"text": "Да", "hold_s": 5})
    assert answer.status_code == 201
    found: JsonObject = answer.json()["items"][0]
    return found


async def test_a_reply_that_fails_after_its_talk_was_closed_opens_it_again(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    message = await held(talk)
    await talk.act("close")
    desk.avito.faults(payment_required="partial")

    clock.advance(6)
    await desk.exchange()

    conversation = await talk.read()
    assert (conversation["status"], conversation["has_failed"]) == ("open", True)
    assert conversation["waiting_since"] is not None
    assert [each["id"] for each in await desk.column("manager")] == [talk.id]
    assert (await talk.last("activity"))["content"] == {
        "action": "reopened",
        "by": None,
        "because": "not_sent",
    }
    counts, newest = await replayed()
    assert (counts, newest[talk.id]) == (await desk.counts(), conversation)
    desk.avito.clear_faults()
    retried = await desk.client.post(f"/api/v1/messages/{message['id']}/retry")
    await desk.exchange()
    assert (retried.status_code, talk.sent) == (200, ["Да"])


async def test_a_reply_that_fails_after_its_customer_was_blocked_lets_nobody_wait(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    await held(talk)
    await talk.act("block", {"reason": "spam"})
    desk.avito.faults(payment_required="partial")

    clock.advance(6)
    await desk.exchange()

    conversation = await talk.read()
    assert (conversation["status"], conversation["waiting_since"]) == ("closed", None)
    assert (await talk.last())["status"] == "failed"


async def test_the_second_reply_waits_for_the_first(
    desk: Desk, clock: Clock, exchange: Exchange
) -> None:
    talk = await desk.talk()
    other = await desk.talk()
    desk.avito.faults(status_500=1, max_hits=1, operations=SEND)
    await talk.reply("Первое", deliver=False)
    await talk.reply("Второе", deliver=False)
    await exchange()
    assert talk.sent == []

    await other.reply("В другом чате")
    assert other.sent == ["В другом чате"], "only its own talk waits"
    clock.advance(5)
    await exchange()

    assert talk.sent == ["Первое", "Второе"]
    texts = [each["text"] for each in await talk.messages() if each["direction"] == "out"]
    assert texts == ["Первое", "Второе"]


async def test_a_reply_queued_before_the_disconnect_fails_and_says_so(
    desk: Desk, admin: Client
) -> None:
    talk = await desk.talk()
    await talk.reply("Успею?", deliver=False)
    await admin.post(f"/api/v1/channel-accounts/{desk.account['id']}/disconnect")

    await desk.exchange()

    message = await talk.last()
    assert message["failure"]["code"] == "channel_account_disconnected"
    assert talk.sent == []
    assert "message.failed" in await event_types()


async def test_a_reply_written_while_the_account_is_connecting_leaves_once_it_is_connected(
    desk: Desk, admin: Client, clock: Clock
) -> None:
    talk = await desk.talk()
    account = f"/api/v1/channel-accounts/{desk.account['id']}"
    await admin.post(f"{account}/disconnect")
    desk.avito.faults(status_500=1, operations=["postWebhookV3"])
    await admin.post(f"{account}/connect")
    await desk.exchange()

    await talk.reply("Да")
    assert ((await talk.last())["status"], talk.sent) == ("queued", [])
    desk.avito.clear_faults()
    for _ in range(4):
        clock.advance(60)
        await desk.exchange()

    assert ((await talk.last())["status"], talk.sent) == ("sent", ["Да"])


async def test_when_the_first_part_of_a_long_text_is_refused_the_rest_does_not_leave_alone(
    desk: Desk,
) -> None:
    talk = await desk.talk()
    desk.avito.faults(payment_required=True, max_hits=1, operations=SEND)

    await talk.reply(f"{'А' * 900}. {'Б' * 900}.")
    await desk.exchange()

    assert talk.sent == []
    ours = [each for each in await talk.messages() if each["direction"] == "out"]
    assert [each["status"] for each in ours] == ["failed", "failed"]
