"""A sent message may be taken back within the hour."""

from tests.conftest import Clock
from tests.inbox.desk import Desk, event_types


async def recall(desk: Desk, message_id: str) -> tuple[int, str]:
    response = await desk.client.post(f"/api/v1/messages/{message_id}/recall")
    return response.status_code, response.json().get("code", "")


async def test_a_reply_is_taken_back_on_both_sides(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk()
    reply = await talk.reply("Ошибся чатом")
    clock.advance(3500)

    response = await desk.client.post(f"/api/v1/messages/{reply['id']}/recall")
    await desk.exchange()

    assert response.status_code == 200
    assert response.json()["deleted_at"] is not None
    assert response.json()["recall_until"] is None
    assert talk.chat.messages[-1].type == "deleted"
    assert (await event_types()).count("message.recalled") == 1, "its echo says nothing new"


async def test_a_recalled_last_message_leaves_no_words_in_the_list(desk: Desk) -> None:
    talk = await desk.talk()
    reply = await talk.reply("Ошибся чатом")

    assert (await recall(desk, reply["id"]))[0] == 200

    last = (await talk.read())["last_message"]
    assert (last["id"], last["type"], last["text"]) == (reply["id"], "deleted", "")


async def test_after_an_hour_it_is_too_late(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk()
    reply = await talk.reply("Ошибся чатом")
    clock.advance(3601)

    assert await recall(desk, reply["id"]) == (409, "recall_window_passed")
    assert talk.chat.messages[-1].deleted_at is None


async def test_what_was_not_sent_or_is_not_ours_cannot_be_taken_back(desk: Desk) -> None:
    talk = await desk.talk()
    theirs = await talk.last()
    queued = await talk.reply("Ещё не ушло", deliver=False)
    note = await talk.act("notes", {"text": "Заметка"})

    for message in (theirs, queued, note):
        assert await recall(desk, message["id"]) == (409, "message_not_recallable")


async def test_taking_back_twice_is_harmless(desk: Desk) -> None:
    talk = await desk.talk()
    reply = await talk.reply("Ошибся чатом")

    assert (await recall(desk, reply["id"]))[0] == 200
    assert (await recall(desk, reply["id"]))[0] == 200
    assert (await event_types()).count("message.recalled") == 1


async def test_when_avito_refuses_the_message_stays(desk: Desk) -> None:
    talk = await desk.talk()
    reply = await talk.reply("Ошибся чатом")
    desk.avito.faults(payment_required="partial")

    status, code = await recall(desk, reply["id"])

    assert (status, code) == (402, "payment_required")
    assert (await talk.last())["deleted_at"] is None


async def test_a_message_deleted_on_avito_is_deleted_here(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk()
    reply = await talk.reply("Передумали")
    clock.advance(600)
    desk.avito.habits(webhook_on_delete=False)
    sent = desk.avito.sent[0]
    sent.deleted_at, sent.type, sent.content = desk.avito.world.clock(), "deleted", {}

    await talk.buyer("А?")
    clock.advance(30)
    await desk.sweep()

    deleted = next(each for each in await talk.messages() if each["id"] == reply["id"])
    assert deleted["deleted_at"] is not None
    assert (await event_types()).count("message.recalled") == 1
