"""A closed talk that the buyer's next word opens shows when and why it is open again."""

import asyncio
from uuid import UUID

from besedka.channels import sweeping, taking_in
from besedka.core import db
from tests.channels.intake_tools import take_webhooks
from tests.conftest import Client, Clock
from tests.inbox.desk import Desk, event_rows
from tests.inbox.test_counters import replayed


async def test_the_mark_stands_before_the_word_that_opened_the_talk(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    await talk.act("close")
    closed = await talk.row()
    clock.advance(60)
    start = (await event_rows())[-1].sequence

    await talk.buyer("А ещё вопрос")

    *_, mark, word = await talk.messages()
    assert (mark["type"], mark["content"]) == ("activity", {"action": "reopened", "by": None})
    assert (mark["author"]["kind"], mark["author"]["name"]) == ("system", None)
    assert word["text"] == "А ещё вопрос"
    told = [row for row in await event_rows(start) if row.type.startswith("message.")]
    assert [row.type for row in told] == ["message.noted", "message.received"]
    assert [row.payload["before"]["status"] for row in told] == ["closed", "open"]
    opened = await talk.row()
    assert (opened.ownership_seq, opened.mode) == (closed.ownership_seq, closed.mode)
    assert (opened.inbound_seq, opened.answered_seq) == (2, 1)
    counts, newest = await replayed()
    assert counts == await desk.counts()
    assert await talk.read() == newest[talk.id]


async def test_a_second_word_and_a_second_closing_each_say_what_they_did(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    for _ in range(2):
        await talk.act("close")
        clock.advance(60)
        await talk.buyer("Ау")
        await talk.buyer("Ау?")
        clock.advance(60)

    assert await talk.activities() == ["closed", "reopened", "closed", "reopened"]


async def test_a_word_heard_by_several_ways_at_once_leaves_one_mark(
    desk: Desk, client: Client, clock: Clock
) -> None:
    talk = await desk.talk()
    await talk.act("close")
    clock.advance(60)
    await desk.avito.buyer_writes(talk.chat, "А ещё вопрос")
    account_id = UUID(desk.account["id"])
    for webhook in take_webhooks(desk.avito):
        for _ in range(2):
            await client.post(webhook.path, content=webhook.body)

    async def take_in() -> None:
        async with db.transaction() as session:
            await taking_in.take_in_batch(session, account_id)

    await asyncio.gather(take_in(), sweeping.sweep(account_id), take_in())
    await desk.exchange()

    assert await talk.activities() == ["closed", "reopened"]


async def test_what_a_blocked_contact_writes_leaves_no_mark(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk()
    await talk.act("block", {"reason": "spam"})
    clock.advance(60)

    await talk.buyer("Купите у меня")

    assert await talk.activities() == ["blocked"]
