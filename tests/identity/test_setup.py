"""Setting up an empty installation from the browser."""

import asyncio
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from besedka.core import db
from besedka.identity import Role
from besedka.identity.first_start import ensure_owner
from besedka.identity.models import User, Workspace
from besedka.identity.setup import setup_code
from tests.conftest import Client, Clock
from tests.factories import Make

OWNER = {
    "name": "Ирина",
    "email": "Irina@example.com",
    "password": "надёжный пароль",
    "workspace": "Автодвор",
    "time_zone": "Asia/Yekaterinburg",
}
PUBLIC = "https://crm.example.com"


def browser(app: FastAPI, *, address: str = "203.0.113.5", url: str = PUBLIC) -> Client:
    """A browser at another machine."""
    transport = httpx.ASGITransport(app, client=(address, 50000))
    return httpx.AsyncClient(transport=transport, base_url=url)


async def count(model: type[User | Workspace]) -> int:
    async with db.reading() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def test_whoever_has_the_code_becomes_the_owner_and_is_logged_in(app: FastAPI) -> None:
    async with browser(app) as client:
        before = (await client.get("/api/v1/setup")).json()
        made = await client.post("/api/v1/setup", json=OWNER | {"code": setup_code()})
        after = (await client.get("/api/v1/setup")).json()
        me = await client.get("/api/v1/me")

    assert before == {"is_needed": True}
    assert made.status_code == 200, made.text
    assert after == {"is_needed": False}
    assert me.json() == made.json()
    assert (me.json()["role"], me.json()["user"]["email"]) == ("owner", "irina@example.com")
    assert me.json()["workspace"]["name"] == "Автодвор"
    assert me.json()["workspace"]["time_zone"] == "Asia/Yekaterinburg"


async def test_the_code_may_be_typed_as_people_type(app: FastAPI) -> None:
    typed = setup_code().lower().replace("-", " ")
    async with browser(app) as client:
        made = await client.post("/api/v1/setup", json=OWNER | {"code": f" {typed} "})

    assert made.status_code == 200


@pytest.mark.parametrize("code", ["", "ABCD-EFGH-JKLM", "код"])
async def test_a_stranger_without_the_code_makes_nobody(code: str, app: FastAPI) -> None:
    async with browser(app) as client:
        refused = await client.post("/api/v1/setup", json=OWNER | {"code": code})

    assert (refused.status_code, refused.json()["code"]) == (422, "wrong_setup_code")
    assert "set-cookie" not in refused.headers
    assert (await count(User), await count(Workspace)) == (0, 0)


async def test_guessing_the_code_gets_slow(app: FastAPI, clock: Clock) -> None:
    async with browser(app) as client:
        guesses = [
            await client.post("/api/v1/setup", json=OWNER | {"code": f"AAAA-AAAA-AAA{number}"})
            for number in range(2, 8)
        ]
        right = await client.post("/api/v1/setup", json=OWNER | {"code": setup_code()})
        clock.advance(16 * 60)
        later = await client.post("/api/v1/setup", json=OWNER | {"code": setup_code()})

    assert [guess.status_code for guess in guesses] == [422] * 5 + [429]
    assert (right.status_code, later.status_code) == (429, 200)


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        # A bare `proxy_pass http://127.0.0.1:8000;` tells nothing of whom it serves.
        ("http://127.0.0.1:8000", {}),
        ("http://localhost:8000", {}),
        ("http://[::1]:8000", {}),
        (PUBLIC, {}),
        ("http://127.0.0.1:8000", {"X-Forwarded-For": "203.0.113.5"}),
    ],
)
async def test_the_machine_itself_is_asked_for_the_code_too(
    url: str, headers: dict[str, str], app: FastAPI
) -> None:
    async with browser(app, address="127.0.0.1", url=url) as client:
        refused = await client.post("/api/v1/setup", json=OWNER | {"code": ""}, headers=headers)
        left_out = await client.post("/api/v1/setup", json=OWNER, headers=headers)

    assert (refused.status_code, refused.json()["code"]) == (422, "wrong_setup_code")
    assert (left_out.status_code, left_out.json()["code"]) == (422, "unprocessable")
    assert await count(User) == 0


