"""Reading conversations and messages."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from besedka.core.db import dialect
from besedka.identity.actor import Actor
from besedka.inbox import sorting
from besedka.inbox.errors import ConversationNotFound, MessageNotFound
from besedka.inbox.models import (
    IS_UNREAD,
    IS_WAITING,
    AuthorKind,
    Conversation,
    ConversationStatus,
    Direction,
    InternalType,
    Message,
    MessageStatus,
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
_DRAFT_STANDING = (
    select(
        Conversation.ownership_seq,
        Conversation.inbound_seq,
        Message.ownership_seq,
        Message.seen_inbound_seq,
        Message.part,
    )
    .join(Message, Message.conversation_id == Conversation.id)
    .where(Message.id == bindparam("message_id"), Message.status == MessageStatus.QUEUED)
)
_BY_EXTERNAL_IDS = (
    Message.account_id == bindparam("account_id"),
    Message.external_id.in_(bindparam("external_ids", expanding=True)),
)
_MESSAGES_BY_EXTERNAL_IDS = select(Message).where(*_BY_EXTERNAL_IDS)
_KNOWN_EXTERNAL_IDS = select(Message.external_id).where(*_BY_EXTERNAL_IDS)


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


class TalkNumbers(NamedTuple):
    ownership_seq: int
    inbound_seq: int


class DraftNumbers(NamedTuple):
    ownership_seq: int | None
    seen_inbound_seq: int | None
    part: int


class DraftStanding(NamedTuple):
    """A queued message of the agent and its conversation, as far as `drafts.is_void` looks."""

    talk: TalkNumbers
    draft: DraftNumbers


async def draft_standing(session: AsyncSession, message_id: UUID) -> DraftStanding | None:
    """None unless the message is still queued."""
    row = (await session.execute(_DRAFT_STANDING, {"message_id": message_id})).one_or_none()
    return DraftStanding(TalkNumbers(*row[:2]), DraftNumbers(*row[2:])) if row else None


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


async def message_for(session: AsyncSession, actor: Actor, message_id: UUID) -> Message:
    """The message, if it is of the actor's workspace. Raises MessageNotFound."""
    message = await session.scalar(
        select(Message).where(Message.id == message_id, Message.workspace_id == actor.workspace_id)
    )
    if message is None:
        raise MessageNotFound(message_id=message_id)
    return message


async def messages_by_external_id(
    session: AsyncSession, account_id: UUID, external_ids: Sequence[str]
) -> dict[str, Message]:
    wanted = {"account_id": account_id, "external_ids": external_ids}
    return {
        message.external_id: message
        for message in await session.scalars(_MESSAGES_BY_EXTERNAL_IDS, wanted)
        if message.external_id is not None
    }


async def known_external_ids(
    session: AsyncSession, account_id: UUID, external_ids: Sequence[str]
) -> set[str]:
    wanted = {"account_id": account_id, "external_ids": external_ids}
    found = await session.scalars(_KNOWN_EXTERNAL_IDS, wanted)
    return {external_id for external_id in found if external_id is not None}


async def messages_on_their_way(session: AsyncSession, conversation_id: UUID) -> Sequence[Message]:
    """Ours that may have reached the channel already, though it has not told us their ids."""
    statement = (
        select(Message)
        .where(
            Message.conversation_id == conversation_id,
            Message.direction == Direction.OUT,
            Message.external_id.is_(None),
            Message.attempted_at.is_not(None),
            Message.status.in_((MessageStatus.QUEUED, MessageStatus.FAILED)),
        )
        .order_by(Message.sent_at, Message.id)
    )
    return (await session.scalars(statement)).all()


async def unsent_drafts(session: AsyncSession, conversation_id: UUID) -> Sequence[Message]:
    """The agent's messages that certainly have not left yet."""
    statement = select(Message).where(
        Message.conversation_id == conversation_id,
        Message.author == AuthorKind.BOT,
        Message.status == MessageStatus.QUEUED,
        Message.attempted_at.is_(None),
    )
    return (await session.scalars(statement)).all()


async def later_parts(session: AsyncSession, message: Message) -> Sequence[Message]:
    """What is still to be sent of the text whose part `message` is."""
    if message.idempotency_key is None:
        return ()
    statement = (
        select(Message)
        .where(
            Message.conversation_id == message.conversation_id,
            Message.idempotency_key == message.idempotency_key,
            Message.part > message.part,
            Message.status == MessageStatus.QUEUED,
        )
        .order_by(Message.part)
    )
    return (await session.scalars(statement)).all()


async def parts_of(session: AsyncSession, message: Message) -> Sequence[Message]:
    """All messages of the text whose part `message` is, as they are now, the first part first."""
    statement = (
        select(Message)
        .where(
            Message.conversation_id == message.conversation_id,
            Message.idempotency_key == message.idempotency_key,
        )
        .order_by(Message.part)
        .execution_options(**_AGAIN)
    )
    return (await session.scalars(statement)).all()


