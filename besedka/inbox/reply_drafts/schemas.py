"""Drafts as the API tells them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from besedka.core.text import StorableText
from besedka.inbox.schemas import MAX_TEXT


class DraftUpdate(BaseModel):
    text: Annotated[StorableText, Field(max_length=MAX_TEXT)]
    """As it stands in the field; an empty one takes the draft away."""
    based_on: AwareDatetime | None
    """The `saved_at` of the version that this device knew, None if of none."""


class DraftRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    conversation_id: UUID
    text: str
    saved_at: datetime | None
    """None where there is no draft."""


class DraftSaved(DraftRead):
    replaced: str | None
    """Another device's text that this one had not seen and that stands here no more."""


class DraftList(BaseModel):
    items: list[DraftRead]
    """The newest first; the texts are shortened."""
