"""Keeping the index: it follows the event log, so whoever writes a message waits for nothing.

A batch is one transaction, which also moves the position in the log, under the lock of the one row
that holds it: any number of processes may try, one does it, and a killed one leaves no trace.
Conversations from before the index are read in between, batch by batch.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.contacts.models import Contact
from besedka.core import db
from besedka.core.db import dialect
from besedka.core.logging import get_logger
from besedka.events import service as event_log
from besedka.events.models import EventRow
from besedka.inbox.events import MessageDiscarded, MessageRecalled
from besedka.inbox.models import Conversation, Listing, Message, MessageStatus
from besedka.search import words
from besedka.search.models import SearchDocument, SearchProgress
from besedka.search.tokens import head_tokens_of, tokens_of

log = get_logger(__name__)

_EVENTS_A_BATCH = 200
_CONVERSATIONS_A_BATCH = 20
# Events of others may pass by unread as long as they are not so many.
_IDLE_EVENTS = 1000
_SLOTS_A_SECOND = 1000
_SHRINKING = {MessageDiscarded.type, MessageRecalled.type}

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


async def catch_up(*, batch: int = _CONVERSATIONS_A_BATCH) -> None:
    """Index all that there is now."""
    while await index_next(batch=batch):
        pass


async def index_next(*, batch: int = _CONVERSATIONS_A_BATCH) -> bool:
    """Index some of what is new or still unread. False if there is nothing more for us."""
    async with db.reading() as session:
        progress = await session.get(SearchProgress, 1)
        newest = await event_log.newest(session)
        if progress is not None and progress.is_filled:
            if newest <= progress.events_through:
                return False
            rows = await event_log.read_after(
                session, progress.events_through, through=newest, limit=_IDLE_EVENTS
            )
            if len(rows) < _IDLE_EVENTS and not _changes_in(rows):
                return False
    async with db.transaction() as session:
        return await _index_batch(session, batch)


async def progress_of(session: AsyncSession) -> SearchProgress | None:
    return await session.get(SearchProgress, 1)


async def _index_batch(session: AsyncSession, batch: int) -> bool:
    progress = await _locked_progress(session)
    if progress is None:
        return False
    through = await event_log.newest(session)
    if progress.events_through + 1 < await event_log.oldest(session):
        _start_over(progress, through)
    rows = await event_log.read_after(
        session, progress.events_through, through=through, limit=_EVENTS_A_BATCH
    )
    if rows:
        await _index(session, _changes_in(rows))
        progress.events_through = rows[-1].sequence
        return True
    progress.events_through = max(through, progress.events_through)
    return not progress.is_filled and await _fill(session, progress, batch)


async def _locked_progress(session: AsyncSession) -> SearchProgress | None:
    """None if another process holds it."""
    statement = select(SearchProgress).with_for_update(skip_locked=True)
    progress = await session.scalar(statement)
    if progress is not None:
        return progress
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
    return await session.scalar(statement)


def _start_over(progress: SearchProgress, through: int) -> None:
    """The log no longer has what came after our position."""
    log.warning("search.log_too_short", events_through=progress.events_through)
    progress.events_through = through
    progress.is_filled = False
    progress.filled_through = None
    progress.done = 0


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


async def _fill(session: AsyncSession, progress: SearchProgress, batch: int) -> bool:
    statement = select(Conversation.id).order_by(Conversation.id).limit(batch)
    if progress.filled_through is not None:
        statement = statement.where(Conversation.id > progress.filled_through)
    ids = (await session.scalars(statement)).all()
    if not ids:
        progress.is_filled = True
        log.info("search.filled", conversations=progress.done)
        return False
    await _index(session, {each: _Change(is_shrunk=True) for each in ids})
    progress.filled_through = ids[-1]
    progress.done += len(ids)
    progress.total = max(progress.total, progress.done)
    return True


async def _index(session: AsyncSession, changes: dict[UUID, _Change]) -> None:
    if not changes:
        return
    known = await _known_documents(session, changes)
    anew = [each for each, change in changes.items() if change.is_shrunk or each not in known]
    said = {each: tokens_of(" \n ".join(change.said)) for each, change in changes.items()}
    for conversation_id, texts in (await _texts_of(session, anew)).items():
        said[conversation_id] = tokens_of(" \n ".join(texts))
    fresh: list[dict[str, Any]] = []
    moved: list[dict[str, Any]] = []
    met: dict[UUID, set[str]] = defaultdict(set)
    heads = await _heads_of(session, changes)
    ids = await _ids_for(session, heads, known)
    for row in heads:
        head = head_tokens_of(row.name, row.title or "") | {f"¤{row.account_id.hex}"}
        body = {f"¶{row.workspace_id.hex}"} | said.get(row.id, set())
        document = known.get(row.id)
        if document is not None and row.id not in anew:
            body |= set(document.body.split(" "))
        met[row.workspace_id] |= head | body
        new = {"id": ids[row.id], "head": _written(head), "body": _written(body)}
        if document is None:
            fresh.append({"workspace_id": row.workspace_id, "conversation_id": row.id, **new})
        elif (document.id, document.head, document.body) != tuple(new.values()):
            moved.append({"of_conversation": row.id} | {f"new_{name}": new[name] for name in new})
    if moved:
        await session.execute(_MOVE, moved)
    if fresh:
        await session.execute(insert(_documents), fresh)
    for workspace_id, tokens in met.items():
        await words.learn(session, workspace_id, tokens)


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
