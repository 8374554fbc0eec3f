"""The agent passes a talk on: a card for the person, an honest word for the customer."""

import pytest

from besedka.core import db
from besedka.inbox import service as inbox
from besedka.inbox.errors import TurnSuperseded
from besedka.inbox.snapshots import HandoverBrief
from tests.inbox.desk import Desk, Talk

NOTICE = "Уточню у коллеги и вернусь с ответом"
BRIEF = HandoverBrief(wants="скидку", promised="ничего", next="ответить про скидку")


async def hand_over(talk: Talk, notice: str | None = NOTICE, *, seen: int | None = None) -> None:
    row = await talk.row()
    async with db.transaction() as session:
        await inbox.hand_over(
            session,
            row.id,
            seen_inbound_seq=row.inbound_seq if seen is None else seen,
            reason="Просит скидку",
            brief=BRIEF,
            notice=notice,
        )


async def test_a_handed_over_talk_waits_for_a_person_with_a_card_and_a_notice(
    desk: Desk,
) -> None:
    talk = await desk.talk("Скидку дадите?")

    await hand_over(talk)
    await desk.exchange()

    assert talk.sent == [NOTICE]
    conversation = await talk.read()
    assert (conversation["mode"], conversation["assignee"]) == ("manager", None)
    assert conversation["waiting_since"] is not None
    assert conversation["unread_count"] == 1
    assert conversation["handover"]["reason"] == "Просит скидку"
    assert conversation["handover"]["brief"] == BRIEF.model_dump()
    card = await talk.last("handover")
    assert card["content"] == {"reason": "Просит скидку", **BRIEF.model_dump()}
    notice = await talk.last()
    assert (notice["author"]["kind"], notice["status"]) == ("bot", "sent")
    assert (await desk.counts())["manager"] == {"open": 1, "unread": 1, "waiting": 1}


async def test_a_talk_may_be_handed_over_without_a_word(desk: Desk) -> None:
    talk = await desk.talk("Скидку дадите?")

    await hand_over(talk, None)
    await desk.exchange()

    assert talk.sent == []
    assert (await talk.read())["waiting_since"] is not None


async def test_the_notice_is_sent_although_the_customer_writes_again(desk: Desk) -> None:
    talk = await desk.talk("Скидку дадите?")
    await hand_over(talk)

    await talk.buyer("Ау?")

    assert talk.sent == [NOTICE]


@pytest.mark.parametrize("where", ["here", "in the app", "in the app, webhook lost"])
async def test_the_notice_is_not_sent_after_a_person_wrote(where: str, desk: Desk) -> None:
    talk = await desk.talk("Скидку дадите?")
    await hand_over(talk)

    if where == "here":
        await talk.reply("Дадим")
    else:
        await desk.avito.seller_writes(talk.chat, "Дадим")
        if "lost" in where:
            desk.drop_webhooks()
        await desk.exchange()

    assert NOTICE not in talk.sent
    assert (await talk.read())["waiting_since"] is None


async def test_the_person_who_answers_a_handed_over_talk_gets_it_and_the_brief_goes(
    desk: Desk,
) -> None:
    talk = await desk.talk("Скидку дадите?")
    await hand_over(talk)

    await talk.reply("Дадим 5%")

    conversation = await talk.read()
    assert conversation["assignee"]["name"] == "Ирина"
    assert conversation["handover"] is None


async def test_returning_a_handed_over_talk_gives_the_bot_the_question_again(desk: Desk) -> None:
    talk = await desk.talk("Скидку дадите?")
    await hand_over(talk)
    await desk.exchange()

    await talk.act("return-to-bot")

    assert await talk.unanswered() == ["Скидку дадите?"]
    assert (await talk.read())["handover"] is None


async def test_a_talk_that_moved_on_is_not_handed_over(desk: Desk) -> None:
    talk = await desk.talk("Раз")
    await talk.buyer("Два")

    with pytest.raises(TurnSuperseded):
        await hand_over(talk, seen=1)

    assert (await talk.read())["mode"] == "bot"


async def test_a_word_that_needs_no_answer_keeps_nobody_waiting(desk: Desk) -> None:
    talk = await desk.talk("Спасибо, до свидания")
    row = await talk.row()

    async with db.transaction() as session:
        await inbox.skip_answer(session, row.id, seen_inbound_seq=row.inbound_seq)

    conversation = await talk.read()
    assert (conversation["unread_count"], conversation["waiting_since"]) == (0, None)
    assert conversation["mode"] == "bot"
