"""Stored webhooks become messages: once, whatever happens in between."""

import asyncio

import orjson
from sqlalchemy import select, text

from besedka.channels.models import RawWebhook, WebhookState
from besedka.core import db
from besedka.core.db import Database
from besedka.inbox.models import Message
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.channels.intake_tools import hook_path, take_webhooks
from tests.conftest import Client, Clock, Exchange, JsonObject, RunJobs


async def message_texts() -> list[str]:
    async with db.reading() as session:
        rows = await session.scalars(select(Message).order_by(Message.sent_at, Message.id))
        return [row.text for row in rows if row.external_id is not None]


async def problems(admin: Client, account: JsonObject) -> list[JsonObject]:
    rows: list[JsonObject] = (
        await admin.get(f"/api/v1/channel-accounts/{account['id']}/problems")
    ).json()
    return rows


async def test_what_was_stored_before_a_crash_is_taken_in_after_it(
    client: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "До падения")
    (webhook,) = take_webhooks(avito)
    await client.post(webhook.path, content=webhook.body)
    assert await message_texts() == []

    await run_jobs()
    await run_jobs()

    assert await message_texts() == ["До падения"]


async def test_a_webhook_that_comes_three_times_at_once_is_one_message(
    client: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Эхо")
    (webhook,) = take_webhooks(avito)

    answers = await asyncio.gather(
        *[client.post(webhook.path, content=webhook.body) for _ in range(3)]
    )
    await run_jobs()
    await client.post(webhook.path, content=webhook.body)
    await run_jobs()

    assert {answer.status_code for answer in answers} == {200}
    assert await message_texts() == ["Эхо"]
    async with db.reading() as session:
        assert await session.scalar(text("SELECT inbound_seq FROM conversations")) == 1


async def test_webhooks_out_of_order_are_shown_in_the_order_of_the_talk(
    admin: Client, account: JsonObject, avito: AvitoSimulator, clock: Clock, exchange: Exchange
) -> None:
    avito.faults(reorder=True)
    chat = await avito.open_chat()
    for words in ("Раз", "Два", "Три"):
        await avito.buyer_writes(chat, words)
        clock.advance(2)

    await exchange()

    assert await message_texts() == ["Раз", "Два", "Три"]
    (conversation,) = (await admin.get("/api/v1/conversations")).json()["items"]
    assert conversation["last_message"]["text"] == "Три"
    assert conversation["unread_count"] == 3


async def test_junk_is_acknowledged_and_shown_as_a_problem(
    admin: Client, client: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    junk = (b"hello", b"[1, 2]", b'{"payload": {"value": {"id": "1"}}}', b"\xff\xfe", b"{" * 5000)

    for body in junk:
        assert (await client.post(hook_path(avito), content=body)).status_code == 200
    await run_jobs()

    rows = await problems(admin, account)
    assert [row["state"] for row in rows] == ["unreadable"] * len(junk)
    assert all(row["reason"] for row in rows)
    assert await message_texts() == []


async def test_an_event_that_is_not_a_message_is_no_problem(
    admin: Client, client: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    body = orjson.dumps({"id": "1", "payload": {"type": "typing", "value": {"chat_id": "u2i-1"}}})

    await client.post(hook_path(avito), content=body)
    await run_jobs()

    assert await problems(admin, account) == []


async def poison(avito: AvitoSimulator, database: Database) -> bytes:
    """A webhook that the database refuses."""
    chat = await avito.open_chat(buyer_name="Отравитель")
    await avito.buyer_writes(chat, "яд")
    (webhook,) = take_webhooks(avito)
    if not database.is_sqlite:
        return webhook.body.replace(chat.id.encode(), b"u2i-" + b"x" * 200)  # too long to store
    async with db.transaction() as session:
        await session.execute(
            text(
                "CREATE TRIGGER poison BEFORE INSERT ON messages WHEN NEW.text = 'яд'"
                " BEGIN SELECT RAISE(ABORT, 'poison'); END"
            )
        )
    return webhook.body


async def test_a_webhook_that_cannot_be_taken_in_holds_up_no_other(
    admin: Client,
    client: Client,
    account: JsonObject,
    avito: AvitoSimulator,
    database: Database,
    run_jobs: RunJobs,
) -> None:
    bad = await poison(avito, database)
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "До яда")
    await avito.buyer_writes(chat, "После яда")
    first, last = (webhook.body for webhook in take_webhooks(avito))
    for body in (first, bad, last):
        assert (await client.post(hook_path(avito), content=body)).status_code == 200

    await run_jobs()

    assert await message_texts() == ["До яда", "После яда"]
    (problem,) = await problems(admin, account)
    assert problem["state"] == "failed"
    async with db.reading() as session:
        states = set(await session.scalars(select(RawWebhook.state)))
    assert states == {WebhookState.DONE, WebhookState.FAILED}
    await client.post(hook_path(avito), content=last)
    assert await run_jobs() == 1, "the next batch is not held up either"
