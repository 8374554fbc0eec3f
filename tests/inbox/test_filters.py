"""The columns are narrowed and sorted by the same query that integrators send."""

from typing import Any

import pytest

from besedka.core.db import Database
from besedka.core.ids import new_id
from besedka.identity import Role
from tests.conftest import Client, Clock, JsonObject, LogIn
from tests.factories import Make
from tests.inbox.desk import Desk, Talk
from tests.inbox.test_lists import counting_queries

URL = "/api/v1/conversations"


async def listed(client: Client, **wanted: Any) -> list[JsonObject]:
    response = await client.get(URL, params=wanted)
    assert response.status_code == 200, response.text
    found: list[JsonObject] = response.json()["items"]
    return found


async def ids(client: Client, **wanted: Any) -> list[str]:
    return [row["id"] for row in await listed(client, **wanted)]


async def walked(client: Client, **wanted: Any) -> list[JsonObject]:
    """All pages of two."""
    seen: list[JsonObject] = []
    cursor: str | None = None
    while True:
        page = (
            await client.get(
                URL, params=wanted | {"limit": 2} | ({"cursor": cursor} if cursor else {})
            )
        ).json()
        seen += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return seen


async def talks_at_once(desk: Desk, clock: Clock) -> list[Talk]:
    """Seven talks: three wait, two of them since the same moment; four were answered."""
    talks = []
    for number in range(7):
        talks.append(await desk.talk(f"Разговор {number}"))
        clock.advance(0 if number == 4 else 1)
    for talk in talks[:3]:
        await talk.reply("Да")
        clock.advance(1)
    await talks[6].reply("Да")
    return talks


async def test_unread_ones_alone(desk: Desk) -> None:
    read, unread = await desk.talk(), await desk.talk()
    await read.act("read")

    assert await ids(desk.client, unread=True) == [unread.id]
    assert set(await ids(desk.client, unread=False)) == {read.id, unread.id}

    await unread.act("read")
    assert await ids(desk.client, unread=True) == []


async def test_waiting_ones_alone(desk: Desk) -> None:
    answered, waiting = await desk.talk(), await desk.talk()
    await answered.reply("Да, продаём")

    assert await ids(desk.client, waiting=True) == [waiting.id]

    await answered.buyer("А торг?")
    assert set(await ids(desk.client, waiting=True)) == {waiting.id, answered.id}


async def test_mine_and_nobodys(desk: Desk, admin: Client) -> None:
    mine, hers, nobodys = await desk.talk(), await desk.talk(), await desk.talk()
    await mine.act("take-over")
    await admin.post(f"{hers.url}/take-over")

    assert await ids(desk.client, assignee="me") == [mine.id]
    assert await ids(admin, assignee="me") == [hers.id]
    assert await ids(desk.client, assignee="none") == [nobodys.id]


async def test_of_one_account(desk: Desk) -> None:
    talk = await desk.talk()

    assert await ids(desk.client, account_id=desk.account["id"]) == [talk.id]
    assert await ids(desk.client, account_id=str(new_id())) == []


async def test_filters_narrow_together(desk: Desk, clock: Clock) -> None:
    talks = await talks_at_once(desk, clock)
    for talk in talks[2:5]:
        await talk.act("take-over")
    await talks[3].act("read")

    wanted = {"mode": "manager", "assignee": "me", "waiting": True, "unread": True}
    assert await ids(desk.client, **wanted) == [talks[4].id]


@pytest.mark.parametrize(
    "wanted",
    [{"unread": "some"}, {"assignee": "all"}, {"account_id": "1"}, {"sort": "name"}],
)
async def test_what_cannot_be_asked_for_is_refused(desk: Desk, wanted: dict[str, str]) -> None:
    response = await desk.client.get(URL, params=wanted)

    assert (response.status_code, response.json()["code"]) == (422, "unprocessable")


