"""The jobs table."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from besedka.core.db import Base, BigId, enum_type


class JobState(StrEnum):
    PENDING = "pending"
    RUNNING = "running"
    DEAD = "dead"


class Job(Base):
    """Work to do. A finished job has no row."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_state_run_at", "state", "run_at"),
        Index(
            "ix_jobs_lane_id",
            "lane",
            "id",
            sqlite_where=text("lane IS NOT NULL"),
            postgresql_where=text("lane IS NOT NULL"),
        ),
        Index(
            "uq_jobs_key_pending",
            "key",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(100))
    queue: Mapped[str] = mapped_column(String(32))
    args: Mapped[dict[str, Any]]
    workspace_id: Mapped[UUID | None]
    lane: Mapped[str | None] = mapped_column(String(120))
    key: Mapped[str | None] = mapped_column(String(120))
    state: Mapped[JobState] = mapped_column(enum_type(JobState))
    run_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[UUID | None]
    leased_until: Mapped[datetime | None]
    leased_by: Mapped[str | None] = mapped_column(String(120))
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    died_at: Mapped[datetime | None]
