"""Acts of development: there only when they were asked for, and at nobody's expense."""

from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from pydantic import ValidationError
from sqlalchemy import func, select

from besedka.app.main import create_app
from besedka.channels import connections
from besedka.core import db
from besedka.core.db import Base, Database
from besedka.core.settings import Settings
from besedka.developer.resetting import inbox_tables
from besedka.events.models import EventRow
from besedka.identity import Role
from besedka.search import words
from besedka.search.models import SearchWord
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.conftest import Client, Exchange, JsonObject, LogIn
from tests.factories import Make, picture

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
    with pytest.raises(ValidationError, match="режим разработчика удаляет переписку"):
        Settings(public_url="http://127.0.0.1:8000", host="0.0.0.0", dev_mode=True)
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

    assert (seeded.status_code, emulated.status_code) == (201, 204), seeded.text
    items = (await admin.get("/api/v1/conversations")).json()["items"]
    assert len(items) == 5
    assert "Мария Ли" in {each["contact"]["name"] for each in items}
    assert "manager" in {each["mode"] for each in items}  # a person answered in Avito's own app


@pytest.mark.developing
@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(404, json={"message": "no such route"}),
        httpx.Response(200, html="<!doctype html><title>Авито</title>"),
        httpx.Response(200, json={"items": []}),
    ],
    ids=["not found", "a page", "no listings"],
)
async def test_what_is_no_simulator_is_written_nothing(
    answer: httpx.Response, admin: Client, account: JsonObject
) -> None:
    asked: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.method} {request.url.path}")
        return answer

    connections.use_transport(httpx.MockTransport(respond))

    seeded = await admin.post("/api/v1/dev/seed", json={"talks": 1})
    emulated = await admin.post("/api/v1/dev/messages", json={"text": "Ещё продаёте?"})

    for response in (seeded, emulated):
        assert (response.status_code, response.json()["code"]) == (409, "no_stand_in")
    assert asked == ["GET /_sim/listings"] * 2


@pytest.mark.developing
async def test_a_real_channel_is_neither_written_to_nor_are_its_talks_deleted(
    admin: Client,
    account: JsonObject,
    avito: AvitoSimulator,
    exchange: Exchange,
    settings: Settings,
) -> None:
    await admin.post("/api/v1/dev/seed", json={"talks": 1})
    await exchange()
    chats = len(avito.world.chats)
    settings.avito_base_url = "https://api.avito.ru"

    seeded = await admin.post("/api/v1/dev/seed", json={"talks": 1})
    reset = await admin.post("/api/v1/dev/reset", json={"confirmation": "Автодвор"})
    await admin.post(f"/api/v1/channel-accounts/{account['id']}/disconnect")
    later = await admin.post("/api/v1/dev/reset", json={"confirmation": "Автодвор"})

    for response in (seeded, reset, later):
        assert (response.status_code, response.json()["code"]) == (409, "no_stand_in")
    assert len(avito.world.chats) == chats
    assert len((await admin.get("/api/v1/conversations")).json()["items"]) == chats


@pytest.mark.developing
async def test_without_an_account_nobody_is_written_to(
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
    settings: Settings,
) -> None:
    company = UUID((await admin.get("/api/v1/me")).json()["workspace"]["id"])
    await admin.post("/api/v1/dev/seed", json={"talks": 3})
    await exchange()
    await admin.post("/api/v1/documents", json={"title": "Цены", "text": "Цены тут"})
    (talk, *_) = (await admin.get("/api/v1/conversations")).json()["items"]
    brought = await admin.post(
        f"/api/v1/conversations/{talk['id']}/attachments",
        files={"file": ("photo.png", picture(), "image/png")},
    )
    assert brought.status_code == 201, brought.text
    folder = settings.data_dir / "files"
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 2
    async with db.transaction() as session:
        await words.learn(session, company, words.new_among(company, ["диван"]))
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
        of_company = select(SearchWord.word).where(SearchWord.workspace_id == company)
        assert (await session.scalars(of_company)).all() == []
        last = select(EventRow.type, EventRow.topic).order_by(EventRow.sequence.desc()).limit(1)
        assert (await session.execute(last)).one() == ("stream.reload", "inbox")
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    async with db.transaction() as session:
        await words.learn(session, company, words.new_among(company, ["диван"]))  # met anew
        assert set(await session.scalars(of_company)) == {"диван"}
    assert len((await admin.get("/api/v1/documents")).json()["items"]) == 1
    assert (await admin.get("/api/v1/conversations/counts")).json()["bot"]["open"] == 0
    await exchange()  # what was on its way finds its talk gone and ends
    assert (await admin.get("/api/v1/jobs/dead")).json() == []


def test_the_inbox_is_known_by_what_refers_to_contacts_and_listings() -> None:
    names = {table.name for table in inbox_tables()}

    assert {"messages", "conversations", "contacts", "listings", "turns"} <= names
    kept = {table.name for table in Base.metadata.sorted_tables} - names
    assert {"users", "workspaces", "channel_accounts", "knowledge_documents", "tags"} <= kept
