"""Which steps of SQLite leave the event loop's thread, and that none of them stops the loop."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from besedka.core.db import sqlite_driver
from besedka.core.db.sqlite_driver import Connection


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[Connection]:
    opened = sqlite_driver.connect(str(tmp_path / "file.db"), timeout=5, isolation_level=None)
    assert await opened is opened
    for statement in ("PRAGMA journal_mode=WAL", "CREATE TABLE words (word TEXT)"):
        cursor = await opened.execute(statement)
        await cursor.close()
    await opened.create_function("thread_name", 0, lambda: threading.current_thread().name)
    yield opened
    await opened.close()


async def test_statements_run_in_the_thread_of_the_loop(connection: Connection) -> None:
    cursor = await connection.execute("SELECT thread_name()")

    assert await cursor.fetchone() == (threading.current_thread().name,)


async def test_what_was_committed_is_there_for_others(
    connection: Connection, tmp_path: Path
) -> None:
    await connection.execute("BEGIN IMMEDIATE")
    await connection.execute("INSERT INTO words VALUES ('а')")
    await connection.commit()

    with sqlite3.connect(tmp_path / "file.db") as other:
        found = other.execute("SELECT word FROM words").fetchall()
    other.close()
    assert found == [("а",)]


async def test_waiting_for_another_process_does_not_stop_the_loop(
    connection: Connection, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "file.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(begin(connection))
    for _ in range(5):
        await asyncio.sleep(0.01)
    assert not waiting.done()

    other.execute("ROLLBACK")
    async with asyncio.timeout(5):
        await waiting
    await connection.rollback()
    other.close()


async def test_a_step_asked_for_while_the_thread_works_comes_after_it(
    connection: Connection, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "file.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(begin(connection))
    await asyncio.sleep(0.01)
    waiting.cancel()  # as a request that its client gave up; the thread still waits
    rolling_back = asyncio.create_task(connection.rollback())
    await asyncio.sleep(0.01)
    assert not rolling_back.done()

    other.execute("ROLLBACK")
    async with asyncio.timeout(5):
        await rolling_back
    assert not connection.in_transaction
    other.close()


async def begin(connection: Connection) -> None:
    await connection.execute("BEGIN IMMEDIATE")


async def test_an_error_of_a_statement_leaves_the_connection_usable(connection: Connection) -> None:
    with pytest.raises(sqlite3.OperationalError):
        await connection.execute("SELECT nothing FROM nowhere")

    cursor = await connection.execute("SELECT 1")
    assert await cursor.fetchone() == (1,)


async def test_a_closed_connection_refuses(tmp_path: Path) -> None:
    opened = await sqlite_driver.connect(str(tmp_path / "file.db"), timeout=5)
    await opened.close()

    with pytest.raises(ValueError, match="no active connection"):
        await opened.commit()
