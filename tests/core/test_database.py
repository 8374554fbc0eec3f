"""Transactions and column types on both databases."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import asyncpg
import pytest
from sqlalchemy import Select, func, literal, select, text, union_all
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core import db, time
from besedka.core.db import Database, dialect, engine
from besedka.identity import Workspace
from besedka.identity import service as identity
from tests.conftest import Clock, on_postgres, on_sqlite


async def names() -> list[str]:
    async with db.reading() as session:
        return list(await session.scalars(select(Workspace.name).order_by(Workspace.name)))


async def add(session: AsyncSession, name: str) -> Workspace:
    return await identity.create_workspace(session, name=name, time_zone="UTC")


async def test_a_transaction_commits_at_its_end(database: Database) -> None:
    async with db.transaction() as session:
        await add(session, "a")
        assert await names() == []

    assert await names() == ["a"]


async def test_an_error_rolls_back_and_calls_nobody(database: Database) -> None:
    called: list[str] = []

    async def fail() -> None:
        async with db.transaction() as session:
            await add(session, "a")
            db.after_commit(session, lambda: called.append("fail"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with db.transaction() as session:
        db.after_commit(session, lambda: called.append("success"))

    assert await names() == []
    assert called == ["success"]


async def test_fifty_writers_at_once_all_get_through(database: Database) -> None:
    async def read_then_write(number: int) -> None:
        async with db.transaction() as session:
            # Reading first is what makes a deferred transaction fail with "locked".
            await session.scalar(select(func.count()).select_from(Workspace))
            await add(session, f"{number:02}")

    await asyncio.gather(*(read_then_write(number) for number in range(50)))

    assert await names() == [f"{number:02}" for number in range(50)]


@on_sqlite
async def test_a_second_process_waits_for_its_turn_to_write(database: Database) -> None:
    other_process = Database(database.url.render_as_string())

    async def write(writer: Database, name: str) -> None:
        async with writer.transaction() as session:
            await session.scalar(select(func.count()).select_from(Workspace))
            await add(session, name)

    await asyncio.gather(
        *(write(database, f"a{number}") for number in range(10)),
        *(write(other_process, f"b{number}") for number in range(10)),
    )

    assert len(await names()) == 20
    await other_process.close()


@on_sqlite
async def test_sqlite_keeps_what_was_committed_through_a_power_cut(database: Database) -> None:
    async with db.transaction() as session:
        journal = await session.scalar(text("PRAGMA journal_mode"))
        synchronous = await session.scalar(text("PRAGMA synchronous"))
        foreign_keys = await session.scalar(text("PRAGMA foreign_keys"))

    assert (journal, synchronous, foreign_keys) == ("wal", 2, 1)


@on_sqlite
async def test_a_reading_session_of_sqlite_cannot_write(database: Database) -> None:
    async with db.reading() as session:
        with pytest.raises(DBAPIError):
            await add(session, "a")


async def test_times_come_back_aware_and_in_utc(database: Database) -> None:
    moscow = timezone(timedelta(hours=3))
    moment = datetime(2026, 11, 20, 15, 30, 0, 123456, tzinfo=moscow)
    async with db.transaction() as session:
        workspace = await add(session, "a")
        workspace.created_at = moment

    async with db.reading() as session:
        kept = await session.scalar(select(Workspace.created_at))
        found = await session.scalar(
            select(Workspace.name).where(Workspace.created_at == moment.astimezone(UTC))
        )
    assert kept == moment
    assert kept is not None
    assert kept.tzinfo is UTC or kept.utcoffset() == timedelta()
    assert found == "a"


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    async with db.reading() as session:
        naive = datetime(2026, 11, 20)  # noqa: DTZ001 - the very mistake
        with pytest.raises(StatementError, match="without a zone"):
            await session.scalar(select(Workspace.name).where(Workspace.created_at == naive))


async def test_a_row_that_is_there_already_is_not_inserted_again(database: Database) -> None:
    async with db.transaction() as session:
        workspace = await add(session, "a")
        row = {
            "id": workspace.id,
            "name": "b",
            "time_zone": "UTC",
            "created_at": workspace.created_at,
        }
        was_inserted = await dialect.insert_missing(session, Workspace, row, unique=["id"])

    assert not was_inserted
    assert await names() == ["a"]


@on_postgres
async def test_a_name_is_held_until_the_end_of_the_transaction(database: Database) -> None:
    order: list[str] = []
    first_holds = asyncio.Event()

    async def first() -> None:
        async with db.transaction() as session:
            await session.execute(locking("b", "a"))
            first_holds.set()
            await session.execute(text("SELECT pg_sleep(0.05)"))
            order.append("first")

    async def second() -> None:
        await first_holds.wait()
        async with db.transaction() as session:
            await session.execute(locking("a", "b"))
            order.append("second")

    await asyncio.gather(first(), second())

    assert order == ["first", "second"]


def locking(*names: str) -> Select[Any]:
    listed = [select(literal(name).label("name")) for name in names]
    return dialect.locking_names(select(union_all(*listed).subquery().c.name))


def test_the_clock_moves_for_everybody(clock: Clock) -> None:
    before = time.now()

    clock.advance(3600)

    assert timedelta(hours=1) <= time.now() - before < timedelta(hours=1, seconds=5)
    assert before.tzinfo is UTC


@on_postgres
async def test_connections_that_broke_while_they_rested_are_replaced(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_PING_AFTER_S", 0.0)
    async with db.reading() as first, db.reading() as second:
        broken = [await backend_of(first), await backend_of(second)]
    async with asyncpg_connection(database) as other:
        await other.execute("SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) pid", broken)

    async with db.transaction() as session:
        assert await backend_of(session) not in broken


@on_postgres
async def test_no_query_is_compiled(database: Database) -> None:
    """A page of a list would be a few milliseconds of work after 200 of compiling."""
    for scope in (db.reading, db.transaction):
        async with scope() as session:
            assert (await session.execute(text("SHOW jit"))).scalar_one() == "off"


async def backend_of(session: AsyncSession) -> int:
    pid: int = (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    return pid


@asynccontextmanager
async def asyncpg_connection(database: Database) -> AsyncIterator[Any]:
    """Past the pool."""
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()
