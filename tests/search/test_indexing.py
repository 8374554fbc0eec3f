"""The index follows what happens, whoever is killed meanwhile and however many follow."""

import asyncio
import threading
from datetime import timedelta

import pytest
from sqlalchemy import delete, event, func, select, update

from besedka.core import db, time
from besedka.core.db import Database
from besedka.events import service as event_log
from besedka.search import indexing, words
from besedka.search.models import SearchDocument, SearchProgress
from besedka.search.tokens import tokens_of
from tests.inbox.desk import Desk
from tests.inbox.test_echoes import Rewriting
from tests.search.finding import Finder


async def document_count() -> int:
    async with db.reading() as session:
        return await session.scalar(select(func.count(SearchDocument.id))) or 0


async def test_a_recalled_message_and_a_discarded_draft_are_found_no_more(
    desk: Desk, finder: Finder
) -> None:
    talk = await desk.talk("Есть самокат?")
    reply = await talk.reply("Только скейтборд")
    await talk.act("return-to-bot")
    await talk.buyer("А на колёсах?")
    await talk.bot_answers("Есть гироскутер")
    assert await finder.ids("гироскутер") == await finder.ids("скейтборд") == [talk.id]

    response = await desk.client.post(f"/api/v1/messages/{reply['id']}/recall")
    assert response.status_code == 200
    await talk.act("take-over")

    assert await finder.ids("самокат") == [talk.id]
    assert await finder.ids("скейтборд") == []
    assert await finder.ids("гироскутер") == []


async def test_another_title_is_found_in_every_talk_about_the_listing(
    desk: Desk, finder: Finder
) -> None:
    item = desk.avito.account().listings[0]
    item.title = "Палатка туристическая"
    talks = {(await desk.talk(item_id=item.id)).id for _ in range(2)}
    assert set(await finder.ids("палатка")) == talks

    item.title = "Шатёр туристический"
    talks.add((await desk.talk(item_id=item.id)).id)

    assert set(await finder.ids("шатёр")) == talks
    assert await finder.ids("палатка") == []


async def test_conversations_from_before_the_index_are_read_in_the_background(
    desk: Desk, finder: Finder
) -> None:
    for number in range(5):
        await desk.talk(f"Табуретка номер {number}")
    await indexing.catch_up()
    async with db.transaction() as session:
        await session.execute(delete(SearchDocument))
        await session.execute(delete(SearchProgress))

    assert await indexing.index_next(batch=2)
    page = (await finder.client.get("/api/v1/search", params={"q": "табуретка"})).json()

    assert len(page["items"]) == 2
    assert page["indexing"] == {"done": 2, "total": 5}
    assert len(await finder.ids("табуретка")) == 5
    assert (await finder.page("табуретка"))["indexing"] is None


async def test_a_batch_that_is_cut_off_is_done_again(
    desk: Desk, finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = await desk.talk("Есть шезлонг?")

    async def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:  # as a kill would: after the writing, before the commit
        patch.setattr(words, "learn", killed)
        with pytest.raises(KeyboardInterrupt):
            await indexing.catch_up()
    assert await document_count() == 0

    assert await finder.ids("шезлонг") == [talk.id]


async def test_many_followers_at_once_index_everything_once(desk: Desk, finder: Finder) -> None:
    talks = {(await desk.talk("Про гамак")).id for _ in range(6)}

    await asyncio.gather(*(indexing.catch_up() for _ in range(4)))
    await indexing.catch_up()

    assert await document_count() == 6
    assert set(await finder.ids("гамак")) == talks


async def test_a_log_that_was_cut_shorter_than_our_position_is_made_up_for(
    desk: Desk, finder: Finder
) -> None:
    await indexing.catch_up()
    talk = await desk.talk("Про гамак")
    async with db.transaction() as session:
        await event_log.forget_before(session, time.now() + timedelta(days=1))
        await session.execute(update(SearchProgress).values(events_through=0))

    assert await finder.ids("гамак") == [talk.id]


async def test_nothing_is_written_when_nothing_has_happened(desk: Desk, database: Database) -> None:
    await desk.talk()
    await indexing.catch_up()

    assert await indexing.index_next() is False


async def test_what_turned_out_to_be_an_echo_is_found_no_more(
    desk: Desk, finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = await desk.talk()
    rewriting = Rewriting(desk, monkeypatch)

    async def look() -> None:
        assert await finder.ids("скрыто") == [talk.id]

    rewriting.meanwhile = look
    await talk.bot_answers("Да, в наличии")
    await desk.exchange()

    assert await finder.ids("скрыто") == []
    assert await finder.ids("наличие") == [talk.id]


@pytest.mark.parametrize("is_from_before", [True, False])
async def test_a_batch_is_bounded_by_the_messages_that_it_reads(
    is_from_before: bool, desk: Desk, finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks = [await desk.talk("Про гамак", "Ау?") for _ in range(3)]
    await indexing.catch_up()
    async with db.transaction() as session:
        await session.execute(delete(SearchDocument))
        if is_from_before:
            await session.execute(delete(SearchProgress))
    for talk in talks if not is_from_before else ():
        await talk.act("pin")
    monkeypatch.setattr(indexing, "_MESSAGES_A_BATCH", 3)  # not a thousand messages in a test

    counts = []
    while await indexing.index_next():
        counts.append(await document_count())

    assert counts[:3] == [1, 2, 3]
    assert set(await finder.ids("гамак")) == {talk.id for talk in talks}


async def test_tokens_are_made_beside_the_loop_before_anything_is_written(
    desk: Desk, finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = await desk.talk("Про гамак")
    others: list[bool] = []

    def watched(text: str) -> set[str]:
        others.append(threading.current_thread() is not threading.main_thread())
        return tokens_of(text)

    monkeypatch.setattr(indexing, "tokens_of", watched)  # nothing outside tells the thread
    await indexing.catch_up()

    assert others
    assert all(others)
    assert await finder.ids("гамак") == [talk.id]


async def test_a_batch_that_another_process_did_meanwhile_is_left_to_it(
    desk: Desk, finder: Finder
) -> None:
    talk = await desk.talk("Про гамак")
    async with db.reading() as session:
        assert await indexing.progress_of(session) is None
    both = await asyncio.gather(indexing.index_next(), indexing.index_next())

    assert any(both)
    assert await finder.ids("гамак") == [talk.id]
    assert await document_count() == 1


async def test_who_finds_the_index_taken_counts_no_conversations(
    desk: Desk, database: Database
) -> None:
    await desk.talk()
    await indexing.catch_up()
    talk = await desk.talk()
    asked: list[str] = []
    engine = database.engine.sync_engine

    def on_execute(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    async with asyncio.timeout(60), db.transaction() as session:
        await session.execute(select(SearchProgress).with_for_update())
        event.listen(engine, "before_cursor_execute", on_execute)
        other = asyncio.create_task(indexing.index_next())
        if not database.is_sqlite:  # there the other waits until we are done writing
            assert await other is False
    await other
    event.remove(engine, "before_cursor_execute", on_execute)

    assert asked
    assert not [each for each in asked if "count(conversations" in each]
    await indexing.catch_up()
    assert await document_count() == 2, talk.id
