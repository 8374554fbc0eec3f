"""Lists are walked page by page; nothing is lost or comes twice while new things happen."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from besedka.core.db import Database
from tests.conftest import Client, Clock, JsonObject
from tests.inbox.desk import Desk


@contextmanager
def counting_queries(database: Database) -> Iterator[list[str]]:
    """The queries of a request; the log is read beside it all the time, by others too."""
    statements: list[str] = []

    def on_execute(_: object, __: object, statement: str, *___: object) -> None:
        if "conversations" in statement or "sessions" in statement:
            statements.append(statement)

    engine = database.read_engine.sync_engine
    event.listen(engine, "before_cursor_execute", on_execute)
    yield statements
    event.remove(engine, "before_cursor_execute", on_execute)


async def test_conversations_are_walked_whole_while_new_ones_come(desk: Desk, clock: Clock) -> None:
    talks = []
    for number in range(11):
        talks.append(await desk.talk(f"Разговор {number}"))
        clock.advance(number % 2)  # some share a second
    await talks[3].act("pin")
    await talks[7].act("pin")
    seen: list[JsonObject] = []
    cursor = ""

    while True:
        page = (await desk.client.get(f"/api/v1/conversations?limit=3{cursor}")).json()
        seen += page["items"]
        await desk.talk("Новый")
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"

    ids = [row["id"] for row in seen]
    assert len(ids) == len(set(ids))
    assert set(ids) == {talk.id for talk in talks}
    assert [row["is_pinned"] for row in seen] == [True] * 2 + [False] * 9
    moments = [row["last_activity_at"] for row in seen]
    assert moments[:2] == sorted(moments[:2], reverse=True)
    assert moments[2:] == sorted(moments[2:], reverse=True)


async def test_messages_are_walked_whole_while_new_ones_come(desk: Desk) -> None:
    talk = await desk.talk(*[f"Сообщение {number}" for number in range(10)])
    seen: list[str] = []
    cursor = ""

    while True:
        page = (await desk.client.get(f"{talk.url}/messages?limit=3{cursor}")).json()
        seen += [row["text"] for row in page["items"]]
        await talk.buyer("Новое")
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"

    assert seen == [f"Сообщение {number}" for number in reversed(range(10))]


async def test_positions_sort_as_the_list_does(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk("Раз", "Два", "Три")
    clock.advance(1.5)
    await talk.reply("Четыре")
    await talk.act("notes", {"text": "Пять"})

    positions = [row["position"] for row in await talk.messages()]

    assert positions == sorted(set(positions))


async def test_the_list_costs_the_same_number_of_queries_however_long_it_is(
    desk: Desk, database: Database
) -> None:
    await desk.talk()
    with counting_queries(database) as short:
        await desk.client.get("/api/v1/conversations?mode=bot")
    for _ in range(12):
        await desk.talk()
    await (await desk.talk()).act("take-over")
    with counting_queries(database) as long:
        page = await desk.client.get("/api/v1/conversations")

    assert len(page.json()["items"]) == 14
    assert len(long) == len(short) == 2  # the login, the list


@pytest.mark.parametrize("cursor", ["x", "ÿ", "W10", "WzEsMl0", "WzEsIngiLCJ5Il0", "e30"])
async def test_a_broken_cursor_is_told_as_such(cursor: str, desk: Desk) -> None:
    talk = await desk.talk()

    for url in ("/api/v1/conversations", f"{talk.url}/messages"):
        response = await desk.client.get(url, params={"cursor": cursor})
        assert (response.status_code, response.json()["code"]) == (400, "bad_cursor")


async def test_a_page_says_up_to_which_event_it_is_true(desk: Desk, operator: Client) -> None:
    talk = await desk.talk()
    urls = ("/api/v1/conversations", "/api/v1/conversations/counts", f"{talk.url}/messages")
    before = {url: (await operator.get(url)).json()["seq"] for url in urls}

    await talk.buyer("Ещё")

    for url in urls:
        assert (await operator.get(url)).json()["seq"] > before[url] > 0
