"""The agent's settings and turns as the API tells them."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints

from besedka.assistant.models import DEFAULT_REPLY_CAP, Outcome
from besedka.core.settings import ModelProvider
from besedka.core.text import StorableText

Short = Annotated[StorableText, StringConstraints(strip_whitespace=True, max_length=200)]
Url = Annotated[StorableText, StringConstraints(strip_whitespace=True, max_length=500)]


class ModelRead(BaseModel):
    provider: ModelProvider
    name: str
    base_url: str
    has_key: bool
    is_from_environment: bool


class AgentRead(BaseModel):
    enabled: bool
    model: ModelRead
    instructions: str
    debounce_s: float
    reply_cap: int


class ModelUpdate(BaseModel):
    provider: ModelProvider
    name: Short = ""
    base_url: Url = ""
    key: SecretStr | None = Field(default=None, max_length=500)
    """Left out: the stored key stays, as long as it goes to the same provider and address."""


class AgentUpdate(BaseModel):
    enabled: bool
    model: ModelUpdate | None = None
    """Left out: the model stays what it is."""
    instructions: StorableText = Field(default="", max_length=20_000)
    debounce_s: float = Field(ge=0, le=300)
    reply_cap: int = Field(default=DEFAULT_REPLY_CAP, ge=1, le=200)


class TurnRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    conversation_id: UUID
    started_at: datetime
    finished_at: datetime
    seen_inbound_seq: int
    message_ids: list[str]
    outcome: Outcome
    reason: str
    detail: str | None
    sources: list[dict[str, Any]]
    provider: str
    model: str
    input_tokens: int
    output_tokens: int
    cost_minor: Decimal | None
    seconds: float
    attempts: int
    error_code: str | None
