"""Logging in and out, and who belongs to a workspace."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from besedka import events
from besedka.core import crypto, time
from besedka.core.settings import get_settings
from besedka.identity import queries
from besedka.identity.actor import Actor
from besedka.identity.errors import EmailTaken
from besedka.identity.events import WorkspaceUpdated
from besedka.identity.models import LoginSession, Membership, Role, User, Workspace

_LONGEST_USER_AGENT = 300


async def open_login(
    session: AsyncSession, user: User, workspace: Workspace, *, user_agent: str = ""
) -> str:
    """Log the user in and return the token, which is kept nowhere on our side."""
    token = crypto.new_token()
    now = time.now()
    session.add(
        LoginSession(
            token_fingerprint=crypto.fingerprint(token),
            user_id=user.id,
            workspace_id=workspace.id,
            user_agent=user_agent[:_LONGEST_USER_AGENT],
            created_at=now,
            expires_at=now + timedelta(days=get_settings().session_days),
            last_seen_at=now,
        )
    )
    await _mark_member_seen(session, user.id, workspace.id)
    await session.flush()
    return token


async def close_login(session: AsyncSession, fingerprint: str) -> None:
    await session.execute(delete(LoginSession).where(LoginSession.token_fingerprint == fingerprint))


async def mark_seen(session: AsyncSession, actor: Actor, fingerprint: str) -> None:
    if actor.user_id is not None:
        await _mark_member_seen(session, actor.user_id, actor.workspace_id)
    await session.execute(
        update(LoginSession)
        .where(LoginSession.token_fingerprint == fingerprint)
        .values(last_seen_at=time.now())
    )


async def _mark_member_seen(session: AsyncSession, user_id: UUID, workspace_id: UUID) -> None:
    await session.execute(
        update(Membership)
        .where(Membership.user_id == user_id, Membership.workspace_id == workspace_id)
        .values(last_seen_at=time.now())
    )


async def forget_expired_logins(session: AsyncSession) -> None:
    await session.execute(delete(LoginSession).where(LoginSession.expires_at <= time.now()))


async def create_workspace(session: AsyncSession, *, name: str, time_zone: str) -> Workspace:
    workspace = Workspace(name=name, time_zone=time_zone, created_at=time.now())
    session.add(workspace)
    await session.flush()
    return workspace


async def update_workspace(
    session: AsyncSession, actor: Actor, *, name: str | None = None, time_zone: str | None = None
) -> Workspace:
    """Change what is given."""
    statement = select(Workspace).where(Workspace.id == actor.workspace_id).with_for_update()
    workspace = (await session.scalars(statement)).one()
    workspace.name = workspace.name if name is None else name
    workspace.time_zone = workspace.time_zone if time_zone is None else time_zone
    await session.flush()
    await events.publish(
        session,
        WorkspaceUpdated(workspace_id=workspace.id, subject=f"workspace:{workspace.id}"),
    )
    return workspace


async def add_user(
    session: AsyncSession,
    workspace: Workspace,
    *,
    email: str,
    name: str,
    password_hash: str,
    role: Role,
) -> User:
    """Make a user who belongs to the workspace. Raises EmailTaken.

    The hash comes from `hash_password`, computed before the transaction: it takes a while.
    """
    if await queries.find_user(session, email) is not None:
        raise EmailTaken
    user = User(
        email=email.strip().lower(),
        name=name,
        password_hash=password_hash,
        preferences={},
        created_at=time.now(),
    )
    session.add(user)
    await session.flush()
    await add_member(session, user, workspace, role=role)
    return user


async def add_member(
    session: AsyncSession, user: User, workspace: Workspace, *, role: Role
) -> None:
    session.add(
        Membership(user_id=user.id, workspace_id=workspace.id, role=role, created_at=time.now())
    )
    await session.flush()
