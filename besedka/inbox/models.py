"""Listings, conversations and messages."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from besedka.channels.models import ChannelAccount
from besedka.channels.receiver import Source
from besedka.contacts.models import Contact
from besedka.core.db import Base, enum_type
from besedka.core.ids import new_id
from besedka.identity.models import User


class Mode(StrEnum):
    """Who answers now."""

    BOT = "bot"
    MANAGER = "manager"


class ConversationStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Direction(StrEnum):
    IN = "in"
    OUT = "out"
    INTERNAL = "internal"
    """Seen by us alone: notes, marks of who took over, hand-over cards."""


class AuthorKind(StrEnum):
    CUSTOMER = "customer"
    BOT = "bot"
    USER = "user"
    ELSEWHERE = "elsewhere"
    """A person on our side who wrote in the channel's own app."""
    SYSTEM = "system"


class InternalType(StrEnum):
    """Types of messages that no channel knows."""

    NOTE = "note"
    ACTIVITY = "activity"
    HANDOVER = "handover"


class MessageStatus(StrEnum):
    RECEIVED = "received"
    QUEUED = "queued"
    SENT = "sent"
    READ = "read"
    FAILED = "failed"
    DISCARDED = "discarded"
    """A draft of the agent that was overtaken by a person or by a new message."""
    NOTE = "note"


class Listing(Base):
    __tablename__ = "listings"
    __table_args__ = (UniqueConstraint("account_id", "external_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("channel_accounts.id"))
    external_id: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(Text)
    price_text: Mapped[str | None] = mapped_column(String(100))
    price_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    url: Mapped[str | None] = mapped_column(Text)
    image_url: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16))
    location: Mapped[str | None] = mapped_column(Text)
    is_ours: Mapped[bool] = mapped_column(default=True)
    """False when we are the buyer: the agent must not answer as a seller."""
    updated_at: Mapped[datetime]


class Conversation(Base):
    """A thread with one contact on one channel account; on Avito, about one listing."""

    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("account_id", "external_id"),
        Index(
            "ix_conversations_list",
            "workspace_id",
            "status",
            "mode",
            "is_pinned",
            "last_activity_at",
            "id",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("channel_accounts.id"))
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contacts.id"), index=True)
    listing_id: Mapped[UUID | None] = mapped_column(ForeignKey("listings.id"))
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    external_id: Mapped[str] = mapped_column(String(100))
    chat_type: Mapped[str] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(default=0)
    """Grows with every change, so that a reader can tell the newer of two snapshots."""

    mode: Mapped[Mode] = mapped_column(enum_type(Mode))
    status: Mapped[ConversationStatus] = mapped_column(enum_type(ConversationStatus))
    is_pinned: Mapped[bool] = mapped_column(default=False)
    unread_count: Mapped[int] = mapped_column(default=0)
    waiting_since: Mapped[datetime | None]
    """Since when the last word is the customer's and needs an answer."""
    has_failed: Mapped[bool] = mapped_column(default=False)
    handover: Mapped[dict[str, Any] | None]

    inbound_seq: Mapped[int] = mapped_column(default=0)
    """How many live messages the customer wrote: a turn is stale when it has grown."""
    answered_seq: Mapped[int] = mapped_column(default=0)
    """The `inbound_seq` that was last answered, handed over or found to need no answer."""
    ownership_seq: Mapped[int] = mapped_column(default=0)
    """Grows whenever a person writes or the mode changes: the agent's unsent words are void."""

    last_message_id: Mapped[UUID | None]
    last_message_author: Mapped[AuthorKind | None] = mapped_column(enum_type(AuthorKind))
    last_message_author_name: Mapped[str | None] = mapped_column(String(200))
    last_message_type: Mapped[str | None] = mapped_column(String(16))
    last_message_text: Mapped[str | None] = mapped_column(String(300))
    last_message_status: Mapped[MessageStatus | None] = mapped_column(enum_type(MessageStatus))
    last_message_at: Mapped[datetime | None]
    last_activity_at: Mapped[datetime]
    enriched_at: Mapped[datetime | None]
    """When the channel last told us the contact's name and the listing."""
    created_at: Mapped[datetime]

    account: Mapped[ChannelAccount] = relationship(lazy="raise")
    contact: Mapped[Contact] = relationship(lazy="raise")
    listing: Mapped[Listing | None] = relationship(lazy="raise")
    assignee: Mapped[User | None] = relationship(lazy="raise")

    @property
    def lane(self) -> str:
        """Deliveries of one conversation go out one at a time, in order."""
        return f"deliver:{self.id}"

    @property
    def is_answered(self) -> bool:
        return self.answered_seq >= self.inbound_seq


# Out here, where the columns can be asked for their descending order.
Index(
    "ix_conversations_waiting",
    Conversation.workspace_id,
    Conversation.status,
    Conversation.mode,
    Conversation.waiting_since,
    Conversation.last_activity_at.desc(),
    Conversation.id.desc(),
)


class Message(Base):
    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("account_id", "external_id"),
        UniqueConstraint("conversation_id", "idempotency_key", "part"),
        Index("ix_messages_conversation_id_sent_at_id", "conversation_id", "sent_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("channel_accounts.id"))
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    external_id: Mapped[str | None] = mapped_column(String(100))
    version: Mapped[int] = mapped_column(default=0)
    direction: Mapped[Direction] = mapped_column(enum_type(Direction))
    author: Mapped[AuthorKind] = mapped_column(enum_type(AuthorKind))
    author_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    author_name: Mapped[str | None] = mapped_column(String(200))
    type: Mapped[str] = mapped_column(String(16))
    """A value of MessageType or of InternalType."""
    text: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]]
    quote: Mapped[dict[str, Any] | None]
    status: Mapped[MessageStatus] = mapped_column(enum_type(MessageStatus))
    failure: Mapped[dict[str, Any] | None]
    receipt: Mapped[dict[str, Any] | None]
    source: Mapped[Source | None] = mapped_column(enum_type(Source))
    """How an incoming message came to us."""
    sent_at: Mapped[datetime]
    """By the channel's clock; of a message that is still to be sent, when it was written."""
    created_at: Mapped[datetime]
    attempted_at: Mapped[datetime | None]
    """When the first attempt to send began: from then on it may have arrived."""
    recall_until: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    idempotency_key: Mapped[str | None] = mapped_column(String(100))
    part: Mapped[int] = mapped_column(default=0)
    """Which piece of a text that was too long for one message."""
    turn_id: Mapped[UUID | None] = mapped_column(index=True)
    ownership_seq: Mapped[int | None]
    """The conversation's, when the agent wrote this: it leaves only while that still holds."""
    seen_inbound_seq: Mapped[int | None]
    """The customer's messages that the agent had seen; None for a notice, which is never stale."""
    answered_before: Mapped[int | None]
    """The conversation's `answered_seq` before this answer, to return to if it is discarded."""
