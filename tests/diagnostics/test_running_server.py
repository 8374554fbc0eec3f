"""What the app says of the server that it runs on."""

import logging
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID, uuid4

import pytest
import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.assistant import gateway
from besedka.assistant.errors import ModelUnavailable
from besedka.channels.jobs import sweep_account, sweep_all, sync_history
from besedka.core import db, recent
from besedka.core.logging import configure_logging
from besedka.core.settings import Settings
from besedka.diagnostics import dead_jobs, ground
from besedka.diagnostics.finding import Finding
from besedka.identity import Role
from besedka.jobs import claiming, enqueue
from besedka.jobs import service as jobs
from besedka.jobs.models import Job, JobState
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.conftest import Client, Clock, Exchange, JsonObject, LogIn
from tests.factories import Make


@pytest.fixture(autouse=True)
def _without_troubles() -> Iterator[None]:
    recent.forget_troubles()
    yield
    recent.forget_troubles()


async def looked_over(client: Client) -> JsonObject:
    response = await client.get("/api/v1/diagnostics")
    assert response.status_code == 200, response.text
    found: JsonObject = response.json()
    return found


def problems(picture: JsonObject) -> list[str]:
    return [each["what"] for each in picture["findings"] if each["state"] != "fine"]


async def test_a_server_without_an_account_says_so_and_where_to_mend_it(admin: Client) -> None:
    picture = await looked_over(admin)

    # The tests' public address has no HTTPS.
    assert problems(picture)[1:] == ["Ни один аккаунт канала не подключён"]
    assert picture["problems"] == 2
    [finding] = [each for each in picture["findings"] if "аккаунт" in each["what"]]
    assert (finding["place"], finding["mend"][:10]) == ("channels", "Подключите")
    assert picture["jobs"] == {"waiting": 0, "running": 0, "dead": 0, "oldest_due_at": None}


async def test_a_server_that_works_has_no_problem_and_shows_its_last_webhook_and_sweep(
    admin: Client, account: JsonObject
) -> None:
    picture = await looked_over(admin)

    assert [each[:30] for each in problems(picture)] == ["Публичный адрес без шифрования"]
    [pulse] = picture["accounts"]
    assert (pulse["id"], pulse["state"]) == (account["id"], "connected")
    assert {"last_webhook_at", "last_sweep_at", "webhook_subscribed_at"} <= set(pulse)


async def test_an_account_that_the_channel_refuses_is_told_with_the_way_out(
    admin: Client, account: JsonObject, avito: AvitoSimulator
) -> None:
    avito.faults(payment_required=True)
    await admin.post(f"/api/v1/channel-accounts/{account['id']}/check")

    picture = await looked_over(admin)

    [finding] = [each for each in picture["findings"] if "тариф" in each["what"]]
    assert (finding["state"], finding["place"]) == ("broken", "channels")
    assert "нажмите «Проверить»" in finding["mend"]