async def test_who_has_waited_longest_comes_first_and_those_who_do_not_wait_last(
    desk: Desk, clock: Clock
) -> None:
    talks = await talks_at_once(desk, clock)
    await talks[0].act("pin")  # a pin keeps nobody from waiting longer

    rows = await listed(desk.client, sort="waiting")

    assert [row["waiting_since"] is None for row in rows] == [False] * 3 + [True] * 4
    since = [row["waiting_since"] for row in rows[:3]]
    assert since == sorted(since)
    assert {row["id"] for row in rows[:3]} == {talks[number].id for number in (3, 4, 5)}
    assert [row["id"] for row in rows[3:]] == [talks[number].id for number in (6, 2, 1, 0)]


@pytest.mark.parametrize("sort", ["activity", "waiting", "price"])
@pytest.mark.parametrize("narrowed", [{}, {"unread": True}, {"waiting": True}])
async def test_pages_of_every_order_make_up_the_whole_list(
    desk: Desk, clock: Clock, sort: str, narrowed: dict[str, bool]
) -> None:
    talks = await talks_at_once(desk, clock)
    await talks[1].act("pin")

    whole = await listed(desk.client, sort=sort, **narrowed)

    assert await walked(desk.client, sort=sort, **narrowed) == whole
    assert len(whole) == (3 if narrowed else 7)


async def test_pages_stay_whole_while_new_ones_begin_to_wait(desk: Desk, clock: Clock) -> None:
    talks = await talks_at_once(desk, clock)
    page = (await desk.client.get(URL, params={"sort": "waiting", "limit": 2})).json()
    clock.advance(1)
    await talks[6].buyer("А торг?")

    rest = await desk.client.get(
        URL, params={"sort": "waiting", "cursor": page["next_cursor"], "limit": 100}
    )

    found = [row["id"] for row in page["items"] + rest.json()["items"]]
    assert len(found) == len(set(found)) == 7
    assert found[3] == talks[6].id


@pytest.mark.parametrize(
    ("first", "then"), [("activity", "waiting"), ("waiting", "price"), ("price", "activity")]
)
async def test_a_cursor_of_another_order_is_refused(desk: Desk, first: str, then: str) -> None:
    for _ in range(2):
        await desk.talk()
    page = (await desk.client.get(URL, params={"sort": first, "limit": 1})).json()

    response = await desk.client.get(URL, params={"sort": then, "cursor": page["next_cursor"]})

    problem = response.json()
    assert (response.status_code, problem["code"]) == (400, "cursor_of_another_sort")
    assert (problem["sort"], problem["cursor_sort"]) == (then, first)


async def test_a_filter_reaches_no_other_company(desk: Desk, make: Make, log_in: LogIn) -> None:
    taken, nobodys = await desk.talk(), await desk.talk()
    await taken.act("take-over")
    await taken.buyer("Ау")
    company = await make.workspace()
    stranger = await log_in(await make.user(company, role=Role.OWNER), company)

    both = {taken.id, nobodys.id}
    for wanted, found in (
        ({"unread": True}, both),
        ({"waiting": True}, both),
        ({"assignee": "me"}, {taken.id}),
        ({"assignee": "none"}, {nobodys.id}),
        ({"account_id": desk.account["id"]}, both),
        ({"sort": "waiting"}, both),
        ({"sort": "price"}, both),
    ):
        assert await ids(stranger, **wanted) == [], wanted
        assert set(await ids(desk.client, **wanted)) == found, wanted


async def test_filters_cost_no_more_queries(desk: Desk, clock: Clock, database: Database) -> None:
    await talks_at_once(desk, clock)
    with counting_queries(database) as statements:
        rows = await walked(desk.client, sort="waiting", unread=True, account_id=desk.account["id"])

    assert len(rows) == 3
    assert len(statements) == 2 * 2  # of each page: the login, the list
    assert all(row["channel"]["name"] and row["contact"]["name"] for row in rows)
