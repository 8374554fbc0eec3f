"""What the API of the inbox takes and gives: bodies, filters and pages."""

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from besedka.channels.adapters.base import BlockReason
from besedka.core.text import FilledText, StorableText
from besedka.inbox.models import (
    ConversationStatus,
    Mode,
)
from besedka.inbox.snapshots import ConversationRead, MessageRead

MAX_TEXT = 20_000
MAX_HOLD_S = 30
MAX_ATTACHMENTS = 10


Text = Annotated[FilledText, StringConstraints(max_length=MAX_TEXT)]


class MessageCreate(BaseModel):
    """A text, pictures, or both."""

    text: Annotated[StorableText, StringConstraints(strip_whitespace=True, max_length=MAX_TEXT)] = (
        ""
    )
    attachment_ids: list[UUID] = Field(default=[], max_length=MAX_ATTACHMENTS)
    """Pictures that were attached to this conversation before, in their order."""
    hold_s: float = Field(
        default=0,
        ge=0,
        le=MAX_HOLD_S,
        description="How long the message waits before it leaves: until then it can be cancelled.",
    )

    @model_validator(mode="after")
    def _says_something(self) -> "MessageCreate":
        if not self.text and not self.attachment_ids:
            raise PydanticCustomError("empty_message", "Напишите текст или приложите картинку")
        return self


class AttachmentRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    media_type: str
    size: int
    width: int
    height: int


class NoteCreate(BaseModel):
    text: Text


class AssignCreate(BaseModel):
    assignee_id: UUID | None
    """None: it is nobody's, and still the people's."""


class SnoozeCreate(BaseModel):
    until: AwareDatetime


class ReopenCreate(BaseModel):
    undo: bool = Field(
        default=False,
        description="Closing was a mistake: who waited waits again, what was unread is unread.",
    )


class BlockCreate(BaseModel):
    reason: BlockReason = BlockReason.OTHER


class ConversationPage(BaseModel):
    items: list[ConversationRead]
    next_cursor: str | None
    seq: int
    """The event number that this page includes: later events change it."""


class MessagePage(BaseModel):
    items: list[MessageRead]
    next_cursor: str | None
    """Of the older messages."""
    previous_cursor: str | None
    """Of the newer messages; None if the newest is here."""
    seq: int


class MessageList(BaseModel):
    items: list[MessageRead]


class ModeCounts(BaseModel):
    open: int = 0
    unread: int = 0
    waiting: int = 0


class ConversationCounts(BaseModel):
    bot: ModeCounts
    manager: ModeCounts
    seq: int


class NextWaiting(BaseModel):
    conversation: ConversationRead | None


class VoiceRead(BaseModel):
    url: str


class ConversationSort(StrEnum):
    ACTIVITY = "activity"
    """Pinned first, then the latest activity."""
    WAITING = "waiting"
    """Who has waited longest first; after them those who do not wait, by the latest activity."""
    PRICE = "price"
    """The dearest listing first; after them talks about nothing that has a price."""


class ConversationNarrowing(BaseModel):
    mode: Mode | None = None
    status: ConversationStatus | None = None
    unread: bool = Field(default=False, description="Only those with unread messages.")
    waiting: bool = Field(default=False, description="Only those whose customer waits for us.")
    assignee: Literal["me", "none"] | None = None
    account_id: UUID | None = None
    tag_id: UUID | None = None


class ConversationFilter(ConversationNarrowing):
    status: ConversationStatus = ConversationStatus.OPEN
    sort: ConversationSort = Field(
        default=ConversationSort.ACTIVITY,
        description=(
            "`activity`: pinned first, then the latest activity. `waiting`: who has waited "
            "longest first, after them those who do not wait, by the latest activity. "
            "`price`: the dearest listing first, talks without a price last. "
            "A cursor leads on in the order that it came from only."
        ),
    )
    limit: int = Field(default=50, ge=1, le=100)
    cursor: str | None = None
