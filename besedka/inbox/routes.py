"""Conversations and messages over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from besedka.core import uploads
from besedka.core.http import IdempotencyKey, ReadSession, Session
from besedka.events import service as event_log
from besedka.identity.access import CurrentActor, ManagerActor
from besedka.inbox import message_pages, queries, service, waiting
from besedka.inbox.schemas import (
    AssignCreate,
    AttachmentRead,
    BlockCreate,
    ConversationCounts,
    ConversationFilter,
    ConversationPage,
    MessageCreate,
    MessageList,
    MessagePage,
    NextWaiting,
    NoteCreate,
    ReopenCreate,
    SnoozeCreate,
    VoiceRead,
)
from besedka.inbox.snapshots import ConversationRead, MessageRead

router = APIRouter(tags=["inbox"])

Limit = Annotated[int, Query(ge=1, le=100)]
_PICTURE_HEADERS = {
    # What is under an id never changes; another user of the same browser must not see it.
    "Cache-Control": "private, max-age=31536000, immutable",
    "Vary": "Cookie",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
_PICTURE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/jpeg": {}, "image/png": {}}, "description": "The picture"}
}


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


@router.get("/conversations/next-waiting")
async def find_next_waiting(
    session: ReadSession, actor: CurrentActor, after: UUID | None = None
) -> NextWaiting:
    """Who waits longest for the asking person or for anybody; with `after`, who comes next."""
    found = await waiting.find_next_waiting(session, actor, after=after)
    return NextWaiting(conversation=ConversationRead.of(found) if found else None)


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
    around: Annotated[
        UUID | None, Query(description="A message to stand in the middle; the cursor counts less.")
    ] = None,
) -> MessagePage:
    """Newest first; with `around`, a page from which one can go on both ways."""
    seq = await event_log.newest(session)
    conversation = await queries.conversation_for(session, actor, conversation_id)
    if around is not None:
        window = await message_pages.messages_around(session, conversation.id, around, limit=limit)
    else:
        window = await message_pages.list_messages(
            session, conversation.id, limit=limit, cursor=cursor
        )
    return MessagePage(
        items=[MessageRead.of(message) for message in window.messages],
        next_cursor=window.older,
        previous_cursor=window.newer,
        seq=seq,
    )


@router.post("/conversations/{conversation_id}/messages", status_code=201)
async def send_message(
    conversation_id: UUID,
    data: MessageCreate,
    session: Session,
    actor: ManagerActor,
    idempotency_key: IdempotencyKey = None,
) -> MessageList:
    """Send a reply; a text over the channel's limit, and each picture, is a message of its own."""
    messages = await service.queue_reply(
        session,
        actor,
        conversation_id,
        text=data.text,
        hold_s=data.hold_s,
        attachment_ids=data.attachment_ids,
        idempotency_key=idempotency_key,
    )
    return MessageList(items=[MessageRead.of(message) for message in messages])


@router.post(
    "/conversations/{conversation_id}/attachments", status_code=201, openapi_extra=uploads.FORM
)
async def attach_picture(
    conversation_id: UUID, request: Request, actor: ManagerActor
) -> AttachmentRead:
    """Bring a picture, to be sent with a message. Unsent ones are removed after a day."""
    attachment = await service.attach_picture(
        actor, conversation_id, uploads.received_file(request)
    )
    return AttachmentRead.model_validate(attachment)


@router.get("/attachments/{attachment_id}", response_class=Response, responses=_PICTURE)
async def get_attachment(
    attachment_id: UUID, actor: CurrentActor, preview: bool = False
) -> Response:
    """The picture; with `preview` a small one."""
    picture = await service.read_picture(actor, attachment_id, is_preview=preview)
    return Response(picture.data, media_type=picture.media_type, headers=_PICTURE_HEADERS)


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
    conversation_id: UUID,
    session: Session,
    actor: ManagerActor,
    data: ReopenCreate | None = None,
) -> ConversationRead:
    undo = data is not None and data.undo
    return ConversationRead.of(await service.reopen(session, actor, conversation_id, undo=undo))


@router.post("/conversations/{conversation_id}/assign")
async def assign_conversation(
    conversation_id: UUID, data: AssignCreate, session: Session, actor: ManagerActor
) -> ConversationRead:
    """Give the talk to a colleague, or to the people with nobody named."""
    return ConversationRead.of(
        await service.assign(session, actor, conversation_id, assignee_id=data.assignee_id)
    )


@router.post("/conversations/{conversation_id}/snooze")
async def snooze_conversation(
    conversation_id: UUID, data: SnoozeCreate, session: Session, actor: ManagerActor
) -> ConversationRead:
    """Put the talk off; it comes back at that time, or when the customer writes."""
    return ConversationRead.of(
        await service.snooze(session, actor, conversation_id, until=data.until)
    )


@router.post("/conversations/{conversation_id}/unsnooze")
async def unsnooze_conversation(
    conversation_id: UUID, session: Session, actor: ManagerActor
) -> ConversationRead:
    return ConversationRead.of(await service.unsnooze(session, actor, conversation_id))


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


@router.post("/conversations/{conversation_id}/unread")
async def unread_conversation(
    conversation_id: UUID, session: Session, actor: ManagerActor
) -> ConversationRead:
    return ConversationRead.of(await service.mark_unread(session, actor, conversation_id))


@router.post("/conversations/{conversation_id}/block")
async def block_contact(
    conversation_id: UUID, data: BlockCreate, session: Session, actor: ManagerActor
) -> ConversationRead:
    """Put the contact on the channel's blacklist."""
    return ConversationRead.of(
        await service.block_contact(session, actor, conversation_id, reason=data.reason)
    )


@router.post("/messages/{message_id}/cancel")
async def cancel_message(message_id: UUID, session: Session, actor: ManagerActor) -> MessageList:
    """Stop a reply that has not left yet, with all its parts: the customer sees none of it."""
    messages = await service.cancel_message(session, actor, message_id)
    return MessageList(items=[MessageRead.of(message) for message in messages])


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
