"""Every filter and every order of the list is read from an index, also far down the list."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncConnection

from besedka.core.db import Database, dialect
from besedka.core.ids import new_id
from besedka.identity.actor import Actor
from besedka.identity.models import Role
from besedka.inbox import queries, sorting
from besedka.inbox.models import Conversation
from besedka.inbox.schemas import ConversationFilter
from tests.inbox.desk import Desk

URL = "/api/v1/conversations"


Asked = list[tuple[str, Any]]


@contextmanager
def listening(database: Database, marker: str) -> Iterator[Asked]:
    """The statements that hold `marker`, with their parameters."""
    asked: Asked = []

    def on_execute(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        if marker in statement:
            asked.append((statement, parameters))

    engine = database.read_engine.sync_engine
    event.listen(engine, "before_cursor_execute", on_execute)
    yield asked
    event.remove(engine, "before_cursor_execute", on_execute)


async def explained(database: Database, asked: Asked, *, by: str | None = None) -> str:
    """How the database says that it looks up the one statement.

    `by` names the index that PostgreSQL is left with: on a table of two rows all plans cost the
    same and its choice tells nothing, so it is asked whether that index serves the request.
    """
    [(statement, parameters)] = asked
    async with database.read_engine.connect() as connection:
        if dialect.is_sqlite(connection):
            rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return "\n".join(detail for *_, detail in rows)
        # On a table this small the planner would rather read all of it, or sort what it finds.
        for shortcut in ("enable_seqscan", "enable_bitmapscan", "enable_sort"):
            await connection.exec_driver_sql(f"SET LOCAL {shortcut} = off")
        if by is not None:
            await leave_only(connection, f"ix_conversations_{by}")
        rows = await connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
        return "\n".join(row[0] for row in rows)


async def plan_of_page(
    database: Database, actor: Actor, wanted: ConversationFilter, *, by: str
) -> str:
    """Of the ids alone, as `list_conversations` asks for them: the rows of a page are sorted."""
    assert wanted.mode is not None
    fits = [
        Conversation.workspace_id == actor.workspace_id,
        *queries.narrowed_to(actor, wanted),
    ]
    ids = sorting.ids_of_page(fits, (wanted.mode,), wanted.sort, wanted.cursor, size=2)
    with listening(database, "conversations") as asked:
        async with database.read_engine.connect() as connection:
            await connection.execute(ids)
    return await explained(database, asked, by=by)


async def leave_only(connection: AsyncConnection, index: str) -> None:
    """Drop the other indexes of the conversations until the transaction is rolled back."""
    names = await connection.exec_driver_sql(
        "SELECT indexname FROM pg_indexes WHERE tablename = 'conversations'"
        " AND schemaname = current_schema() AND indexname LIKE 'ix_%%'"
    )
    for (name,) in names.all():
        if name != index:
            await connection.exec_driver_sql(f'DROP INDEX "{name}"')


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ({}, "list"),
        ({"unread": True}, "unread"),
        ({"waiting": True}, "now_waiting"),
        ({"assignee": "me"}, "assignee"),
        ({"account_id": "00000000-0000-4000-8000-000000000000"}, "account"),
        ({"sort": "waiting"}, "waiting"),
        ({"sort": "price"}, "price"),
    ],
)
async def test_a_filter_or_an_order_is_read_from_its_index_as_it_stands_there(
    desk: Desk, database: Database, wanted: dict[str, Any], index: str
) -> None:
    for _ in range(2):
        await desk.talk()
    async with database.read_engine.connect() as connection:
        workspace_id = await connection.scalar(select(Conversation.workspace_id).limit(1))
    assert workspace_id is not None
    actor = Actor(user_id=new_id(), workspace_id=workspace_id, role=Role.MANAGER, name="Ирина")
    wanted = {"mode": "bot", "limit": 1, **wanted}
    page = (await desk.client.get(URL, params=wanted)).json()

    for cursor in {None, page["next_cursor"]}:
        page_wanted = ConversationFilter(**wanted, cursor=cursor)
        plan = await plan_of_page(database, actor, page_wanted, by=index)
        assert f"ix_conversations_{index}" in plan, plan
        # Neither database sorts what it finds: else it would read all that fits for each page.
        assert not re.search(r"\bSort\b|TEMP B-TREE", plan), plan


async def test_counts_are_read_from_indexes(desk: Desk, database: Database) -> None:
    await desk.talk()

    with listening(database, "conversations.waiting_since") as asked:
        response = await desk.client.get(f"{URL}/counts")
    assert response.status_code == 200, response.text
    plan = await explained(database, asked)

    assert "ix_conversations_unread" in plan, plan
    assert re.search(r"ix_conversations_(now_)?waiting", plan), plan
    assert not re.search(r"SCAN conversations|Seq Scan", plan), plan
