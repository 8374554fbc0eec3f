"""The agent's settings, and the trace of every turn it took."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from besedka.core.db import Base, Json, enum_type
from besedka.core.ids import new_id
from besedka.core.settings import ModelProvider

DEFAULT_REPLY_CAP = 15
MICROS_PER_KOPECK = 10_000


class Outcome(StrEnum):
    ANSWERED = "answered"
    HANDED_OVER = "handed_over"
    SKIPPED = "skipped"
    SUPERSEDED = "superseded"
    """A person wrote, the mode changed or a new message came before the answer was written."""
    FAILED = "failed"
    SUGGESTED = "suggested"
    """Thought for a person who asked; nothing was written to the talk."""


class AgentSettings(Base):
    """One row a workspace, written at the first change; until then the defaults hold."""

    __tablename__ = "agent_settings"

    workspace_id: Mapped[UUID] = mapped_column(
        ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True
    )
    enabled: Mapped[bool] = mapped_column(default=True)
    instructions: Mapped[str] = mapped_column(Text, default="")
    debounce_s: Mapped[float | None]
    """None: what the environment says."""
    reply_cap: Mapped[int] = mapped_column(default=DEFAULT_REPLY_CAP)
    """Answers in a row without a person before the talk is handed over."""
    working_hours: Mapped[dict[str, Any] | None]
    """As `WorkingHours` of the schemas; None: always."""
    provider: Mapped[ModelProvider | None] = mapped_column(enum_type(ModelProvider))
    """None: the whole model, key included, is what the environment says."""
    model_name: Mapped[str] = mapped_column(String(200), default="")
    base_url: Mapped[str] = mapped_column(Text, default="")
    sealed_key: Mapped[str | None] = mapped_column(Text)
    updated_at: Mapped[datetime]


class Turn(Base):
    """What one run of the agent saw, what it used, what it cost, and why it ended as it did."""

    __tablename__ = "turns"
    __table_args__ = (
        Index("ix_turns_conversation_id_id", "conversation_id", "id"),
        Index("ix_turns_workspace_id_started_at", "workspace_id", "started_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE")
    )
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    seen_inbound_seq: Mapped[int]
    message_ids: Mapped[list[str]]
    """The customer's messages that the turn was to answer."""
    outcome: Mapped[Outcome] = mapped_column(enum_type(Outcome))
    reason: Mapped[str] = mapped_column(String(64))
    """A gate, a decision or a guard, by its code."""
    detail: Mapped[str | None] = mapped_column(Text)
    sources: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    provider: Mapped[str] = mapped_column(String(32), default="")
    model: Mapped[str] = mapped_column(String(200), default="")
    input_tokens: Mapped[int] = mapped_column(default=0)
    output_tokens: Mapped[int] = mapped_column(default=0)
    cost_micros: Mapped[int | None] = mapped_column(BigInteger)
    """Millionths of a ruble; None when the price of the model is not known."""
    seconds: Mapped[float] = mapped_column(default=0)
    """Of the model alone."""
    attempts: Mapped[int] = mapped_column(default=0)
    """Answers asked of the model, refused ones included."""
    error_code: Mapped[str | None] = mapped_column(String(64))

    @property
    def cost_minor(self) -> Decimal | None:
        """Kopecks."""
        return None if self.cost_micros is None else Decimal(self.cost_micros) / MICROS_PER_KOPECK
