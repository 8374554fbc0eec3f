"""The sweep finds what webhooks missed, and asks for nothing when nothing is new."""

from sqlalchemy import select

from besedka.channels.jobs import sweep_account, sweep_all
from besedka.core import db
from besedka.inbox.models import Message
from besedka.jobs import enqueue
from besedka.jobs.service import list_dead
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.channels.intake_tools import Refusing, asked, take_webhooks
from tests.conftest import Client, Clock, Exchange, JsonObject, RunJobs, on_postgres

ACCOUNTS = "/api/v1/channel-accounts"


async def sweep(account: JsonObject, run_jobs: RunJobs) -> None:
    async with db.transaction() as session:
        await enqueue(session, sweep_account, account_id=account["id"])
    await run_jobs()


async def recovered(admin: Client, account: JsonObject) -> int:
    count: int = (await admin.get(f"{ACCOUNTS}/{account['id']}")).json()["recovered_count"]
    return count


async def message_texts() -> list[str]:
    async with db.reading() as session:
        rows = await session.scalars(select(Message).order_by(Message.sent_at, Message.id))
        return [row.text for row in rows]


async def test_messages_whose_webhooks_were_dropped_are_recovered_and_counted(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    avito.faults(drop=1)
    chat = await avito.open_chat(buyer_name="Пётр")
    await avito.buyer_writes(chat, "Алло")
    await avito.buyer_writes(chat, "Вы тут?")
    clock.advance(30)

    await sweep(account, run_jobs)

    assert await message_texts() == ["Алло", "Вы тут?"]
    assert await recovered(admin, account) == 2
    (conversation,) = (await admin.get("/api/v1/conversations")).json()["items"]
    assert conversation["contact"]["name"] == "Пётр"
    assert (conversation["unread_count"], conversation["mode"]) == (2, "bot")
    assert conversation["waiting_since"] is not None


async def test_a_recovered_message_is_not_counted_again_when_its_webhook_comes(
    admin: Client,
    client: Client,
    account: JsonObject,
    avito: AvitoSimulator,
    run_jobs: RunJobs,
    clock: Clock,
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Опоздало")
    (late,) = take_webhooks(avito)
    clock.advance(30)
    await sweep(account, run_jobs)

    await client.post(late.path, content=late.body)
    await run_jobs()
    clock.advance(30)
    await sweep(account, run_jobs)

    assert await message_texts() == ["Опоздало"]
    assert await recovered(admin, account) == 1
    (conversation,) = (await admin.get("/api/v1/conversations")).json()["items"]
    assert conversation["unread_count"] == 1


async def test_what_webhooks_brought_is_not_counted_as_recovered(
    admin: Client, account: JsonObject, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Дошло")
    await exchange()
    clock.advance(30)

    async with db.transaction() as session:
        await enqueue(session, sweep_account, account_id=account["id"])
    await exchange()

    assert await recovered(admin, account) == 0


async def test_a_message_so_young_that_its_webhook_may_still_come_is_taken_but_not_counted(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    clock.advance(30)
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Только что")
    take_webhooks(avito)

    await sweep(account, run_jobs)

    assert await message_texts() == ["Только что"]
    assert await recovered(admin, account) == 0


async def test_one_message_lost_between_two_delivered_ones_is_found(
    admin: Client, account: JsonObject, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Первое")
    await exchange()
    avito.faults(drop=1)
    await avito.buyer_writes(chat, "Пропавшее")
    avito.clear_faults()
    clock.advance(2)
    await avito.buyer_writes(chat, "Третье")
    await exchange()
    clock.advance(30)

    async with db.transaction() as session:
        await enqueue(session, sweep_account, account_id=account["id"])
    await exchange()

    assert await message_texts() == ["Первое", "Пропавшее", "Третье"]
    assert await recovered(admin, account) == 1


async def test_nothing_is_fetched_while_nothing_is_new(
    account: JsonObject, avito: AvitoSimulator, exchange: Exchange, run_jobs: RunJobs, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Последнее слово")
    await exchange()
    for _ in range(3):
        clock.advance(30)
        await sweep(account, run_jobs)
    histories, chats = asked(avito, "getMessagesV3"), asked(avito, "getChatsV2")

    for _ in range(5):
        clock.advance(30)
        await sweep(account, run_jobs)

    assert asked(avito, "getMessagesV3") == histories
    assert asked(avito, "getChatsV2") == chats + 5


async def test_after_a_long_outage_everything_is_found(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    avito.faults(drop=1)
    talkative = await avito.open_chat(buyer_name="Болтун")
    for number in range(110):
        await avito.buyer_writes(talkative, f"Сообщение {number}")
        clock.advance(60)
    for number in range(101):
        chat = await avito.open_chat(buyer_name=f"Покупатель {number}")
        await avito.buyer_writes(chat, "Здравствуйте")
        clock.advance(5)
    clock.advance(30)

    await sweep(account, run_jobs)

    assert len(await message_texts()) == 211
    assert await recovered(admin, account) == 211


async def test_what_is_found_before_avito_fails_counts_once(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    for name in ("Анна", "Борис", "Вера"):
        chat = await avito.open_chat(buyer_name=name)
        await avito.buyer_writes(chat, f"Я {name}")
        clock.advance(1)
    take_webhooks(avito)
    clock.advance(30)
    oldest = next(iter(avito.account().chats.values()))
    async with Refusing(avito, 500, f"/chats/{oldest.id}/messages"):
        await sweep(account, run_jobs)
    assert await recovered(admin, account) == 2

    clock.advance(30)
    await sweep(account, run_jobs)

    assert sorted(await message_texts()) == ["Я Анна", "Я Борис", "Я Вера"]
    assert await recovered(admin, account) == 3


async def test_a_chat_that_avito_refuses_does_not_keep_the_others_from_being_swept(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    gone = await avito.open_chat()
    await avito.buyer_writes(gone, "Меня удалят")
    clock.advance(1)
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Я остался")
    take_webhooks(avito)
    clock.advance(30)

    async with Refusing(avito, 404, f"/chats/{gone.id}/messages"):
        await sweep(account, run_jobs)
        clock.advance(30)
        await avito.buyer_writes(chat, "И снова я")
        take_webhooks(avito)
        clock.advance(30)
        await sweep(account, run_jobs)

    assert await message_texts() == ["Я остался", "И снова я"]


@on_postgres
async def test_a_chat_that_no_column_holds_does_not_keep_the_others_from_being_swept(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Я обычный")
    clock.advance(1)
    odd = await avito.open_chat()
    message = await avito.buyer_writes(odd, "У меня странный номер")
    message.id = "7" * 150
    take_webhooks(avito)
    clock.advance(30)

    await sweep(account, run_jobs)

    assert await message_texts() == ["Я обычный"]
    shown = (await admin.get(f"{ACCOUNTS}/{account['id']}")).json()
    assert shown["last_sweep_at"] is not None


async def test_an_outage_leaves_no_dead_jobs_behind(
    account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    avito.faults(status_500=1)

    for _ in range(5):
        await sweep(account, run_jobs)
        clock.advance(30)
    await run_jobs()

    async with db.reading() as session:
        assert await list_dead(session) == []


async def test_an_expired_token_does_not_stop_the_sweep(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Токен кончился")
    take_webhooks(avito)
    clock.advance(600)
    avito.faults(expire_token=True)

    await sweep(account, run_jobs)

    assert await message_texts() == ["Токен кончился"]
    assert (await admin.get(f"{ACCOUNTS}/{account['id']}")).json()["state"] == "connected"


async def test_a_sweep_that_meets_the_rate_limit_is_done_later(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Много нас")
    take_webhooks(avito)
    clock.advance(30)
    avito.faults(status_429=1, retry_after_s=0, rate_headers=False)
    await sweep(account, run_jobs)
    assert await message_texts() == []

    avito.clear_faults()
    clock.advance(30)
    await sweep(account, run_jobs)

    assert await message_texts() == ["Много нас"]
    assert (await admin.get(f"{ACCOUNTS}/{account['id']}")).json()["state"] == "connected"


async def test_the_regular_sweep_covers_every_live_account_once(
    account: JsonObject, avito: AvitoSimulator, admin: Client, run_jobs: RunJobs, clock: Clock
) -> None:
    chats = asked(avito, "getChatsV2")
    async with db.transaction() as session:
        await enqueue(session, sweep_all)
        await enqueue(session, sweep_all)
    await run_jobs()
    assert asked(avito, "getChatsV2") in (chats + 1, chats + 2)

    await admin.post(f"{ACCOUNTS}/{account['id']}/disconnect")
    await run_jobs()
    chats = asked(avito, "getChatsV2")
    async with db.transaction() as session:
        await enqueue(session, sweep_all)
    await run_jobs()

    assert asked(avito, "getChatsV2") == chats
