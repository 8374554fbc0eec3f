"""Connecting a channel account: keys are checked, the webhook is set and verified."""

import asyncio

from sqlalchemy import select

from besedka.channels.models import ChannelAccount
from besedka.core import db
from besedka.events.models import EventRow
from besedka.jobs.models import Job
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.channels.intake_tools import asked, hook_path
from tests.conftest import Client, Clock, JsonObject, RunJobs

ACCOUNTS = "/api/v1/channel-accounts"
KEYS = {"kind": "avito", "client_id": "demo-client", "client_secret": "demo-secret"}


async def account_rows() -> list[ChannelAccount]:
    async with db.reading() as session:
        return list(await session.scalars(select(ChannelAccount)))


async def test_an_account_is_connected_by_its_keys(
    admin: Client, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    added = await admin.post(ACCOUNTS, json=KEYS)

    assert added.status_code == 201
    assert (added.json()["name"], added.json()["state"]) == ("Автодвор", "connecting")
    await run_jobs()
    shown = (await admin.get(f"{ACCOUNTS}/{added.json()['id']}")).json()
    assert (shown["state"], shown["problem_code"]) == ("connected", None)
    assert shown["webhook_subscribed_at"] is not None
    assert shown["synced_at"] is not None


async def test_the_subscription_is_verified_by_listing(
    account: JsonObject, avito: AvitoSimulator
) -> None:
    assert len(avito.account().subscriptions) == 1
    assert asked(avito, "getSubscriptions") == 1


async def test_the_webhook_address_cannot_be_guessed(
    account: JsonObject, avito: AvitoSimulator
) -> None:
    _, hooks, kind, secret = hook_path(avito).split("/")

    assert (hooks, kind) == ("hooks", "avito")
    assert len(secret) >= 43  # 256 bits
    assert str(account["id"]) not in secret
    assert str(account["external_id"]) not in secret


async def test_refused_keys_leave_nothing(admin: Client, avito: AvitoSimulator) -> None:
    response = await admin.post(ACCOUNTS, json=KEYS | {"client_secret": "wrong"})

    assert (response.status_code, response.json()["code"]) == (422, "credentials_rejected")
    assert "wrong" not in response.text
    assert await account_rows() == []
    async with db.reading() as session:
        assert list(await session.scalars(select(Job))) == []
    assert avito.account().subscriptions == {}


async def test_blank_keys_and_unknown_channels_are_refused(
    admin: Client, avito: AvitoSimulator
) -> None:
    blank = await admin.post(ACCOUNTS, json=KEYS | {"client_id": "  "})
    unknown = await admin.post(ACCOUNTS, json=KEYS | {"kind": "pigeon"})

    assert blank.status_code == unknown.status_code == 422
    assert unknown.json()["code"] == "unknown_channel_kind"
    assert await account_rows() == []


async def test_a_connected_account_is_not_connected_twice(
    admin: Client, account: JsonObject
) -> None:
    response = await admin.post(ACCOUNTS, json=KEYS)

    assert response.status_code == 409
    assert response.json()["code"] == "channel_account_already_connected"
    assert len(await account_rows()) == 1


async def test_two_admins_who_connect_the_same_account_at_once_get_one(
    admin: Client, owner: Client, avito: AvitoSimulator
) -> None:
    answers = await asyncio.gather(admin.post(ACCOUNTS, json=KEYS), owner.post(ACCOUNTS, json=KEYS))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert len(await account_rows()) == 1


async def test_a_second_account_gets_an_address_of_its_own(
    admin: Client, account: JsonObject, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    other = avito.add_account(name="Мебель", client_id="second", client_secret="second-secret")

    added = await admin.post(
        ACCOUNTS, json={"client_id": "second", "client_secret": "second-secret"}
    )
    await run_jobs()

    assert added.status_code == 201
    assert [row["name"] for row in (await admin.get(ACCOUNTS)).json()] == ["Автодвор", "Мебель"]
    (first_url,) = avito.account().subscriptions
    (second_url,) = other.subscriptions
    assert first_url != second_url


async def test_an_account_may_be_given_a_name(admin: Client, avito: AvitoSimulator) -> None:
    added = await admin.post(ACCOUNTS, json=KEYS | {"name": "Главный"})
    assert added.json()["name"] == "Главный"

    changed = await admin.patch(
        f"{ACCOUNTS}/{added.json()['id']}", json={"name": "Склад", "agent_enabled": False}
    )

    assert (changed.json()["name"], changed.json()["agent_enabled"]) == ("Склад", False)


async def test_avito_being_away_for_long_while_connecting_does_not_leave_the_account_stuck(
    admin: Client, avito: AvitoSimulator, run_jobs: RunJobs, clock: Clock
) -> None:
    added = (await admin.post(ACCOUNTS, json=KEYS)).json()
    avito.faults(status_500=1, operations=["postWebhookV3"])
    for _ in range(6):
        await run_jobs()
        clock.advance(60)

    stuck = (await admin.get(f"{ACCOUNTS}/{added['id']}")).json()

    assert (stuck["state"], stuck["problem_code"]) == ("connected", "webhook_missing")
    assert stuck["webhook_subscribed_at"] is None


async def test_an_account_comes_with_events_for_every_screen(
    account: JsonObject, avito: AvitoSimulator
) -> None:
    async with db.reading() as session:
        rows = list(await session.scalars(select(EventRow).order_by(EventRow.sequence)))

    assert {row.type for row in rows} == {"channel_account.updated"}
    states = [row.payload["account"]["state"] for row in rows]
    assert (states[0], states[-1]) == ("connecting", "connected")
    assert all("secret" not in str(row.payload) for row in rows)
