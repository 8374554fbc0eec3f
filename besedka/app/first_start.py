"""What must be there before requests come: the schema and somebody who can log in."""

from dataclasses import dataclass

from besedka.core import db
from besedka.core.db import reaching, schema
from besedka.core.settings import Settings
from besedka.identity import queries as identity
from besedka.identity.first_start import FirstOwner, ensure_owner
from besedka.identity.setup import setup_code


@dataclass(frozen=True, slots=True)
class FirstStart:
    owner: FirstOwner | None
    """If one had to be made just now."""
    setup_code: str | None
    """If there is no owner yet: with it the browser makes one."""


async def migrate_database(settings: Settings) -> None:
    """Raises DatabaseUnreachable."""
    database = db.open_database(settings)
    try:
        await reaching.refuse_unreachable(database)
        await schema.upgrade(settings.database)
    finally:
        await db.close_database()


async def prepare(settings: Settings, *, migrate: bool) -> FirstStart:
    """Bring the database up to date, and see that somebody can log in or set Besedka up.

    Raises DatabaseMissing, DatabaseUnreachable, SchemaOutdated or PasswordTooWeak.
    """
    database = db.open_database(settings)
    try:
        if migrate:
            await reaching.refuse_unreachable(database)
            await schema.upgrade(settings.database)
        await reaching.refuse_unprepared(database)
        owner = await ensure_owner(settings)
        async with db.reading() as session:
            is_set_up = await identity.has_owner(session)
        return FirstStart(owner, None if is_set_up else setup_code())
    finally:
        await db.close_database()


async def find_setup_code(settings: Settings) -> str | None:
    """The code, if there is no owner yet. Raises what `prepare` does."""
    database = db.open_database(settings)
    try:
        await reaching.refuse_unprepared(database)
        async with db.reading() as session:
            return None if await identity.has_owner(session) else setup_code()
    finally:
        await db.close_database()
