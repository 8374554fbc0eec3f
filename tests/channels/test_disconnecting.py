"""Disconnecting and connecting again."""

from besedka.simulators.avito.simulator import AvitoSimulator
from tests.channels.intake_tools import hook_path, take_webhooks
from tests.conftest import Client, Clock, Exchange, JsonObject, RunJobs

ACCOUNTS = "/api/v1/channel-accounts"
KEYS = {"kind": "avito", "client_id": "demo-client", "client_secret": "demo-secret"}


async def test_a_disconnected_account_takes_no_webhooks_and_avito_lists_none(
    admin: Client, client: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    path = hook_path(avito)
    assert (await client.post(path, content=b"{}")).status_code == 200

    response = await admin.post(f"{ACCOUNTS}/{account['id']}/disconnect")

    assert (response.status_code, response.json()["state"]) == (200, "disconnected")
    assert (await client.post(path, content=b"{}")).status_code == 404
    await run_jobs()
    assert avito.account().subscriptions == {}


async def test_what_arrived_before_the_disconnect_is_not_lost(
    admin: Client,
    account: JsonObject,
    avito: AvitoSimulator,
    exchange: Exchange,
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Успел написать")
    await avito.deliver_pending()

    await admin.post(f"{ACCOUNTS}/{account['id']}/disconnect")
    await exchange()

    page = (await admin.get("/api/v1/conversations")).json()
    assert [row["last_message"]["text"] for row in page["items"]] == ["Успел написать"]


async def test_a_disconnected_account_may_be_connected_again_with_new_keys(
    admin: Client, client: Client, account: JsonObject, avito: AvitoSimulator, exchange: Exchange
) -> None:
    old_path = hook_path(avito)
    await admin.post(f"{ACCOUNTS}/{account['id']}/disconnect")
    await exchange()
    avito.account().client_secret = "fresh-secret"

    again = await admin.post(ACCOUNTS, json=KEYS | {"client_secret": "fresh-secret"})
    await exchange()

    assert (again.status_code, again.json()["id"]) == (201, account["id"])
    assert hook_path(avito) != old_path
    assert (await client.post(old_path, content=b"{}")).status_code == 404
    assert (await client.post(hook_path(avito), content=b"{}")).status_code == 200
    shown = (await admin.get(f"{ACCOUNTS}/{account['id']}")).json()
    assert shown["state"] == "connected"


async def test_connect_resumes_a_disconnected_account_with_its_old_keys(
    admin: Client, client: Client, account: JsonObject, avito: AvitoSimulator, exchange: Exchange
) -> None:
    await admin.post(f"{ACCOUNTS}/{account['id']}/disconnect")
    await exchange()

    response = await admin.post(f"{ACCOUNTS}/{account['id']}/connect")
    await exchange()

    assert response.status_code == 202
    assert (await client.post(hook_path(avito), content=b"{}")).status_code == 200
    assert (await admin.get(f"{ACCOUNTS}/{account['id']}")).json()["state"] == "connected"


async def test_a_customer_who_wrote_while_we_were_away_waits_for_a_person(
    admin: Client,
    account: JsonObject,
    avito: AvitoSimulator,
    exchange: Exchange,
    clock: Clock,
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "До перерыва")
    await exchange()
    (known,) = (await admin.get("/api/v1/conversations")).json()["items"]
    await admin.post(f"/api/v1/conversations/{known['id']}/close")
    await admin.post(f"{ACCOUNTS}/{account['id']}/disconnect")
    await exchange()
    clock.advance(600)
    await avito.buyer_writes(chat, "Пока вас не было")
    take_webhooks(avito)
    clock.advance(600)

    await admin.post(f"{ACCOUNTS}/{account['id']}/connect")
    await exchange()

    (conversation,) = (await admin.get("/api/v1/conversations?mode=manager")).json()["items"]
    assert conversation["last_message"]["text"] == "Пока вас не было"
    assert conversation["waiting_since"] is not None
    assert conversation["unread_count"] == 1