async def test_a_model_that_fails_those_who_ask_for_a_suggestion_is_told(
    admin: Client,
    account: JsonObject,
    avito: AvitoSimulator,
    exchange: Exchange,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fail(*_: Any, **__: Any) -> gateway.ModelReply:
        raise ModelUnavailable("key_rejected", retryable=False)

    monkeypatch.setattr(gateway, "ask", fail)  # the provider, not our code, is broken
    await avito.buyer_writes(await avito.open_chat(), "Сколько стоит?")
    await exchange()
    [talk] = (await admin.get("/api/v1/conversations?mode=bot")).json()["items"]
    await admin.post(f"/api/v1/conversations/{talk['id']}/suggestion")

    assert "Модель не ответила за последний час: 1" in problems(await looked_over(admin))


async def test_a_silent_sweep_is_noticed(admin: Client, account: JsonObject, clock: Clock) -> None:
    clock.advance(600)

    assert "не сверялся с каналом 10 мин" in " ".join(problems(await looked_over(admin)))


async def test_jobs_behind_a_long_one_are_no_reason_to_restart_and_those_that_nobody_takes_are(
    admin: Client, clock: Clock
) -> None:
    async with db.transaction() as session:
        running = await enqueue(session, sync_history, lane="sync", account_id=uuid4()) or 0
        await enqueue(session, sync_history, lane="sync", account_id=uuid4())
        await claiming.claim(session, [running], lease_s=600)
    clock.advance(300)
    behind = await looked_over(admin)

    async with db.transaction() as session:
        await enqueue(session, sync_history, account_id=uuid4())
    clock.advance(180)
    late = await looked_over(admin)

    assert "ждут" not in " ".join(problems(behind))
    assert behind["jobs"]["oldest_due_at"] is None
    assert "Фоновые задания ждут уже 3 мин" in problems(late)


async def test_dead_jobs_are_shown_by_their_codes_and_run_again(
    admin: Client, account: JsonObject, make: Make
) -> None:
    first = await make.dead_job(sweep_account, account["id"])
    second = await make.dead_job(sweep_account, account["id"])

    listed = await admin.get("/api/v1/jobs/dead")
    assert [(each["id"], each["cause"]) for each in listed.json()] == [
        (second, "KeyError"),
        (first, "KeyError"),
    ]
    assert "клиента" not in listed.text
    assert "Остановленных заданий: 2" in problems(await looked_over(admin))

    assert (await admin.post(f"/api/v1/jobs/{first}/retry")).status_code == 202
    assert (await admin.post(f"/api/v1/jobs/{first}/retry")).status_code == 404
    assert (await admin.post("/api/v1/jobs/retry")).json() == {"count": 1}

    assert (await admin.get("/api/v1/jobs/dead")).json() == []
    async with db.reading() as session:
        states = await session.scalars(select(Job.state).where(Job.id.in_((first, second))))
        assert set(states) == {JobState.PENDING}


async def test_very_many_dead_jobs_run_again_past_one_that_another_revives_meanwhile(
    admin: Client, account: JsonObject, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = [await make.dead_job(sweep_account, account["id"]) for _ in range(5)]
    begun: list[int] = []
    transaction = db.transaction

    @asynccontextmanager
    async def revived_meanwhile() -> AsyncIterator[AsyncSession]:
        """Before the second batch somebody else retries a job of it."""
        begun.append(1)
        async with transaction() as session:
            if len(begun) == 2:
                await jobs.retry_dead(session, dead[2])
            yield session

    monkeypatch.setattr(dead_jobs, "_BATCH", 2)
    monkeypatch.setattr(db, "transaction", revived_meanwhile)
    answer = await admin.post("/api/v1/jobs/retry")

    assert (answer.status_code, answer.json()) == (202, {"count": 4})
    assert len(begun) == 3
    assert (await admin.get("/api/v1/jobs/dead")).json() == []


async def test_settings_are_read_off_the_event_loop_and_with_no_connection_held(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[bool, bool]] = []
    is_held = ContextVar("is_held", default=False)
    reading = db.reading

    @asynccontextmanager
    async def noted() -> AsyncIterator[AsyncSession]:
        async with reading() as session:
            is_held.set(True)
            yield session
            is_held.set(False)

    def read(_: Settings) -> Iterator[Finding]:
        seen.append((threading.current_thread() is threading.main_thread(), is_held.get()))
        yield from ()

    monkeypatch.setattr(db, "reading", noted)
    monkeypatch.setattr(ground, "settings_findings", read)  # a disk that takes its time
    await looked_over(admin)

    assert seen == [(False, False)]


async def test_a_company_sees_and_retries_the_jobs_of_its_own_accounts_alone(
    admin: Client, account: JsonObject, make: Make, log_in: LogIn
) -> None:
    job_id = await make.dead_job(sweep_account, account["id"])
    async with db.transaction() as session:
        await enqueue(session, sweep_account, account_id=UUID(account["id"]))
        await enqueue(session, sweep_all)
    assert (await looked_over(admin))["jobs"]["waiting"] == 2, (
        "the product's own, and the account's"
    )
    neighbours = await make.workspace()
    neighbour = await log_in(await make.user(neighbours, role=Role.OWNER), neighbours)

    assert (await neighbour.get("/api/v1/jobs/dead")).json() == []
    assert (await neighbour.post("/api/v1/jobs/retry")).json() == {"count": 0}
    assert (await neighbour.post(f"/api/v1/jobs/{job_id}/retry")).status_code == 404
    counted = (await looked_over(neighbour))["jobs"]
    assert (counted["waiting"], counted["running"], counted["dead"]) == (0, 0, 0)
    assert (await looked_over(admin))["jobs"]["waiting"] == 1
    assert [each["id"] for each in (await admin.get("/api/v1/jobs/dead")).json()] == [job_id]


async def test_the_last_troubles_are_told_by_name_and_ids_and_never_in_words(
    admin: Client, account: JsonObject, make: Make, log_in: LogIn
) -> None:
    note = recent.note_trouble
    note(None, "", {"level": "info", "event": "sweep.done", "account_id": account["id"]})
    note(
        None,
        "",
        {
            "level": "error",
            "event": "take_in.failed",
            "account_id": account["id"],
            "text": "Звоните Петру",
            "code": "два слова",
        },
    )
    note(None, "", {"level": "warning", "event": "Пётр: нет ответа", "logger": "uvicorn.error"})

    picture = await looked_over(admin)

    assert [(each["event"], each["ids"]) for each in picture["troubles"]] == [
        ("uvicorn.error", {}),
        ("take_in.failed", {"account_id": account["id"]}),
    ]
    neighbours = await make.workspace()
    neighbour = await log_in(await make.user(neighbours, role=Role.OWNER), neighbours)
    assert (await looked_over(neighbour))["troubles"] == []
    assert [each["event"] for each in (await looked_over(admin))["troubles"]] == ["take_in.failed"]


def test_the_log_of_a_process_feeds_the_troubles() -> None:
    root = logging.getLogger()
    handlers, level, structure = root.handlers, root.level, structlog.get_config()
    configure_logging(Settings(log_level="CRITICAL"))
    try:
        structlog.get_logger("besedka.test").error("delivery.failed", message_id="m-1", text="Пётр")
    finally:
        root.handlers, root.level = handlers, level
        structlog.configure(**structure)

    [trouble] = recent.recent_troubles()
    assert (trouble.event, trouble.ids) == ("delivery.failed", {"message_id": "m-1"})
