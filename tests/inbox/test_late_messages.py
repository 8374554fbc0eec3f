"""A message whose webhook was lost comes late, behind words that the customer wrote after it."""

from besedka.core import db
from besedka.inbox import service as inbox
from tests.conftest import Clock
from tests.inbox.desk import Desk


async def test_a_late_question_is_the_one_to_answer_though_others_came_after_it(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk("Ещё продаёте?")
    await talk.bot_answers("Да, продаём")
    await desk.exchange()
    clock.advance(10)
    await desk.avito.buyer_writes(talk.chat, "А за наличные дешевле?")
    desk.drop_webhooks()
    clock.advance(10)
    await talk.buyer("Ок, подумаю")
    row = await talk.row()
    async with db.transaction() as session:
        await inbox.skip_answer(session, row.id, seen_inbound_seq=row.inbound_seq)

    clock.advance(30)
    await desk.sweep()

    assert await talk.unanswered() == ["А за наличные дешевле?"]


async def test_a_burst_is_read_in_the_order_in_which_it_was_written(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk("Ещё продаёте?")
    await talk.bot_answers("Да, продаём")
    await desk.exchange()
    clock.advance(10)
    await desk.avito.buyer_writes(talk.chat, "А доставка есть")
    desk.drop_webhooks()
    clock.advance(2)
    await talk.buyer("в Тверь?")

    clock.advance(30)
    await desk.sweep()

    assert await talk.unanswered() == ["А доставка есть", "в Тверь?"]


async def test_a_late_message_that_a_person_answered_in_avito_waits_for_nobody(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk("Ещё продаёте?")
    clock.advance(10)
    await desk.avito.buyer_writes(talk.chat, "Второй день жду расчёт")
    desk.drop_webhooks()
    clock.advance(10)
    await talk.seller_in_app("Здравствуйте, отвечаю сам")
    clock.advance(30)

    await desk.sweep()

    assert await talk.unanswered() == []
    conversation = await talk.read()
    assert (conversation["unread_count"], conversation["waiting_since"]) == (0, None)
    assert (await talk.act("return-to-bot"))["mode"] == "bot"
    assert await talk.unanswered() == []


async def test_a_late_message_waits_with_the_words_that_came_after_the_persons(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk("Ещё продаёте?")
    clock.advance(10)
    await desk.avito.buyer_writes(talk.chat, "Второй день жду расчёт")
    desk.drop_webhooks()
    clock.advance(10)
    await talk.seller_in_app("Здравствуйте, отвечаю сам")
    clock.advance(10)
    await talk.buyer("Так сколько?")
    clock.advance(30)

    await desk.sweep()

    assert await talk.unanswered() == ["Второй день жду расчёт", "Так сколько?"]


async def test_a_late_message_that_was_answered_leaves_a_closed_talk_closed(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk("Ещё продаёте?")
    clock.advance(10)
    await desk.avito.buyer_writes(talk.chat, "Второй день жду расчёт")
    desk.drop_webhooks()
    clock.advance(10)
    await talk.seller_in_app("Здравствуйте, отвечаю сам")
    await talk.act("close")
    clock.advance(30)

    await desk.sweep()

    assert (await talk.read())["status"] == "closed"
    assert await talk.activities() == ["answered_elsewhere", "closed"]


async def test_a_late_message_takes_no_question_with_it_whose_answer_has_not_left(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk("Ещё продаёте?")
    clock.advance(10)
    await desk.avito.buyer_writes(talk.chat, "Второй день жду расчёт")
    desk.drop_webhooks()
    clock.advance(10)
    await talk.seller_in_app("Здравствуйте, отвечаю сам")
    await talk.act("return-to-bot")
    clock.advance(10)
    await talk.buyer("Доставка есть?")
    await talk.bot_answers("Есть")  # queued; the look at the chat finds the late message

    await desk.exchange()

    assert "Есть" not in talk.sent
    assert await talk.unanswered() == ["Второй день жду расчёт", "Доставка есть?"]
    assert (await talk.read())["waiting_since"] is not None
