"""What people do with conversations, besides writing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.channels.adapters.base import BlockReason
from besedka.contacts import service as contacts
from besedka.core import time
from besedka.identity.actor import Actor
from besedka.inbox import queries
from besedka.inbox.announcing import announce, counted_state
from besedka.inbox.channel_acts import block_on_channel, mark_read_on_channel
from besedka.inbox.composing import add_internal, add_mark
from besedka.inbox.drafts import take_back_drafts
from besedka.inbox.errors import ConversationPutAway
from besedka.inbox.events import ConversationUpdated
from besedka.inbox.models import (
    Conversation,
    ConversationStatus,
    InternalType,
    Message,
    Mode,
)
from besedka.inbox.scheduled.models import StopReason
from besedka.inbox.scheduled.stopping import revive, stop_all
from besedka.inbox.unanswering import is_left_to_bot, let_bot_answer, owe, owed_by


async def take_over(session: AsyncSession, actor: Actor, conversation_id: UUID) -> Conversation:
    """Make the conversation the actor's; the agent's unsent words are void from here on.

    Raises ConversationPutAway.
    """
    conversation = await queries.conversation_for(session, actor, conversation_id, lock=True)
    if conversation.is_closed:
        raise ConversationPutAway(conversation_id=conversation_id)
    if conversation.mode is Mode.MANAGER and conversation.assignee_id == actor.user_id:
        return conversation
    await take_back_drafts(session, conversation)
    before = counted_state(conversation)
    conversation.mode = Mode.MANAGER
    conversation.assignee_id = actor.user_id
    conversation.ownership_seq += 1
    await session.flush()
    await session.refresh(conversation, ["assignee"])
    await add_mark(session, actor, conversation, "taken_over", before=before)
    return conversation


async def return_to_bot(session: AsyncSession, actor: Actor, conversation_id: UUID) -> Conversation:
    """Let the agent answer again; at once, if the customer is waiting.

    Raises ConversationPutAway.
    """
    conversation = await queries.conversation_for(session, actor, conversation_id, lock=True)
    if conversation.is_closed:
        raise ConversationPutAway(conversation_id=conversation_id)
    if conversation.mode is Mode.BOT:
        return conversation
    before = counted_state(conversation)
    needs_answer = conversation.waiting_since is not None and conversation.inbound_seq > 0
    if needs_answer:
        conversation.answered_seq = min(conversation.answered_seq, conversation.inbound_seq - 1)
    conversation.mode = Mode.BOT
    conversation.assignee_id = None
    conversation.ownership_seq += 1
    conversation.handover = None
    await session.flush()
    await session.refresh(conversation, ["assignee"])
    await add_mark(session, actor, conversation, "returned_to_bot", before=before)
    await let_bot_answer(session, conversation, needs_answer=needs_answer)
    return conversation


async def close(session: AsyncSession, actor: Actor, conversation_id: UUID) -> Conversation:
    """Put the talk away; the customer's next word opens it again."""
    conversation = await queries.conversation_for(session, actor, conversation_id, lock=True)
    if conversation.status is ConversationStatus.CLOSED:
        return conversation
    await take_back_drafts(session, conversation)
    before = counted_state(conversation)
    _put_away(conversation)
    await add_mark(session, actor, conversation, "closed", before=before)
    stopped = await stop_all(session, conversation, StopReason.CLOSED)
    if conversation.put_away is not None and stopped:
        ids = [str(reply.id) for reply in stopped]
        conversation.put_away = {**conversation.put_away, "stopped": ids}
    return conversation


async def reopen(
    session: AsyncSession, actor: Actor, conversation_id: UUID, *, undo: bool = False
) -> Conversation:
    """Open a closed talk. With `undo` it is again what it was: closing it was a mistake."""
    conversation = await queries.conversation_for(session, actor, conversation_id, lock=True)
    if not conversation.is_closed:
        return conversation
    before = counted_state(conversation)
    conversation.status = ConversationStatus.OPEN
    is_blocked = conversation.contact.blocked_at is not None
    was = conversation.put_away if undo and not is_blocked else None
    if was is not None:
        _restore(conversation, was)
    await add_mark(session, actor, conversation, "reopened", before=before)
    if was is not None:
        await revive(session, conversation, [UUID(each) for each in was.get("stopped", ())])
        if is_left_to_bot(conversation):
            await let_bot_answer(session, conversation)
    return conversation


