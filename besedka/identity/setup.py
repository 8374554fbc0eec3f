"""Setting up an empty installation from the browser."""

from sqlalchemy.exc import IntegrityError

from besedka.core import crypto, db
from besedka.identity import queries, service
from besedka.identity.errors import SetupDone, WrongSetupCode
from besedka.identity.first_start import claim_installation
from besedka.identity.login import LoggedIn
from besedka.identity.models import Role
from besedka.identity.passwords import hash_password, refuse_weak_password
from besedka.identity.throttle import LoginThrottle

_THROTTLED_AS = "first-start"


def setup_code() -> str:
    """What a stranger does not know: only who sees the server's console or runs its commands."""
    return crypto.code_for("first-start")


def setup_link(base_url: str, code: str) -> str:
    """The wizard with the code filled in; what stands behind the # is sent to no server."""
    return f"{base_url}/setup#code={code}"


async def set_up(
    throttle: LoginThrottle,
    *,
    code: str,
    address: str,
    name: str,
    email: str,
    password: str,
    workspace_name: str,
    time_zone: str,
    user_agent: str,
) -> LoggedIn:
    """Make the owner and the company, and log the owner in.

    Opens its own transactions: the password is hashed between them, not within. Raises SetupDone,
    WrongSetupCode, TooManyLogins, PasswordTooWeak, EmailTaken.
    """
    async with db.reading() as session:
        if await queries.has_owner(session):
            raise SetupDone
    throttle.check(_THROTTLED_AS, address)
    throttle.failed(_THROTTLED_AS, address)
    if not crypto.is_same_code(code, setup_code()):
        raise WrongSetupCode
    throttle.succeeded(_THROTTLED_AS, address)
    refuse_weak_password(password, email=email)
    password_hash = await hash_password(password)
    try:
        async with db.transaction() as session:
            await claim_installation(session)
            if await queries.has_owner(session):
                raise SetupDone
            workspace = await queries.first_workspace(session)
            if workspace is None:
                workspace = await service.create_workspace(
                    session, name=workspace_name, time_zone=time_zone
                )
            workspace.name, workspace.time_zone = workspace_name, time_zone
            user = await service.add_user(
                session,
                workspace,
                email=email,
                name=name,
                password_hash=password_hash,
                role=Role.OWNER,
            )
            token = await service.open_login(session, user, workspace, user_agent=user_agent)
    except IntegrityError:
        raise SetupDone from None
    return LoggedIn(token, user, workspace, Role.OWNER)
