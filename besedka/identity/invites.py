"""Invite links: one person, one use, one week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core import crypto, db, time
from besedka.identity import members, queries, service
from besedka.identity.actor import Actor
from besedka.identity.errors import (
    AlreadyMember,
    EmailTaken,
    InviteExpired,
    InviteNotFound,
    InviteUsed,
    OldPasswordNeeded,
)
from besedka.identity.login import LoggedIn
from besedka.identity.models import Invite, Membership, Role, User, Workspace
from besedka.identity.passwords import hash_password, refuse_weak_password, verify_password
from besedka.identity.throttle import LoginThrottle

INVITE_LASTS = timedelta(days=7)
# So long a used or expired link still says what became of it.
_REMEMBERED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OpenInvite:
    invite: Invite
    workspace: Workspace


async def create_invite(
    session: AsyncSession, actor: Actor, *, role: Role, name: str, email: str
) -> tuple[Invite, str]:
    """The invite and the token of its link, which is kept nowhere.

    Raises NotAllowed above the actor's own role, AlreadyMember.
    """
    actor.must_be(role)
    if email and await _is_member(session, actor.workspace_id, email):
        raise AlreadyMember
    token = crypto.new_token()
    now = time.now()
    invite = Invite(
        workspace_id=actor.workspace_id,
        token_fingerprint=crypto.fingerprint(token),
        role=role,
        name=name,
        email=email.lower(),
        invited_by_id=actor.user_id,
        created_at=now,
        expires_at=now + INVITE_LASTS,
    )
    session.add(invite)
    await session.flush()
    return invite, token


async def list_invites(session: AsyncSession, actor: Actor) -> Sequence[tuple[Invite, str]]:
    """Those that can still be accepted, the newest first, each with the name of who invites."""
    statement = (
        select(Invite, User.name)
        .join(User, User.id == Invite.invited_by_id)
        .where(
            Invite.workspace_id == actor.workspace_id,
            Invite.accepted_at.is_(None),
            Invite.expires_at > time.now(),
        )
        .order_by(Invite.created_at.desc(), Invite.id)
    )
    return [(invite, name) for invite, name in await session.execute(statement)]


async def revoke_invite(session: AsyncSession, actor: Actor, invite_id: UUID) -> None:
    """Raises NotAllowed above the actor's own role, InviteNotFound, also for one that was accepted:
    there is nothing to revoke."""
    statement = select(Invite).where(
        Invite.id == invite_id,
        Invite.workspace_id == actor.workspace_id,
        Invite.accepted_at.is_(None),
    )
    invite = await session.scalar(statement.with_for_update())
    if invite is None:
        raise InviteNotFound
    actor.must_be(invite.role)
    await session.delete(invite)


async def read_invite(session: AsyncSession, token: str) -> OpenInvite:
    """Raises InviteNotFound, also when who invited may give that role no more, InviteUsed,
    InviteExpired."""
    statement = (
        select(Invite, Workspace, Membership.role)
        .join(Workspace, Workspace.id == Invite.workspace_id)
        .outerjoin(
            Membership,
            (Membership.user_id == Invite.invited_by_id)
            & (Membership.workspace_id == Invite.workspace_id),
        )
        .where(Invite.token_fingerprint == crypto.fingerprint(token))
    )
    row = (await session.execute(statement)).one_or_none()
    if row is None:
        raise InviteNotFound
    invite, workspace = row[:2]
    inviters_role: Role | None = row[2]
    if invite.accepted_at is not None:
        raise InviteUsed
    if invite.expires_at <= time.now():
        raise InviteExpired
    if inviters_role is None or not inviters_role.includes(invite.role):
        raise InviteNotFound
    return OpenInvite(invite, workspace)


async def accept_invite(
    throttle: LoginThrottle,
    token: str,
    *,
    name: str,
    email: str,
    password: str,
    address: str,
    user_agent: str,
) -> LoggedIn:
    """Make the user, or let back in one who belongs to no company any more and knows the password
    of then, and log them in.

    Opens its own transactions: the password is hashed between them, not within. Raises what
    `read_invite` does, PasswordTooWeak, AlreadyMember, EmailTaken, OldPasswordNeeded,
    TooManyLogins.
    """
    email = email.lower()
    async with db.reading() as session:
        opened = await read_invite(session, token)
        known = await _find_returning(session, opened.workspace, email)
    refuse_weak_password(password, email=email)
    if known is None:
        password_hash = await hash_password(password)
    else:
        await _prove(throttle, known, password, address=address)
        password_hash = known.password_hash
    try:
        async with db.transaction() as session:
            opened = await read_invite(session, token)
            await _use_up(session, opened.invite)
            user = await _join(session, opened, email=email, name=name, password_hash=password_hash)
            await members.announce_joined(session, opened.workspace.id, user.id)
            login = await service.open_login(session, user, opened.workspace, user_agent=user_agent)
    except IntegrityError:  # somebody took the address a moment ago
        raise EmailTaken from None
    return LoggedIn(login, user, opened.workspace, opened.invite.role)


async def _use_up(session: AsyncSession, invite: Invite) -> None:
    used = await session.execute(
        update(Invite)
        .where(Invite.id == invite.id, Invite.accepted_at.is_(None))
        .values(accepted_at=time.now())
    )
    if not _touched(used):
        raise InviteUsed


async def _join(
    session: AsyncSession, opened: OpenInvite, *, email: str, name: str, password_hash: str
) -> User:
    workspace, role = opened.workspace, opened.invite.role
    user = await _find_returning(session, workspace, email)
    if user is None:
        return await service.add_user(
            session, workspace, email=email, name=name, password_hash=password_hash, role=role
        )
    if user.password_hash != password_hash:  # came or was changed since it was proved
        raise OldPasswordNeeded
    user.name = name
    await service.add_member(session, user, workspace, role=role)
    return user


async def _find_returning(session: AsyncSession, workspace: Workspace, email: str) -> User | None:
    """The user of that address, who belongs to no company. Raises AlreadyMember, EmailTaken."""
    user = await queries.find_user(session, email)
    if user is None:
        return None
    if await _is_member(session, workspace.id, email):
        raise AlreadyMember
    if await queries.workspace_of(session, user.id) is not None:
        raise EmailTaken
    return user


async def _prove(throttle: LoginThrottle, user: User, password: str, *, address: str) -> None:
    """That whoever typed the address is that user, whose name stands under old messages. Guesses
    are counted as at the login."""
    throttle.check(user.email, address)
    throttle.failed(user.email, address)
    if not await verify_password(password, user.password_hash):
        raise OldPasswordNeeded
    throttle.succeeded(user.email, address)


async def _is_member(session: AsyncSession, workspace_id: UUID, email: str) -> bool:
    statement = (
        select(User.id)
        .join(Membership, Membership.user_id == User.id)
        .where(User.email == email.lower(), Membership.workspace_id == workspace_id)
    )
    return await session.scalar(statement) is not None


async def forget_old_invites(session: AsyncSession) -> None:
    await session.execute(delete(Invite).where(Invite.expires_at <= time.now() - _REMEMBERED))


def _touched(result: object) -> bool:
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
