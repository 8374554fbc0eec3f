"""What is asked of the search, and what it tells."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from besedka.core.text import StorableText
from besedka.inbox.models import AuthorKind
from besedka.inbox.schemas import ConversationNarrowing
from besedka.inbox.snapshots import ConversationRead


class SearchQuery(ConversationNarrowing):
    q: StorableText = Field(
        description=(
            "Words in any form, also with a typo; parts of names, phones and other numbers. "
            "A conversation must answer every one of them; the last may be just begun."
        )
    )
    limit: int = Field(default=20, ge=1, le=50)
    cursor: str | None = None


class Where(StrEnum):
    NAME = "name"
    LISTING = "listing"
    MESSAGE = "message"
    NOTE = "note"
    """A note for colleagues, which the customer does not see."""


class MatchRange(BaseModel):
    """In characters (code points), the end not included."""

    start: int
    end: int


class SearchHit(BaseModel):
    where: Where
    text: str
    """As it is written; of a long message the part around what is found."""
    ranges: list[MatchRange]
    message_id: UUID | None = None
    position: str | None = None
    """The message's place in the conversation, as messages tell it themselves."""
    author: AuthorKind | None = None
    sent_at: datetime | None = None


class SearchResult(BaseModel):
    conversation: ConversationRead
    hits: list[SearchHit]


class IndexingRead(BaseModel):
    """While the conversations from before the search are being read: how many are done."""

    done: int
    total: int


class SearchPage(BaseModel):
    items: list[SearchResult]
    """The best first: found in the name and the title alone, then anywhere, then with typos; of
    each of these the latest activity first."""
    next_cursor: str | None
    indexing: IndexingRead | None
