"""Who belongs to a company: roles, and leaving."""

import asyncio

import pytest
from sqlalchemy import select

from besedka.core import db
from besedka.identity import Role, User, Workspace
from besedka.identity.models import LoginSession
from tests.conftest import Client, JsonObject, LogIn
from tests.factories import Make


async def member(client: Client, name: str) -> JsonObject:
    found: JsonObject = next(
        each for each in (await client.get("/api/v1/users")).json() if each["name"] == name
    )
    return found


async def test_everybody_sees_who_is_in_the_company_and_when_they_were_here(
    viewer: Client, make: Make, workspace: Workspace
) -> None:
    await make.user(workspace, name="Анна", role=Role.ADMIN)
    await make.user(await make.workspace(), name="Чужой")

    users = (await viewer.get("/api/v1/users")).json()

    assert [(user["name"], user["role"]) for user in users] == [
        ("Анна", "admin"),
        ("Вера", "viewer"),
    ]
    assert users[0]["last_seen_at"] is None
    assert users[1]["last_seen_at"] is not None


async def test_small_letters_stand_among_the_capital_ones(
    viewer: Client, make: Make, workspace: Workspace
) -> None:
    await make.user(workspace, name="анна")
    await make.user(workspace, name="Борис")

    for list_of in ("users", "colleagues"):
        people = (await viewer.get(f"/api/v1/{list_of}")).json()
        assert [each["name"] for each in people] == ["анна", "Борис", "Вера"]


async def test_a_changed_role_counts_at_once(owner: Client, viewer: Client) -> None:
    vera = await member(owner, "Вера")

    answer = await owner.patch(f"/api/v1/users/{vera['id']}", json={"role": "admin"})

    assert (answer.status_code, answer.json()["role"]) == (200, "admin")
    assert (await viewer.get("/api/v1/me")).json()["role"] == "admin"
    assert (await viewer.post("/api/v1/invites", json={"role": "viewer"})).status_code == 201


@pytest.mark.parametrize(("who", "role"), [("Вера", "owner"), ("Олег", "manager")])
async def test_an_admin_neither_makes_nor_unmakes_an_owner(
    who: str, role: str, owner: Client, admin: Client, viewer: Client
) -> None:
    person = await member(admin, who)

    changed = await admin.patch(f"/api/v1/users/{person['id']}", json={"role": role})

    assert (changed.status_code, changed.json()["code"]) == (403, "not_allowed")
    assert (await member(admin, who))["role"] == person["role"]


async def test_an_admin_does_not_remove_an_owner(owner: Client, admin: Client) -> None:
    oleg = await member(admin, "Олег")

    removed = await admin.delete(f"/api/v1/users/{oleg['id']}")

    assert (removed.status_code, removed.json()["code"]) == (403, "not_allowed")
    assert (await owner.get("/api/v1/me")).status_code == 200


async def test_the_last_owner_stays_one_and_stays(owner: Client) -> None:
    oleg = await member(owner, "Олег")

    demoted = await owner.patch(f"/api/v1/users/{oleg['id']}", json={"role": "admin"})
    removed = await owner.delete(f"/api/v1/users/{oleg['id']}")

    assert (demoted.status_code, demoted.json()["code"]) == (409, "last_owner")
    assert (removed.status_code, removed.json()["code"]) == (409, "last_owner")
    assert (await owner.get("/api/v1/me")).json()["role"] == "owner"


async def test_two_owners_who_remove_each_other_at_once_leave_one(
    owner: Client, make: Make, workspace: Workspace, log_in: LogIn
) -> None:
    second_user = await make.user(workspace, name="Пётр", role=Role.OWNER)
    second = await log_in(second_user, workspace)
    oleg = await member(owner, "Олег")

    answers = await asyncio.gather(
        owner.delete(f"/api/v1/users/{second_user.id}"),
        second.delete(f"/api/v1/users/{oleg['id']}"),
    )

    # Whoever comes second finds the other gone, themselves gone, or that they are the last.
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(204) == 1
    assert set(statuses) <= {204, 401, 404, 409}
    left = [
        client for client in (owner, second) if (await client.get("/api/v1/me")).status_code == 200
    ]
    assert len(left) == 1


async def test_the_removed_are_out_at_once(
    owner: Client, make: Make, workspace: Workspace, log_in: LogIn
) -> None:
    user = await make.user(workspace, name="Павел")
    browser = await log_in(user, workspace)

    removed = await owner.delete(f"/api/v1/users/{user.id}")

    assert removed.status_code == 204
    assert (await browser.get("/api/v1/me")).status_code == 401
    assert "Павел" not in [each["name"] for each in (await owner.get("/api/v1/users")).json()]
    async with db.reading() as session:
        kept = select(LoginSession).where(LoginSession.user_id == user.id)
        assert (await session.scalars(kept)).all() == []


async def test_the_removed_one_cannot_log_in_again(
    owner: Client, client: Client, make: Make, workspace: Workspace
) -> None:
    user = await make.user(workspace, email="pavel@example.com")
    await owner.delete(f"/api/v1/users/{user.id}")

    login = await client.post(
        "/api/v1/auth/login", json={"email": "pavel@example.com", "password": "пароль-для-проверок"}
    )

    assert (login.status_code, login.json()["code"]) == (401, "login_refused")


async def test_another_companys_user_is_not_found(
    owner: Client, make: Make, workspace: Workspace
) -> None:
    stranger: User = await make.user(await make.workspace())

    answer = await owner.delete(f"/api/v1/users/{stranger.id}")

    assert (answer.status_code, answer.json()["code"]) == (404, "member_not_found")
