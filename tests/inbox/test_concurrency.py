"""Webhooks, the sweep and people at the same moment: everything once, every counter right."""

import asyncio
from collections import Counter
from uuid import UUID

from sqlalchemy import func, select, text

from besedka.channels import sweeping, taking_in
from besedka.core import db
from besedka.inbox import queries
from besedka.inbox.models import Message
from tests.channels.intake_tools import take_webhooks
from tests.conftest import Client, Clock, on_postgres
from tests.inbox.desk import Desk, event_rows
from tests.inbox.test_counters import replayed


async def take_in(account_id: UUID) -> None:
    async with db.transaction() as session:
        await taking_in.take_in_batch(session, account_id)


async def test_what_two_processes_learn_at_once_is_written_once(
    desk: Desk, client: Client, clock: Clock
) -> None:
    account_id = UUID(desk.account["id"])
    for number in range(8):
        chat = await desk.avito.open_chat(buyer_name=f"Покупатель {number}")
        await desk.avito.buyer_writes(chat, "Раз")
        await desk.avito.buyer_writes(chat, "Два")
    for webhook in take_webhooks(desk.avito):
        await client.post(webhook.path, content=webhook.body)
    clock.advance(30)

    await asyncio.gather(
        take_in(account_id),
        sweeping.sweep(account_id),
        sweeping.sync_history(account_id),
        sweeping.sweep(account_id),
    )
    await desk.exchange()

    async with db.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Message)) == 16
    kinds = Counter(row.type for row in await event_rows())
    assert kinds["conversation.created"] == 8
    assert kinds["message.received"] == 16
    counts, _ = await replayed()
    assert counts == await desk.counts()
    assert counts["bot"] == {"open": 8, "unread": 8, "waiting": 8}


async def test_of_two_people_and_the_agent_who_act_at_once_none_is_lost(
    desk: Desk, admin: Client
) -> None:
    talk = await desk.talk()
    await talk.bot_answers("Я бот")

    answers = await asyncio.gather(
        desk.client.post(f"{talk.url}/messages", json={"text": "Ирина"}),
        admin.post(f"{talk.url}/messages", json={"text": "Анна"}),
        admin.post(f"{talk.url}/take-over"),
        desk.client.post(f"{talk.url}/pin"),
    )
    await desk.exchange()

    assert {answer.status_code for answer in answers} <= {200, 201}
    assert sorted(talk.sent) == ["Анна", "Ирина"]
    counts, newest = await replayed()
    assert counts == await desk.counts()
    assert await talk.read() == newest[talk.id]
    assert (await talk.read())["is_pinned"]


@on_postgres
async def test_who_waited_for_a_talk_sees_all_that_changed_meanwhile(
    desk: Desk, client: Client
) -> None:
    talk = await desk.talk()
    name = f"{talk.chat.buyer.name} Петровна"

    renamed = asyncio.Event()

    async def rename() -> None:
        async with db.transaction() as session:
            conversation = await queries.conversation_by_id(session, UUID(talk.id), lock=True)
            conversation.contact.name = name
            await session.flush()
            renamed.set()
            await session.execute(text("SELECT pg_sleep(0.2)"))

    async def look() -> str:
        await renamed.wait()
        async with db.transaction() as session:
            conversation = await queries.conversation_by_id(session, UUID(talk.id), lock=True)
            return conversation.contact.name

    _, seen = await asyncio.gather(rename(), look())

    assert seen == name
