"""A refusal of the whole account is one state that people see, not a storm of requests."""

from sqlalchemy import select

from besedka.channels.jobs import sweep_all
from besedka.core import db
from besedka.events.models import EventRow
from besedka.jobs import enqueue
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.channels.intake_tools import asked, take_webhooks
from tests.conftest import Client, Clock, JsonObject, RunJobs

ACCOUNTS = "/api/v1/channel-accounts"


async def sweep_every_30_s(times: int, run_jobs: RunJobs, clock: Clock) -> None:
    for _ in range(times):
        clock.advance(30)
        async with db.transaction() as session:
            await enqueue(session, sweep_all)
        await run_jobs()


async def shown(admin: Client, account: JsonObject) -> JsonObject:
    found: JsonObject = (await admin.get(f"{ACCOUNTS}/{account['id']}")).json()
    return found


async def account_states() -> list[tuple[str, str | None]]:
    async with db.reading() as session:
        rows = await session.scalars(
            select(EventRow)
            .where(EventRow.type == "channel_account.updated")
            .order_by(EventRow.sequence)
        )
        accounts = [row.payload["account"] for row in rows]
    return [(account["state"], account["problem_code"]) for account in accounts]


async def test_an_unpaid_tariff_is_one_state_and_no_storm(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    avito.faults(payment_required=True)
    before = len(avito.world.truth.requests)

    await sweep_every_30_s(9, run_jobs, clock)

    seen = await shown(admin, account)
    assert (seen["state"], seen["problem_code"]) == ("attention", "payment_required")
    assert "тариф" in seen["problem_text"].lower()
    assert len(avito.world.truth.requests) - before == 1
    assert (await account_states()).count(("attention", "payment_required")) == 1


async def test_the_state_heals_by_itself_some_minutes_after_the_payment(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    avito.faults(payment_required=True)
    await sweep_every_30_s(1, run_jobs, clock)
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Пока не платили")
    take_webhooks(avito)
    avito.clear_faults()

    await sweep_every_30_s(9, run_jobs, clock)
    assert (await shown(admin, account))["state"] == "attention"
    await sweep_every_30_s(2, run_jobs, clock)

    seen = await shown(admin, account)
    assert (seen["state"], seen["problem_code"]) == ("connected", None)
    assert seen["recovered_count"] == 1
    assert (await account_states())[-1] == ("connected", None)


async def test_a_check_heals_the_state_at_once(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    avito.faults(payment_required=True)
    await sweep_every_30_s(1, run_jobs, clock)

    still = await admin.post(f"{ACCOUNTS}/{account['id']}/check")
    avito.clear_faults()
    healed = await admin.post(f"{ACCOUNTS}/{account['id']}/check")

    assert (still.status_code, still.json()["state"]) == (200, "attention")
    assert (healed.status_code, healed.json()["state"]) == (200, "connected")


async def test_on_the_free_plan_the_closed_history_is_the_state(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    avito.faults(payment_required="partial")
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Есть кто?")
    before = asked(avito, "getMessagesV3")

    await sweep_every_30_s(5, run_jobs, clock)

    assert (await shown(admin, account))["problem_code"] == "payment_required"
    assert asked(avito, "getMessagesV3") == before + 1


async def test_withdrawn_keys_are_shown(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    avito.account().client_secret = "withdrawn"
    avito.faults(expire_token=True)

    await sweep_every_30_s(3, run_jobs, clock)

    seen = await shown(admin, account)
    assert (seen["state"], seen["problem_code"]) == ("attention", "credentials_rejected")
    assert asked(avito, "getAccessToken") <= 3


async def test_an_unpaid_tariff_while_connecting_is_the_same_state(
    admin: Client, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    avito.faults(payment_required=True)

    added = await admin.post(
        ACCOUNTS, json={"client_id": "demo-client", "client_secret": "demo-secret"}
    )
    await run_jobs()

    seen = await shown(admin, added.json())
    assert (seen["state"], seen["problem_code"]) == ("attention", "payment_required")