async def pin(
    session: AsyncSession, actor: Actor, conversation_id: UUID, *, pinned: bool
) -> Conversation:
    conversation = await queries.conversation_for(session, actor, conversation_id, lock=True)
    if conversation.is_pinned != pinned:
        before = counted_state(conversation)
        conversation.is_pinned = pinned
        await announce(session, ConversationUpdated, conversation, before=before)
    return conversation


async def mark_read(session: AsyncSession, actor: Actor, conversation_id: UUID) -> Conversation:
    """Nothing is unread any more. Whether the customer waits for an answer is another matter."""
    conversation = await queries.conversation_for(session, actor, conversation_id, lock=True)
    if conversation.unread_count:
        before = counted_state(conversation)
        conversation.unread_count = 0
        await announce(session, ConversationUpdated, conversation, before=before)
        await jobs.enqueue(
            session,
            mark_read_on_channel,
            key=f"read:{conversation.id}",
            workspace_id=conversation.workspace_id,
            conversation_id=conversation.id,
        )
    return conversation


async def mark_unread(session: AsyncSession, actor: Actor, conversation_id: UUID) -> Conversation:
    """Let the talk stand out until somebody opens it again; nobody waits longer for that.

    Raises ConversationPutAway.
    """
    conversation = await queries.conversation_for(session, actor, conversation_id, lock=True)
    if conversation.is_closed:
        raise ConversationPutAway(conversation_id=conversation_id)
    if conversation.unread_count == 0:
        before = counted_state(conversation)
        conversation.unread_count = 1
        await announce(session, ConversationUpdated, conversation, before=before)
    return conversation


async def block_contact(
    session: AsyncSession, actor: Actor, conversation_id: UUID, *, reason: BlockReason
) -> Conversation:
    """Put the contact on the channel's blacklist and close the talk."""
    conversation = await queries.conversation_for(session, actor, conversation_id, lock=True)
    if conversation.contact.blocked_at is not None:
        return conversation
    await take_back_drafts(session, conversation)
    before = counted_state(conversation)
    contacts.block(conversation.contact)
    if not conversation.is_closed:
        _put_away(conversation)
    await add_mark(session, actor, conversation, "blocked", before=before)
    await stop_all(session, conversation, StopReason.BLOCKED)
    await jobs.enqueue(
        session,
        block_on_channel,
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.id,
        reason=reason.value,
    )
    return conversation


async def add_note(
    session: AsyncSession, actor: Actor, conversation_id: UUID, *, text: str
) -> Message:
    """A note for colleagues; the customer never sees it."""
    conversation = await queries.conversation_for(session, actor, conversation_id, lock=True)
    return await add_internal(
        session,
        conversation,
        InternalType.NOTE,
        text=text,
        actor=actor,
        before=counted_state(conversation),
    )


def _put_away(conversation: Conversation) -> None:
    until = conversation.snoozed_until
    conversation.put_away = {
        **owed_by(conversation),
        "status": conversation.status,
        "snoozed_until": until.isoformat() if until else None,
    }
    conversation.status = ConversationStatus.CLOSED
    conversation.snoozed_until = None
    conversation.waiting_since = None
    conversation.unread_count = 0
    conversation.ownership_seq += 1
    conversation.answered_seq = conversation.inbound_seq


def _restore(conversation: Conversation, was: dict[str, Any]) -> None:
    owe(conversation, was)
    until = was["snoozed_until"] and datetime.fromisoformat(was["snoozed_until"])
    if until and until > time.now():  # the job that brings it back stands until then
        conversation.status = ConversationStatus(was["status"])
        conversation.snoozed_until = until
    elif until:
        conversation.unread_count = max(conversation.unread_count, 1)