async def has_failed_messages(session: AsyncSession, conversation_id: UUID) -> bool:
    failed = select(Message.id).where(
        Message.conversation_id == conversation_id, Message.status == MessageStatus.FAILED
    )
    return await session.scalar(failed.limit(1)) is not None


async def customer_words_after(
    session: AsyncSession, conversation_id: UUID, moment: datetime
) -> tuple[int, datetime | None]:
    """How many messages the customer wrote after `moment`, and when the first of them."""
    statement = select(func.count(), func.min(Message.sent_at)).where(
        Message.conversation_id == conversation_id,
        Message.author == AuthorKind.CUSTOMER,
        Message.sent_at > moment,
        Message.deleted_at.is_(None),
    )
    count, first = (await session.execute(statement)).one()
    return count, first


async def has_word_elsewhere_after(
    session: AsyncSession, conversation_id: UUID, moment: datetime
) -> bool:
    """Whether a person of ours wrote in the channel's own app after `moment`."""
    found = select(Message.id).where(
        Message.conversation_id == conversation_id,
        Message.author == AuthorKind.ELSEWHERE,
        Message.sent_at > moment,
        Message.deleted_at.is_(None),
    )
    return await session.scalar(found.limit(1)) is not None


async def has_queued_answer(session: AsyncSession, conversation_id: UUID) -> bool:
    """Whether an answer of the agent has not left yet: it may still be discarded."""
    found = select(Message.id).where(
        Message.conversation_id == conversation_id,
        Message.author == AuthorKind.BOT,
        Message.status == MessageStatus.QUEUED,
        Message.seen_inbound_seq.is_not(None),
    )
    return await session.scalar(found.limit(1)) is not None


class Unanswered(NamedTuple):
    """The customer's words that nothing of ours answers."""

    words: int
    since: datetime | None


async def words_unanswered_without(session: AsyncSession, message: Message) -> Unanswered:
    """What the customer wrote since our last standing word, if `message` stood after that word.

    `message` is ours and deleted. Our words that failed or were discarded answer nothing.
    """
    last_standing = (
        await session.execute(
            select(Message.sent_at, Message.id)
            .where(
                Message.conversation_id == message.conversation_id,
                Message.direction == Direction.OUT,
                Message.status.not_in((MessageStatus.DISCARDED, MessageStatus.FAILED)),
                Message.deleted_at.is_(None),
            )
            .order_by(Message.sent_at.desc(), Message.id.desc())
            .limit(1)
        )
    ).one_or_none()
    theirs = select(func.count(), func.min(Message.sent_at)).where(
        Message.conversation_id == message.conversation_id,
        Message.author == AuthorKind.CUSTOMER,
        Message.deleted_at.is_(None),
    )
    if last_standing is not None:
        sent_at, last_id = last_standing
        if (sent_at, last_id) > (message.sent_at, message.id):
            return Unanswered(0, None)
        theirs = theirs.where(
            or_(Message.sent_at > sent_at, and_(Message.sent_at == sent_at, Message.id > last_id))
        )
    return Unanswered(*(await session.execute(theirs)).one())


async def last_word(session: AsyncSession, conversation_id: UUID) -> Message | None:
    """The newest message that a person or the agent wrote."""
    return await session.scalar(
        select(Message)
        .where(
            Message.conversation_id == conversation_id,
            Message.direction != Direction.INTERNAL,
            Message.author != AuthorKind.SYSTEM,
            Message.status != MessageStatus.DISCARDED,
            Message.deleted_at.is_(None),
        )
        .order_by(Message.sent_at.desc(), Message.id.desc())
        .limit(1)
    )


async def last_shown_message(session: AsyncSession, conversation_id: UUID) -> Message | None:
    """The newest message that a list shows: not a discarded draft, a note or a mark."""
    return await session.scalar(
        select(Message)
        .where(
            Message.conversation_id == conversation_id,
            Message.status != MessageStatus.DISCARDED,
            or_(Message.direction != Direction.INTERNAL, Message.type == InternalType.HANDOVER),
        )
        .order_by(Message.sent_at.desc(), Message.id.desc())
        .limit(1)
    )


async def sent_external_ids(
    session: AsyncSession, conversation_id: UUID, *, limit: int = 200
) -> frozenset[str]:
    statement = (
        select(Message.external_id)
        .where(
            Message.conversation_id == conversation_id,
            Message.direction == Direction.OUT,
            Message.external_id.is_not(None),
        )
        .order_by(Message.sent_at.desc())
        .limit(limit)
    )
    return frozenset(found for found in await session.scalars(statement) if found is not None)


async def marks_of(session: AsyncSession, conversation_id: UUID) -> Sequence[Message]:
    """The marks of what happened to the talk, oldest first."""
    statement = (
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.type == InternalType.ACTIVITY)
        .order_by(Message.sent_at, Message.id)
    )
    return (await session.scalars(statement)).all()
