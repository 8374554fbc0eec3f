"""Keeping the index: it follows the event log, so whoever writes a message waits for nothing.

A batch is read and turned into tokens beside everything else, and written in one short transaction,
which also moves the position in the log, under the lock of the one row that holds it: any number of
processes may try, one does it, and a killed one leaves no trace. Conversations from before the
index are read in between, batch by batch.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.contacts.models import Contact
from besedka.core import db
from besedka.core.db import dialect
from besedka.core.logging import get_logger
from besedka.events import service as event_log
from besedka.events.models import EventRow
from besedka.inbox.events import MessageDiscarded, MessageRecalled, MessageRemoved
from besedka.inbox.models import Conversation, Listing, Message, MessageStatus
from besedka.search import words
from besedka.search.models import SearchDocument, SearchProgress
from besedka.search.tokens import head_tokens_of, tokens_of

log = get_logger(__name__)

_EVENTS_A_BATCH = 200
_CONVERSATIONS_A_BATCH = 20
# Read for a batch, unless one conversation has more.
_MESSAGES_A_BATCH = 500
# Events of others may pass by unread as long as they are not so many.
_IDLE_EVENTS = 1000
_SLOTS_A_SECOND = 1000
_SHRINKING = {MessageDiscarded.type, MessageRecalled.type, MessageRemoved.type}

_documents = cast(Table, SearchDocument.__table__)
_MOVE = (
    update(_documents)
    .where(_documents.c.conversation_id == bindparam("of_conversation"))
    .values(id=bindparam("new_id"), head=bindparam("new_head"), body=bindparam("new_body"))
)


@dataclass(slots=True)
class _Change:
    """What the log says of one conversation."""

    said: list[str] = field(default_factory=list)
    is_shrunk: bool = False
    """A message is gone: all has to be read again."""


class _Position(NamedTuple):
    """A batch is written only where it began: another process may have been there meanwhile."""

    events_through: int
    filled_through: UUID | None
    is_filled: bool


@dataclass(slots=True)
class _Batch:
    """What is read for one step of the index, and where that brings it."""

    begins: _Position
    ends: _Position
    filled: int = 0
    """How many conversations from before the index are in it."""
    is_restart: bool = False
    texts: dict[UUID, list[str]] = field(default_factory=dict)
    known: dict[UUID, Any] = field(default_factory=dict)
    """Documents that the texts are added to; other conversations are read anew."""
    heads: Sequence[Any] = ()


class _Document(NamedTuple):
    row: Any
    """Of the conversation."""
    head: str
    body: str


class _Prepared(NamedTuple):
    documents: list[_Document]
    words: dict[UUID, words.Vocabulary]
    """By company."""


async def catch_up(*, batch: int = _CONVERSATIONS_A_BATCH) -> None:
    """Index all that there is now."""
    while await index_next(batch=batch):
        pass


async def index_next(*, batch: int = _CONVERSATIONS_A_BATCH) -> bool:
    """Index some of what is new or still unread. False if there is nothing more for us."""
    async with db.reading() as session:
        progress = await progress_of(session)
        found = await _read_next(session, progress, batch) if progress is not None else None
    if progress is None:
        await _begin()
        return await index_next(batch=batch)
    if found is None:
        return False
    # Stemming takes milliseconds: not on the loop, and never while others wait to write.
    prepared = await asyncio.to_thread(_prepare, found)
    async with db.transaction() as session:
        return await _write(session, found, prepared)


async def progress_of(session: AsyncSession) -> SearchProgress | None:
    return await session.get(SearchProgress, 1)


async def _begin() -> None:
    async with db.transaction() as session:
        if await progress_of(session) is not None:
            return
        total = await session.scalar(select(func.count(Conversation.id)))
        first = {
            "id": 1,
            "events_through": await event_log.newest(session),
            "filled_through": None,
            "is_filled": False,
            "done": 0,
            "total": total or 0,
        }
        await dialect.insert_missing(session, SearchProgress, first, unique=("id",))


# Reading a batch


async def _read_next(session: AsyncSession, progress: SearchProgress, limit: int) -> _Batch | None:
    begins = _position_of(progress)
    newest = await event_log.newest(session)
    if begins.events_through + 1 < await event_log.oldest(session):
        return _Batch(begins, _Position(newest, None, is_filled=False), is_restart=True)
    rows: Sequence[EventRow] = ()
    if newest > begins.events_through:
        rows = await event_log.read_after(
            session, begins.events_through, through=newest, limit=_IDLE_EVENTS
        )
    if begins.is_filled and len(rows) < _IDLE_EVENTS and not _changes_in(rows):
        return None
    if rows:
        return await _read_events(session, begins, rows[:_EVENTS_A_BATCH])
    return await _read_unread(session, begins, max(newest, begins.events_through), limit)


def _position_of(progress: SearchProgress) -> _Position:
    return _Position(progress.events_through, progress.filled_through, progress.is_filled)


async def _read_events(
    session: AsyncSession, begins: _Position, rows: Sequence[EventRow]
) -> _Batch:
    changes = _changes_in(rows)
    known = await _known_documents(session, changes)
    sizes = await _sizes_of(session, _to_read_anew(changes, known))
    rows = _bounded(rows, sizes)
    changes = _changes_in(rows)
    batch = _Batch(begins, begins._replace(events_through=rows[-1].sequence))
    anew = _to_read_anew(changes, known)
    batch.texts = {each: change.said for each, change in changes.items() if each not in anew}
    return await _with_all_of(session, batch, changes, known, anew)


def _to_read_anew(changes: dict[UUID, _Change], known: dict[UUID, Any]) -> set[UUID]:
    return {each for each, change in changes.items() if change.is_shrunk or each not in known}


def _bounded(rows: Sequence[EventRow], sizes: dict[UUID, int]) -> Sequence[EventRow]:
    """The first of them, as many as fit into a batch with all that must be read anew for them."""
    left, unread = _MESSAGES_A_BATCH, dict(sizes)
    for at, row in enumerate(rows):
        for conversation_id in _changes_in([row]):
            left -= unread.pop(conversation_id, 0)
        if left < 0 and at > 0:
            return rows[:at]
    return rows


async def _read_unread(
    session: AsyncSession, begins: _Position, through: int, limit: int
) -> _Batch:
    """Of the conversations from before the index, the next."""
    statement = select(Conversation.id).order_by(Conversation.id).limit(limit)
    if begins.filled_through is not None:
        statement = statement.where(Conversation.id > begins.filled_through)
    ids = (await session.scalars(statement)).all()
    sizes = await _sizes_of(session, ids)
    left = _MESSAGES_A_BATCH
    taken: list[UUID] = []
    for conversation_id in ids:
        left -= sizes.get(conversation_id, 0)
        if left < 0 and taken:
            break
        taken.append(conversation_id)
    ends = _Position(through, taken[-1] if taken else begins.filled_through, is_filled=not taken)
    batch = _Batch(begins, ends, filled=len(taken))
    return await _with_all_of(
        session, batch, taken, await _known_documents(session, taken), set(taken)
    )


async def _with_all_of(
    session: AsyncSession,
    batch: _Batch,
    conversation_ids: Collection[UUID],
    known: dict[UUID, Any],
    anew: Collection[UUID],
) -> _Batch:
    if conversation_ids:
        batch.heads = await _heads_of(session, conversation_ids)
        batch.texts |= await _texts_of(session, anew)
        batch.known = {each: row for each, row in known.items() if each not in anew}
    return batch


async def _sizes_of(session: AsyncSession, conversation_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many messages each has."""
    rows = await session.execute(
        select(Message.conversation_id, func.count().label("size"))
        .where(Message.conversation_id.in_(conversation_ids))
        .group_by(Message.conversation_id)
    )
    return {row.conversation_id: row.size for row in rows}


