"""What a browser says of its person."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from besedka.live.presence import PresenceState


class PresenceUpdate(BaseModel):
    """Where the person of this browser tab is: in a conversation, or in none."""

    conversation_id: UUID | None = None
    state: PresenceState = PresenceState.VIEWING
    tab: Annotated[str, StringConstraints(max_length=64, pattern=r"^[\w-]*$")] = Field(
        default="", description="Tells apart the tabs of one login"
    )
