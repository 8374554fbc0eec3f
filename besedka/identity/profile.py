"""What a user changes about themselves."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka import events
from besedka.core import db, time
from besedka.identity import queries
from besedka.identity.actor import Actor
from besedka.identity.errors import UserNotFound, WrongPassword
from besedka.identity.events import MemberUpdated
from besedka.identity.models import LoginSession, User, Workspace
from besedka.identity.passwords import hash_password, refuse_weak_password, verify_password
from besedka.identity.preferences import PreferencesUpdate, changed_preferences
from besedka.identity.throttle import LoginThrottle


async def update_me(
    session: AsyncSession,
    actor: Actor,
    *,
    name: str | None = None,
    preferences: PreferencesUpdate | None = None,
) -> tuple[User, Workspace]:
    """Change what is given."""
    # Locked: two tabs that change one preference each must not undo one another.
    await session.execute(select(User.id).where(User.id == actor.user_id).with_for_update())
    user, workspace = await queries.me(session, actor)
    if preferences is not None:
        user.preferences = changed_preferences(user.preferences, preferences)
    if name is not None and name != user.name:
        user.name = name
        await session.flush()
        await events.publish(
            session,
            MemberUpdated(workspace_id=workspace.id, subject=f"user:{user.id}", user_id=user.id),
        )
    return user, workspace


async def change_password(
    throttle: LoginThrottle,
    actor: Actor,
    *,
    old: str,
    new: str,
    address: str,
    fingerprint: str,
) -> None:
    """End the user's other sessions: whoever knew the old password is out.

    Opens its own transactions: hashing takes a while. Raises WrongPassword, PasswordTooWeak,
    TooManyLogins: a stolen session must not become a way to guess the password.
    """
    async with db.reading() as session:
        known, _ = await queries.me(session, actor)
    refuse_weak_password(new, email=known.email)
    throttle.check(known.email, address)
    throttle.failed(known.email, address)  # until it proves right, as at the login
    if not await verify_password(old, known.password_hash):
        raise WrongPassword
    throttle.succeeded(known.email, address)
    new_hash = await hash_password(new)
    async with db.transaction() as session:
        user = await queries.find_user_to_change(session, known.id)
        # Changed from elsewhere meanwhile?
        if user is None or user.password_hash != known.password_hash:
            raise WrongPassword
        user.password_hash = new_hash
        await end_other_sessions(session, user.id, fingerprint=fingerprint)


async def reset_password(session: AsyncSession, email: str, *, password_hash: str) -> None:
    """For who has forgotten it. Ends all sessions of the user. Raises UserNotFound."""
    known = await queries.find_user(session, email)
    user = await queries.find_user_to_change(session, known.id) if known else None
    if user is None:
        raise UserNotFound
    user.password_hash = password_hash
    await session.execute(delete(LoginSession).where(LoginSession.user_id == user.id))


async def list_sessions(session: AsyncSession, actor: Actor) -> Sequence[LoginSession]:
    """The open ones, the last used first."""
    statement = (
        select(LoginSession)
        .where(LoginSession.user_id == actor.user_id, LoginSession.expires_at > time.now())
        .order_by(LoginSession.last_seen_at.desc(), LoginSession.created_at.desc())
    )
    return (await session.scalars(statement)).all()


async def end_other_sessions(
    session: AsyncSession, user_id: UUID | None, *, fingerprint: str
) -> None:
    """Log the user out everywhere but in the session of `fingerprint`."""
    await session.execute(
        delete(LoginSession).where(
            LoginSession.user_id == user_id, LoginSession.token_fingerprint != fingerprint
        )
    )
