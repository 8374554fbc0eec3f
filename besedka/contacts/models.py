"""Contacts and their identities."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from besedka.core.db import Base
from besedka.core.ids import new_id


class Contact(Base):
    __tablename__ = "contacts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    """Empty until the channel tells it."""
    avatar_url: Mapped[str | None] = mapped_column(Text)
    blocked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class ContactIdentity(Base):
    """The same person as one channel account knows them."""

    __tablename__ = "contact_identities"
    __table_args__ = (UniqueConstraint("account_id", "external_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id"))
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contacts.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("channel_accounts.id"))
    external_id: Mapped[str] = mapped_column(String(100))
    profile_url: Mapped[str | None] = mapped_column(Text)
