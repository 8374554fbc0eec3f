"""What the channel keeps from before us is loaded, and never answered by the agent."""

import pytest
from sqlalchemy import func, select

from besedka.core import db
from besedka.events.models import EventRow
from besedka.inbox.models import Conversation, Message
from besedka.jobs.models import Job
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.channels.intake_tools import Refusing, take_webhooks
from tests.conftest import Client, Clock, JsonObject, RunJobs

ACCOUNTS = "/api/v1/channel-accounts"
KEYS = {"kind": "avito", "client_id": "demo-client", "client_secret": "demo-secret"}
HOUR = 3600.0
DAY = 24 * HOUR


async def connect(admin: Client, run_jobs: RunJobs) -> JsonObject:
    added: JsonObject = (await admin.post(ACCOUNTS, json=KEYS)).json()
    await run_jobs()
    return added


async def count(model: type[Message] | type[Conversation]) -> int:
    async with db.reading() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def column(admin: Client, mode: str) -> list[JsonObject]:
    found: list[JsonObject] = (await admin.get(f"/api/v1/conversations?mode={mode}")).json()[
        "items"
    ]
    return found


async def test_more_than_a_page_of_chats_and_of_messages_is_loaded_with_progress(
    admin: Client, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    now = avito.world.clock()
    long_chat = await avito.open_chat()
    for number in range(230):
        await avito.buyer_writes(long_chat, f"{number}", sent_at=now - 9 * DAY + number)
    for _ in range(104):
        chat = await avito.open_chat()
        await avito.buyer_writes(chat, "Давно", sent_at=now - 5 * DAY)

    account = await connect(admin, run_jobs)

    assert (await count(Conversation), await count(Message)) == (105, 334)
    shown = (await admin.get(f"{ACCOUNTS}/{account['id']}")).json()
    assert (shown["sync_done"], shown["sync_total"]) == (105, 105)
    assert shown["synced_at"] is not None
    assert shown["recovered_count"] == 0
    async with db.reading() as session:
        rows = await session.scalars(
            select(EventRow)
            .where(EventRow.type == "channel_account.updated")
            .order_by(EventRow.sequence)
        )
        progress = [row.payload["account"]["sync_done"] for row in rows]
    assert progress == sorted(progress)
    assert len(set(progress)) > 5


async def test_the_agent_has_nothing_to_answer_in_the_history(
    admin: Client, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    now = avito.world.clock()
    for age in (HOUR, 10 * DAY):
        chat = await avito.open_chat()
        await avito.buyer_writes(chat, "Ответьте", sent_at=now - age)

    await connect(admin, run_jobs)

    async with db.reading() as session:
        seqs = list(await session.scalars(select(Conversation.inbound_seq)))
        turns = list(await session.scalars(select(Job).where(Job.queue == "turn")))
    assert seqs == [0, 0]
    assert turns == []
    assert avito.sent == []


async def test_a_recent_question_from_before_us_waits_for_a_person(
    admin: Client, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    now = avito.world.clock()
    recent = await avito.open_chat(buyer_name="Недавний")
    await avito.buyer_writes(recent, "Ещё продаёте?", sent_at=now - HOUR)
    old = await avito.open_chat(buyer_name="Старый")
    await avito.buyer_writes(old, "Продано?", sent_at=now - 10 * DAY)
    answered = await avito.open_chat(buyer_name="Отвеченный")
    await avito.buyer_writes(answered, "Торг есть?", sent_at=now - 2 * HOUR)
    await avito.seller_writes(answered, "Нет", sent_at=now - HOUR)

    await connect(admin, run_jobs)

    (waiting,) = await column(admin, "manager")
    assert waiting["contact"]["name"] == "Недавний"
    assert waiting["unread_count"] == 1
    assert waiting["waiting_since"] is not None
    rest = await column(admin, "bot")
    assert {row["contact"]["name"] for row in rest} == {"Старый", "Отвеченный"}
    assert {row["waiting_since"] for row in rest} == {None}


async def test_a_notice_of_the_channel_after_the_question_does_not_hide_that_it_waits(
    admin: Client, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Когда ответите?", sent_at=avito.world.clock() - HOUR)
    await avito.system_writes(chat, "Не переходите в другие мессенджеры")

    await connect(admin, run_jobs)

    (waiting,) = await column(admin, "manager")
    assert waiting["waiting_since"] is not None


async def test_loading_the_history_again_changes_nothing(
    admin: Client, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Вопрос", sent_at=avito.world.clock() - HOUR)
    account = await connect(admin, run_jobs)
    before = await column(admin, "manager")

    answer = await admin.post(f"{ACCOUNTS}/{account['id']}/resync")
    await run_jobs()

    assert answer.status_code == 202
    assert await count(Message) == 1
    assert await column(admin, "manager") == before


async def test_a_history_that_broke_off_is_loaded_to_its_end_later(
    admin: Client, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    now = avito.world.clock()
    for number in range(5):
        chat = await avito.open_chat()
        await avito.buyer_writes(chat, f"Вопрос {number}", sent_at=now - 5 * DAY + number)
    oldest = next(iter(avito.account().chats.values()))
    async with Refusing(avito, 500, f"/chats/{oldest.id}/messages"):
        account = await connect(admin, run_jobs)
    assert await count(Message) == 4
    assert (await admin.get(f"{ACCOUNTS}/{account['id']}")).json()["synced_at"] is None

    clock.advance(30)
    await run_jobs()

    assert await count(Message) == 5
    assert (await admin.get(f"{ACCOUNTS}/{account['id']}")).json()["synced_at"] is not None


async def test_a_chat_that_avito_refuses_does_not_keep_the_others_from_being_loaded(
    admin: Client, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    now = avito.world.clock()
    chats = [await avito.open_chat() for _ in range(3)]
    for number, chat in enumerate(chats):
        await avito.buyer_writes(chat, f"Вопрос {number}", sent_at=now - 5 * DAY + number)

    async with Refusing(avito, 404, f"/chats/{chats[1].id}/messages"):
        account = await connect(admin, run_jobs)

    assert await count(Message) == 2
    assert (await admin.get(f"{ACCOUNTS}/{account['id']}")).json()["synced_at"] is not None


@pytest.mark.parametrize("way", ["resync", "connecting"])
async def test_a_customer_who_writes_while_the_history_is_loaded_is_no_history(
    way: str,
    admin: Client,
    avito: AvitoSimulator,
    run_jobs: RunJobs,
    clock: Clock,
) -> None:
    added = (await admin.post(ACCOUNTS, json=KEYS)).json()
    if way == "resync":
        await run_jobs()
        clock.advance(5)
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Я как раз вовремя")
    take_webhooks(avito)

    await admin.post(f"{ACCOUNTS}/{added['id']}/resync")
    await run_jobs()

    (conversation,) = await column(admin, "bot")
    assert conversation["unread_count"] == 1
    assert conversation["waiting_since"] is not None
