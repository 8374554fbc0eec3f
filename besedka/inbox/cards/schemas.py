"""A contact's card as the API tells it."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from besedka.inbox.snapshots import ConversationRead, MessageRead


class IdentityRead(BaseModel):
    """Who the contact is on one channel account."""

    account_id: UUID
    channel: str
    account_name: str
    external_id: str
    profile_url: str | None


class PhoneRead(BaseModel):
    number: str
    """As `+79161234567`."""
    conversation_id: UUID
    message_id: UUID
    """Where it was last written."""


class ContactCard(BaseModel):
    id: UUID
    name: str
    avatar_url: str | None
    is_blocked: bool
    blocked_at: datetime | None
    created_at: datetime
    """When the first word of this contact came to us."""
    identities: list[IdentityRead]
    phones: list[PhoneRead]
    """Found in what the contact wrote, the latest first."""
    talk_count: int
    talks: list[ConversationRead]
    """The latest first."""
    notes: list[MessageRead]
    """Of all talks, the latest first."""
