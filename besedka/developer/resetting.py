"""Emptying a company's inbox.

The one place that writes other rooms' tables: no act of the product deletes talks, and none is to
be made for the sake of development.
"""

from sqlalchemy import Table, delete
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels import queries as channels
from besedka.core import time
from besedka.core.db import Base
from besedka.core.logging import get_logger
from besedka.developer.errors import NotConfirmed
from besedka.identity import queries as identity
from besedka.identity.actor import Actor

log = get_logger(__name__)

_ROOTS = frozenset({"contacts", "listings"})


async def reset(session: AsyncSession, actor: Actor, *, confirmation: str) -> int:
    """Delete contacts, listings and all that belongs to them; how many talks were there.

    Accounts, users, documents and settings stay. Raises NotConfirmed unless `confirmation` is the
    company's name.
    """
    _, workspace = await identity.me(session, actor)
    if confirmation.strip() != workspace.name.strip():
        raise NotConfirmed
    talks = 0
    for table in reversed(inbox_tables()):
        gone = await session.execute(
            delete(table)
            .where(table.c.workspace_id == actor.workspace_id)
            .returning(table.c.workspace_id)
        )
        count = len(gone.all())
        if table.name == "conversations":
            talks = count
    for account in await channels.list_accounts(session, actor):
        # What the channel still holds is history now: the agent must not answer it again.
        account.live_since = account.swept_through = time.now().replace(microsecond=0)
    log.warning("developer.reset", workspace_id=actor.workspace_id)
    return talks


def inbox_tables() -> list[Table]:
    """In the order in which they refer to each other. What has no company goes with its talk."""
    names = set(_ROOTS)
    tables = []
    for table in Base.metadata.sorted_tables:
        refers = any(key.column.table.name in names for key in table.foreign_keys)
        if table.name in names or refers:
            names.add(table.name)
            if "workspace_id" in table.c:
                tables.append(table)
    return tables
