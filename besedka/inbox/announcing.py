"""The one way by which a change of a conversation reaches the log and so every screen."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import events
from besedka.channels.adapters.base import MessageType
from besedka.inbox.events import ConversationEvent
from besedka.inbox.models import Conversation, Direction, InternalType, Message
from besedka.inbox.snapshots import ConversationRead, MessageRead

_PREVIEW = 300


def counted_state(conversation: Conversation) -> dict[str, Any]:
    """What the counters count, to be taken before a change."""
    return {
        "mode": conversation.mode,
        "status": conversation.status,
        "unread_count": conversation.unread_count,
        "waiting": conversation.waiting_since is not None,
    }


async def announce(
    session: AsyncSession,
    event_type: type[ConversationEvent],
    conversation: Conversation,
    *,
    before: dict[str, Any] | None,
    message: Message | None = None,
    **facts: Any,
) -> None:
    conversation.version += 1
    if message is not None:
        message.version += 1
        if conversation.last_message_id == message.id:
            _show_as_last(conversation, message)
    await session.flush()
    await events.publish(
        session,
        event_type(
            workspace_id=conversation.workspace_id,
            subject=f"conversation:{conversation.id}",
            conversation_id=conversation.id,
            conversation=ConversationRead.of(conversation).model_dump(mode="json"),
            before=before,
            message=MessageRead.of(message).model_dump(mode="json") if message else None,
            **facts,
        ),
    )


def place_last(conversation: Conversation, message: Message) -> None:
    """Let the conversation show `message` as its last, if it is the newest of the talk."""
    if message.direction is Direction.INTERNAL and message.type != InternalType.HANDOVER:
        return
    newest = conversation.last_message_at
    if newest is None or message.sent_at >= newest:
        _show_as_last(conversation, message)
    conversation.last_activity_at = max(conversation.last_activity_at, message.sent_at)


def _show_as_last(conversation: Conversation, message: Message) -> None:
    conversation.last_message_id = message.id
    conversation.last_message_author = message.author
    conversation.last_message_author_name = message.author_name
    is_deleted = message.deleted_at is not None
    conversation.last_message_type = MessageType.DELETED if is_deleted else message.type
    conversation.last_message_text = "" if is_deleted else message.text[:_PREVIEW]
    conversation.last_message_status = message.status
    conversation.last_message_at = message.sent_at
