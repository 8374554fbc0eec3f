"""Making messages: the rows themselves, without what follows from them."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels.adapters.base import InboundAuthor, InboundMessage, MessageType
from besedka.channels.receiver import Source
from besedka.core import metrics, time
from besedka.core.ids import new_id
from besedka.core.pictures import PREVIEW_SIDE, fitted
from besedka.identity.actor import Actor
from besedka.inbox.announcing import announce, place_last
from besedka.inbox.events import MessageNoted
from besedka.inbox.models import (
    Attachment,
    AuthorKind,
    Conversation,
    Direction,
    InternalType,
    Message,
    MessageStatus,
)

# As the channels' pictures are called in a list and to the agent.
_PICTURE = "Фотография"
_AUTHORS = {
    InboundAuthor.CUSTOMER: AuthorKind.CUSTOMER,
    InboundAuthor.OWN: AuthorKind.ELSEWHERE,
    InboundAuthor.SYSTEM: AuthorKind.SYSTEM,
}


def incoming(conversation: Conversation, told: InboundMessage, source: Source) -> Message:
    """A message that the channel told us of: a customer's, the system's, or a person's on our
    side who wrote in the channel's own app."""
    author = _AUTHORS[told.author]
    is_ours = author is AuthorKind.ELSEWHERE
    status = MessageStatus.RECEIVED
    if is_ours:
        status = MessageStatus.READ if told.read_at else MessageStatus.SENT
    metrics.MESSAGES.labels("out" if is_ours else "in", author).inc()
    return Message(
        id=new_id(),
        workspace_id=conversation.workspace_id,
        account_id=conversation.account_id,
        conversation_id=conversation.id,
        external_id=told.external_id,
        version=0,
        direction=Direction.OUT if is_ours else Direction.IN,
        author=author,
        author_name=conversation.contact.name if author is AuthorKind.CUSTOMER else None,
        type=told.type,
        text=told.text,
        content=told.content,
        quote=quote_of(told),
        status=status,
        source=source,
        sent_at=told.sent_at,
        created_at=time.now(),
        deleted_at=time.now() if told.type is MessageType.DELETED else None,
        part=0,
    )


def outgoing_picture(
    conversation: Conversation, attachment: Attachment, *, author: AuthorKind, part: int
) -> Message:
    """Its `content` is what a channel would tell of a picture, with addresses of ours."""
    message = outgoing(conversation, author=author, text=_PICTURE, part=part)
    message.type = MessageType.IMAGE
    address = f"/api/v1/attachments/{attachment.id}"
    small = fitted(attachment.width, attachment.height, PREVIEW_SIDE)
    message.content = {
        "sizes": {
            "x".join(map(str, small)): f"{address}?preview=true",
            f"{attachment.width}x{attachment.height}": address,
        }
    }
    return message


def outgoing(conversation: Conversation, *, author: AuthorKind, text: str, part: int) -> Message:
    now = time.now()
    metrics.MESSAGES.labels("out", author).inc()
    return Message(
        id=new_id(),
        workspace_id=conversation.workspace_id,
        account_id=conversation.account_id,
        conversation_id=conversation.id,
        version=0,
        direction=Direction.OUT,
        author=author,
        type=MessageType.TEXT,
        text=text,
        content={},
        status=MessageStatus.QUEUED,
        sent_at=now,
        created_at=now,
        part=part,
    )


async def add_mark(
    session: AsyncSession,
    actor: Actor | None,
    conversation: Conversation,
    action: str,
    *,
    before: dict[str, Any],
    at: datetime | None = None,
    **facts: Any,
) -> Message:
    """A line in the talk that says what was done with it, and by whom."""
    return await add_internal(
        session,
        conversation,
        InternalType.ACTIVITY,
        text="",
        content={"action": action, "by": (actor.name or None) if actor else None, **facts},
        actor=actor,
        at=at,
        before=before,
    )


async def add_internal(
    session: AsyncSession,
    conversation: Conversation,
    kind: InternalType,
    *,
    text: str,
    content: dict[str, Any] | None = None,
    actor: Actor | None = None,
    at: datetime | None = None,
    before: dict[str, Any] | None = None,
) -> Message:
    """A note, a mark of what happened, or a hand-over card; announced at once."""
    now = at or time.now()
    is_user = actor is not None and not actor.is_system
    message = Message(
        id=new_id(),
        workspace_id=conversation.workspace_id,
        account_id=conversation.account_id,
        conversation_id=conversation.id,
        version=0,
        direction=Direction.INTERNAL,
        author=AuthorKind.USER if is_user else AuthorKind.SYSTEM,
        author_user_id=actor.user_id if actor else None,
        author_name=actor.name if actor and is_user else None,
        type=kind,
        text=text,
        content=content or {},
        status=MessageStatus.NOTE,
        sent_at=now,
        created_at=now,
        part=0,
    )
    session.add(message)
    place_last(conversation, message)
    await announce(session, MessageNoted, conversation, before=before, message=message)
    return message


def quote_of(told: InboundMessage) -> dict[str, Any] | None:
    """The message that `told` answers, as far as the channel says it."""
    if told.quote is None:
        return None
    return {"external_id": told.quote.external_id, "text": told.quote.text}
