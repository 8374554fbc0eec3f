"""What must be there before requests come: the schema and somebody who can log in."""

from besedka.core import db
from besedka.core.db import reaching, schema
from besedka.core.settings import Settings
from besedka.identity.first_start import FirstOwner, ensure_owner


async def migrate_database(settings: Settings) -> None:
    """Raises DatabaseUnreachable."""
    database = db.open_database(settings)
    try:
        await reaching.refuse_unreachable(database)
        await schema.upgrade(settings.database)
    finally:
        await db.close_database()


async def prepare(settings: Settings, *, migrate: bool) -> FirstOwner | None:
    """Bring the database up to date; the owner, if one had to be made.

    Raises DatabaseMissing, DatabaseUnreachable or SchemaOutdated.
    """
    database = db.open_database(settings)
    try:
        if migrate:
            await reaching.refuse_unreachable(database)
            await schema.upgrade(settings.database)
        await reaching.refuse_unprepared(database)
        return await ensure_owner(settings)
    finally:
        await db.close_database()
