"""Tags as the API takes and tells them."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from besedka.core.text import StorableText
from besedka.inbox.tags.models import TagColor


def _on_one_line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


TagName = Annotated[
    StorableText, BeforeValidator(_on_one_line), StringConstraints(min_length=1, max_length=40)
]


class TagCreate(BaseModel):
    name: TagName
    color: TagColor = TagColor.STONE


class TagUpdate(BaseModel):
    name: TagName | None = None
    color: TagColor | None = None


class TagRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    color: TagColor


class TagUse(BaseModel):
    tag_id: UUID
    conversations: int
