"""Invite links: one person, one use, one week."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, update

from besedka.core import db
from besedka.core.settings import Settings
from besedka.identity import Role, Workspace
from besedka.identity.models import Invite, Membership, User
from tests.conftest import Client, Clock, JsonObject, LogIn
from tests.factories import PASSWORD, Make

DAY_S = 24 * 3600
GUEST = {"name": "Павел", "email": "pavel@example.com", "password": "надёжный пароль"}


async def invite(client: Client, **over: Any) -> JsonObject:
    answer = await client.post("/api/v1/invites", json={"role": "manager"} | over)
    assert answer.status_code == 201, answer.text
    made: JsonObject = answer.json()
    return made


def token_of(made: JsonObject) -> str:
    return str(made["url"]).split("#", 1)[1]


async def look(client: Client, made: JsonObject) -> httpx.Response:
    """What the invited person's browser asks, and then answers."""
    return await client.post("/api/v1/auth/invites/read", json={"token": token_of(made)})


async def join(client: Client, made: JsonObject, **over: Any) -> httpx.Response:
    body = GUEST | {"token": token_of(made)} | over
    return await client.post("/api/v1/auth/invites/accept", json=body)


async def test_whoever_has_the_link_joins_with_the_role_and_is_logged_in(
    admin: Client, client: Client, settings: Settings
) -> None:
    made = await invite(admin, name="Павел", email="Pavel@example.com")

    seen = (await look(client, made)).json()
    joined = await join(client, made)

    assert made["url"].startswith(f"{settings.public_url}/invite#")
    assert (seen["workspace"], seen["role"], seen["name"], seen["email"]) == (
        "Автодвор",
        "manager",
        "Павел",
        "pavel@example.com",
    )
    assert joined.status_code == 200, joined.text
    assert (await client.get("/api/v1/me")).json() == joined.json()
    assert joined.json()["role"] == "manager"
    users = (await admin.get("/api/v1/users")).json()
    assert [each["name"] for each in users] == ["Анна", "Павел"]
    assert (await admin.get("/api/v1/invites")).json() == []


async def test_the_database_keeps_no_token(admin: Client) -> None:
    made = await invite(admin)

    listed = (await admin.get("/api/v1/invites")).json()

    assert [each["id"] for each in listed] == [made["id"]]
    assert "url" not in listed[0]
    async with db.reading() as session:
        kept = (await session.scalars(select(Invite))).one()
    assert token_of(made) not in {kept.token_fingerprint, kept.name, kept.email}


async def test_a_link_works_once(admin: Client, client: Client) -> None:
    made = await invite(admin)
    await join(client, made)

    seen = await look(client, made)
    again = await join(client, made, email="other@example.com")

    assert (seen.status_code, seen.json()["code"]) == (409, "invite_used")
    assert (again.status_code, again.json()["code"]) == (409, "invite_used")


