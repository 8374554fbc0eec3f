"""Other keys for a connected account: checked first, and only of the same account."""

from sqlalchemy import select

from besedka.channels.models import ChannelAccount
from besedka.core import db
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.channels.intake_tools import asked
from tests.conftest import Client, Exchange, JsonObject, RunJobs

ACCOUNTS = "/api/v1/channel-accounts"
RENEWED = {"client_id": "demo-client", "client_secret": "renewed-secret"}


async def sealed() -> str:
    async with db.reading() as session:
        return (await session.scalars(select(ChannelAccount.sealed_credentials))).one()


async def test_renewed_keys_bring_an_account_back_that_the_channel_refused(
    admin: Client,
    operator: Client,
    account: JsonObject,
    avito: AvitoSimulator,
    exchange: Exchange,
    run_jobs: RunJobs,
) -> None:
    url = f"{ACCOUNTS}/{account['id']}"
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Здравствуйте")
    await exchange()
    avito.account().client_secret = RENEWED["client_secret"]
    avito.faults(expire_token=True)
    await admin.post(f"{url}/check")
    assert (await admin.get(url)).json()["problem_code"] == "credentials_rejected"

    replaced = await admin.put(f"{url}/keys", json=RENEWED)

    assert replaced.status_code == 200, replaced.text
    assert (replaced.json()["state"], replaced.json()["problem_code"]) == ("connected", None)
    assert "renewed" not in replaced.text + await sealed()
    await run_jobs()
    assert asked(avito, "postWebhookV3") == 2  # subscribed anew, with the new keys
    (conversation,) = (await operator.get("/api/v1/conversations")).json()["items"]
    await operator.post(
        f"/api/v1/conversations/{conversation['id']}/messages", json={"text": "Добрый день"}
    )
    await exchange()
    assert [message.text for message in avito.sent][-1] == "Добрый день"


async def test_keys_of_another_account_change_nothing(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    avito.add_account(name="Мебель", client_id="second", client_secret="second-secret")
    before = await sealed()
    keys = {"client_id": "second", "client_secret": "second-secret"}

    response = await admin.put(f"{ACCOUNTS}/{account['id']}/keys", json=keys)

    assert (response.status_code, response.json()["code"]) == (409, "keys_of_another_account")
    assert await sealed() == before
    assert await run_jobs() == 0


async def test_keys_that_the_channel_refuses_change_nothing(
    admin: Client, account: JsonObject
) -> None:
    before = await sealed()

    response = await admin.put(f"{ACCOUNTS}/{account['id']}/keys", json=RENEWED)

    assert (response.status_code, response.json()["code"]) == (422, "credentials_rejected")
    assert "renewed" not in response.text
    assert await sealed() == before


async def test_a_disconnected_account_gets_keys_and_stays_disconnected(
    admin: Client, account: JsonObject, run_jobs: RunJobs
) -> None:
    url = f"{ACCOUNTS}/{account['id']}"
    await admin.post(f"{url}/disconnect")
    await run_jobs()
    keys = {"client_id": "demo-client", "client_secret": "demo-secret"}

    response = await admin.put(f"{url}/keys", json=keys)

    assert (response.status_code, response.json()["state"]) == (200, "disconnected")
    assert await run_jobs() == 0
