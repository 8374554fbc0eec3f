"""Scheduled replies."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from besedka.core.db import Base, enum_type
from besedka.core.ids import new_id


class ScheduledState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    STOPPED = "stopped"
    """It stopped itself; its text waits for a person to take it back or let it go."""
    REMOVED = "removed"


class StopReason(StrEnum):
    CUSTOMER_WROTE = "customer_wrote"
    CLOSED = "closed"
    BLOCKED = "blocked"
    DISCONNECTED = "disconnected"
    CHANNEL_SILENT = "channel_silent"
    """The channel did not let us see whether the customer had written."""
    AUTHOR_LEFT = "author_left"
    """Its author was removed from the company, or answers customers no more."""


class ScheduledReply(Base):
    __tablename__ = "scheduled_replies"
    __table_args__ = (
        Index("ix_scheduled_replies_conversation_id", "conversation_id", "state"),
        Index(
            "uq_scheduled_replies_idempotency_key",
            "conversation_id",
            "idempotency_key",
            unique=True,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id"))
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    author_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    author_name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    send_at: Mapped[datetime]
    state: Mapped[ScheduledState] = mapped_column(enum_type(ScheduledState))
    stop_reason: Mapped[StopReason | None] = mapped_column(enum_type(StopReason))
    idempotency_key: Mapped[str | None] = mapped_column(String(100))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
