"""What a user changes about themselves, and an admin about the company."""

import asyncio

import pytest
from sqlalchemy import update

from besedka.core import db
from besedka.identity import Workspace
from besedka.identity.models import User
from besedka.identity.preferences import read_preferences
from tests.conftest import Client, LogIn
from tests.factories import PASSWORD, Make

NEW = "совсем другой пароль"
DEFAULTS = {"sound": True, "notifications": False, "language": None, "theme": None}


# Preferences


async def test_whoever_chose_nothing_has_the_defaults(viewer: Client) -> None:
    assert (await viewer.get("/api/v1/me")).json()["preferences"] == DEFAULTS


async def test_what_is_chosen_is_kept_and_the_rest_stays(viewer: Client) -> None:
    await viewer.patch("/api/v1/me", json={"preferences": {"theme": "dark", "sound": False}})

    answer = await viewer.patch("/api/v1/me", json={"preferences": {"language": "en"}})

    chosen = {"sound": False, "notifications": False, "language": "en", "theme": "dark"}
    assert answer.json()["preferences"] == chosen
    assert (await viewer.get("/api/v1/me")).json() == answer.json()


async def test_choices_made_side_by_side_do_not_undo_one_another(viewer: Client) -> None:
    choices = ({"theme": "dark"}, {"language": "en"}, {"sound": False}, {"notifications": True})

    await asyncio.gather(
        *(viewer.patch("/api/v1/me", json={"preferences": choice}) for choice in choices)
    )

    chosen = {"sound": False, "notifications": True, "language": "en", "theme": "dark"}
    assert (await viewer.get("/api/v1/me")).json()["preferences"] == chosen


async def test_what_another_version_kept_is_passed_over_and_stays(
    make: Make, workspace: Workspace, log_in: LogIn
) -> None:
    user = await make.user(workspace)
    client = await log_in(user, workspace)
    kept = {"theme": "sepia", "sound": False, "density": "compact"}
    async with db.transaction() as session:
        await session.execute(update(User).values(preferences=kept))

    before = (await client.get("/api/v1/me")).json()["preferences"]
    unknown = {"preferences": {"notifications": True, "font": "large"}}
    after = await client.patch("/api/v1/me", json=unknown)

    assert before == DEFAULTS | {"sound": False}
    assert (after.status_code, after.json()["preferences"]["notifications"]) == (200, True)
    async with db.reading() as session:
        stored = await session.get_one(User, user.id)
    assert stored.preferences == kept | {"notifications": True}


async def test_an_impossible_choice_is_refused(viewer: Client) -> None:
    answer = await viewer.patch("/api/v1/me", json={"preferences": {"theme": "sepia"}})

    assert answer.status_code == 422


def test_rubbish_in_the_database_reads_as_the_defaults() -> None:
    assert read_preferences({"sound": [], "language": "xx"}).model_dump() == DEFAULTS


async def test_a_changed_name_is_seen_by_colleagues(viewer: Client, owner: Client) -> None:
    await viewer.patch("/api/v1/me", json={"name": "  Вера Петровна "})

    users = (await owner.get("/api/v1/users")).json()

    assert [user["name"] for user in users] == ["Вера Петровна", "Олег"]


# The password


async def test_a_changed_password_ends_the_other_sessions_and_not_this_one(
    make: Make, workspace: Workspace, log_in: LogIn, client: Client
) -> None:
    user = await make.user(workspace, email="irina@example.com")
    here, elsewhere = await log_in(user, workspace), await log_in(user, workspace)

    changed = await here.post("/api/v1/me/password", json={"old": PASSWORD, "new": NEW})

    assert changed.status_code == 204
    assert (await here.get("/api/v1/me")).status_code == 200
    assert (await elsewhere.get("/api/v1/me")).status_code == 401
    for password, status in ((PASSWORD, 401), (NEW, 200)):
        login = {"email": "irina@example.com", "password": password}
        assert (await client.post("/api/v1/auth/login", json=login)).status_code == status


async def test_a_wrong_old_password_changes_nothing(
    make: Make, workspace: Workspace, log_in: LogIn
) -> None:
    user = await make.user(workspace)
    here, elsewhere = await log_in(user, workspace), await log_in(user, workspace)

    answer = await here.post("/api/v1/me/password", json={"old": "не тот", "new": NEW})

    assert (answer.status_code, answer.json()["code"]) == (422, "wrong_password")
    assert (await elsewhere.get("/api/v1/me")).status_code == 200


async def test_guessing_the_old_password_gets_slow(viewer: Client) -> None:
    guesses = [
        await viewer.post("/api/v1/me/password", json={"old": f"догадка {number}", "new": NEW})
        for number in range(6)
    ]

    assert [guess.status_code for guess in guesses] == [422] * 5 + [429]
    right = await viewer.post("/api/v1/me/password", json={"old": PASSWORD, "new": NEW})
    assert (right.status_code, right.json()["code"]) == (429, "too_many_logins")


async def test_a_weak_new_password_is_no_guess(viewer: Client) -> None:
    answers = [
        await viewer.post("/api/v1/me/password", json={"old": PASSWORD, "new": "коротко"})
        for _ in range(7)
    ]

    assert {answer.json()["code"] for answer in answers} == {"password_too_weak"}


# The sessions


async def test_the_sessions_are_listed_with_their_browsers(
    client: Client, make: Make, workspace: Workspace
) -> None:
    await make.login(await make.user(workspace, email="irina@example.com"), workspace)
    login = {"email": "irina@example.com", "password": PASSWORD}
    await client.post("/api/v1/auth/login", json=login, headers={"User-Agent": "Firefox " * 100})

    sessions = (await client.get("/api/v1/me/sessions")).json()

    by_place = {each["is_current"]: each["user_agent"] for each in sessions}
    assert by_place == {True: ("Firefox " * 100)[:300], False: ""}


async def test_leaving_all_other_devices_keeps_this_one_and_nobody_elses(
    make: Make, workspace: Workspace, log_in: LogIn, owner: Client
) -> None:
    user = await make.user(workspace)
    here, elsewhere = await log_in(user, workspace), await log_in(user, workspace)

    ended = await here.delete("/api/v1/me/sessions")

    assert ended.status_code == 204
    assert len((await here.get("/api/v1/me/sessions")).json()) == 1
    assert (await elsewhere.get("/api/v1/me")).status_code == 401
    assert (await owner.get("/api/v1/me")).status_code == 200


# The company


async def test_an_admin_renames_the_company_and_moves_its_clock(
    admin: Client, viewer: Client
) -> None:
    answer = await admin.patch(
        "/api/v1/workspace", json={"name": "Автодвор 2", "time_zone": "Asia/Yekaterinburg"}
    )

    assert answer.status_code == 200
    assert (await viewer.get("/api/v1/me")).json()["workspace"] == answer.json()
    assert answer.json()["time_zone"] == "Asia/Yekaterinburg"


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "", "Europe", "../etc/passwd"])
async def test_a_time_zone_that_is_none_is_refused(zone: str, admin: Client) -> None:
    answer = await admin.patch("/api/v1/workspace", json={"time_zone": zone})

    assert answer.status_code == 422
    assert (await admin.get("/api/v1/me")).json()["workspace"]["time_zone"] == "Europe/Moscow"
