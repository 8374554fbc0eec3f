"""Reading the messages of conversations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.identity.actor import Actor
from besedka.inbox.errors import MessageNotFound
from besedka.inbox.models import (
    AuthorKind,
    Conversation,
    Direction,
    InternalType,
    Message,
    MessageStatus,
)

# Asked for every message, so built once: building them costs several times what running them does.
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


async def message_for(session: AsyncSession, actor: Actor, message_id: UUID) -> Message:
    """The message, if it is of the actor's workspace. Raises MessageNotFound."""
    message = await session.scalar(
        select(Message).where(Message.id == message_id, Message.workspace_id == actor.workspace_id)
    )
    if message is None:
        raise MessageNotFound(message_id=message_id)
    return message


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
        .execution_options(populate_existing=True)
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


async def covered_by_nothing(
    session: AsyncSession, conversation: Conversation
) -> list[dict[str, Any]]:
    """What words of ours covered that were taken back after the last answer that stands; the
    earliest first, and each once: they are forgotten here.

    Nothing if all that the customer wrote since is deleted too.
    """
    ours = (Message.conversation_id == conversation.id, Message.direction == Direction.OUT)
    is_discarded = Message.status == MessageStatus.DISCARDED
    standing = (
        select(Message.sent_at, Message.id)
        .where(
            *ours,
            Message.status.not_in((MessageStatus.DISCARDED, MessageStatus.FAILED)),
            Message.deleted_at.is_(None),
            # That somebody else will answer is no answer.
            or_(Message.author != AuthorKind.BOT, Message.seen_inbound_seq.is_not(None)),
        )
        .order_by(Message.sent_at.desc(), Message.id.desc())
        .limit(1)
    )
    last = (await session.execute(standing)).one_or_none()
    since: ColumnElement[bool] = true()
    if last is not None:
        same_moment = and_(Message.sent_at == last.sent_at, Message.id > last.id)
        since = or_(Message.sent_at > last.sent_at, same_moment)
    taken_back = await session.scalars(
        select(Message)
        .where(*ours, or_(is_discarded, Message.deleted_at.is_not(None)), since)
        .order_by(Message.sent_at, Message.id)
    )
    covered = []
    for message in taken_back:
        if message.owed_before is not None:
            covered.append(message.owed_before)
            message.owed_before = None
    words = select(Message.id).where(
        Message.conversation_id == conversation.id,
        Message.author == AuthorKind.CUSTOMER,
        Message.deleted_at.is_(None),
        since,
    )
    has_words = covered and await session.scalar(words.limit(1)) is not None
    return covered if has_words or conversation.has_failed else []


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