def _changes_in(rows: Iterable[EventRow]) -> dict[UUID, _Change]:
    changes: dict[UUID, _Change] = defaultdict(_Change)
    for row in rows:
        conversation = row.payload.get("conversation")
        if row.topic != "inbox" or not isinstance(conversation, dict):
            continue
        change = changes[UUID(conversation["id"])]
        message = row.payload.get("message")
        if not isinstance(message, dict):
            continue
        if row.type in _SHRINKING or message["deleted_at"] is not None:
            change.is_shrunk = True
        else:
            change.said.append(message["text"])
    return changes


# Beside everything else


def _prepare(batch: _Batch) -> _Prepared:
    documents = []
    met: dict[UUID, set[str]] = defaultdict(set)
    for row in batch.heads:
        # PostgreSQL takes no empty token, and who is not enriched has neither name nor title.
        head = head_tokens_of(row.name, row.title or "") | {f"¤{row.account_id.hex}"}
        body = {f"¶{row.workspace_id.hex}"} | tokens_of(" \n ".join(batch.texts.get(row.id, ())))
        if row.id in batch.known:
            body |= set(batch.known[row.id].body.split(" "))
        met[row.workspace_id] |= head | body
        documents.append(_Document(row, _written(head), _written(body)))
    return _Prepared(documents, {each: words.new_among(each, met[each]) for each in met})


# Writing it


