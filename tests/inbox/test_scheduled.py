"""A reply that is written now leaves at its time, unless something happens first."""

import asyncio
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from besedka.core import time
from tests.conftest import Client, Clock, Exchange, JsonObject
from tests.inbox.desk import Desk, Talk, event_rows, event_types, moment

HOUR = 3600
TEXT = "Ещё думаете?"


def in_hours(hours: float) -> str:
    return (time.now() + timedelta(hours=hours)).isoformat()


async def later(talk: Talk, text: str = TEXT, *, hours: float = 1) -> JsonObject:
    answer = await talk.desk.client.post(
        f"{talk.url}/scheduled", json={"text": text, "send_at": in_hours(hours)}
    )
    assert answer.status_code == 201, answer.text
    found: JsonObject = answer.json()
    return found


async def waiting(talk: Talk) -> list[JsonObject]:
    found: list[JsonObject] = (await talk.desk.client.get(f"{talk.url}/scheduled")).json()["items"]
    return found


async def let_pass(desk: Desk, clock: Clock, hours: float = 1) -> None:
    clock.advance(hours * HOUR + 1)
    await desk.exchange()


async def answered_talk(desk: Desk) -> Talk:
    talk = await desk.talk("Сколько стоит?")
    await talk.reply("520 000 ₽")
    return talk


async def test_it_leaves_at_its_time_as_its_authors_reply(desk: Desk, clock: Clock) -> None:
    talk = await answered_talk(desk)
    scheduled = await later(talk)
    assert (scheduled["state"], scheduled["author_name"]) == ("waiting", "Ирина")
    await let_pass(desk, clock, 0.9)
    assert talk.sent == ["520 000 ₽"]
    assert (await talk.read())["scheduled_count"] == 1

    await let_pass(desk, clock, 0.2)

    assert talk.sent == ["520 000 ₽", TEXT]
    message = await talk.last()
    assert (message["author"]["name"], message["status"]) == ("Ирина", "sent")
    assert await waiting(talk) == []
    assert (await talk.read())["scheduled_count"] == 0
    await let_pass(desk, clock, 24)
    assert len(talk.sent) == 2


async def test_the_customers_word_stops_it_in_the_same_transaction(
    desk: Desk, clock: Clock
) -> None:
    talk = await answered_talk(desk)
    await later(talk)
    await later(talk, "И второе", hours=2)
    seen = (await event_rows())[-1].sequence

    await talk.buyer("А торг есть?")

    assert [(each["state"], each["stop_reason"]) for each in await waiting(talk)] == [
        ("stopped", "customer_wrote")
    ] * 2
    assert (await talk.activities())[-1] == "scheduled_stopped"
    assert await event_types(seen) == [
        "message.received",
        "conversation.scheduled",
        "message.noted",
    ]
    told = (await event_rows(seen))[1].payload
    assert [each["text"] for each in told["scheduled"]] == [TEXT, "И второе"]
    assert told["conversation"]["scheduled_count"] == 0
    await let_pass(desk, clock, 3)
    assert talk.sent == ["520 000 ₽"]


async def test_a_word_that_no_webhook_brought_stops_it_too(desk: Desk, clock: Clock) -> None:
    talk = await answered_talk(desk)
    await later(talk)
    await desk.avito.buyer_writes(talk.chat, "Уже купил в другом месте")
    desk.drop_webhooks()

    await let_pass(desk, clock)

    assert talk.sent == ["520 000 ₽"]
    assert (await waiting(talk))[0]["stop_reason"] == "customer_wrote"
    assert (await talk.read())["waiting_since"] is not None


async def reconnect(desk: Desk, admin: Client) -> None:
    account = f"/api/v1/channel-accounts/{desk.account['id']}"
    assert (await admin.post(f"{account}/connect")).status_code == 202
    await desk.exchange()


async def test_a_word_from_while_the_account_was_disconnected_stops_it_too(
    desk: Desk, admin: Client, clock: Clock
) -> None:
    talk = await answered_talk(desk)
    clock.advance(60)
    await later(talk)
    await admin.post(f"/api/v1/channel-accounts/{desk.account['id']}/disconnect")
    clock.advance(60)
    await desk.avito.buyer_writes(talk.chat, "Уже купил в другом месте")
    desk.drop_webhooks()
    clock.advance(60)

    await reconnect(desk, admin)

    assert (await talk.last())["text"] == "Уже купил в другом месте"
    assert [each["stop_reason"] for each in await waiting(talk)] == ["customer_wrote"]
    await let_pass(desk, clock)
    assert talk.sent == ["520 000 ₽"]


