"""Webhook intake: on disk before the 200, and nothing but the 200 when there is nothing."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest
from sqlalchemy import event, select, text

from besedka.channels import intake
from besedka.channels.intake import Arrival
from besedka.channels.models import RawWebhook, WebhookState
from besedka.core import db, rush
from besedka.core.db import Database
from besedka.jobs import hints
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.channels.intake_tools import hook_path, take_webhooks
from tests.conftest import Client, JsonObject

MEBIBYTE = 2**20


async def stored_webhooks() -> list[RawWebhook]:
    async with db.reading() as session:
        return list(await session.scalars(select(RawWebhook).order_by(RawWebhook.id)))


@contextmanager
def counting_commits(database: Database) -> Iterator[list[int]]:
    commits: list[int] = []

    def on_commit(_: object) -> None:
        commits.append(1)

    engine = database.engine.sync_engine
    event.listen(engine, "commit", on_commit)
    yield commits
    event.remove(engine, "commit", on_commit)


@asynccontextmanager
async def broken_database() -> AsyncIterator[None]:
    """The table is away, as if the disk were full."""
    async with db.transaction() as session:
        await session.execute(text("ALTER TABLE raw_webhooks RENAME TO raw_webhooks_away"))
    try:
        yield
    finally:
        async with db.transaction() as session:
            await session.execute(text("ALTER TABLE raw_webhooks_away RENAME TO raw_webhooks"))


async def test_a_webhook_is_on_disk_before_it_is_answered(
    client: Client, account: JsonObject, avito: AvitoSimulator
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Добрый день")
    (webhook,) = take_webhooks(avito)

    response = await client.post(
        webhook.path, content=webhook.body, headers={"X-Avito-Messenger-Signature": "ab" * 32}
    )

    assert (response.status_code, response.json()) == (200, {"ok": True})
    (row,) = await stored_webhooks()  # no job has run
    assert (row.body, row.state) == (webhook.body, WebhookState.PENDING)
    assert row.signature == "ab" * 32


@pytest.mark.parametrize("body", [b"{}", b"", b" {} \n"])
async def test_the_channels_self_test_is_answered_and_not_stored(
    body: bytes, client: Client, account: JsonObject, avito: AvitoSimulator
) -> None:
    response = await client.post(hook_path(avito), content=body)

    assert response.status_code == 200
    assert await stored_webhooks() == []


@pytest.mark.parametrize("wrong", ["/hooks/avito/no-such-secret", "/hooks/pigeon/{secret}"])
async def test_a_wrong_address_is_not_found(
    wrong: str, client: Client, account: JsonObject, avito: AvitoSimulator
) -> None:
    path = wrong.format(secret=hook_path(avito).rsplit("/", 1)[-1])

    response = await client.post(path, content=b'{"payload": 1}')

    assert response.status_code == 404
    assert await stored_webhooks() == []


async def test_a_body_of_one_mebibyte_is_taken_and_a_larger_one_refused(
    client: Client, account: JsonObject, avito: AvitoSimulator
) -> None:
    largest = await client.post(hook_path(avito), content=b"x" * MEBIBYTE)
    larger = await client.post(hook_path(avito), content=b"x" * (MEBIBYTE + 1))

    assert largest.status_code == 200
    assert (larger.status_code, larger.json()["code"]) == (413, "webhook_too_large")
    assert len(await stored_webhooks()) == 1


async def test_a_body_of_untold_length_is_refused_once_it_is_too_large(
    client: Client, account: JsonObject, avito: AvitoSimulator
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(64):
            sent += 1
            yield b"x" * (MEBIBYTE // 4)

    response = await client.post(hook_path(avito), content=endless())

    assert response.status_code == 413
    assert sent < 64, "the rest was not even read"
    assert await stored_webhooks() == []


async def test_while_the_database_fails_nothing_is_acknowledged(
    client: Client, account: JsonObject, avito: AvitoSimulator
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Ау")
    (webhook,) = take_webhooks(avito)

    async with broken_database():
        refused = await asyncio.gather(
            *[client.post(webhook.path, content=webhook.body) for _ in range(5)]
        )
    accepted = await client.post(webhook.path, content=webhook.body)

    assert {answer.status_code for answer in refused} == {503}
    assert {answer.json()["code"] for answer in refused} == {"intake_unavailable"}
    assert accepted.status_code == 200
    assert len(await stored_webhooks()) == 1


async def test_without_accounts_to_read_a_webhook_is_refused_for_now(
    client: Client, account: JsonObject, avito: AvitoSimulator
) -> None:
    async with db.transaction() as session:
        await session.execute(text("ALTER TABLE channel_accounts RENAME TO accounts_away"))
    try:
        response = await client.post(hook_path(avito), content=b'{"payload": {}}')
    finally:
        async with db.transaction() as session:
            await session.execute(text("ALTER TABLE accounts_away RENAME TO channel_accounts"))

    assert (response.status_code, response.json()["code"]) == (503, "intake_unavailable")


async def test_webhooks_that_come_together_are_committed_together(
    client: Client, account: JsonObject, avito: AvitoSimulator, database: Database
) -> None:
    chat = await avito.open_chat()
    for number in range(50):
        await avito.buyer_writes(chat, f"Сообщение {number}")
    webhooks = take_webhooks(avito)

    with counting_commits(database) as commits:
        answers = await asyncio.gather(
            *[client.post(webhook.path, content=webhook.body) for webhook in webhooks]
        )

    assert {answer.status_code for answer in answers} == {200}
    assert len(await stored_webhooks()) == 50
    assert len(commits) <= 10


async def test_a_group_whose_commit_fails_once_is_committed_all_the_same(
    client: Client, account: JsonObject, avito: AvitoSimulator, database: Database
) -> None:
    failures = [OSError("the disk is busy")]

    def fail_once(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if failures and statement.startswith("INSERT INTO raw_webhooks"):
            raise failures.pop()

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", fail_once)
    try:
        response = await client.post(hook_path(avito), content=b'{"payload": {}}')
    finally:
        event.remove(engine, "before_cursor_execute", fail_once)

    assert (response.status_code, failures) == (200, [])
    assert len(await stored_webhooks()) == 1


@pytest.mark.parametrize(("is_rush", "hinted"), [(False, ["intake"]), (True, [])])
async def test_taking_in_begins_at_once_unless_webhooks_pour_in(
    client: Client,
    account: JsonObject,
    avito: AvitoSimulator,
    monkeypatch: pytest.MonkeyPatch,
    is_rush: bool,
    hinted: list[str],
) -> None:
    hints_sent: list[str] = []
    monkeypatch.setattr(rush, "is_on", lambda: is_rush)
    hints.set_sender(lambda _job_id, queue, _run_at: hints_sent.append(queue))
    try:
        await client.post(hook_path(avito), content=b'{"payload": {}}')
    finally:
        hints.set_sender(None)

    assert hints_sent == hinted


async def test_only_posts_come_in_at_the_door(
    client: Client, account: JsonObject, avito: AvitoSimulator
) -> None:
    response = await client.get(hook_path(avito))

    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")


async def test_a_fault_that_nobody_foresaw_is_no_acknowledgement(
    client: Client, account: JsonObject, avito: AvitoSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Arrival) -> dict[str, object]:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr(intake, "_row", broken)
    refused = await client.post(hook_path(avito), content=b'{"payload": {}}')
    monkeypatch.undo()
    accepted = await client.post(hook_path(avito), content=b'{"payload": {}}')

    assert (refused.status_code, refused.json()["code"]) == (503, "intake_unavailable")
    assert accepted.status_code == 200
    assert len(await stored_webhooks()) == 1