async def _write(session: AsyncSession, batch: _Batch, prepared: _Prepared) -> bool:
    statement = select(SearchProgress).with_for_update(skip_locked=True)
    progress = await session.scalar(statement.execution_options(populate_existing=True))
    if progress is None or _position_of(progress) != batch.begins:
        return False  # another process is at it
    await _write_documents(session, prepared.documents)
    for workspace_id, vocabulary in prepared.words.items():
        await words.learn(session, workspace_id, vocabulary)
    progress.events_through, progress.filled_through, progress.is_filled = batch.ends
    progress.done += batch.filled
    progress.total = max(progress.total, progress.done)
    if batch.is_restart:  # the log no longer has what came after our position
        log.warning("search.log_too_short", events_through=batch.begins.events_through)
        progress.done = 0
    elif batch.ends.is_filled and not batch.begins.is_filled:
        log.info("search.filled", conversations=progress.done)
        return False
    return True


async def _write_documents(session: AsyncSession, documents: Sequence[_Document]) -> None:
    if not documents:
        return
    wanted = [document.row.id for document in documents]
    # Conversations may have been deleted since they were read, and their documents with them.
    found = await session.scalars(select(Conversation.id).where(Conversation.id.in_(wanted)))
    there = set(found)
    known = await _known_documents(session, wanted)
    ids = await _ids_for(session, [each.row for each in documents if each.row.id in there], known)
    fresh: list[dict[str, Any]] = []
    moved: list[dict[str, Any]] = []
    for row, head, body in documents:
        if row.id not in there:
            continue
        document = known.get(row.id)
        new = {"id": ids[row.id], "head": head, "body": body}
        if document is None:
            fresh.append({"workspace_id": row.workspace_id, "conversation_id": row.id, **new})
        elif (document.id, document.head, document.body) != tuple(new.values()):
            moved.append({"of_conversation": row.id} | {f"new_{name}": new[name] for name in new})
    if moved:
        await session.execute(_MOVE, moved)
    if fresh:
        await session.execute(insert(_documents), fresh)


def _written(tokens: set[str]) -> str:
    return " ".join(sorted(tokens))


async def _known_documents(
    session: AsyncSession, conversation_ids: Collection[UUID]
) -> dict[UUID, Any]:
    rows = await session.execute(
        select(
            _documents.c.conversation_id, _documents.c.id, _documents.c.head, _documents.c.body
        ).where(_documents.c.conversation_id.in_(conversation_ids))
    )
    return {row.conversation_id: row for row in rows}


async def _texts_of(
    session: AsyncSession, conversation_ids: Collection[UUID]
) -> dict[UUID, list[str]]:
    texts: dict[UUID, list[str]] = {each: [] for each in conversation_ids}
    rows = await session.execute(
        select(Message.conversation_id, Message.text).where(
            Message.conversation_id.in_(conversation_ids),
            Message.deleted_at.is_(None),
            Message.status != MessageStatus.DISCARDED,
        )
    )
    for conversation_id, text in rows:
        texts[conversation_id].append(text)
    return texts


async def _heads_of(session: AsyncSession, conversation_ids: Collection[UUID]) -> Sequence[Any]:
    statement = (
        select(
            Conversation.id,
            Conversation.workspace_id,
            Conversation.account_id,
            Conversation.last_activity_at,
            Contact.name,
            Listing.title,
        )
        .join(Contact, Contact.id == Conversation.contact_id)
        .outerjoin(Listing, Listing.id == Conversation.listing_id)
        .where(Conversation.id.in_(conversation_ids))
    )
    return (await session.execute(statement)).all()


async def _ids_for(
    session: AsyncSession, heads: Sequence[Any], known: dict[UUID, Any]
) -> dict[UUID, int]:
    """An id of the second of the last activity; one that it has already, if that still holds."""
    ids: dict[UUID, int] = {}
    wanted: dict[int, UUID] = {}
    for row in heads:
        first = int(row.last_activity_at.timestamp()) * _SLOTS_A_SECOND
        document = known.get(row.id)
        if document is not None and first <= document.id < first + _SLOTS_A_SECOND:
            ids[row.id] = document.id
            continue
        slot = first + row.id.int % _SLOTS_A_SECOND
        while slot in wanted:
            slot += 1
        wanted[slot] = row.id
    while wanted:
        taken = set(
            await session.scalars(select(_documents.c.id).where(_documents.c.id.in_(wanted)))
        )
        ids |= {wanted[slot]: slot for slot in wanted if slot not in taken}
        given = set(ids.values())
        again: dict[int, UUID] = {}
        for slot in taken:
            other = slot + 1
            while other in again or other in given:
                other += 1
            again[other] = wanted[slot]
        wanted = again
    return ids
