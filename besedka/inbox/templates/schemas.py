"""Reply templates as the API tells them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from besedka.core.text import FilledText, StorableText

Shortcut = Annotated[
    StorableText,
    StringConstraints(
        strip_whitespace=True, to_lower=True, min_length=1, max_length=32, pattern=r"^[\w-]+$"
    ),
]
Title = Annotated[FilledText, StringConstraints(max_length=200)]
TemplateText = Annotated[FilledText, StringConstraints(max_length=5000)]


class TemplateWrite(BaseModel):
    shortcut: Shortcut
    title: Title
    text: TemplateText


class TemplateRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    shortcut: str
    title: str
    text: str
    created_at: datetime
    updated_at: datetime


class TemplateList(BaseModel):
    items: list[TemplateRead]
    """All of them, by title."""
