"""Reply templates."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from besedka.core.db import Base
from besedka.core.ids import new_id


class ReplyTemplate(Base):
    __tablename__ = "reply_templates"
    __table_args__ = (UniqueConstraint("workspace_id", "shortcut"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    shortcut: Mapped[str] = mapped_column(String(32))
    """What is typed after the slash; in lower case, one word."""
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    """With variables in braces, which the browser fills from the talk: "{имя}"."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
