"""Users from the command line."""

from besedka.core import db
from besedka.core.db import reaching
from besedka.core.settings import Settings
from besedka.identity import profile, queries, service
from besedka.identity.first_start import claim_installation
from besedka.identity.models import Role
from besedka.identity.passwords import hash_password, refuse_weak_password


async def add_user(settings: Settings, *, email: str, name: str, password: str, role: Role) -> bool:
    """Add to the first workspace, making it if need be; whether there is an owner then.

    Raises EmailTaken, PasswordTooWeak.
    """
    refuse_weak_password(password, email=email)
    database = db.open_database(settings)
    try:
        await reaching.refuse_unprepared(database)
        password_hash = await hash_password(password)
        async with db.transaction() as session:
            await claim_installation(session)
            workspace = await queries.first_workspace(session)
            if workspace is None:
                workspace = await service.create_workspace(
                    session, name=settings.workspace_name, time_zone=settings.time_zone
                )
            await service.add_user(
                session,
                workspace,
                email=email,
                name=name,
                password_hash=password_hash,
                role=role,
            )
            return await queries.has_owner(session)
    finally:
        await db.close_database()


async def set_password(settings: Settings, *, email: str, password: str) -> None:
    """Ends all sessions of the user. Raises UserNotFound, PasswordTooWeak."""
    refuse_weak_password(password, email=email)
    database = db.open_database(settings)
    try:
        await reaching.refuse_unprepared(database)
        password_hash = await hash_password(password)
        async with db.transaction() as session:
            await profile.reset_password(session, email, password_hash=password_hash)
    finally:
        await db.close_database()