async def test_another_sites_page_sets_nothing_up(app: FastAPI) -> None:
    async with browser(app, address="127.0.0.1", url="http://127.0.0.1:8000") as client:
        refused = await client.post(
            "/api/v1/setup",
            json=OWNER | {"code": setup_code()},
            headers={"Origin": "https://evil.example"},
        )

    assert (refused.status_code, refused.json()["code"]) == (403, "foreign_origin")
    assert await count(User) == 0


async def test_two_who_set_it_up_at_once_make_one_owner(app: FastAPI) -> None:
    async with browser(app) as one, browser(app) as other:
        answers = await asyncio.gather(
            *(
                client.post(
                    "/api/v1/setup",
                    json=OWNER | {"code": setup_code(), "email": f"owner{number}@example.com"},
                )
                for number, client in enumerate((one, other, one))
            )
        )

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {
        "setup_done"
    }
    assert (await count(User), await count(Workspace)) == (1, 1)


async def test_an_installation_with_an_owner_is_set_up_by_nobody(
    app: FastAPI, make: Make, workspace: Workspace
) -> None:
    await make.user(workspace, role=Role.OWNER)
    async with browser(app) as client:
        state = (await client.get("/api/v1/setup")).json()
        refused = await client.post("/api/v1/setup", json=OWNER | {"code": setup_code()})

    assert state == {"is_needed": False}
    assert (refused.status_code, refused.json()["code"]) == (409, "setup_done")


async def test_users_without_an_owner_do_not_close_the_set_up(
    app: FastAPI, make: Make, workspace: Workspace
) -> None:
    await make.user(workspace, role=Role.ADMIN, email="anna@example.com")
    async with browser(app) as client:
        taken = await client.post(
            "/api/v1/setup", json=OWNER | {"code": setup_code(), "email": "anna@example.com"}
        )
        made = await client.post("/api/v1/setup", json=OWNER | {"code": setup_code()})
        users = (await client.get("/api/v1/users")).json()

    assert (taken.status_code, taken.json()["code"]) == (409, "email_taken")
    assert (made.status_code, made.json()["workspace"]["id"]) == (200, str(workspace.id))
    assert {each["role"] for each in users} == {"owner", "admin"}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"password": "1234567"}, "password_too_weak"),
        ({"email": "нет почты"}, "unprocessable"),
        ({"time_zone": "Europe/Nowhere"}, "unprocessable"),
        ({"workspace": " "}, "unprocessable"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_made(
    wrong: dict[str, Any], code: str, app: FastAPI
) -> None:
    async with browser(app) as client:
        refused = await client.post("/api/v1/setup", json=OWNER | {"code": setup_code()} | wrong)

    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert (await count(User), await count(Workspace)) == (0, 0)


async def test_an_owner_in_the_settings_whose_address_somebody_has_is_left_to_the_wizard(
    app: FastAPI, make: Make, workspace: Workspace
) -> None:
    await make.user(workspace, email="irina@example.com")
    app.state.settings.owner_email = "irina@example.com"

    assert await ensure_owner(app.state.settings) is None

    async with browser(app) as client:
        assert (await client.get("/api/v1/setup")).json()["is_needed"] is True


async def test_an_owner_in_the_settings_is_made_without_a_wizard(app: FastAPI) -> None:
    settings = app.state.settings
    assert await ensure_owner(settings) is None

    settings.owner_email = "irina@example.com"
    owner = await ensure_owner(settings)

    assert owner is not None
    assert owner.is_password_made_up
    async with browser(app) as client:
        assert (await client.get("/api/v1/setup")).json()["is_needed"] is False
        login = {"email": owner.email, "password": owner.password}
        assert (await client.post("/api/v1/auth/login", json=login)).status_code == 200
