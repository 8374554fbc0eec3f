"""Acts on single messages: recall, send again, fetch a voice recording."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.channels import connections
from besedka.channels.adapters.base import MessageType
from besedka.core import db, time
from besedka.identity.actor import Actor
from besedka.inbox import message_queries, queries
from besedka.inbox.announcing import announce, counted_state, place_last
from besedka.inbox.attachments import service as attachments
from besedka.inbox.delivery import deliver_message
from besedka.inbox.errors import (
    MessageNotFailed,
    MessageNotRecallable,
    NotAVoiceMessage,
    RecallWindowPassed,
)
from besedka.inbox.events import MessageQueued
from besedka.inbox.failing import note_failures
from besedka.inbox.models import Direction, Message, MessageStatus
from besedka.inbox.replying import refuse_if_unreachable
from besedka.inbox.unanswering import announce_taken_back


async def recall_message(actor: Actor, message_id: UUID) -> Message:
    """Take a sent message back from the customer, within the channel's time for it.

    A customer who is left without an answer waits for a person from then on.

    Raises MessageNotRecallable, RecallWindowPassed, ChannelError.
    """
    async with db.reading() as session:
        message = await message_queries.message_for(session, actor, message_id)
        conversation = await queries.conversation_for(session, actor, message.conversation_id)
    is_sent = message.status in (MessageStatus.SENT, MessageStatus.READ)
    if message.direction is not Direction.OUT or not is_sent or message.external_id is None:
        raise MessageNotRecallable(message_id=message_id)
    if message.deleted_at is not None:
        return message
    adapter = connections.adapter_of(conversation.account)
    window = adapter.capabilities.delete_window
    if window is None:
        raise MessageNotRecallable(message_id=message_id)
    if time.now() > message.sent_at + window:
        raise RecallWindowPassed(message_id=message_id)
    await adapter.recall(conversation.external_id, message.external_id)
    async with db.transaction() as session:
        conversation = await queries.conversation_for(
            session, actor, message.conversation_id, lock=True
        )
        message = await message_queries.message_for(session, actor, message_id)
        if message.deleted_at is None:
            message.deleted_at = time.now()
            message.recall_until = None
            await announce_taken_back(session, conversation, message, actor=actor)
    return message


async def retry_message(session: AsyncSession, actor: Actor, message_id: UUID) -> Message:
    """Send a failed message again. What may have arrived is looked up first, not repeated."""
    message = await message_queries.message_for(session, actor, message_id)
    conversation = await queries.conversation_for(
        session, actor, message.conversation_id, lock=True
    )
    await session.refresh(message)
    if message.status is not MessageStatus.FAILED:
        raise MessageNotFailed(message_id=message_id)
    refuse_if_unreachable(conversation)
    before = counted_state(conversation)
    if message.type == MessageType.IMAGE and message.attempted_at is None:
        await _upload_anew(session, message)
    message.status = MessageStatus.QUEUED
    message.failure = None
    # A person wants it sent, whoever wrote it: from here on it is theirs.
    message.ownership_seq = message.seen_inbound_seq = None
    await note_failures(session, conversation)
    conversation.answered_seq = conversation.inbound_seq
    conversation.waiting_since = None
    place_last(conversation, message)
    await announce(session, MessageQueued, conversation, before=before, message=message)
    await jobs.enqueue(
        session,
        deliver_message,
        lane=conversation.lane,
        workspace_id=conversation.workspace_id,
        message_id=message.id,
    )
    return message


async def _upload_anew(session: AsyncSession, message: Message) -> None:
    """The channel refused the picture that it has: perhaps it has forgotten it."""
    picture = await attachments.picture_of(session, message)
    if picture is not None:
        attachments.remember_upload(picture, None)


async def voice_url(actor: Actor, message_id: UUID) -> str:
    """A fresh link to a recording; the channel's links live for an hour.

    Raises NotAVoiceMessage, ChannelError.
    """
    async with db.reading() as session:
        message = await message_queries.message_for(session, actor, message_id)
        conversation = await queries.conversation_for(session, actor, message.conversation_id)
    voice_id = message.content.get("voice_id")
    if message.type != MessageType.VOICE or not voice_id:
        raise NotAVoiceMessage(message_id=message_id)
    urls = await connections.adapter_of(conversation.account).voice_urls([voice_id])
    if voice_id not in urls:
        raise NotAVoiceMessage(message_id=message_id)
    return urls[voice_id]
