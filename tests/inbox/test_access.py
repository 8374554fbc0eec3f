"""Who may see and do what in the inbox; walked over all of its routes."""

from dataclasses import dataclass

import pytest
from fastapi import FastAPI

from besedka.identity import Role
from tests.conftest import Client, JsonObject, LogIn
from tests.factories import Make
from tests.inbox.desk import Desk

NOBODY = "00000000-0000-7000-8000-000000000000"
SOON = "2100-01-01T09:00:00+03:00"
BODIES: dict[str, JsonObject] = {
    "POST /messages": {"text": "Привет"},
    "POST /notes": {"text": "Заметка"},
    "POST /block": {"reason": "spam"},
    "POST /assign": {"assignee_id": None},
    "POST /snooze": {"until": SOON},
    "POST /scheduled": {"text": "Добрый день", "send_at": SOON},
    "PUT /draft": {"text": "Начато", "based_on": None},
}


@dataclass(frozen=True)
class Way:
    method: str
    path: str

    async def status_for(self, client: Client, *, conversation_id: str, message_id: str) -> int:
        """Asked with a body that the route takes: only who asks, and for what, can be refused."""
        ending = "/" + self.path.rsplit("/", 1)[-1]
        has_file = self.method == "POST" and ending == "/attachments"
        response = await client.request(
            self.method,
            self.path.format(conversation_id=conversation_id, message_id=message_id, tag_id=NOBODY),
            json=BODIES.get(f"{self.method} {ending}"),
            files={"file": ("shop.png", b"a picture", "image/png")} if has_file else None,
        )
        return response.status_code


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
        status = await way.status_for(stranger, conversation_id=talk.id, message_id=reply["id"])
        assert status == 404, way
    assert (await stranger.get("/api/v1/conversations")).json()["items"] == []
    counts = (await stranger.get("/api/v1/conversations/counts")).json()
    assert counts["manager"]["open"] == 0
    assert await talk.messages() == before


async def test_without_a_login_there_is_nothing(app: FastAPI, desk: Desk, client: Client) -> None:
    talk = await desk.talk()
    reply = await talk.reply("Да")

    for way in ways(app):
        status = await way.status_for(client, conversation_id=talk.id, message_id=reply["id"])
        assert status == 401, way
    assert (await client.get("/api/v1/conversations")).status_code == 401


async def test_a_viewer_reads_everything_and_changes_nothing(
    app: FastAPI, desk: Desk, viewer: Client
) -> None:
    talk = await desk.talk()
    await talk.buyer(type="voice")
    voice = await talk.last("voice")
    before = await talk.read()

    for way in ways(app):
        status = await way.status_for(viewer, conversation_id=talk.id, message_id=voice["id"])
        assert status == (200 if way.method == "GET" else 403), way
    await desk.exchange()
    assert await talk.read() == before
    assert desk.avito.sent == []


async def test_an_id_that_nobody_has_is_not_found_and_nonsense_is_refused(
    app: FastAPI, desk: Desk
) -> None:
    for way in ways(app):
        status = await way.status_for(desk.client, conversation_id=NOBODY, message_id=NOBODY)
        assert status == 404, way
        status = await way.status_for(desk.client, conversation_id="чат", message_id="один")
        assert status == 422, way
