"""Conversations and messages over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query

from besedka.core.http import ReadSession, Session
from besedka.events import service as event_log
from besedka.identity.access import CurrentActor, ManagerActor
from besedka.inbox import queries, service
from besedka.inbox.schemas import (
    BlockCreate,
    ConversationCounts,
    ConversationFilter,
    ConversationPage,
    ConversationRead,
    MessageCreate,
    MessageList,
    MessagePage,
    MessageRead,
    NoteCreate,
    VoiceRead,
)

router = APIRouter(tags=["inbox"])

IdempotencyKey = Annotated[str | None, Header(min_length=1, max_length=100)]
Limit = Annotated[int, Query(ge=1, le=100)]


@router.get("/conversations")
async def list_conversations(
    session: ReadSession, actor: CurrentActor, wanted: Annotated[ConversationFilter, Query()]
) -> ConversationPage:
    # The number comes first: whatever happens after it is told by a later event.
    seq = await event_log.newest(session)
    conversations, next_cursor = await queries.list_conversations(session, actor, wanted)
    return ConversationPage(
        items=[ConversationRead.of(conversation) for conversation in conversations],
        next_cursor=next_cursor,
        seq=seq,
    )


@router.get("/conversations/counts")
async def count_conversations(session: ReadSession, actor: CurrentActor) -> ConversationCounts:
    seq = await event_log.newest(session)
    return await queries.count_conversations(session, actor, seq=seq)


@router.get("/conversations/{conversation_id}")
async def get_conversation(
    conversation_id: UUID, session: ReadSession, actor: CurrentActor
) -> ConversationRead:
    return ConversationRead.of(await queries.conversation_for(session, actor, conversation_id))


@router.get("/conversations/{conversation_id}/messages")
async def list_messages(
    conversation_id: UUID,
    session: ReadSession,
    actor: CurrentActor,
    limit: Limit = 50,
    cursor: str | None = None,
) -> MessagePage:
    """Newest first."""
    seq = await event_log.newest(session)
    conversation = await queries.conversation_for(session, actor, conversation_id)
    messages, next_cursor = await queries.list_messages(
        session, conversation.id, limit=limit, cursor=cursor
    )
    return MessagePage(
        items=[MessageRead.of(message) for message in messages], next_cursor=next_cursor, seq=seq
    )


@router.post("/conversations/{conversation_id}/messages", status_code=201)
async def send_message(
    conversation_id: UUID,
    data: MessageCreate,
    session: Session,
    actor: ManagerActor,
    idempotency_key: IdempotencyKey = None,
) -> MessageList:
    """Send a reply; a text over the channel's limit becomes several messages."""
    messages = await service.queue_reply(
        session, actor, conversation_id, text=data.text, idempotency_key=idempotency_key
    )
    return MessageList(items=[MessageRead.of(message) for message in messages])


@router.post("/conversations/{conversation_id}/notes", status_code=201)
async def add_note(
    conversation_id: UUID, data: NoteCreate, session: Session, actor: ManagerActor
) -> MessageRead:
    note = await service.add_note(session, actor, conversation_id, text=data.text)
    return MessageRead.of(note)


@router.post("/conversations/{conversation_id}/take-over")
async def take_over(
    conversation_id: UUID, session: Session, actor: ManagerActor
) -> ConversationRead:
    return ConversationRead.of(await service.take_over(session, actor, conversation_id))


@router.post("/conversations/{conversation_id}/return-to-bot")
async def return_to_bot(
    conversation_id: UUID, session: Session, actor: ManagerActor
) -> ConversationRead:
    return ConversationRead.of(await service.return_to_bot(session, actor, conversation_id))


@router.post("/conversations/{conversation_id}/close")
async def close_conversation(
    conversation_id: UUID, session: Session, actor: ManagerActor
) -> ConversationRead:
    return ConversationRead.of(await service.close(session, actor, conversation_id))


@router.post("/conversations/{conversation_id}/reopen")
async def reopen_conversation(
    conversation_id: UUID, session: Session, actor: ManagerActor
) -> ConversationRead:
    return ConversationRead.of(await service.reopen(session, actor, conversation_id))


@router.post("/conversations/{conversation_id}/pin")
async def pin_conversation(
    conversation_id: UUID, session: Session, actor: ManagerActor
) -> ConversationRead:
    return ConversationRead.of(await service.pin(session, actor, conversation_id, pinned=True))


@router.post("/conversations/{conversation_id}/unpin")
async def unpin_conversation(
    conversation_id: UUID, session: Session, actor: ManagerActor
) -> ConversationRead:
    return ConversationRead.of(await service.pin(session, actor, conversation_id, pinned=False))


@router.post("/conversations/{conversation_id}/read")
async def read_conversation(
    conversation_id: UUID, session: Session, actor: ManagerActor
) -> ConversationRead:
    return ConversationRead.of(await service.mark_read(session, actor, conversation_id))


@router.post("/conversations/{conversation_id}/block")
async def block_contact(
    conversation_id: UUID, data: BlockCreate, session: Session, actor: ManagerActor
) -> ConversationRead:
    """Put the contact on the channel's blacklist."""
    return ConversationRead.of(
        await service.block_contact(session, actor, conversation_id, reason=data.reason)
    )


@router.post("/messages/{message_id}/recall")
async def recall_message(message_id: UUID, actor: ManagerActor) -> MessageRead:
    """Delete a sent message at the channel, within its time for that."""
    return MessageRead.of(await service.recall_message(actor, message_id))


@router.post("/messages/{message_id}/retry")
async def retry_message(message_id: UUID, session: Session, actor: ManagerActor) -> MessageRead:
    return MessageRead.of(await service.retry_message(session, actor, message_id))


@router.get("/messages/{message_id}/voice")
async def get_voice(message_id: UUID, actor: CurrentActor) -> VoiceRead:
    return VoiceRead(url=await service.voice_url(actor, message_id))
