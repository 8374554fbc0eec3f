"""What the log keeps, and what subscribers do."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka import events
from besedka.core import db, time
from besedka.core.db import Database
from besedka.events import EventFeed, Listener
from besedka.events import service as log
from besedka.events.models import EventRow
from besedka.identity import Workspace
from besedka.identity import service as identity
from tests.conftest import Clock
from tests.events.happenings import Happened, happened, publish_all


async def rows() -> list[EventRow]:
    async with db.reading() as session:
        return list(await session.scalars(select(EventRow).order_by(EventRow.sequence)))


async def test_events_are_kept_in_order_with_their_snapshot(database: Database) -> None:
    workspace_id = uuid4()

    await publish_all(workspace_id, 1, 2, 3)

    kept = await rows()
    assert [row.payload for row in kept] == [{"number": 1}, {"number": 2}, {"number": 3}]
    assert {(row.workspace_id, row.topic, row.type) for row in kept} == {
        (workspace_id, "inbox", "test.happened")
    }
    assert [row.subject for row in kept] == ["test:1", "test:2", "test:3"]
    assert sorted(row.sequence for row in kept) == [row.sequence for row in kept]


async def test_a_subscriber_writes_in_the_publishers_transaction(database: Database) -> None:
    @events.subscribes(Happened)
    async def note(session: AsyncSession, event: Happened) -> None:
        await identity.create_workspace(session, name=str(event.number), time_zone="UTC")

    async def publish_and_fail() -> None:
        async with db.transaction() as session:
            await events.publish(session, happened(uuid4(), 1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await publish_and_fail()
    await publish_all(uuid4(), 2)

    async with db.reading() as session:
        names = list(await session.scalars(select(Workspace.name)))
    assert names == ["2"]
    assert [row.payload for row in await rows()] == [{"number": 2}]


async def test_a_failing_subscriber_takes_the_event_back(database: Database) -> None:
    @events.subscribes(Happened)
    async def refuse(session: AsyncSession, event: Happened) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await publish_all(uuid4(), 1)

    assert await rows() == []


async def test_old_events_are_forgotten_but_the_newest_keeps_the_place(
    database: Database, clock: Clock
) -> None:
    workspace_id = uuid4()
    await publish_all(workspace_id, 1, 2, 3)
    last = (await rows())[-1]
    clock.advance(60)

    async with db.transaction() as session:
        await log.forget_before(session, time.now())
        newest = await log.newest(session)

    assert [row.sequence for row in await rows()] == [last.sequence]
    assert newest == last.sequence


async def heard(listener: Listener, count: int) -> list[int]:
    numbers: list[int] = []
    async with asyncio.timeout(10):
        while len(numbers) < count:
            items = await listener.take(timeout_s=10)
            numbers += [row.payload["number"] for row in items if isinstance(row, EventRow)]
    return numbers


async def test_the_feed_hands_every_event_to_the_listeners_of_its_topic_and_workspace(
    database: Database,
) -> None:
    mine, other = uuid4(), uuid4()
    await publish_all(mine, 0)
    feed = EventFeed()
    await feed.start()
    async with (
        feed.listening(mine, "inbox") as listener,
        feed.listening(other, "inbox") as others,
        feed.listening(mine, "deals") as another_topic,
    ):
        await publish_all(mine, 1)
        await publish_all(other, 2)
        await publish_all(mine, 3)

        assert await heard(listener, 2) == [1, 3]
        assert await heard(others, 1) == [2]
        assert await another_topic.take(timeout_s=0) == []
    await feed.stop()


async def test_a_rolled_back_event_is_never_heard(database: Database) -> None:
    workspace_id = uuid4()
    feed = EventFeed()
    await feed.start()

    async def publish_and_fail() -> None:
        async with db.transaction() as session:
            await events.publish(session, happened(workspace_id, 1))
            raise ZeroDivisionError

    async with feed.listening(workspace_id, "inbox") as listener:
        with pytest.raises(ZeroDivisionError):
            await publish_and_fail()
        await publish_all(workspace_id, 2)

        assert await heard(listener, 1) == [2]
    await feed.stop()


async def test_a_listener_that_is_too_slow_is_told_so(database: Database) -> None:
    workspace_id = uuid4()
    feed = EventFeed()
    row = EventRow(sequence=1, workspace_id=workspace_id, topic="inbox", type="t", payload={})
    async with feed.listening(workspace_id, "inbox") as listener:
        for _ in range(2001):
            listener.offer(row)

        with pytest.raises(events.FellBehind):
            await listener.take(timeout_s=0)


async def test_a_closed_listener_is_awake_at_once(database: Database) -> None:
    feed = EventFeed()
    async with feed.listening(uuid4(), "inbox") as listener:
        listener.close()

        with pytest.raises(events.ListenerClosed):
            await listener.take(timeout_s=3600)
