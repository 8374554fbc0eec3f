"""Documents as the API tells them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from besedka.core.text import FilledText, StorableText

MAX_TEXT = 2_000_000

Title = Annotated[FilledText, StringConstraints(max_length=200)]
Text = Annotated[StorableText, Field(max_length=MAX_TEXT)]


class DocumentCreate(BaseModel):
    title: Title
    text: Text
    enabled: bool = True


class DocumentUpdate(BaseModel):
    """The whole document: what PUT leaves out would be lost, so nothing may be left out."""

    title: Title
    text: Text
    enabled: bool


class DocumentFacts(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    title: str
    enabled: bool
    created_at: datetime
    updated_at: datetime


class DocumentSummary(DocumentFacts):
    opening: str
    """The first words of the text."""


class DocumentRead(DocumentFacts):
    text: str
