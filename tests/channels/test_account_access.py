"""Who may do what with channel accounts, and what the database keeps of their secrets."""

import httpx
from sqlalchemy import select, text

from besedka.channels.models import ChannelAccount
from besedka.core import db
from besedka.identity import Role
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.channels.intake_tools import hook_path
from tests.conftest import Client, JsonObject, LogIn
from tests.factories import Make

ACCOUNTS = "/api/v1/channel-accounts"
KEYS = {"kind": "avito", "client_id": "demo-client", "client_secret": "demo-secret"}
ACTS = ("check", "connect", "disconnect", "resync")


async def test_only_admins_change_accounts(
    operator: Client, viewer: Client, account: JsonObject, avito: AvitoSimulator
) -> None:
    requests_before = len(avito.world.truth.requests)

    answers = [
        answer for person in (operator, viewer) for answer in await try_everything(person, account)
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert len(avito.world.truth.requests) == requests_before
    shown = (await viewer.get(f"{ACCOUNTS}/{account['id']}")).json()
    assert (shown["name"], shown["state"]) == (account["name"], "connected")


async def try_everything(person: Client, account: JsonObject) -> list[httpx.Response]:
    return [
        await person.post(ACCOUNTS, json=KEYS),
        await person.patch(f"{ACCOUNTS}/{account['id']}", json={"name": "Чужое"}),
        *[await person.post(f"{ACCOUNTS}/{account['id']}/{act}") for act in ACTS],
    ]


async def test_strangers_see_no_accounts(client: Client, account: JsonObject) -> None:
    assert (await client.get(ACCOUNTS)).status_code == 401
    assert (await client.get(f"{ACCOUNTS}/{account['id']}")).status_code == 401


async def test_accounts_of_another_company_do_not_exist(
    account: JsonObject, make: Make, log_in: LogIn
) -> None:
    company = await make.workspace()
    stranger = await log_in(await make.user(company, role=Role.OWNER), company)
    url = f"{ACCOUNTS}/{account['id']}"

    answers = [
        await stranger.get(url),
        await stranger.get(f"{url}/problems"),
        await stranger.patch(url, json={"name": "Моё"}),
        *[await stranger.post(f"{url}/{act}") for act in ACTS],
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert (await stranger.get(ACCOUNTS)).json() == []


async def test_keys_and_the_webhook_secret_are_sealed_in_the_database(
    admin: Client, account: JsonObject, avito: AvitoSimulator
) -> None:
    secret = hook_path(avito).rsplit("/", 1)[-1]
    async with db.reading() as session:
        row = (await session.scalars(select(ChannelAccount))).one()
        stored = str({column.name: getattr(row, column.key) for column in row.__table__.columns})
        jobs = str((await session.execute(text("SELECT * FROM jobs"))).all())
        events = str((await session.execute(text("SELECT payload FROM events"))).all())

    for kept in (stored, jobs, events, (await admin.get(ACCOUNTS)).text):
        assert "demo-secret" not in kept
        assert "demo-client" not in kept
        assert secret not in kept
