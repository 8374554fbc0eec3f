"""What the judge is told: the channel's truth, the product's records, people's acts, the reader.

All times are unix seconds of one machine's clock, so they can be compared with one another.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Via(StrEnum):
    """How a message got into the channel, as the simulator saw it."""

    BUYER = "buyer"
    API = "api"
    APP = "app"
    SYSTEM = "system"


class StoredAuthor(StrEnum):
    """Whom the product names as a message's author."""

    CUSTOMER = "customer"
    BOT = "bot"
    USER = "user"
    ELSEWHERE = "elsewhere"
    SYSTEM = "system"


class Outcome(StrEnum):
    ANSWERED = "answered"
    HANDED_OVER = "handed_over"
    SKIPPED = "skipped"
    OTHER = "other"


class ActKind(StrEnum):
    TAKE_OVER = "take_over"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class ChannelMessage:
    """A message in the channel; `at` is when it reached it."""

    id: str
    chat_id: str
    via: Via
    at: float
    text: str = ""
    # False for what only a machine would answer, such as a bare "спасибо".
    needs_answer: bool = True


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook POST that was really sent. Without a status nobody answered in time."""

    message_id: str
    started: float
    finished: float
    status: int | None = None
    has_timed_out: bool = False

    @property
    def is_acknowledged(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class HistoryRead:
    at: float
    message_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A row of the product. What the agent wrote names its turn, and which piece of it it is.

    `is_recovered`: the product says that no webhook brought it.
    """

    id: str
    account_id: str
    author: StoredAuthor
    status: str
    external_id: str | None = None
    turn_id: str | None = None
    part: int = 0
    is_recovered: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A trace row: which of the buyer's messages it had seen (channel ids) and how it ended."""

    id: str
    chat_id: str
    outcome: Outcome
    ended_at: float
    seen: frozenset[str]
    model_s: float = 0


@dataclass(frozen=True, slots=True)
class PersonAct:
    """A take-over or a return to the bot in the app that was answered 200."""

    chat_id: str
    kind: ActKind
    requested_at: float
    answered_at: float


@dataclass(frozen=True, slots=True)
class PersonMessage:
    """A text that a person sent from the app and that the product accepted.

    `written_at`: when they first pressed "send", whatever then happened to the request.
    """

    chat_id: str
    text: str
    written_at: float


@dataclass(frozen=True, slots=True)
class Downtime:
    """From SIGKILL until the restarted server said that it is ready."""

    killed_at: float
    ready_at: float


@dataclass(frozen=True, slots=True)
class Evidence:
    messages: list[ChannelMessage] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    history_reads: list[HistoryRead] = field(default_factory=list)
    stored: list[StoredMessage] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    acts: list[PersonAct] = field(default_factory=list)
    person_messages: list[PersonMessage] = field(default_factory=list)
    downtimes: list[Downtime] = field(default_factory=list)
    # By the product's message id: when the live reader first saw it.
    seen_live: dict[str, float] = field(default_factory=dict)
    # What went wrong outside the judge's view: dead jobs, no quiet, a server that did not start.
    failed: list[str] = field(default_factory=list)
