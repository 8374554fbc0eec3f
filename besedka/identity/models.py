"""Workspaces, users, who belongs where, and who is logged in."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from besedka.core.db import Base, enum_type
from besedka.core.ids import new_id


class Role(StrEnum):
    """What a user may do in a workspace; each role may all that the one below it may."""

    VIEWER = "viewer"
    """Reads."""
    MANAGER = "manager"
    """Answers customers."""
    ADMIN = "admin"
    """Connects channels, sets the assistant up."""
    OWNER = "owner"

    def includes(self, other: "Role") -> bool:
        order = list(Role)
        return order.index(self) >= order.index(other)


class Workspace(Base):
    __tablename__ = "workspaces"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(200))
    time_zone: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class User(Base):
    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """In lower case."""
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    preferences: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """As `preferences.Preferences` reads it; keys of a newer version are kept."""
    created_at: Mapped[datetime]


class Membership(Base):
    __tablename__ = "memberships"
    __table_args__ = (Index("ix_memberships_workspace_id", "workspace_id"),)

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    workspace_id: Mapped[UUID] = mapped_column(
        ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[Role] = mapped_column(enum_type(Role))
    last_seen_at: Mapped[datetime | None]
    """To within a few minutes; None until the first login."""
    created_at: Mapped[datetime]


class Invite(Base):
    """A link that lets one person join. The token itself is only in the link."""

    __tablename__ = "invites"
    __table_args__ = (Index("ix_invites_workspace_id", "workspace_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    token_fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role] = mapped_column(enum_type(Role))
    name: Mapped[str] = mapped_column(String(200))
    """Who is meant, if that was said; the person may change it."""
    email: Mapped[str] = mapped_column(String(254))
    invited_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]


class LoginSession(Base):
    """A browser that is logged in. The token itself is only in the browser's cookie."""

    __tablename__ = "sessions"
    __table_args__ = (
        Index("ix_sessions_user_id", "user_id"),
        Index("ix_sessions_expires_at", "expires_at"),
    )

    token_fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    user_agent: Mapped[str] = mapped_column(String(300), default="", server_default="")
    """What the browser calls itself, so that its user can tell it from others."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
