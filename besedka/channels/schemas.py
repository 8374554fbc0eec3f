"""Channel accounts as the API tells them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from besedka.channels.models import AccountState, WebhookState
from besedka.core.text import StorableText


class ChannelAccountCreate(BaseModel):
    kind: str = "avito"
    name: StorableText = Field(default="", max_length=200)
    client_id: str = Field(min_length=1, max_length=200)
    client_secret: SecretStr = Field(min_length=1, max_length=500)


class ChannelKeys(BaseModel):
    client_id: str = Field(min_length=1, max_length=200)
    client_secret: SecretStr = Field(min_length=1, max_length=500)


class ProbeStep(StrEnum):
    KEYS = "keys"
    ACCOUNT = "account"
    TARIFF = "tariff"


class ProbeStepRead(BaseModel):
    step: ProbeStep
    is_passed: bool
    code: str | None = None
    title: str | None = None
    way_out: str | None = None


class ProbeRead(BaseModel):
    """How far the keys led: the steps in their order, up to the first that failed."""

    steps: list[ProbeStepRead]
    account_name: str | None
    account_id: str | None


class ChannelAccountUpdate(BaseModel):
    name: StorableText | None = Field(default=None, min_length=1, max_length=200)
    agent_enabled: bool | None = None


class ChannelAccountRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: str
    name: str
    external_id: str | None
    state: AccountState
    agent_enabled: bool
    webhook_subscribed_at: datetime | None
    last_webhook_at: datetime | None
    problem_code: str | None
    problem_text: str | None
    problem_way_out: str | None
    problem_at: datetime | None
    last_sweep_at: datetime | None
    recovered_count: int
    sync_total: int | None
    sync_done: int
    synced_at: datetime | None
    created_at: datetime


class WebhookProblemRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    received_at: datetime
    state: WebhookState
    reason: str | None
