"""What only PostgreSQL can do wrong: numbers that commit late, and other processes."""

import asyncio
from contextlib import AsyncExitStack
from uuid import uuid4

import asyncpg

from besedka.core import db
from besedka.core.db import Database
from besedka.events import EventFeed, publish
from besedka.events import service as log
from besedka.events.wakeup import CHANNEL, awakened, listen_forever
from tests.conftest import on_postgres
from tests.events.happenings import happened, publish_all


async def connect(database: Database) -> "asyncpg.Connection[asyncpg.Record]":
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return await asyncpg.connect(url)


async def read(feed: EventFeed) -> list[int]:
    numbers: list[int] = []
    while await feed.read_once(lambda row: numbers.append(row.payload["number"])):
        pass
    return numbers


@on_postgres
async def test_an_event_that_commits_late_is_not_skipped(database: Database) -> None:
    workspace_id = uuid4()
    feed = EventFeed()
    async with db.reading() as session:
        feed.position = await log.newest(session)
    async with AsyncExitStack() as slow:
        session = await slow.enter_async_context(db.transaction())
        await publish(session, happened(workspace_id, 1))  # has the lower number, commits last
        await publish_all(workspace_id, 2, 3)

        while_open = await read(feed)

    assert while_open == []
    assert await read(feed) == [1, 2, 3]


@on_postgres
async def test_events_before_a_slow_publisher_are_not_held_back(database: Database) -> None:
    workspace_id = uuid4()
    feed = EventFeed()
    async with db.reading() as session:
        feed.position = await log.newest(session)
    await publish_all(workspace_id, 1)
    async with AsyncExitStack() as slow:
        session = await slow.enter_async_context(db.transaction())
        await publish(session, happened(workspace_id, 2))
        await publish_all(workspace_id, 3)

        while_open = await read(feed)

    assert while_open == [1]
    assert await read(feed) == [2, 3]


@on_postgres
async def test_a_slow_publisher_that_rolls_back_leaves_a_gap_and_holds_up_nobody(
    database: Database,
) -> None:
    workspace_id = uuid4()
    feed = EventFeed()
    async with db.reading() as session:
        feed.position = await log.newest(session)
    async with database._writing() as session:
        await publish(session, happened(workspace_id, 1))
        await publish_all(workspace_id, 2)
        assert await read(feed) == []
        await session.rollback()

    assert await read(feed) == [2]


@on_postgres
async def test_many_publishers_at_once_are_read_in_order_and_completely(
    database: Database,
) -> None:
    workspace_id = uuid4()
    feed = EventFeed()
    async with db.reading() as session:
        feed.position = await log.newest(session)
    sequences: list[int] = []
    is_over = False

    async def follow() -> None:
        while not is_over:
            await feed.read_once(lambda row: sequences.append(row.sequence))

    following = asyncio.create_task(follow())
    await asyncio.gather(*(publish_all(workspace_id, *range(10)) for _ in range(8)))
    is_over = True
    await following
    await feed.read_once(lambda row: sequences.append(row.sequence))

    assert len(sequences) == 80
    assert sequences == sorted(set(sequences))


@on_postgres
async def test_another_processs_commit_wakes_the_readers(database: Database) -> None:
    other_process = await connect(database)
    with awakened() as signal:
        listening = asyncio.create_task(listen_forever(database))
        async with asyncio.timeout(10):
            await signal.wait()  # once when the connection stands
            signal.clear()
            await other_process.execute(f"NOTIFY {CHANNEL}")
            await signal.wait()
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await other_process.close()


@on_postgres
async def test_publishing_notifies_other_processes_after_commit(database: Database) -> None:
    other_process = await connect(database)
    notified = asyncio.Event()
    await other_process.add_listener(CHANNEL, lambda *_: notified.set())

    async with db.transaction() as session:
        await publish(session, happened(uuid4(), 1))
        await other_process.execute("SELECT 1")
        before_commit = notified.is_set()
    async with asyncio.timeout(10):
        await notified.wait()

    assert not before_commit
    await other_process.close()
