"""The agent's settings and turns as the API tells them."""

from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from besedka.assistant import hours
from besedka.assistant.hours import Hours, Interval, OutsideHours
from besedka.assistant.models import DEFAULT_REPLY_CAP, Outcome
from besedka.core.settings import ModelProvider
from besedka.core.text import FilledText, StorableText
from besedka.inbox.snapshots import HandoverBrief, ReceiptRead

Short = Annotated[StorableText, StringConstraints(strip_whitespace=True, max_length=200)]
Url = Annotated[StorableText, StringConstraints(strip_whitespace=True, max_length=500)]


class ModelRead(BaseModel):
    provider: ModelProvider
    name: str
    base_url: str
    has_key: bool
    is_from_environment: bool


def _minutes(clock: str) -> int:
    try:
        return hours.minutes(clock)
    except ValueError:
        raise PydanticCustomError("not_a_time", "Время пишут так: 09:30") from None


def _is_clock(clock: str) -> str:
    _minutes(clock)
    return clock


Clock = Annotated[str, AfterValidator(_is_clock)]


class WorkingInterval(BaseModel):
    """From `start` until `end`, both like "09:30"; a day ends at "24:00"."""

    start: Clock
    end: Clock

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "WorkingInterval":
        if _minutes(self.start) >= _minutes(self.end):
            raise PydanticCustomError("ends_before_it_starts", "Конец должен быть позже начала")
        return self


class WorkingHours(BaseModel):
    """By the clock of the workspace's time zone."""

    days: list[Annotated[list[WorkingInterval], Field(max_length=4)]] = Field(
        min_length=7, max_length=7, description="From Monday; an empty day is a day off."
    )
    outside: OutsideHours = Field(
        description=(
            "Outside these hours: `hand_over` leaves the talk to a person with a word to the "
            "customer when that will be; `answer` keeps answering."
        )
    )

    @model_validator(mode="after")
    def _do_not_overlap(self) -> "WorkingHours":
        for day in self.days:
            day.sort(key=lambda each: _minutes(each.start))
            for one, following in pairwise(day):
                if _minutes(one.end) > _minutes(following.start):
                    raise PydanticCustomError(
                        "hours_overlap", "Часы одного дня пересекаются: раздвиньте или соедините их"
                    )
        return self

    def in_zone(self, time_zone: str) -> Hours:
        return Hours(
            days=[
                [Interval(_minutes(each.start), _minutes(each.end)) for each in day]
                for day in self.days
            ],
            outside=self.outside,
            zone=ZoneInfo(time_zone),
        )


class AgentRead(BaseModel):
    enabled: bool
    model: ModelRead
    instructions: str
    debounce_s: float
    reply_cap: int
    working_hours: WorkingHours | None
    """None: always."""
    time_zone: str
    """Of the workspace: working hours are by its clock."""


class ModelUpdate(BaseModel):
    provider: ModelProvider | None
    """None: the whole model, key included, is again what the environment says."""
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
    working_hours: WorkingHours | None = None
    """Left out: they stay what they are. Null: always."""


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


class KnownListing(BaseModel):
    """What the agent takes from the listing."""

    model_config = ConfigDict(from_attributes=True)

    title: str
    price_text: str | None
    price_minor: int | None
    status: str
    location: str | None
    url: str | None


class KnownDocument(BaseModel):
    """A document that an answer of this talk rests on."""

    id: UUID
    title: str
    quote: str
    used_at: datetime
    exists: bool
    enabled: bool


class AgentStanding(BaseModel):
    """Whether the agent would answer the customer's next word, and what it knows."""

    would_answer: bool
    reasons: list[str]
    """Why not: `agent_off`, `account_agent_off`, `account_problem`, `with_person`,
    `chat_type`, `we_are_the_buyer`, `contact_blocked`, `reply_cap`, `outside_hours`."""
    replies_in_a_row: int
    reply_cap: int
    listing: KnownListing | None
    documents: list[KnownDocument]
    enabled_documents: int
    """How many documents of the company it may answer from."""


class ReasonRead(BaseModel):
    code: str
    title: str


class ThoughtRead(BaseModel):
    """What the agent would do now."""

    text: str | None = None
    """Its answer; None when it would not answer by itself."""
    notice: str | None = None
    """What the customer would be told while a person is called."""
    reason: ReasonRead | None = None
    """Why it would not answer."""
    brief: HandoverBrief | None = None
    """What it would pass on to the person."""
    receipt: ReceiptRead


class TryMessage(BaseModel):
    author: Literal["customer", "agent", "person"]
    text: Annotated[FilledText, StringConstraints(max_length=4000)]


class TryCreate(BaseModel):
    """A talk that never was: the agent answers its last words, and nothing of it is kept."""

    messages: list[TryMessage] = Field(min_length=1, max_length=60)
    listing_id: UUID | None = None
    instructions: StorableText | None = Field(default=None, max_length=20_000)
    """Left out: those that are saved."""
