"""Logging in by e-mail and password."""

from dataclasses import dataclass

from besedka.core import db
from besedka.identity import queries, service
from besedka.identity.errors import LoginRefused
from besedka.identity.models import Role, User, Workspace
from besedka.identity.passwords import hash_password, needs_rehash, verify_password
from besedka.identity.throttle import LoginThrottle


@dataclass(frozen=True, slots=True)
class LoggedIn:
    token: str
    user: User
    workspace: Workspace
    role: Role


async def log_in(
    throttle: LoginThrottle, *, email: str, password: str, address: str, user_agent: str = ""
) -> LoggedIn:
    """Check the password and open a session. Raises LoginRefused, TooManyLogins.

    Opens its own transactions: the password is hashed between them, not within.
    """
    email = email.lower()
    throttle.check(email, address)
    async with db.reading() as session:
        user = await queries.find_user(session, email)
        workspace = await queries.workspace_of(session, user.id) if user else None
    # Counted before it is checked, so that guesses sent side by side are counted too.
    throttle.failed(email, address)
    right = await verify_password(password, user.password_hash if user else None)
    if not right or user is None or workspace is None:
        raise LoginRefused
    throttle.succeeded(email, address)
    new_hash = await hash_password(password) if needs_rehash(user.password_hash) else None
    async with db.transaction() as session:
        # Locked, and compared with what was checked: meanwhile the password may have been changed,
        # which ends all sessions there are, or the person removed.
        current = await queries.find_user_to_change(session, user.id)
        role = await queries.role_to_keep(session, user.id, workspace.id)
        if current is None or current.password_hash != user.password_hash or role is None:
            raise LoginRefused
        if new_hash is not None:
            current.password_hash = new_hash
        token = await service.open_login(session, current, workspace, user_agent=user_agent)
    return LoggedIn(token, current, workspace, role)
