"""Listings, conversations and messages."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from besedka.channels.models import ChannelAccount
from besedka.channels.receiver import Source
from besedka.contacts.models import Contact
from besedka.core.db import Base, enum_type
from besedka.core.ids import new_id
from besedka.identity.models import User

ATTACHMENTS_FOLDER = "attachments"
# The price of a talk about nothing that has one: after all prices.
NO_PRICE = -1


class Mode(StrEnum):
    """Who answers now."""

    BOT = "bot"
    MANAGER = "manager"


class ConversationStatus(StrEnum):
    OPEN = "open"
    SNOOZED = "snoozed"
    """Out of sight until `snoozed_until` or until the customer writes."""
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
    """A draft of the agent that was overtaken by a person or by a new message, or a person's reply
    that they took back before it left."""
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
        Index(
            "ix_conversations_price",
            "workspace_id",
            "status",
            "mode",
            "listing_price",
            "last_activity_at",
            "id",
        ),
        Index(
            "ix_conversations_assignee",
            "workspace_id",
            "status",
            "mode",
            "assignee_id",
            "is_pinned",
            "last_activity_at",
            "id",
        ),
        Index(
            "ix_conversations_account",
            "workspace_id",
            "status",
            "mode",
            "account_id",
            "is_pinned",
            "last_activity_at",
            "id",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("channel_accounts.id"))
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contacts.id"), index=True)
    listing_id: Mapped[UUID | None] = mapped_column(ForeignKey("listings.id"), index=True)
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    external_id: Mapped[str] = mapped_column(String(100))
    chat_type: Mapped[str] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(default=0)
    """Grows with every change, so that a reader can tell the newer of two snapshots."""

    mode: Mapped[Mode] = mapped_column(enum_type(Mode))
    status: Mapped[ConversationStatus] = mapped_column(enum_type(ConversationStatus))
    snoozed_until: Mapped[datetime | None]
    put_away: Mapped[dict[str, Any] | None]
    """What the talk was and owed before it was last closed, so that closing can be undone."""
    tag_ids: Mapped[list[str]] = mapped_column(default=list)
    """A copy of what `conversation_tags` says, so that a snapshot needs no further query."""
    is_pinned: Mapped[bool] = mapped_column(default=False)
    unread_count: Mapped[int] = mapped_column(default=0)
    waiting_since: Mapped[datetime | None]
    """Since when the last word is the customer's and needs an answer."""
    has_failed: Mapped[bool] = mapped_column(default=False)
    scheduled_count: Mapped[int] = mapped_column(default=0)
    """How many replies wait for their time; the customer's word stops them."""
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
    listing_price: Mapped[int] = mapped_column(
        BigInteger, default=NO_PRICE, server_default=str(NO_PRICE)
    )
    """The listing's price in kopecks, kept here to sort by; NO_PRICE where none is known."""
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
    def is_closed(self) -> bool:
        return self.status is ConversationStatus.CLOSED

    @property
    def is_answered(self) -> bool:
        return self.answered_seq >= self.inbound_seq


# With the number in the text: a database uses a partial index only for the very condition it has.
IS_UNREAD = Conversation.unread_count > literal_column("0")
IS_WAITING = Conversation.waiting_since.is_not(None)

# Out here, where the columns can be asked for their order and compared.
Index(
    "ix_conversations_waiting",
    Conversation.workspace_id,
    Conversation.status,
    Conversation.mode,
    Conversation.waiting_since,
    Conversation.last_activity_at.desc(),
    Conversation.id.desc(),
)
for _name, _condition in {"unread": IS_UNREAD, "now_waiting": IS_WAITING}.items():
    Index(
        f"ix_conversations_{_name}",
        Conversation.workspace_id,
        Conversation.status,
        Conversation.mode,
        Conversation.is_pinned,
        Conversation.last_activity_at,
        Conversation.id,
        sqlite_where=_condition,
        postgresql_where=_condition,
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
    held_until: Mapped[datetime | None]
    """Until then its author may take it back; it leaves no sooner."""
    attempted_at: Mapped[datetime | None]
    """When the first attempt to send began: from then on it may have arrived."""
    recall_until: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    idempotency_key: Mapped[str | None] = mapped_column(String(100))
    part: Mapped[int] = mapped_column(default=0)
    """Which piece of a text that was too long for one message."""
    turn_id: Mapped[UUID | None] = mapped_column(index=True)
    scheduled_id: Mapped[UUID | None]
    """The scheduled reply whose time came."""
    ownership_seq: Mapped[int | None]
    """The conversation's, when the agent wrote this: it leaves only while that still holds."""
    seen_inbound_seq: Mapped[int | None]
    """The customer's messages that its author had seen, the agent or who scheduled it; None for
    what is never stale: a notice, or what a person has just written."""
    owed_before: Mapped[dict[str, Any] | None]
    """Of an answer's first part: what the talk owed before it, to owe again without it."""


class Attachment(Base):
    """A picture that a person of ours brought to send; the files are in the storage."""

    __tablename__ = "attachments"
    __table_args__ = (Index("ix_attachments_message_id_created_at", "message_id", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id"))
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    message_id: Mapped[UUID | None] = mapped_column(ForeignKey("messages.id"))
    """None: not sent. Such a one is removed after a while."""
    author_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(200))
    """As the file was called where it came from."""
    media_type: Mapped[str] = mapped_column(String(50))
    size: Mapped[int]
    """Bytes."""
    width: Mapped[int]
    height: Mapped[int]
    uploaded: Mapped[dict[str, Any] | None]
    """The channel's id of it and its addresses there, so that it is not uploaded twice."""
    created_at: Mapped[datetime]

    @property
    def key(self) -> str:
        """Of the picture in the storage."""
        return f"{ATTACHMENTS_FOLDER}/{self.workspace_id}/{self.id}"

    @property
    def preview_key(self) -> str:
        return f"{self.key}-preview"
