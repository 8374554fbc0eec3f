"""What a browser sees on its stream."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import delete

from besedka import jobs
from besedka.core import crypto, db, metrics
from besedka.events import service as log
from besedka.events import wakeup
from besedka.identity import Workspace
from besedka.identity.models import LoginSession
from besedka.live import stream as live_stream
from besedka.live.jobs import KEPT, forget_old_events
from besedka.live.stream import Live
from tests.conftest import Client, Clock, RunJobs
from tests.events.happenings import publish_all
from tests.factories import Make

PATIENCE_S = 10


@dataclass(frozen=True, slots=True)
class Frame:
    event: str | None
    id: int | None
    data: dict[str, Any]

    @property
    def number(self) -> int:
        number: int = self.data["number"]
        return number


def parse(raw: bytes) -> Frame:
    fields: dict[str, str] = {}
    for line in raw.decode().strip().split("\n"):
        name, _, value = line.partition(": ")
        fields[name] = value
    return Frame(
        event=fields.get("event"),
        id=int(fields["id"]) if "id" in fields else None,
        data=json.loads(fields.get("data", "{}")),
    )


class Browser:
    """Reads a stream as it leaves the product, frame by frame."""

    def __init__(self, frames: AsyncIterator[bytes]) -> None:
        self._pieces = frames
        self._frames: list[Frame] = []

    async def next(self) -> Frame:
        if not self._frames:
            async with asyncio.timeout(PATIENCE_S):
                piece = await anext(self._pieces)
            # What happened at once comes as one piece.
            self._frames = [parse(raw) for raw in piece.removesuffix(b"\n\n").split(b"\n\n")]
        return self._frames.pop(0)

    async def numbers(self, count: int) -> list[int]:
        return [(await self.next()).number for _ in range(count)]

    async def start(self) -> int:
        """Past the opening; the number that the stream starts from."""
        await self.next()  # retry
        ready = await self.next()
        assert ready.event == "stream.ready"
        seq: int = ready.data["seq"]
        return seq

    async def is_over(self) -> bool:
        async with asyncio.timeout(PATIENCE_S):
            return await anext(self._pieces, None) is None


@pytest.fixture
def live(app: FastAPI) -> Live:
    found: Live = app.state.live
    return found


def watch(
    live: Live,
    workspace_id: UUID,
    *,
    after: int | None = None,
    heartbeat_s: float = 3600,
    fingerprint: str = "f",
) -> "aclosing[Any]":
    return aclosing(
        live.stream(
            fingerprint=fingerprint,
            workspace_id=workspace_id,
            topic="inbox",
            after=after,
            heartbeat_s=heartbeat_s,
        )
    )


async def test_a_stream_tells_where_it_starts_and_then_what_happens(
    live: Live, workspace: Workspace
) -> None:
    await publish_all(workspace.id, 1)
    async with db.reading() as session:
        newest = await log.newest(session)
    await live.feed.read_once()
    async with watch(live, workspace.id) as frames:
        browser = Browser(frames)

        assert await browser.start() == newest
        await publish_all(workspace.id, 2)
        frame = await browser.next()

    assert frame.event == "test.happened"
    assert frame.id is not None
    assert frame.id > newest
    assert frame.data == {
        "number": 2,
        "seq": frame.id,
        "type": "test.happened",
        "at": frame.data["at"],
    }
    assert frame.data["at"].endswith("+00:00")


async def test_a_browser_that_comes_back_gets_what_it_missed_and_nothing_twice(
    live: Live, workspace: Workspace
) -> None:
    async with watch(live, workspace.id) as frames:
        browser = Browser(frames)
        await browser.start()
        await publish_all(workspace.id, 1, 2)
        assert (await browser.next()).number == 1
        last = (await browser.next()).id
        assert last is not None
    await publish_all(workspace.id, 3, 4)

    async with watch(live, workspace.id, after=last) as frames:
        browser = Browser(frames)
        assert await browser.start() == last
        assert await browser.numbers(2) == [3, 4]
        await publish_all(workspace.id, 5)
        assert await browser.numbers(1) == [5]


async def test_breaks_amid_many_writers_lose_nothing_and_repeat_nothing(
    live: Live, workspace: Workspace
) -> None:
    total = 120
    seen: list[int] = []

    async def read_with_breaks() -> None:
        last = start
        while len(seen) < total:
            async with watch(live, workspace.id, after=last) as frames:
                browser = Browser(frames)
                await browser.start()
                for _ in range(min(7, total - len(seen))):
                    frame = await browser.next()
                    assert frame.id is not None
                    last = frame.id
                    seen.append(last)

    start = live.feed.position
    reading = asyncio.create_task(read_with_breaks())
    await asyncio.gather(*(publish_all(workspace.id, *range(total // 6)) for _ in range(6)))
    await reading

    assert len(seen) == total
    assert seen == sorted(set(seen))


async def test_a_stream_shows_only_its_own_workspace(
    live: Live, workspace: Workspace, make: Make
) -> None:
    other = await make.workspace()
    start = live.feed.position
    await publish_all(other.id, 1)
    await publish_all(workspace.id, 2)

    async with watch(live, workspace.id, after=start) as frames:
        browser = Browser(frames)
        await browser.start()
        await publish_all(other.id, 3)
        await publish_all(workspace.id, 4)

        assert await browser.numbers(2) == [2, 4]


async def test_a_browser_whose_place_was_forgotten_is_told_to_load_everything_anew(
    live: Live, workspace: Workspace, run_jobs: RunJobs, clock: Clock
) -> None:
    start = live.feed.position
    await publish_all(workspace.id, 1, 2)
    clock.advance(KEPT.total_seconds() + 60)
    async with db.transaction() as session:
        await jobs.enqueue(session, forget_old_events)
    await run_jobs()
    await publish_all(workspace.id, 3)

    async with watch(live, workspace.id, after=start) as frames:
        browser = Browser(frames)
        await browser.next()

        reload = await browser.next()
        ready = await browser.next()

    assert (reload.event, reload.id) == ("stream.reload", None)
    assert ready.event == "stream.ready"


async def test_a_browser_that_missed_too_much_is_told_to_load_everything_anew(
    live: Live, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_stream, "MOST_MISSED", 3)  # writing 5,000 events takes too long
    start = live.feed.position
    await publish_all(workspace.id, 1, 2, 3)
    async with watch(live, workspace.id, after=start) as frames:
        await Browser(frames).start()
    await publish_all(workspace.id, 4)

    async with watch(live, workspace.id, after=start) as frames:
        browser = Browser(frames)
        await browser.next()

        assert (await browser.next()).event == "stream.reload"


async def test_a_place_in_another_database_is_not_taken_for_one_in_this(
    live: Live, workspace: Workspace
) -> None:
    async with watch(live, workspace.id, after=10**9) as frames:
        browser = Browser(frames)
        await browser.next()

        assert (await browser.next()).event == "stream.reload"


async def test_a_browser_too_slow_to_follow_is_told_to_reload_and_let_go(
    live: Live, workspace: Workspace
) -> None:
    async with watch(live, workspace.id) as frames:
        browser = Browser(frames)
        await browser.start()
        for listener in live.feed._listeners[workspace.id, "inbox"]:
            listener._is_behind = True  # its queue of 2,000 overflowed

        assert (await browser.next()).event == "stream.reload"
        assert await browser.is_over()


async def test_silence_is_broken_by_a_heartbeat(live: Live, workspace: Workspace) -> None:
    async with watch(live, workspace.id, heartbeat_s=0.001) as frames:
        browser = Browser(frames)
        await browser.start()

        beat = await browser.next()
        assert (beat.event, beat.id, beat.data) == ("stream.alive", None, {"behind": False})


async def test_the_heartbeat_says_when_the_log_cannot_be_read(
    live: Live, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def is_away(session: object) -> int:
        raise OSError

    async with watch(live, workspace.id, heartbeat_s=0.01) as frames:
        browser = Browser(frames)
        await browser.start()

        monkeypatch.setattr(log, "newest", is_away)  # a database that goes away is hard to get back
        wakeup.wake()
        async with asyncio.timeout(PATIENCE_S):
            while (await browser.next()).data != {"behind": True}:
                pass

        monkeypatch.undo()
        wakeup.wake()
        async with asyncio.timeout(PATIENCE_S):
            while (await browser.next()).data != {"behind": False}:
                pass


async def test_a_stream_ends_soon_after_its_login_does(
    live: Live, workspace: Workspace, make: Make
) -> None:
    user = await make.user(workspace)
    fingerprint = crypto.fingerprint(await make.login(user, workspace))
    async with watch(live, workspace.id, fingerprint=fingerprint) as frames:
        browser = Browser(frames)
        await browser.start()
        await live.readers.check_logins()
        await publish_all(workspace.id, 1)
        assert await browser.numbers(1) == [1]

        async with db.transaction() as session:
            await session.execute(delete(LoginSession))
        await live.readers.check_logins()

        assert await browser.is_over()


async def test_open_streams_are_counted(live: Live, workspace: Workspace) -> None:
    before = metrics.LIVE_READERS._value.get()
    async with watch(live, workspace.id) as frames:
        await Browser(frames).start()
        assert metrics.LIVE_READERS._value.get() == before + 1

    assert metrics.LIVE_READERS._value.get() == before
    assert live.readers._listeners == {}


async def test_a_stream_holds_no_database_connection(live: Live, workspace: Workspace) -> None:
    async with watch(live, workspace.id, after=live.feed.position) as frames:
        await Browser(frames).start()
        await live.feed.stop()  # it reads by itself from time to time

        assert db.database().engine.pool.status().endswith("Current Checked out connections: 0")


# Over HTTP


async def test_an_unknown_topic_is_not_found(operator: Client) -> None:
    answer = await operator.get("/api/v1/streams/weather")

    assert (answer.status_code, answer.json()["code"]) == (404, "topic_not_found")


async def test_a_stranger_gets_no_stream(client: Client) -> None:
    assert (await client.get("/api/v1/streams/inbox")).status_code == 401


@pytest.mark.parametrize("how", ["header", "query"])
async def test_the_last_event_id_comes_as_header_or_in_the_address(
    how: str, viewer: Client, live: Live, workspace: Workspace
) -> None:
    start = live.feed.position
    await publish_all(workspace.id, 1, 2)
    await live.feed.read_once()
    first = start + 1
    headers = {"Last-Event-ID": str(first)} if how == "header" else {}
    params = {"last_event_id": str(first)} if how == "query" else {}

    async def end_when_open() -> None:
        # httpx reads an in-process answer to its end, so the end must come.
        async with asyncio.timeout(PATIENCE_S):
            while not live.readers._listeners:  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0)
        live.readers.close()

    ending = asyncio.create_task(end_when_open())
    answer = await viewer.get("/api/v1/streams/inbox", headers=headers, params=params)
    await ending

    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    frames = [parse(raw.encode()) for raw in answer.text.strip().split("\n\n")]
    assert [frame.event for frame in frames] == [None, "stream.ready", "test.happened"]
    assert frames[2].number == 2
