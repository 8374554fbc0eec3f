"""Conversations and messages as the API tells them, and as events carry them."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from besedka.channels.adapters import capabilities_of
from besedka.inbox.models import (
    AuthorKind,
    Conversation,
    ConversationStatus,
    Direction,
    Message,
    MessageStatus,
    Mode,
)


class ChannelRead(BaseModel):
    account_id: UUID
    kind: str
    name: str
    max_text_length: int
    """Characters in one message; a longer text leaves in several."""
    takes_pictures: bool


class ContactRead(BaseModel):
    id: UUID
    name: str
    avatar_url: str | None
    is_blocked: bool


class ListingRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    external_id: str
    title: str
    price_text: str | None
    price_minor: int | None
    currency: str
    url: str | None
    image_url: str | None
    status: str
    location: str | None


class PersonRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str


class LastMessageRead(BaseModel):
    id: UUID
    author: AuthorKind
    author_name: str | None
    type: str
    text: str
    sent_at: datetime
    status: MessageStatus


class HandoverBrief(BaseModel):
    """What the agent passes on with a talk: three short lines for the person who takes it."""

    wants: str = ""
    promised: str = ""
    next: str = ""


class HandoverRead(BaseModel):
    reason: str
    brief: HandoverBrief
    at: datetime


class ConversationRead(BaseModel):
    id: UUID
    version: int
    mode: Mode
    status: ConversationStatus
    chat_type: str
    channel: ChannelRead
    contact: ContactRead
    listing: ListingRead | None
    assignee: PersonRead | None
    tag_ids: list[UUID]
    snoozed_until: datetime | None
    last_message: LastMessageRead | None
    last_activity_at: datetime
    unread_count: int
    waiting_since: datetime | None
    is_pinned: bool
    has_failed: bool
    scheduled_count: int
    """How many replies wait for their time."""
    handover: HandoverRead | None
    created_at: datetime

    @classmethod
    def of(cls, conversation: Conversation) -> "ConversationRead":
        """Wants the account, the contact, the listing and the assignee loaded."""
        listing, assignee = conversation.listing, conversation.assignee
        capabilities = capabilities_of(conversation.account.kind)
        return cls(
            id=conversation.id,
            version=conversation.version,
            mode=conversation.mode,
            status=conversation.status,
            chat_type=conversation.chat_type,
            channel=ChannelRead(
                account_id=conversation.account_id,
                kind=conversation.account.kind,
                name=conversation.account.name,
                max_text_length=capabilities.max_text_length,
                takes_pictures=capabilities.can_send_images,
            ),
            contact=ContactRead(
                id=conversation.contact_id,
                name=conversation.contact.name,
                avatar_url=conversation.contact.avatar_url,
                is_blocked=conversation.contact.blocked_at is not None,
            ),
            listing=ListingRead.model_validate(listing) if listing else None,
            assignee=PersonRead.model_validate(assignee) if assignee else None,
            tag_ids=[UUID(tag_id) for tag_id in conversation.tag_ids],
            snoozed_until=conversation.snoozed_until,
            last_message=_last_message(conversation),
            last_activity_at=conversation.last_activity_at,
            unread_count=conversation.unread_count,
            waiting_since=conversation.waiting_since,
            is_pinned=conversation.is_pinned,
            has_failed=conversation.has_failed,
            scheduled_count=conversation.scheduled_count,
            handover=(
                HandoverRead.model_validate(conversation.handover)
                if conversation.handover
                else None
            ),
            created_at=conversation.created_at,
        )


def _last_message(conversation: Conversation) -> LastMessageRead | None:
    if (
        conversation.last_message_id is None
        or conversation.last_message_author is None
        or conversation.last_message_status is None
        or conversation.last_message_at is None
    ):
        return None
    return LastMessageRead(
        id=conversation.last_message_id,
        author=conversation.last_message_author,
        author_name=conversation.last_message_author_name,
        type=conversation.last_message_type or "",
        text=conversation.last_message_text or "",
        sent_at=conversation.last_message_at,
        status=conversation.last_message_status,
    )


class AuthorRead(BaseModel):
    kind: AuthorKind
    id: UUID | None
    name: str | None


class FailureRead(BaseModel):
    code: str
    title: str
    detail: str | None = None


class SourceRead(BaseModel):
    kind: Literal["listing", "document"]
    id: str
    title: str
    quote: str = ""


class ReceiptRead(BaseModel):
    """What an answer of the agent rests on and what it cost."""

    sources: list[SourceRead] = []
    model: str
    provider: str
    input_tokens: int = 0
    output_tokens: int = 0
    cost_minor: str | None = None
    """Kopecks, as a decimal text; None when the price of the model is not known."""
    seconds: float = 0
    rule: str | None = None


def position_of(message: Message) -> str:
    """Sorts a conversation's messages; unique."""
    return f"{round(message.sent_at.timestamp() * 1_000_000):017d}-{message.id.hex}"


class MessageRead(BaseModel):
    id: UUID
    version: int
    conversation_id: UUID
    direction: Direction
    author: AuthorRead
    type: str
    text: str
    content: dict[str, Any]
    status: MessageStatus
    failure: FailureRead | None
    quote: dict[str, Any] | None
    receipt: ReceiptRead | None
    external_id: str | None
    sent_at: datetime
    position: str
    """Sorts a conversation's messages; unique."""
    held_until: datetime | None
    """Of a queued message: until when it can be cancelled."""
    recall_until: datetime | None
    deleted_at: datetime | None

    @classmethod
    def of(cls, message: Message) -> "MessageRead":
        return cls(
            id=message.id,
            version=message.version,
            conversation_id=message.conversation_id,
            direction=message.direction,
            author=AuthorRead(
                kind=message.author, id=message.author_user_id, name=message.author_name
            ),
            type=message.type,
            text=message.text,
            content=message.content,
            status=message.status,
            failure=FailureRead.model_validate(message.failure) if message.failure else None,
            quote=message.quote,
            receipt=ReceiptRead.model_validate(message.receipt) if message.receipt else None,
            external_id=message.external_id,
            sent_at=message.sent_at,
            position=position_of(message),
            held_until=message.held_until if message.status is MessageStatus.QUEUED else None,
            recall_until=message.recall_until,
            deleted_at=message.deleted_at,
        )
