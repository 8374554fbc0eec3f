"""Logging in and out, and who belongs to a workspace."""

from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core import crypto, time
from besedka.core.settings import get_settings
from besedka.identity import queries
from besedka.identity.errors import EmailTaken
from besedka.identity.models import LoginSession, Membership, Role, User, Workspace


async def open_login(session: AsyncSession, user: User, workspace: Workspace) -> str:
    """Log the user in and return the token, which is kept nowhere on our side."""
    token = crypto.new_token()
    now = time.now()
    session.add(
        LoginSession(
            token_fingerprint=crypto.fingerprint(token),
            user_id=user.id,
            workspace_id=workspace.id,
            created_at=now,
            expires_at=now + timedelta(days=get_settings().session_days),
            last_seen_at=now,
        )
    )
    await session.flush()
    return token


async def close_login(session: AsyncSession, fingerprint: str) -> None:
    await session.execute(delete(LoginSession).where(LoginSession.token_fingerprint == fingerprint))


async def mark_seen(session: AsyncSession, fingerprint: str) -> None:
    await session.execute(
        update(LoginSession)
        .where(LoginSession.token_fingerprint == fingerprint)
        .values(last_seen_at=time.now())
    )


async def forget_expired_logins(session: AsyncSession) -> None:
    await session.execute(delete(LoginSession).where(LoginSession.expires_at <= time.now()))


async def create_workspace(session: AsyncSession, *, name: str, time_zone: str) -> Workspace:
    workspace = Workspace(name=name, time_zone=time_zone, created_at=time.now())
    session.add(workspace)
    await session.flush()
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
    now = time.now()
    user = User(email=email.strip().lower(), name=name, password_hash=password_hash, created_at=now)
    session.add(user)
    await session.flush()
    session.add(Membership(user_id=user.id, workspace_id=workspace.id, role=role, created_at=now))
    await session.flush()
    return user
