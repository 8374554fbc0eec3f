"""The watchdog subscribes again when the channel has forgotten us."""

from besedka.channels.jobs import watch_all
from besedka.core import db
from besedka.jobs import enqueue
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.channels.intake_tools import asked
from tests.conftest import Client, Clock, Exchange, JsonObject, RunJobs

ACCOUNTS = "/api/v1/channel-accounts"


async def watch(run_jobs: RunJobs) -> None:
    async with db.transaction() as session:
        await enqueue(session, watch_all)
    await run_jobs()


async def test_a_vanished_subscription_is_set_again(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs, exchange: Exchange
) -> None:
    subscriptions = dict(avito.account().subscriptions)
    avito.account().subscriptions.clear()

    await watch(run_jobs)

    assert avito.account().subscriptions == subscriptions
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Снова слышно")
    await exchange()
    (conversation,) = (await admin.get("/api/v1/conversations")).json()["items"]
    assert conversation["last_message"]["text"] == "Снова слышно"


async def test_a_subscription_that_stands_is_left_alone(
    account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    subscribed = asked(avito, "postWebhookV3")

    await watch(run_jobs)

    assert asked(avito, "postWebhookV3") == subscribed


async def test_an_account_connected_without_a_webhook_gets_it_as_soon_as_avito_lets_us(
    admin: Client, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    keys = {"client_id": "demo-client", "client_secret": "demo-secret"}
    account = (await admin.post(ACCOUNTS, json=keys)).json()
    avito.faults(status_500=1, operations=["postWebhookV3"])
    for _ in range(6):
        await run_jobs()
        clock.advance(60)
    avito.clear_faults()

    await watch(run_jobs)

    shown = (await admin.get(f"{ACCOUNTS}/{account['id']}")).json()
    assert (shown["state"], shown["problem_code"]) == ("connected", None)
    assert shown["webhook_subscribed_at"] is not None
    assert len(avito.account().subscriptions) == 1


async def test_a_history_that_could_not_be_loaded_while_unpaid_is_loaded_after_the_payment(
    admin: Client, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Давно", sent_at=avito.world.clock() - 864000)
    avito.faults(payment_required=True)
    account = (
        await admin.post(
            ACCOUNTS, json={"client_id": "demo-client", "client_secret": "demo-secret"}
        )
    ).json()
    await run_jobs()
    await watch(run_jobs)
    assert (await admin.get(f"{ACCOUNTS}/{account['id']}")).json()["synced_at"] is None
    avito.clear_faults()

    await watch(run_jobs)

    assert (await admin.get(f"{ACCOUNTS}/{account['id']}")).json()["synced_at"] is not None
    (conversation,) = (await admin.get("/api/v1/conversations")).json()["items"]
    assert conversation["last_message"]["text"] == "Давно"


async def test_a_disconnected_account_is_not_subscribed_again(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    await admin.post(f"{ACCOUNTS}/{account['id']}/disconnect")
    await run_jobs()

    await watch(run_jobs)

    assert avito.account().subscriptions == {}
