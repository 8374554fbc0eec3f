"""Who may see and do what in the inbox; walked over all of its routes."""

from dataclasses import dataclass

import pytest
from fastapi import FastAPI

from besedka.identity import Role
from tests.conftest import Client, JsonObject, LogIn
from tests.factories import Make
from tests.inbox.desk import Desk

BODIES: dict[str, JsonObject] = {
    "/messages": {"text": "Привет"},
    "/notes": {"text": "Заметка"},
    "/block": {"reason": "spam"},
}


@dataclass(frozen=True)
class Way:
    method: str
    path: str

    def url(self, *, conversation_id: str, message_id: str) -> str:
        return self.path.replace("{conversation_id}", conversation_id).replace(
            "{message_id}", message_id
        )

    @property
    def body(self) -> JsonObject | None:
        ending = "/" + self.path.rsplit("/", 1)[-1]
        return BODIES.get(ending) if self.method == "POST" else None


def ways(app: FastAPI) -> list[Way]:
    """Every route about one conversation or one message."""
    found = [
        Way(method.upper(), path)
        for path, methods in app.openapi()["paths"].items()
        for method in methods
        if "{conversation_id}" in path or "{message_id}" in path
    ]
    assert len(found) >= 16
    return found


@pytest.fixture
async def stranger(make: Make, log_in: LogIn) -> Client:
    """The owner of another company."""
    company = await make.workspace()
    return await log_in(await make.user(company, role=Role.OWNER), company)


async def test_conversations_of_another_company_do_not_exist(
    app: FastAPI, desk: Desk, stranger: Client
) -> None:
    talk = await desk.talk()
    reply = await talk.reply("Да")
    before = await talk.messages()

    for way in ways(app):
        url = way.url(conversation_id=talk.id, message_id=reply["id"])
        response = await stranger.request(way.method, url, json=way.body)
        assert response.status_code == 404, way
    assert (await stranger.get("/api/v1/conversations")).json()["items"] == []
    counts = (await stranger.get("/api/v1/conversations/counts")).json()
    assert counts["manager"]["open"] == 0
    assert await talk.messages() == before


async def test_without_a_login_there_is_nothing(app: FastAPI, desk: Desk, client: Client) -> None:
    talk = await desk.talk()
    reply = await talk.reply("Да")

    for way in ways(app):
        url = way.url(conversation_id=talk.id, message_id=reply["id"])
        response = await client.request(way.method, url, json=way.body)
        assert response.status_code == 401, way
    assert (await client.get("/api/v1/conversations")).status_code == 401


async def test_a_viewer_reads_everything_and_changes_nothing(
    app: FastAPI, desk: Desk, viewer: Client
) -> None:
    talk = await desk.talk()
    await talk.buyer(type="voice")
    voice = await talk.last("voice")
    before = await talk.read()

    for way in ways(app):
        url = way.url(conversation_id=talk.id, message_id=voice["id"])
        response = await viewer.request(way.method, url, json=way.body)
        assert response.status_code == (200 if way.method == "GET" else 403), way
    await desk.exchange()
    assert await talk.read() == before
    assert desk.avito.sent == []


async def test_an_id_that_nobody_has_is_not_found_and_nonsense_is_refused(
    app: FastAPI, desk: Desk
) -> None:
    nobody = "00000000-0000-7000-8000-000000000000"

    for way in ways(app):
        url = way.url(conversation_id=nobody, message_id=nobody)
        assert (await desk.client.request(way.method, url, json=way.body)).status_code == 404, way
        url = way.url(conversation_id="чат", message_id="один")
        assert (await desk.client.request(way.method, url, json=way.body)).status_code == 422, way
