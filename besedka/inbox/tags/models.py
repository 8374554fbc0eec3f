"""Tags and which talks carry them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from besedka.core.db import Base, enum_type
from besedka.core.ids import new_id


class TagColor(StrEnum):
    """Colours that mean nothing by themselves: green, indigo, amber, red and yellow do."""

    STONE = "stone"
    SKY = "sky"
    TEAL = "teal"
    PLUM = "plum"
    PINK = "pink"
    BROWN = "brown"


class Tag(Base):
    __tablename__ = "tags"
    __table_args__ = (UniqueConstraint("workspace_id", "name_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id"))
    name: Mapped[str] = mapped_column(String(40))
    name_key: Mapped[str] = mapped_column(String(120))
    """The name without its case, which SQLite does not know of Cyrillic letters."""
    color: Mapped[TagColor] = mapped_column(enum_type(TagColor))
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    """From then on nobody sees it; the row goes when the last talk has lost it."""


class ConversationTag(Base):
    __tablename__ = "conversation_tags"
    __table_args__ = (Index("ix_conversation_tags_tag_id", "tag_id", "conversation_id"),)

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    tag_id: Mapped[UUID] = mapped_column(ForeignKey("tags.id"), primary_key=True)