async def test_two_people_with_one_link_at_once_make_one_user(
    admin: Client, client: Client
) -> None:
    made = await invite(admin)

    answers = await asyncio.gather(
        *(join(client, made, email=f"guest{number}@example.com") for number in range(4))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    async with db.reading() as session:
        guests = select(func.count()).where(User.email.like("guest%"))
        assert await session.scalar(guests) == 1


async def test_a_week_later_the_link_is_dead(admin: Client, client: Client, clock: Clock) -> None:
    made = await invite(admin)
    clock.advance(7 * DAY_S + 1)

    seen = await look(client, made)
    joined = await join(client, made)

    assert (seen.status_code, seen.json()["code"]) == (409, "invite_expired")
    assert joined.json()["code"] == "invite_expired"
    assert "set-cookie" not in joined.headers


async def test_a_revoked_link_is_unknown(admin: Client, client: Client) -> None:
    made = await invite(admin)

    revoked = await admin.delete(f"/api/v1/invites/{made['id']}")
    joined = await join(client, made)

    assert revoked.status_code == 204
    assert (joined.status_code, joined.json()["code"]) == (404, "invite_not_found")
    assert (await admin.get("/api/v1/invites")).json() == []


async def test_an_accepted_invite_is_not_revoked(admin: Client, client: Client) -> None:
    made = await invite(admin)
    await join(client, made)

    revoked = await admin.delete(f"/api/v1/invites/{made['id']}")

    assert (revoked.status_code, revoked.json()["code"]) == (404, "invite_not_found")


async def test_an_admin_invites_no_owner_and_an_owner_does(admin: Client, owner: Client) -> None:
    refused = await admin.post("/api/v1/invites", json={"role": "owner"})

    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert (await invite(owner, role="owner"))["role"] == "owner"


async def test_an_admin_does_not_revoke_an_owners_invite_to_an_owner(
    admin: Client, owner: Client, client: Client
) -> None:
    made = await invite(owner, role="owner")

    refused = await admin.delete(f"/api/v1/invites/{made['id']}")

    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert (await look(client, made)).status_code == 200


async def test_everybody_who_may_invite_sees_who_did(admin: Client, owner: Client) -> None:
    made = await invite(owner, name="Павел")

    (listed,) = (await admin.get("/api/v1/invites")).json()

    assert (made["invited_by"], listed["invited_by"]) == ("Олег", "Олег")


async def test_the_links_of_the_removed_let_nobody_in(
    admin: Client, owner: Client, client: Client
) -> None:
    theirs, other = await invite(admin, role="admin"), await invite(owner)
    anna = (await admin.get("/api/v1/me")).json()["user"]["id"]

    await owner.delete(f"/api/v1/users/{anna}")
    joined = await join(client, theirs)

    assert (joined.status_code, joined.json()["code"]) == (404, "invite_not_found")
    assert [each["id"] for each in (await owner.get("/api/v1/invites")).json()] == [other["id"]]


async def test_a_demotion_withdraws_the_links_to_more_than_is_left(
    owner: Client, client: Client, make: Make, workspace: Workspace, log_in: LogIn
) -> None:
    user = await make.user(workspace, role=Role.OWNER)
    second = await log_in(user, workspace)
    lost, kept = await invite(second, role="owner"), await invite(second, role="admin")

    await owner.patch(f"/api/v1/users/{user.id}", json={"role": "admin"})

    assert (await look(client, lost)).json()["code"] == "invite_not_found"
    assert (await look(client, kept)).status_code == 200
    assert [each["id"] for each in (await owner.get("/api/v1/invites")).json()] == [kept["id"]]


async def test_a_link_counts_as_much_as_who_made_it_counts_now(
    admin: Client, client: Client, workspace: Workspace
) -> None:
    """As when the link is written a moment after its maker was demoted."""
    made = await invite(admin, role="admin")
    async with db.transaction() as session:
        await session.execute(update(Membership).values(role=Role.MANAGER))

    seen = await look(client, made)
    joined = await join(client, made)

    assert (seen.status_code, seen.json()["code"]) == (404, "invite_not_found")
    assert (joined.status_code, joined.json()["code"]) == (404, "invite_not_found")


async def test_the_person_does_not_choose_the_role(admin: Client, client: Client) -> None:
    made = await invite(admin, role="viewer")

    joined = await join(client, made, role="owner")

    assert joined.json()["role"] == "viewer"


async def test_a_member_is_neither_invited_nor_taken_over(
    admin: Client, client: Client, make: Make, workspace: Workspace
) -> None:
    await make.user(workspace, email="pavel@example.com")
    made = await invite(admin)

    invited = await admin.post(
        "/api/v1/invites", json={"role": "viewer", "email": "pavel@example.com"}
    )
    joined = await join(client, made)

    assert (invited.status_code, invited.json()["code"]) == (409, "already_member")
    assert (joined.status_code, joined.json()["code"]) == (409, "already_member")
    login = {"email": "pavel@example.com", "password": PASSWORD}
    assert (await client.post("/api/v1/auth/login", json=login)).status_code == 200
    assert (await look(client, made)).status_code == 200  # still good for somebody else


async def test_a_user_of_another_company_keeps_their_password(
    admin: Client, client: Client, make: Make
) -> None:
    await make.user(await make.workspace(), email="pavel@example.com")
    made = await invite(admin)

    joined = await join(client, made)

    assert (joined.status_code, joined.json()["code"]) == (409, "email_taken")


async def test_whoever_was_removed_may_be_invited_again(
    admin: Client, client: Client, make: Make, workspace: Workspace
) -> None:
    user = await make.user(workspace, email="pavel@example.com", role=Role.VIEWER)
    await admin.delete(f"/api/v1/users/{user.id}")
    made = await invite(admin, email="pavel@example.com")

    joined = await join(client, made, password=PASSWORD)

    assert (joined.status_code, joined.json()["user"]["id"]) == (200, str(user.id))


async def test_whoever_was_removed_is_not_replaced_by_who_types_their_address(
    admin: Client, client: Client, make: Make, workspace: Workspace
) -> None:
    user = await make.user(workspace, email="pavel@example.com", name="Павел")
    await admin.delete(f"/api/v1/users/{user.id}")
    made = await invite(admin)

    guesses = [await join(client, made, name="Чужой") for _ in range(6)]
    other = await join(client, made, email="other@example.com")

    answers = [(guess.status_code, guess.json()["code"]) for guess in guesses]
    assert answers == [(409, "old_password_needed")] * 5 + [(429, "too_many_logins")]
    assert (other.status_code, other.json()["user"]["id"] == str(user.id)) == (200, False)
    async with db.reading() as session:
        kept = await session.get_one(User, user.id)
    assert (kept.name, kept.password_hash) == ("Павел", user.password_hash)


@pytest.mark.parametrize(
    ("password", "rule"),
    [("короткий"[:7], "length"), ("1234567890", "variety"), ("pavel@example.com", "email")],
)
async def test_a_weak_password_is_refused_with_its_reason_and_spends_nothing(
    password: str, rule: str, admin: Client, client: Client
) -> None:
    made = await invite(admin)

    refused = await join(client, made, password=password)

    assert (refused.status_code, refused.json()["code"]) == (422, "password_too_weak")
    assert refused.json()["rule"] == rule
    assert (await look(client, made)).status_code == 200


async def test_an_unknown_link_says_so(client: Client) -> None:
    answer = await look(client, {"url": "/invite#no-such-token"})

    assert (answer.status_code, answer.json()["code"]) == (404, "invite_not_found")