async def test_a_word_from_before_it_was_written_that_comes_as_history_stops_nothing(
    desk: Desk, admin: Client, clock: Clock
) -> None:
    talk = await answered_talk(desk)
    await admin.post(f"/api/v1/channel-accounts/{desk.account['id']}/disconnect")
    clock.advance(60)
    await desk.avito.buyer_writes(talk.chat, "Подумаю")
    desk.drop_webhooks()
    clock.advance(60)
    desk.avito.faults(status_500=1, operations=["getChatsV2"])
    await reconnect(desk, admin)
    await later(talk)
    desk.avito.clear_faults()

    clock.advance(600)
    await desk.exchange()

    assert (await talk.last())["text"] == "Подумаю"
    assert [each["state"] for each in await waiting(talk)] == ["waiting"]


async def test_the_customers_word_and_its_time_in_the_same_second(
    desk: Desk, clock: Clock, exchange: Exchange
) -> None:
    for number in range(4):
        talk = await desk.talk(buyer_name=f"Покупатель {number}")
        await later(talk)
        clock.advance(HOUR + 1)

        await asyncio.gather(desk.avito.buyer_writes(talk.chat, "Стойте"), exchange())
        await exchange()

        # Whichever was first, it is told as it was: sent, or stopped with the text kept.
        left = await waiting(talk)
        assert talk.sent == ([] if left else [TEXT])


async def test_a_colleagues_or_own_reply_does_not_stop_it(desk: Desk, clock: Clock) -> None:
    talk = await answered_talk(desk)
    await later(talk)
    await talk.reply("И ещё: комплект резины в подарок")

    await let_pass(desk, clock)

    assert talk.sent[-1] == TEXT


@pytest.mark.parametrize(
    ("act", "body", "reason"),
    [("close", None, "closed"), ("block", {"reason": "spam"}, "blocked")],
)
async def test_a_talk_that_is_put_away_stops_it_at_once(
    act: str, body: JsonObject | None, reason: str, desk: Desk, clock: Clock
) -> None:
    talk = await answered_talk(desk)
    await later(talk)

    await talk.act(act, body)

    assert [each["stop_reason"] for each in await waiting(talk)] == [reason]
    await let_pass(desk, clock)
    assert talk.sent == ["520 000 ₽"]


async def test_an_account_that_is_disconnected_at_its_time_stops_it(
    desk: Desk, admin: Client, clock: Clock
) -> None:
    talk = await answered_talk(desk)
    await later(talk)
    await admin.post(f"/api/v1/channel-accounts/{desk.account['id']}/disconnect")

    await let_pass(desk, clock)

    (stopped,) = await waiting(talk)
    assert (stopped["state"], stopped["stop_reason"]) == ("stopped", "disconnected")
    assert (stopped["text"], talk.sent) == (TEXT, ["520 000 ₽"])


async def test_while_the_account_is_connecting_it_waits_and_looks_before_it_leaves(
    desk: Desk, admin: Client, clock: Clock
) -> None:
    talk = await answered_talk(desk)
    await later(talk)
    await admin.post(f"/api/v1/channel-accounts/{desk.account['id']}/disconnect")
    desk.avito.faults(status_500=1, operations=["postWebhookV3"])
    await reconnect(desk, admin)
    clock.advance(HOUR + 1)
    await desk.avito.buyer_writes(talk.chat, "Уже купил в другом месте")
    desk.drop_webhooks()

    await desk.exchange()
    assert [each["state"] for each in await waiting(talk)] == ["waiting"]
    desk.avito.clear_faults()
    for _ in range(4):
        clock.advance(60)
        await desk.exchange()

    assert talk.sent == ["520 000 ₽"]
    assert [each["stop_reason"] for each in await waiting(talk)] == ["customer_wrote"]


