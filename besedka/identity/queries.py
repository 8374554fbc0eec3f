"""Who is asking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core import time
from besedka.identity.actor import Actor
from besedka.identity.models import LoginSession, Membership, Role, User, Workspace


@dataclass(frozen=True, slots=True)
class OpenLogin:
    actor: Actor
    last_seen_at: datetime
    expires_at: datetime


async def find_login(session: AsyncSession, fingerprint: str) -> OpenLogin | None:
    """The session of a token, if it is open and its user still belongs to the workspace."""
    statement = (
        select(
            LoginSession.user_id,
            LoginSession.workspace_id,
            LoginSession.last_seen_at,
            LoginSession.expires_at,
            Membership.role,
            User.name,
        )
        .join(
            Membership,
            (Membership.user_id == LoginSession.user_id)
            & (Membership.workspace_id == LoginSession.workspace_id),
        )
        .join(User, User.id == LoginSession.user_id)
        .where(LoginSession.token_fingerprint == fingerprint, LoginSession.expires_at > time.now())
    )
    row = (await session.execute(statement)).one_or_none()
    if row is None:
        return None
    actor = Actor(user_id=row.user_id, workspace_id=row.workspace_id, role=row.role, name=row.name)
    return OpenLogin(actor, row.last_seen_at, row.expires_at)


async def open_logins(session: AsyncSession, fingerprints: Sequence[str]) -> set[str]:
    """Those of the sessions that are still open."""
    statement = (
        select(LoginSession.token_fingerprint)
        .join(
            Membership,
            (Membership.user_id == LoginSession.user_id)
            & (Membership.workspace_id == LoginSession.workspace_id),
        )
        .where(
            LoginSession.token_fingerprint.in_(fingerprints),
            LoginSession.expires_at > time.now(),
        )
    )
    return set(await session.scalars(statement))


async def find_user(session: AsyncSession, email: str) -> User | None:
    return await session.scalar(select(User).where(User.email == email.strip().lower()))


async def find_user_to_change(session: AsyncSession, user_id: UUID) -> User | None:
    """The user as stored now; nobody else changes them until the transaction ends."""
    return await session.scalar(select(User).where(User.id == user_id).with_for_update())


async def has_owner(session: AsyncSession) -> bool:
    """Whether anybody can invite everybody else: until then the installation is not set up."""
    owner = select(Membership.user_id).where(Membership.role == Role.OWNER).limit(1)
    return await session.scalar(owner) is not None


async def first_workspace(session: AsyncSession) -> Workspace | None:
    return await session.scalar(select(Workspace).order_by(Workspace.created_at).limit(1))


async def list_workspaces(session: AsyncSession) -> Sequence[Workspace]:
    """All of them: for the product's own checks, never for a user."""
    return (await session.scalars(select(Workspace).order_by(Workspace.created_at))).all()


async def workspace_of(session: AsyncSession, user_id: UUID) -> Workspace | None:
    """The workspace that the user joined first."""
    statement = (
        select(Workspace)
        .join(Membership, Membership.workspace_id == Workspace.id)
        .where(Membership.user_id == user_id)
        .order_by(Membership.created_at, Workspace.id)
        .limit(1)
    )
    return await session.scalar(statement)


async def role_to_keep(session: AsyncSession, user_id: UUID, workspace_id: UUID) -> Role | None:
    """The role, which stays until the transaction ends; None for who does not belong there."""
    statement = select(Membership.role).where(
        Membership.user_id == user_id, Membership.workspace_id == workspace_id
    )
    return await session.scalar(statement.with_for_update())


async def is_member_as(
    session: AsyncSession, user_id: UUID, workspace_id: UUID, role: Role
) -> bool:
    """Whether the user belongs to the workspace and may all that `role` may."""
    statement = select(Membership.role).where(
        Membership.user_id == user_id, Membership.workspace_id == workspace_id
    )
    held = await session.scalar(statement)
    return held is not None and held.includes(role)


class Colleague(NamedTuple):
    id: UUID
    name: str
    email: str
    role: Role
    last_seen_at: datetime | None


def _colleagues(actor: Actor) -> Select[UUID, str, str, Role, datetime | None]:
    return (
        select(User.id, User.name, User.email, Membership.role, Membership.last_seen_at)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.workspace_id == actor.workspace_id)
    )


async def list_colleagues(session: AsyncSession, actor: Actor) -> Sequence[Colleague]:
    """Everybody of the actor's workspace, the actor too, by name: a company has tens, not
    thousands."""
    colleagues = [Colleague(*row) for row in await session.execute(_colleagues(actor))]
    # Here, since SQLite lowers no Cyrillic.
    return sorted(colleagues, key=lambda each: (each.name.casefold(), each.id))


async def find_colleague(session: AsyncSession, actor: Actor, user_id: UUID) -> Colleague | None:
    row = (await session.execute(_colleagues(actor).where(User.id == user_id))).one_or_none()
    return Colleague(*row) if row else None


async def me(session: AsyncSession, actor: Actor) -> tuple[User, Workspace]:
    statement = (
        select(User, Workspace)
        .join(Membership, Membership.user_id == User.id)
        .join(Workspace, Workspace.id == Membership.workspace_id)
        .where(User.id == actor.user_id, Workspace.id == actor.workspace_id)
    )
    user, workspace = (await session.execute(statement)).one()
    return user, workspace
