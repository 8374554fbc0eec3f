"""Every filter and every order of the list is read from an index, also far down the list."""

import re
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from besedka.core.db import Database, dialect
from tests.conftest import Client
from tests.inbox.desk import Desk

URL = "/api/v1/conversations"


async def plan_of(
    database: Database, client: Client, url: str, *, by: str | None = None, **wanted: Any
) -> str:
    """How the database says that it looks up what the request asks for.

    `by` names the index that PostgreSQL is left with: on a table of two rows all plans cost the
    same and its choice tells nothing, so it is asked whether that index serves the request.
    """
    asked: list[tuple[str, Any]] = []

    def on_execute(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        if "conversations.waiting_since" in statement:
            asked.append((statement, parameters))

    engine = database.read_engine.sync_engine
    event.listen(engine, "before_cursor_execute", on_execute)
    response = await client.get(url, params=wanted)
    event.remove(engine, "before_cursor_execute", on_execute)
    assert response.status_code == 200, response.text
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
async def test_a_filter_or_an_order_is_read_from_its_index(
    desk: Desk, database: Database, wanted: dict[str, Any], index: str
) -> None:
    for _ in range(2):
        await desk.talk()
    wanted = {"mode": "bot", "limit": 1, **wanted}

    first = await plan_of(database, desk.client, URL, by=index, **wanted)
    assert f"ix_conversations_{index}" in first, first

    page = (await desk.client.get(URL, params=wanted)).json()
    if page["next_cursor"] is not None:
        wanted["cursor"] = page["next_cursor"]
        deep = await plan_of(database, desk.client, URL, by=index, **wanted)
        assert f"ix_conversations_{index}" in deep, deep


async def test_counts_are_read_from_indexes(desk: Desk, database: Database) -> None:
    await desk.talk()

    plan = await plan_of(database, desk.client, f"{URL}/counts")

    assert "ix_conversations_unread" in plan, plan
    assert re.search(r"ix_conversations_(now_)?waiting", plan), plan
    assert not re.search(r"SCAN conversations|Seq Scan", plan), plan