async def test_while_the_channel_is_silent_it_waits_and_then_leaves_once(
    desk: Desk, clock: Clock
) -> None:
    talk = await answered_talk(desk)
    await later(talk)
    desk.avito.faults(status_500=1, max_hits=2)
    for _ in range(6):
        await let_pass(desk, clock, 1)

    assert talk.sent == ["520 000 ₽", TEXT]


async def test_a_channel_that_stays_silent_stops_it_with_its_text_kept(
    desk: Desk, clock: Clock
) -> None:
    talk = await answered_talk(desk)
    await later(talk)
    desk.avito.faults(status_500=1)
    for _ in range(12):
        clock.advance(HOUR)
        await desk.exchange()

    assert [each["stop_reason"] for each in await waiting(talk)] == ["channel_silent"]


SEND = ["postSendMessage"]


async def on_its_way(desk: Desk, clock: Clock, text: str = TEXT) -> Talk:
    """A talk whose scheduled reply is queued, and is tried again and again."""
    talk = await answered_talk(desk)
    await later(talk, text)
    desk.avito.faults(status_500=1, operations=SEND)
    await let_pass(desk, clock)
    assert (await talk.last())["status"] == "queued"
    assert await waiting(talk) == []
    return talk


@pytest.mark.parametrize("is_webhook_lost", [True, False])
async def test_the_customers_word_stops_it_also_while_it_is_tried_again(
    is_webhook_lost: bool, desk: Desk, clock: Clock
) -> None:
    talk = await on_its_way(desk, clock, f"{'А' * 900}. {'Б' * 900}.")
    clock.advance(5)
    await desk.avito.buyer_writes(talk.chat, "Уже купил в другом месте")
    if is_webhook_lost:
        desk.drop_webhooks()
    desk.avito.clear_faults()

    await let_pass(desk, clock)

    assert talk.sent == ["520 000 ₽"]
    (stopped,) = await waiting(talk)
    assert (stopped["state"], stopped["stop_reason"]) == ("stopped", "customer_wrote")
    assert (stopped["text"], len(stopped["text"])) == (f"{'А' * 900}. {'Б' * 900}.", 1803)
    ours = [each for each in await talk.messages() if each["direction"] == "out"]
    assert [each["status"] for each in ours] == ["sent", "discarded", "discarded"]
    conversation = await talk.read()
    assert conversation["waiting_since"] is not None
    assert conversation["last_message"]["text"] == "Уже купил в другом месте"
    assert (await talk.activities())[-1] == "scheduled_stopped"


async def test_a_word_that_comes_as_history_stops_it_also_while_it_is_tried_again(
    desk: Desk, admin: Client, clock: Clock
) -> None:
    talk = await on_its_way(desk, clock)
    clock.advance(5)
    await admin.post(f"/api/v1/channel-accounts/{desk.account['id']}/disconnect")
    await desk.avito.buyer_writes(talk.chat, "Уже купил в другом месте")
    desk.drop_webhooks()
    clock.advance(5)
    await admin.post(f"/api/v1/channel-accounts/{desk.account['id']}/connect")
    desk.avito.clear_faults()
    for _ in range(4):
        await let_pass(desk, clock)

    assert talk.sent == ["520 000 ₽"]
    assert [each["stop_reason"] for each in await waiting(talk)] == ["customer_wrote"]


async def test_one_that_may_have_arrived_is_looked_up_before_it_is_stopped(
    desk: Desk, clock: Clock
) -> None:
    talk = await answered_talk(desk)
    await later(talk)
    desk.avito.faults(accept_then_timeout=1, max_hits=1, drop=1)
    await let_pass(desk, clock)
    desk.avito.clear_faults()
    await talk.buyer("Уже купил в другом месте")

    await let_pass(desk, clock)

    assert (talk.sent, await waiting(talk)) == (["520 000 ₽", TEXT], [])
    assert [each["status"] for each in await talk.messages() if each["text"] == TEXT] == ["sent"]


async def test_one_that_failed_and_is_sent_again_by_hand_is_a_persons_word(
    desk: Desk, clock: Clock
) -> None:
    talk = await answered_talk(desk)
    await later(talk)
    desk.avito.faults(payment_required="partial")
    await let_pass(desk, clock)
    failed = await talk.last()
    assert failed["status"] == "failed"
    desk.avito.clear_faults()
    await talk.buyer("Ау")

    await desk.client.post(f"/api/v1/messages/{failed['id']}/retry")
    await desk.exchange()

    assert talk.sent == ["520 000 ₽", TEXT]


