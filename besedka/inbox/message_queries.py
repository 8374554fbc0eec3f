"""Reading the messages of conversations."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, bindparam, func, or_, select
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
