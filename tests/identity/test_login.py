"""Logging in and out."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from besedka.core import db
from besedka.core.settings import Settings
from besedka.identity import Role, Workspace, login
from besedka.identity.access import SESSION_COOKIE
from besedka.identity.models import LoginSession, User
from besedka.identity.passwords import verify_password
from tests.conftest import Client, Clock, LogIn
from tests.factories import PASSWORD, Make

Act = Callable[[], Awaitable[None]]


async def test_a_right_password_opens_a_session(
    client: Client, make: Make, workspace: Workspace
) -> None:
    await make.user(workspace, role=Role.ADMIN, name="Анна", email="anna@example.com")

    login = await client.post(
        "/api/v1/auth/login", json={"email": "Anna@Example.com ", "password": PASSWORD}
    )
    me = await client.get("/api/v1/me")

    assert login.status_code == 200
    assert me.json() == login.json()
    assert me.json()["user"]["name"] == "Анна"
    assert me.json()["workspace"]["name"] == "Автодвор"
    assert me.json()["role"] == "admin"


async def test_the_cookie_is_kept_from_scripts_and_the_database_keeps_no_token(
    client: Client, make: Make, workspace: Workspace
) -> None:
    await make.user(workspace, email="anna@example.com")

    login = await client.post(
        "/api/v1/auth/login", json={"email": "anna@example.com", "password": PASSWORD}
    )

    cookie = login.headers["set-cookie"]
    assert cookie.startswith(f"{SESSION_COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie  # the public URL of the tests is http://
    async with db.reading() as session:
        kept = (await session.scalars(select(LoginSession))).one()
    assert kept.token_fingerprint not in cookie


async def test_over_https_the_cookie_never_travels_in_the_clear(
    client: Client, make: Make, workspace: Workspace, settings: Settings
) -> None:
    settings.public_url = "https://crm.example.com"
    await make.user(workspace, email="anna@example.com")

    login = await client.post(
        "/api/v1/auth/login", json={"email": "anna@example.com", "password": PASSWORD}
    )

    assert "Secure" in login.headers["set-cookie"]


async def test_a_wrong_password_and_an_unknown_user_are_refused_alike(
    client: Client, make: Make, workspace: Workspace
) -> None:
    await make.user(workspace, email="anna@example.com")

    wrong = await client.post(
        "/api/v1/auth/login", json={"email": "anna@example.com", "password": "не тот"}
    )
    unknown = await client.post(
        "/api/v1/auth/login", json={"email": "nobody@example.com", "password": "не тот"}
    )

    assert (wrong.status_code, wrong.json()["code"]) == (401, "login_refused")
    assert unknown.json() == wrong.json()
    assert "set-cookie" not in wrong.headers


async def test_guessing_is_stopped_for_a_while(
    client: Client, make: Make, workspace: Workspace, clock: Clock
) -> None:
    await make.user(workspace, email="anna@example.com")
    right = {"email": "anna@example.com", "password": PASSWORD}
    for _ in range(5):
        await client.post("/api/v1/auth/login", json=right | {"password": "не тот"})

    stopped = await client.post("/api/v1/auth/login", json=right)
    clock.advance(15 * 60 + 1)
    later = await client.post("/api/v1/auth/login", json=right)

    assert (stopped.status_code, stopped.json()["code"]) == (429, "too_many_logins")
    assert int(stopped.headers["retry-after"]) == stopped.json()["retry_after_s"]
    assert later.status_code == 200


async def test_guessing_at_many_users_from_one_address_is_stopped(client: Client) -> None:
    answers = [
        await client.post(
            "/api/v1/auth/login", json={"email": f"user{number}@example.com", "password": "?"}
        )
        for number in range(51)
    ]

    assert [answer.status_code for answer in answers[:50]] == [401] * 50
    assert answers[50].status_code == 429


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Act], None]:
    """Does something as soon as a password proved right, before the login is written: no request
    from outside can hit that moment."""

    def arrange(act: Act) -> None:
        async def verify_and_act(password: str, hashed: str | None) -> bool:
            right = await verify_password(password, hashed)
            await act()
            return right

        monkeypatch.setattr(login, "verify_password", verify_and_act)

    return arrange


async def test_a_login_in_flight_does_not_undo_a_change_of_the_password(
    client: Client,
    make: Make,
    workspace: Workspace,
    log_in: LogIn,
    meanwhile: Callable[[Act], None],
) -> None:
    user = await make.user(workspace, email="anna@example.com")
    browser = await log_in(user, workspace)

    async def change_password() -> None:
        change = {"old": PASSWORD, "new": "совсем другой пароль"}
        assert (await browser.post("/api/v1/me/password", json=change)).status_code == 204

    meanwhile(change_password)
    late = await client.post(
        "/api/v1/auth/login", json={"email": "anna@example.com", "password": PASSWORD}
    )

    assert (late.status_code, late.json()["code"]) == (401, "login_refused")
    async with db.reading() as session:
        (kept,) = (await session.scalars(select(User))).all()
        assert len((await session.scalars(select(LoginSession))).all()) == 1
    assert await verify_password("совсем другой пароль", kept.password_hash)


async def test_who_is_removed_during_the_login_stays_out(
    client: Client,
    owner: Client,
    make: Make,
    workspace: Workspace,
    meanwhile: Callable[[Act], None],
) -> None:
    user = await make.user(workspace, email="anna@example.com")

    async def remove() -> None:
        assert (await owner.delete(f"/api/v1/users/{user.id}")).status_code == 204

    meanwhile(remove)
    late = await client.post(
        "/api/v1/auth/login", json={"email": "anna@example.com", "password": PASSWORD}
    )

    assert (late.status_code, late.json()["code"]) == (401, "login_refused")
    async with db.reading() as session:
        theirs = select(LoginSession).where(LoginSession.user_id == user.id)
        assert (await session.scalars(theirs)).all() == []


async def test_an_old_hash_is_renewed_at_login(
    client: Client, make: Make, workspace: Workspace
) -> None:
    weak = (await make.user(workspace, email="anna@example.com")).password_hash

    await client.post(
        "/api/v1/auth/login", json={"email": "anna@example.com", "password": PASSWORD}
    )

    async with db.reading() as session:
        user = (await session.scalars(select(User))).one()
    assert user.password_hash != weak
    again = await client.post(
        "/api/v1/auth/login", json={"email": "anna@example.com", "password": PASSWORD}
    )
    assert again.status_code == 200


async def test_the_rejected_password_is_not_repeated_in_the_answer(client: Client) -> None:
    answer = await client.post("/api/v1/auth/login", json={"email": "a", "password": ["тайна"]})

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert "тайна" not in answer.text


async def test_logging_out_ends_the_session(operator: Client) -> None:
    answer = await operator.post("/api/v1/auth/logout")

    assert answer.status_code == 204
    assert (await operator.get("/api/v1/me")).json()["code"] == "login_needed"


async def test_a_session_ends_after_its_days(
    operator: Client, settings: Settings, clock: Clock
) -> None:
    clock.advance(settings.session_days * 24 * 3600 - 10)
    before = await operator.get("/api/v1/me")
    clock.advance(20)
    after = await operator.get("/api/v1/me")

    assert (before.status_code, after.status_code) == (200, 401)


async def test_a_visit_is_noted_once_in_five_minutes(operator: Client, clock: Clock) -> None:
    async def seen_at() -> datetime:
        async with db.reading() as session:
            return (await session.scalars(select(LoginSession.last_seen_at))).one()

    first = await seen_at()
    clock.advance(290)
    await operator.get("/api/v1/me")
    second = await seen_at()
    clock.advance(20)
    await operator.get("/api/v1/me")
    third = await seen_at()

    assert first == second
    assert third - second > timedelta(minutes=5)


async def test_a_stranger_is_asked_to_log_in(client: Client) -> None:
    answer = await client.get("/api/v1/me")

    assert (answer.status_code, answer.json()["code"]) == (401, "login_needed")
    assert answer.headers["content-type"] == "application/problem+json"
