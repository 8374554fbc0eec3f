"""Adding a user from the command line."""

from besedka.core import db
from besedka.core.db import reaching
from besedka.core.settings import Settings
from besedka.identity import queries, service
from besedka.identity.models import Role
from besedka.identity.passwords import hash_password, refuse_weak_password


async def add_user(settings: Settings, *, email: str, name: str, password: str, role: Role) -> None:
    """Add to the first workspace, making it if need be. Raises EmailTaken, PasswordTooWeak."""
    refuse_weak_password(password, email=email)
    database = db.open_database(settings)
    try:
        await reaching.refuse_unprepared(database)
        password_hash = await hash_password(password)
        async with db.transaction() as session:
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
    finally:
        await db.close_database()