async def test_a_reply_that_waits_keeps_no_other_reply_back(desk: Desk) -> None:
    talk = await desk.talk()
    await later(talk, hours=20)

    await talk.reply("Здравствуйте")

    assert talk.sent == ["Здравствуйте"]


async def test_time_and_text_can_be_changed(desk: Desk, clock: Clock) -> None:
    talk = await answered_talk(desk)
    scheduled = await later(talk)

    changed = await desk.client.patch(
        f"/api/v1/scheduled/{scheduled['id']}",
        json={"text": "Решили?", "send_at": in_hours(5)},
    )
    assert changed.status_code == 200
    await let_pass(desk, clock, 2)
    assert talk.sent == ["520 000 ₽"]
    await let_pass(desk, clock, 3.5)

    assert talk.sent == ["520 000 ₽", "Решили?"]


async def test_words_that_a_colleague_changed_leave_under_the_colleagues_name(
    desk: Desk, admin: Client, clock: Clock
) -> None:
    talk = await answered_talk(desk)
    scheduled = await later(talk)
    url = f"/api/v1/scheduled/{scheduled['id']}"

    moved = await admin.patch(url, json={"text": TEXT, "send_at": in_hours(2)})
    assert moved.json()["author_name"] == "Ирина"
    changed = await admin.patch(url, json={"text": "Уступим 20 000"})

    assert changed.json()["author_name"] == "Анна"
    mark = await talk.last("activity")
    assert (mark["content"]["action"], mark["content"]["by"]) == ("scheduled_changed", "Анна")
    assert (await talk.activities()).count("scheduled_changed") == 1
    await let_pass(desk, clock, 3)
    message = await talk.last()
    assert (message["text"], message["author"]["name"]) == ("Уступим 20 000", "Анна")


async def test_it_can_be_sent_now_and_then_not_again(desk: Desk, clock: Clock) -> None:
    talk = await answered_talk(desk)
    scheduled = await later(talk)

    answer = await desk.client.post(
        f"/api/v1/scheduled/{scheduled['id']}/send-now", json={"hold_s": 5}
    )
    assert (answer.status_code, answer.json()["items"][0]["status"]) == (201, "queued")
    again = await desk.client.post(f"/api/v1/scheduled/{scheduled['id']}/send-now", json={})
    await let_pass(desk, clock, 2)

    assert (again.status_code, again.json()["code"]) == (409, "scheduled_not_waiting")
    assert talk.sent == ["520 000 ₽", TEXT]


async def test_a_cancelled_one_never_leaves_and_gives_its_text_back(
    desk: Desk, clock: Clock
) -> None:
    talk = await answered_talk(desk)
    scheduled = await later(talk)

    first = await desk.client.delete(f"/api/v1/scheduled/{scheduled['id']}")
    second = await desk.client.delete(f"/api/v1/scheduled/{scheduled['id']}")
    await let_pass(desk, clock, 2)

    assert (first.status_code, first.json()["text"]) == (200, TEXT)
    assert second.status_code == 200
    assert (await waiting(talk), talk.sent) == ([], ["520 000 ₽"])
    change = await desk.client.patch(f"/api/v1/scheduled/{scheduled['id']}", json={"text": "x"})
    assert (change.status_code, change.json()["code"]) == (409, "scheduled_not_waiting")


async def test_one_that_was_sent_cannot_be_cancelled(desk: Desk, clock: Clock) -> None:
    talk = await answered_talk(desk)
    scheduled = await later(talk)
    await let_pass(desk, clock)

    answer = await desk.client.delete(f"/api/v1/scheduled/{scheduled['id']}")

    assert (answer.status_code, answer.json()["code"]) == (409, "scheduled_not_waiting")


async def test_a_stopped_one_is_put_away_once_its_text_was_taken_back(desk: Desk) -> None:
    talk = await answered_talk(desk)
    scheduled = await later(talk)
    await talk.buyer("Беру")

    await desk.client.delete(f"/api/v1/scheduled/{scheduled['id']}")

    assert await waiting(talk) == []


