"""Who may do what: every route, by role and by workspace."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from besedka.app.main import create_app
from besedka.channels.jobs import sweep_account
from besedka.core import time
from besedka.core.db import Database
from besedka.core.settings import Settings
from besedka.identity import Actor, Role
from besedka.identity.errors import NotAllowed
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.conftest import Client, Exchange, JsonObject, LogIn
from tests.factories import Make, picture

# Who is not there yet, and who leaves, needs no role.
WITHOUT_ROLE = {
    "/api/v1/auth/invites/accept",
    "/api/v1/auth/invites/read",
    "/api/v1/auth/login",
    "/api/v1/auth/logout",
    "/api/v1/setup",
}
# What only those may change who set the shop up.
FOR_ADMINS = (
    "/api/v1/agent",
    "/api/v1/channel-accounts",
    "/api/v1/documents",
    "/api/v1/invites",
    "/api/v1/reply-templates",
    "/api/v1/tags/{tag_id}",
    "/api/v1/users",
    "/api/v1/workspace",
)
READ_BY_ADMINS = (
    "/api/v1/diagnostics",
    "/api/v1/invites",
    "/api/v1/jobs",
    "/api/v1/onboarding",
)
# What everybody decides for themselves.
FOR_ALL = re.compile("/api/v1/me(/|$)")
# Enough for any route to get past its body and decide by who asks.
ANY_BODY = {
    "act": "close",
    "agent_enabled": True,
    "assignee_id": None,
    "client_id": "x",
    "client_secret": "x",
    "debounce_s": 5,
    "email": "x@example.com",
    "enabled": True,
    "ids": ["00000000-0000-7000-8000-000000000000"],
    "name": "x",
    "new": "x",
    "old": "x",
    "password": "x",
    "reason": "spam",
    "based_on": None,
    "send_at": "2100-01-01T00:00:00Z",
    "role": "viewer",
    "shortcut": "x",
    "text": "x",
    "title": "x",
    "until": "2099-01-01T00:00:00Z",
}


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str

    @property
    def changes(self) -> bool:
        return self.method != "GET"

    @property
    def needs(self) -> Role:
        if self.path.startswith(READ_BY_ADMINS):
            return Role.ADMIN
        if not self.changes or FOR_ALL.match(self.path):
            return Role.VIEWER
        return Role.ADMIN if self.path.startswith(FOR_ADMINS) else Role.MANAGER

    def at(self, ids: dict[str, str]) -> str:
        return re.sub(r"{(\w+)}", lambda found: ids.get(found[1], str(uuid4())), self.path)


def operations(app: FastAPI) -> Iterator[Operation]:
    paths: dict[str, dict[str, Any]] = app.openapi()["paths"]
    for path, methods in paths.items():
        for method in methods:
            if path not in WITHOUT_ROLE:
                yield Operation(method.upper(), path)


async def ask(client: Client, operation: Operation, ids: dict[str, str]) -> httpx.Response:
    body = ANY_BODY if operation.changes else None
    return await client.request(operation.method, operation.at(ids), json=body)


def code_of(response: httpx.Response) -> str:
    code: str = response.json()["code"] if response.status_code >= 400 else ""
    return code


def test_every_role_may_all_that_the_one_below_may() -> None:
    ladder = [Role.VIEWER, Role.MANAGER, Role.ADMIN, Role.OWNER]

    for height, role in enumerate(ladder):
        assert [role.includes(other) for other in ladder] == [
            other_height <= height for other_height in range(len(ladder))
        ]


def test_the_product_itself_may_everything_in_one_workspace() -> None:
    workspace_id = uuid4()
    actor = Actor.system(workspace_id)

    assert (actor.user_id, actor.workspace_id) == (None, workspace_id)
    actor.must_be(Role.OWNER)


def test_an_actor_without_the_role_is_refused() -> None:
    viewer = Actor(user_id=uuid4(), workspace_id=uuid4(), role=Role.VIEWER, name="Вера")

    with pytest.raises(NotAllowed):
        viewer.must_be(Role.MANAGER)


async def test_a_stranger_gets_nothing(app: FastAPI, client: Client) -> None:
    answers = {
        operation: (answer.status_code, code_of(answer))
        for operation in operations(app)
        for answer in [await ask(client, operation, {})]
    }

    assert set(answers.values()) == {(401, "login_needed")}


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MANAGER])
async def test_nobody_changes_what_the_role_does_not_allow(
    role: Role, app: FastAPI, viewer: Client, operator: Client
) -> None:
    client = viewer if role is Role.VIEWER else operator

    wrong: list[tuple[Operation, str]] = []
    for operation in operations(app):
        if operation.path.startswith("/api/v1/streams"):
            continue  # its answer never ends; reading is for everybody, as the others are
        answer = await ask(client, operation, {})
        is_refused = code_of(answer) == "not_allowed"
        if is_refused == role.includes(operation.needs):
            wrong.append((operation, f"{answer.status_code} {code_of(answer)}"))

    assert wrong == []


async def test_another_workspaces_things_look_missing(
    app: FastAPI,
    owner: Client,
    make: Make,
    log_in: LogIn,
    account: JsonObject,
    avito: AvitoSimulator,
    exchange: Exchange,
) -> None:
    await avito.buyer_writes(await avito.open_chat(), "Здравствуйте, ещё продаёте?")
    await exchange()
    conversation = (await owner.get("/api/v1/conversations")).json()["items"][0]
    message = (await owner.get(f"/api/v1/conversations/{conversation['id']}/messages")).json()
    later = (time.now() + timedelta(days=1)).isoformat()
    scheduled = await owner.post(
        f"/api/v1/conversations/{conversation['id']}/scheduled",
        json={"text": "x", "send_at": later},
    )
    document = await owner.post("/api/v1/documents", json={"title": "Цены", "text": "Цены тут"})
    tag = await owner.post("/api/v1/tags", json={"name": "торг"})
    user = (await owner.get("/api/v1/users")).json()[0]
    invite = await owner.post("/api/v1/invites", json={"role": "viewer"})
    attachment = await owner.post(
        f"/api/v1/conversations/{conversation['id']}/attachments",
        files={"file": ("двор.png", picture(), "image/png")},
    )
    template = await owner.post(
        "/api/v1/reply-templates", json={"shortcut": "x", "title": "x", "text": "x"}
    )
    ids = {
        "account_id": str(account["id"]),
        "conversation_id": conversation["id"],
        "message_id": message["items"][0]["id"],
        "document_id": document.json()["id"],
        "contact_id": conversation["contact"]["id"],
        "tag_id": tag.json()["id"],
        "scheduled_id": scheduled.json()["id"],
        "user_id": user["id"],
        "invite_id": invite.json()["id"],
        "job_id": str(await make.dead_job(sweep_account, account["id"])),
        "attachment_id": attachment.json()["id"],
        "template_id": template.json()["id"],
    }
    neighbours = await make.workspace()
    neighbour = await log_in(await make.user(neighbours, role=Role.OWNER), neighbours)

    wrong: list[tuple[Operation, int]] = []
    for operation in operations(app):
        names = set(re.findall(r"{(\w+)}", operation.path)) - {"topic"}
        assert names <= set(ids), f"this test has no {names - set(ids)} to ask for"
        if names and (answer := await ask(neighbour, operation, ids)).status_code != 404:
            wrong.append((operation, answer.status_code))

    assert wrong == []
    assert (await neighbour.get("/api/v1/invites")).json() == []
    assert user["id"] not in [each["id"] for each in (await neighbour.get("/api/v1/users")).json()]
    for listing in ("conversations", "channel-accounts", "documents", "tags"):
        answer = (await neighbour.get(f"/api/v1/{listing}")).json()
        assert (answer["items"] if isinstance(answer, dict) else answer) == []


# Pages of other sites


@pytest.mark.parametrize(
    ("origin", "is_allowed"),
    [
        (None, True),
        ("http://testserver", True),
        ("http://TESTSERVER", True),
        ("https://partner.example", True),
        ("https://evil.example", False),
        ("http://testserver.evil.example", False),
        ("null", False),
    ],
)
async def test_changes_asked_for_by_a_foreign_page_are_refused(
    origin: str | None, is_allowed: bool, settings: Settings, database: Database
) -> None:

    settings.allowed_origins = ["https://partner.example"]
    transport = httpx.ASGITransport(create_app(settings, with_worker=False))
    headers = {"Origin": origin} if origin else {}
    async with Client(transport=transport, base_url="http://testserver", headers=headers) as client:
        change = await client.post("/api/v1/auth/logout")
        read = await client.get("/api/v1/me")

    assert code_of(change) == ("login_needed" if is_allowed else "foreign_origin")
    assert code_of(read) == "login_needed"
