"""Writing to the customer: a person's replies, the agent's answers and hand-overs."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.channels import connections
from besedka.channels.adapters.base import OutcomeUnknown
from besedka.channels.errors import AccountDisconnected
from besedka.channels.models import AccountState
from besedka.core import time
from besedka.identity.actor import Actor
from besedka.inbox import queries
from besedka.inbox.announcing import announce, counted_state, place_last
from besedka.inbox.attachments.service import pictures_to_send
from besedka.inbox.composing import add_internal, add_mark, outgoing, outgoing_picture
from besedka.inbox.delivery import deliver_message, delivery_key
from besedka.inbox.drafts import discard_drafts
from besedka.inbox.errors import (
    ContactBlocked,
    ConversationClosed,
    EmptyMessage,
    TurnSuperseded,
)
from besedka.inbox.events import ConversationUpdated, MessageQueued
from besedka.inbox.models import (
    Attachment,
    AuthorKind,
    Conversation,
    InternalType,
    Message,
    Mode,
)
from besedka.inbox.reply_drafts import service as reply_drafts
from besedka.inbox.snapshots import HandoverBrief
from besedka.inbox.splitting import split_text
from besedka.inbox.unanswering import owed_by
from besedka.inbox.waking import wake


async def queue_reply(
    session: AsyncSession,
    actor: Actor,
    conversation_id: UUID,
    *,
    text: str,
    attachment_ids: Sequence[UUID] = (),
    idempotency_key: str | None = None,
    hold_s: float = 0,
    scheduled_id: UUID | None = None,
) -> Sequence[Message]:
    """A person's reply: the text, in as many messages as the channel's limit makes of it, and
    after it the pictures, each a message.

    It leaves after `hold_s`; until then it can be cancelled, and the agent is silent from now on.
    With `scheduled_id`, the time of a scheduled reply has come: it leaves only while the customer
    is silent. The conversation becomes the person's. Repeating an `idempotency_key` returns the
    first call's messages. Raises ConversationClosed, ContactBlocked, AccountDisconnected.
    """
    # The lock keeps a reply from slipping in while someone closes the conversation.
    conversation = await queries.conversation_for(session, actor, conversation_id, lock=True)
    if idempotency_key is not None:
        earlier = await _replies_under(session, conversation.id, idempotency_key)
        if earlier:
            return earlier
    refuse_if_unreachable(conversation)
    attachments = await pictures_to_send(session, conversation, attachment_ids)
    before = counted_state(conversation)
    if conversation.mode is Mode.BOT:
        await _hand_to(session, actor, conversation)
        before = counted_state(conversation)
    elif conversation.assignee_id is None:
        await _assign(session, actor, conversation)
    owed_before = owed_by(conversation)
    conversation.ownership_seq += 1
    conversation.answered_seq = conversation.inbound_seq
    conversation.waiting_since = None
    conversation.unread_count = 0
    conversation.handover = None
    await discard_drafts(session, conversation)
    held_until = time.now() + timedelta(seconds=hold_s) if hold_s else None
    messages = _compose(conversation, AuthorKind.USER, text, attachments)
    own_key = f"own:{messages[0].id}"  # tells the parts of one text from another's
    for message in messages:
        message.author_user_id = actor.user_id
        message.author_name = actor.name
        message.idempotency_key = idempotency_key or own_key
        message.held_until = held_until
        if scheduled_id is not None:
            message.scheduled_id = scheduled_id
            message.seen_inbound_seq = conversation.inbound_seq
    messages[0].owed_before = owed_before
    # An answer of the agent may be waiting to be tried again: it is void now, and must not keep
    # the person's words back.
    await jobs.hurry_lane(session, conversation.lane, within_s=OutcomeUnknown.retry_after_s)
    await _queue(session, conversation, messages, before)
    # Only now do the rows stand that the attachments point to.
    for message, attachment in zip(messages[-len(attachments) :], attachments, strict=False):
        attachment.message_id = message.id
    await reply_drafts.forget_sent(session, actor, conversation.id, text)
    return messages


async def queue_bot_reply(
    session: AsyncSession,
    conversation_id: UUID,
    *,
    seen_inbound_seq: int,
    text: str,
    receipt: dict[str, Any],
    turn_id: UUID | None = None,
) -> Sequence[Message]:
    """The agent's answer to what it saw.

    Raises TurnSuperseded if meanwhile a person wrote, the mode changed or a new message came.
    """
    conversation = await _conversation_of_turn(session, conversation_id, seen_inbound_seq)
    before = counted_state(conversation)
    messages = _compose(conversation, AuthorKind.BOT, text)
    for message in messages:
        message.turn_id = turn_id
        message.ownership_seq = conversation.ownership_seq
        message.seen_inbound_seq = seen_inbound_seq
    messages[0].owed_before = owed_by(conversation)
    messages[-1].receipt = receipt
    conversation.answered_seq = seen_inbound_seq
    conversation.waiting_since = None
    conversation.unread_count = 0
    await _queue(session, conversation, messages, before)
    return messages


async def hand_over(
    session: AsyncSession,
    conversation_id: UUID,
    *,
    seen_inbound_seq: int,
    reason: str,
    brief: HandoverBrief,
    notice: str | None,
    receipt: dict[str, Any] | None = None,
    turn_id: UUID | None = None,
) -> None:
    """Pass the talk on to a person, with a reason, a brief and an honest word to the customer.

    Raises TurnSuperseded, as `queue_bot_reply`.
    """
    conversation = await _conversation_of_turn(session, conversation_id, seen_inbound_seq)
    before = counted_state(conversation)
    now = time.now()
    wake(conversation)
    conversation.mode = Mode.MANAGER
    conversation.ownership_seq += 1
    conversation.answered_seq = seen_inbound_seq
    conversation.waiting_since = conversation.waiting_since or now
    conversation.unread_count = max(conversation.unread_count, 1)
    conversation.handover = {
        "reason": reason,
        "brief": brief.model_dump(),
        "at": now.isoformat(),
    }
    if notice and conversation.contact.blocked_at is None:
        messages = _compose(conversation, AuthorKind.BOT, notice)
        for message in messages:
            message.turn_id = turn_id
            message.ownership_seq = conversation.ownership_seq
        messages[-1].receipt = receipt
        await _queue(session, conversation, messages, before)
        before = counted_state(conversation)
    await add_internal(
        session,
        conversation,
        InternalType.HANDOVER,
        text=reason,
        content={"reason": reason, **brief.model_dump()},
        before=before,
    )


async def skip_answer(
    session: AsyncSession, conversation_id: UUID, *, seen_inbound_seq: int
) -> None:
    """The customer's last word needs no answer: nobody is kept waiting for one.

    Raises TurnSuperseded, as `queue_bot_reply`.
    """
    conversation = await _conversation_of_turn(session, conversation_id, seen_inbound_seq)
    before = counted_state(conversation)
    conversation.answered_seq = seen_inbound_seq
    conversation.waiting_since = None
    conversation.unread_count = 0
    await announce(session, ConversationUpdated, conversation, before=before)


async def _conversation_of_turn(
    session: AsyncSession, conversation_id: UUID, seen_inbound_seq: int
) -> Conversation:
    conversation = await queries.conversation_by_id(session, conversation_id, lock=True)
    if (
        conversation.mode is not Mode.BOT
        or conversation.is_closed
        or conversation.inbound_seq != seen_inbound_seq
        or conversation.is_answered
    ):
        raise TurnSuperseded(conversation_id=conversation_id)
    return conversation


async def _replies_under(
    session: AsyncSession, conversation_id: UUID, idempotency_key: str
) -> Sequence[Message]:
    statement = (
        select(Message)
        .where(
            Message.conversation_id == conversation_id,
            Message.idempotency_key == idempotency_key,
        )
        .order_by(Message.part)
    )
    return (await session.scalars(statement)).all()


def refuse_if_unreachable(conversation: Conversation) -> None:
    """Raises ConversationClosed, ContactBlocked, AccountDisconnected."""
    if conversation.is_closed:
        raise ConversationClosed(conversation_id=conversation.id)
    if conversation.contact.blocked_at is not None:
        raise ContactBlocked(conversation_id=conversation.id)
    if conversation.account.state is AccountState.DISCONNECTED:
        raise AccountDisconnected(account_id=conversation.account_id)


async def _hand_to(session: AsyncSession, actor: Actor, conversation: Conversation) -> None:
    before = counted_state(conversation)
    conversation.mode = Mode.MANAGER
    await _assign(session, actor, conversation)
    await add_mark(session, actor, conversation, "taken_over", before=before)


async def _assign(session: AsyncSession, actor: Actor, conversation: Conversation) -> None:
    conversation.assignee_id = actor.user_id
    await session.flush()
    await session.refresh(conversation, ["assignee"])


def _compose(
    conversation: Conversation,
    author: AuthorKind,
    text: str,
    attachments: Sequence[Attachment] = (),
) -> list[Message]:
    limit = connections.adapter_of(conversation.account).capabilities.max_text_length
    pieces = split_text(text, limit)
    if not pieces and not attachments:
        raise EmptyMessage
    messages = [
        outgoing(conversation, author=author, text=piece, part=part)
        for part, piece in enumerate(pieces)
    ]
    for part, attachment in enumerate(attachments, start=len(pieces)):
        messages.append(outgoing_picture(conversation, attachment, author=author, part=part))
    return messages


async def _queue(
    session: AsyncSession,
    conversation: Conversation,
    messages: Sequence[Message],
    before: dict[str, Any],
) -> None:
    for message in messages:
        session.add(message)
        place_last(conversation, message)
        await announce(session, MessageQueued, conversation, before=before, message=message)
        before = counted_state(conversation)
        await jobs.enqueue(
            session,
            deliver_message,
            run_at=message.held_until,
            lane=conversation.lane,
            key=delivery_key(message) if message.held_until else None,
            workspace_id=conversation.workspace_id,
            message_id=message.id,
        )
