"""Reading conversations: who may, under which lock, lists and counts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from besedka.core.db import dialect
from besedka.identity.actor import Actor
from besedka.inbox import sorting
from besedka.inbox.errors import ConversationNotFound
from besedka.inbox.models import (
    IS_UNREAD,
    IS_WAITING,
    Conversation,
    ConversationStatus,
    Message,
    Mode,
)
from besedka.inbox.schemas import (
    ConversationCounts,
    ConversationFilter,
    ConversationNarrowing,
    ModeCounts,
)
from besedka.inbox.tags.models import ConversationTag

_LOADED = (
    joinedload(Conversation.account),
    joinedload(Conversation.contact),
    joinedload(Conversation.listing),
    joinedload(Conversation.assignee),
)


def conversations() -> Select[Conversation]:
    """With all that a snapshot needs."""
    return select(Conversation).options(*_LOADED)


def _locking(*where: ColumnElement[bool]) -> Select[UUID]:
    """In one order everywhere, so that two writers can't deadlock."""
    return select(Conversation.id).where(*where).order_by(Conversation.id).with_for_update()


async def _lock(
    session: AsyncSession, which: Select[UUID], wanted: dict[str, Any] | None = None
) -> None:
    """Hold the conversations until the transaction ends, and only then read them.

    A statement that waits for a lock and joins other tables brings those as they were before it
    waited. On SQLite a writing transaction holds everything anyway.
    """
    if not dialect.is_sqlite(session):
        await session.execute(which, wanted or {})


# Asked for every message, so built once: building them costs several times what running them does.
# What a session read before it had the lock may be old by now, so it is read again.
_AGAIN = {"populate_existing": True}
_BY_ID = conversations().where(Conversation.id == bindparam("conversation_id"))
_BY_ID_AGAIN = _BY_ID.execution_options(**_AGAIN)
_LOCK_BY_ID = _locking(Conversation.id == bindparam("conversation_id"))
_OF_MESSAGE = Conversation.id.in_(
    select(Message.conversation_id).where(Message.id == bindparam("message_id"))
)
_OF_MESSAGE_AGAIN = conversations().where(_OF_MESSAGE).execution_options(**_AGAIN)
_LOCK_OF_MESSAGE = _locking(_OF_MESSAGE)
_OF_CHATS = (
    Conversation.account_id == bindparam("account_id"),
    Conversation.external_id.in_(bindparam("chat_ids", expanding=True)),
)
_OF_CHATS_AGAIN = (
    conversations().where(*_OF_CHATS).order_by(Conversation.id).execution_options(**_AGAIN)
)
_LOCK_OF_CHATS = _locking(*_OF_CHATS)


async def conversation_for(
    session: AsyncSession, actor: Actor, conversation_id: UUID, *, lock: bool = False
) -> Conversation:
    """The conversation, if it is of the actor's workspace. Raises ConversationNotFound."""
    where = (Conversation.id == conversation_id, Conversation.workspace_id == actor.workspace_id)
    statement = conversations().where(*where)
    if lock:
        await _lock(session, _locking(*where))
        statement = statement.execution_options(**_AGAIN)
    conversation = await session.scalar(statement)
    if conversation is None:
        raise ConversationNotFound(conversation_id=conversation_id)
    return conversation


async def conversation_by_id(
    session: AsyncSession, conversation_id: UUID, *, lock: bool = False
) -> Conversation:
    """For jobs, which act for no user. Raises ConversationNotFound."""
    wanted = {"conversation_id": conversation_id}
    if lock:
        await _lock(session, _LOCK_BY_ID, wanted)
    conversation = await session.scalar(_BY_ID_AGAIN if lock else _BY_ID, wanted)
    if conversation is None:
        raise ConversationNotFound(conversation_id=conversation_id)
    return conversation


async def message_in_conversation(
    session: AsyncSession, message_id: UUID
) -> tuple[Message, Conversation] | None:
    """A message and its conversation, read under the conversation's lock."""
    wanted = {"message_id": message_id}
    await _lock(session, _LOCK_OF_MESSAGE, wanted)
    conversation = await session.scalar(_OF_MESSAGE_AGAIN, wanted)
    if conversation is None:
        return None
    message = await session.get_one(Message, message_id, populate_existing=True)
    return message, conversation


async def conversations_of_chats(
    session: AsyncSession, account_id: UUID, chat_ids: Iterable[str]
) -> dict[str, Conversation]:
    """By the channel's chat id, locked in one order so that two writers can't deadlock."""
    wanted = {"account_id": account_id, "chat_ids": list(chat_ids)}
    await _lock(session, _LOCK_OF_CHATS, wanted)
    found = (await session.scalars(_OF_CHATS_AGAIN, wanted)).all()
    return {conversation.external_id: conversation for conversation in found}


async def list_conversations(
    session: AsyncSession, actor: Actor, wanted: ConversationFilter
) -> tuple[Sequence[Conversation], str | None]:
    """A page in the order that is asked for; and the cursor of the next page."""
    size = wanted.limit + 1
    modes = (wanted.mode,) if wanted.mode is not None else tuple(Mode)
    fits = [Conversation.workspace_id == actor.workspace_id, *narrowed_to(actor, wanted)]
    ids = sorting.ids_of_page(fits, modes, wanted.sort, wanted.cursor, size=size)
    statement = (
        conversations()
        .where(Conversation.id.in_(ids))
        .order_by(*sorting.order_of(wanted.sort))
        .limit(size)
    )
    rows = (await session.scalars(statement)).all()
    page = rows[: wanted.limit]
    if len(rows) <= wanted.limit:
        return page, None
    return page, sorting.cursor_after(wanted.sort, page[-1])


def narrowed_to(actor: Actor, wanted: ConversationNarrowing) -> Iterator[ColumnElement[bool]]:
    """What the actor's conversations are narrowed to."""
    if wanted.mode is not None:
        yield Conversation.mode == wanted.mode
    if wanted.status is not None:
        yield Conversation.status == wanted.status
    if wanted.unread:
        yield IS_UNREAD
    if wanted.waiting:
        yield IS_WAITING
    if wanted.assignee == "me":
        yield Conversation.assignee_id == actor.user_id
    if wanted.assignee == "none":
        yield Conversation.assignee_id.is_(None)
    if wanted.account_id is not None:
        yield Conversation.account_id == wanted.account_id
    if wanted.tag_id is not None:
        tagged = select(ConversationTag.conversation_id).where(
            ConversationTag.tag_id == wanted.tag_id
        )
        yield Conversation.id.in_(tagged)


async def count_conversations(
    session: AsyncSession, actor: Actor, *, seq: int
) -> ConversationCounts:
    """Open conversations by who answers them: all, unread, waiting for us."""
    # Each of them is counted in the index that holds just those.
    counted = {"open": (), "unread": (IS_UNREAD,), "waiting": (IS_WAITING,)}
    statement = union_all(
        *(
            select(literal(mode.value), literal(name), func.count(Conversation.id)).where(
                Conversation.workspace_id == actor.workspace_id,
                Conversation.status == ConversationStatus.OPEN,
                Conversation.mode == mode,
                *which,
            )
            for mode in Mode
            for name, which in counted.items()
        )
    )
    counts: dict[str, dict[str, int]] = {mode: {} for mode in Mode}
    for mode, name, number in await session.execute(statement):
        counts[mode][name] = number
    return ConversationCounts(
        bot=ModeCounts(**counts[Mode.BOT]), manager=ModeCounts(**counts[Mode.MANAGER]), seq=seq
    )
