"""The log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from besedka.core.db import Base, BigId


class EventRow(Base):
    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_workspace_id_sequence", "workspace_id", "sequence"),
        {"sqlite_autoincrement": True},  # a number is never given twice, even after clean-up
    )

    sequence: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[UUID]
    topic: Mapped[str] = mapped_column(String(32))
    type: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(100))
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(index=True)
