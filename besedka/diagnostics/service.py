"""All checks, in the order in which one thing needs the other."""

from collections.abc import AsyncIterator

from besedka.core import db
from besedka.core.settings import Settings
from besedka.diagnostics import ground, outside
from besedka.diagnostics.finding import Finding, State


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Findings as they come. Checks that need the database are left out without one."""
    for finding in (*ground.settings_findings(settings), ground.data_folder(settings)):
        yield finding
    db.open_database(settings)
    try:
        schema = await ground.database()
        yield schema
        if schema.state is State.BROKEN:
            return
        yield await ground.users()
        yield await ground.jobs()
        async for finding in ground.stored_secrets():
            yield finding
        yield await outside.server(settings)
        async for finding in outside.model():
            yield finding
        async for finding in outside.channel_accounts(settings):
            yield finding
    finally:
        await db.close_database()
