"""Scheduled replies as the API and the events tell them."""

from datetime import datetime
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from besedka.inbox.scheduled.models import ScheduledState, StopReason
from besedka.inbox.schemas import MAX_HOLD_S, Text


class ScheduledCreate(BaseModel):
    text: Text
    send_at: AwareDatetime


class ScheduledUpdate(BaseModel):
    text: Text | None = None
    send_at: AwareDatetime | None = None


class ScheduledSend(BaseModel):
    hold_s: float = Field(default=0, ge=0, le=MAX_HOLD_S)


class ScheduledRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    conversation_id: UUID
    author_user_id: UUID | None
    author_name: str
    text: str
    send_at: datetime
    state: ScheduledState
    stop_reason: StopReason | None
    created_at: datetime


class ScheduledList(BaseModel):
    """What waits, and what stopped itself and was not dismissed yet; the next to leave first."""

    items: list[ScheduledRead]
    version: int
    """The conversation's: of two lists, the one with the higher version is newer."""