async def test_of_many_that_stopped_the_newest_are_kept(desk: Desk, clock: Clock) -> None:
    talk = await answered_talk(desk)
    for round_of in range(3):
        for number in range(10):
            clock.advance(1)
            await later(talk, f"{round_of}-{number}")
        await talk.buyer("Ещё думаю")

    found = await waiting(talk)

    assert {each["state"] for each in found} == {"stopped"}
    assert {each["text"].split("-")[0] for each in found} == {"1", "2"}
    assert len(found) == 20
    told = [row for row in await event_rows() if row.type == "conversation.scheduled"][-1]
    assert len(told.payload["scheduled"]) == 20


async def test_the_event_tells_the_beginning_of_a_long_text_and_the_list_the_whole(
    desk: Desk,
) -> None:
    talk = await answered_talk(desk)
    long = "А" * 20_000

    await later(talk, long)

    (event,) = [row for row in await event_rows() if row.type == "conversation.scheduled"]
    (told,) = event.payload["scheduled"]
    assert (told["text"], told["is_cut"]) == ("А" * 1000, True)
    assert [each["text"] for each in await waiting(talk)] == [long]


@pytest.mark.parametrize(
    ("hours", "code"), [(-0.01, "send_time_passed"), (24 * 400, "send_time_too_far")]
)
async def test_a_time_that_passed_or_is_too_far_is_refused(
    hours: float, code: str, desk: Desk
) -> None:
    talk = await answered_talk(desk)

    answer = await desk.client.post(
        f"{talk.url}/scheduled", json={"text": TEXT, "send_at": in_hours(hours)}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_the_time_is_that_moment_in_whatever_zone_it_is_told(
    desk: Desk, clock: Clock
) -> None:
    talk = await answered_talk(desk)
    wanted = time.now().astimezone(ZoneInfo("Asia/Vladivostok")) + timedelta(hours=1)

    zoned = await desk.client.post(
        f"{talk.url}/scheduled", json={"text": TEXT, "send_at": wanted.isoformat()}
    )
    without_zone = await desk.client.post(
        f"{talk.url}/scheduled", json={"text": TEXT, "send_at": "2100-01-01T10:00:00"}
    )

    assert moment(zoned.json()["send_at"]) == wanted
    assert without_zone.status_code == 422
    await let_pass(desk, clock)
    assert talk.sent == ["520 000 ₽", TEXT]


async def test_it_is_refused_where_a_reply_would_be(desk: Desk) -> None:
    talk = await answered_talk(desk)
    await talk.act("close")

    answer = await desk.client.post(
        f"{talk.url}/scheduled", json={"text": TEXT, "send_at": in_hours(1)}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "conversation_closed")


async def test_one_key_schedules_once(desk: Desk) -> None:
    talk, other = await answered_talk(desk), await answered_talk(desk)

    async def schedule(place: Talk, key: str, hours: float = 1) -> JsonObject:
        answer = await desk.client.post(
            f"{place.url}/scheduled",
            json={"text": TEXT, "send_at": in_hours(hours)},
            headers={"Idempotency-Key": key},
        )
        assert answer.status_code == 201, answer.text
        found: JsonObject = answer.json()
        return found

    first, second = await asyncio.gather(schedule(talk, "k"), schedule(talk, "k", 2))
    third = await schedule(talk, "other")
    await schedule(other, "k")

    assert first == second
    assert {each["id"] for each in await waiting(talk)} == {first["id"], third["id"]}
    assert len(await waiting(other)) == 1


async def test_no_more_than_twenty_wait_in_one_talk(desk: Desk) -> None:
    talk = await answered_talk(desk)
    for _ in range(20):
        await later(talk)

    answer = await desk.client.post(
        f"{talk.url}/scheduled", json={"text": TEXT, "send_at": in_hours(1)}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_scheduled")


async def test_a_late_word_that_our_person_had_before_them_stops_nothing(
    desk: Desk, clock: Clock
) -> None:
    talk = await answered_talk(desk)
    await desk.avito.buyer_writes(talk.chat, "Где вы?")
    desk.drop_webhooks()
    clock.advance(5)
    await talk.seller_in_app("На Варшавском")
    clock.advance(5)
    await later(talk)

    await desk.sweep()

    assert [each["state"] for each in await waiting(talk)] == ["waiting"]
