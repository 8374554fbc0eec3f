"""Acts of development: there only when they were asked for, and at nobody's expense."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from pydantic import ValidationError
from sqlalchemy import func, select

from besedka.app.main import create_app
from besedka.core import db
from besedka.core.db import Base, Database
from besedka.core.settings import Settings
from besedka.developer.resetting import inbox_tables
from besedka.identity import Role
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.conftest import Client, Exchange, JsonObject, LogIn
from tests.factories import Make

ACTS = (("GET", "me"), ("POST", "seed"), ("POST", "messages"), ("POST", "reset"))


@pytest.fixture
async def app(
    request: pytest.FixtureRequest, settings: Settings, database: Database
) -> AsyncIterator[FastAPI]:
    if request.node.get_closest_marker("developing"):
        settings.dev_mode = True
    app = create_app(settings, with_worker=False)
    async with app.router.lifespan_context(app):
        yield app


@pytest.mark.parametrize(("method", "act"), ACTS)
async def test_without_the_setting_the_acts_do_not_exist(
    method: str, act: str, owner: Client
) -> None:
    response = await owner.request(
        method, f"/api/v1/dev/{act}", json={"text": "x", "confirmation": "Автодвор"}
    )

    assert (response.status_code, response.json()["code"]) == (404, "http_404")
    assert (await owner.get("/api/v1/me")).json()["dev_mode"] is False
    assert "/dev/" not in (await owner.get("/api/openapi.json")).text


def test_the_setting_is_refused_where_others_can_reach_the_server() -> None:
    with pytest.raises(ValidationError, match="режим разработчика удаляет переписку"):
        Settings(public_url="https://crm.example.ru", dev_mode=True)
    assert Settings(public_url="http://127.0.0.1:8000", dev_mode=True).dev_mode


@pytest.mark.developing
async def test_a_manager_may_none_of_it(operator: Client, client: Client) -> None:
    for method, act in ACTS:
        body = {"text": "x", "confirmation": "Автодвор"}
        refused = await operator.request(method, f"/api/v1/dev/{act}", json=body)
        unknown = await client.request(method, f"/api/v1/dev/{act}", json=body)
        assert (refused.status_code, unknown.status_code) == (403, 401)


@pytest.mark.developing
async def test_buyers_write_and_their_talks_come_in_by_webhooks(
    admin: Client, account: JsonObject, avito: AvitoSimulator, exchange: Exchange
) -> None:
    who = (await admin.get("/api/v1/dev/me")).json()
    assert (who["workspace"], who["role"]) == ("Автодвор", "admin")

    seeded = await admin.post("/api/v1/dev/seed", json={"talks": 4})
    emulated = await admin.post(
        "/api/v1/dev/messages", json={"text": "Ещё продаёте?", "buyer_name": "Мария Ли"}
    )
    await exchange()

    assert (seeded.status_code, emulated.status_code) == (201, 201), seeded.text
    items = (await admin.get("/api/v1/conversations")).json()["items"]
    assert len(items) == 5
    assert "Мария Ли" in {each["contact"]["name"] for each in items}
    assert "manager" in {each["mode"] for each in items}  # a person answered in Avito's own app


@pytest.mark.developing
async def test_without_the_simulator_nobody_is_written_to(
    admin: Client, account: JsonObject, avito: AvitoSimulator
) -> None:
    await admin.post(f"/api/v1/channel-accounts/{account['id']}/disconnect")

    response = await admin.post("/api/v1/dev/seed", json={"talks": 1})

    assert (response.status_code, response.json()["code"]) == (409, "no_stand_in")
    assert avito.world.chats == {}


@pytest.mark.developing
async def test_a_reset_asks_for_the_companys_name_and_empties_its_inbox_alone(
    admin: Client,
    account: JsonObject,
    exchange: Exchange,
    make: Make,
    log_in: LogIn,
) -> None:
    await admin.post("/api/v1/dev/seed", json={"talks": 3})
    await exchange()
    await admin.post("/api/v1/documents", json={"title": "Цены", "text": "Цены тут"})
    neighbours = await make.workspace(name="Соседи")
    neighbour = await log_in(await make.user(neighbours, role=Role.OWNER), neighbours)

    careless = await admin.post("/api/v1/dev/reset", json={"confirmation": "да"})
    foreign = await neighbour.post("/api/v1/dev/reset", json={"confirmation": "Соседи"})
    assert (careless.status_code, careless.json()["code"]) == (409, "not_confirmed")
    assert foreign.json() == {"talks": 0}
    assert len((await admin.get("/api/v1/conversations")).json()["items"]) == 3

    done = await admin.post("/api/v1/dev/reset", json={"confirmation": "Автодвор"})

    assert done.json() == {"talks": 3}
    async with db.reading() as session:
        for table in inbox_tables():
            count = await session.scalar(select(func.count()).select_from(table))
            assert count == 0, table.name
    assert len((await admin.get("/api/v1/documents")).json()["items"]) == 1
    assert (await admin.get("/api/v1/conversations/counts")).json()["bot"]["open"] == 0
    await exchange()  # what was on its way finds its talk gone and ends
    assert (await admin.get("/api/v1/jobs/dead")).json() == []


def test_the_inbox_is_known_by_what_refers_to_contacts_and_listings() -> None:
    names = {table.name for table in inbox_tables()}

    assert {"messages", "conversations", "contacts", "listings", "turns"} <= names
    kept = {table.name for table in Base.metadata.sorted_tables} - names
    assert {"users", "workspaces", "channel_accounts", "knowledge_documents", "tags"} <= kept
