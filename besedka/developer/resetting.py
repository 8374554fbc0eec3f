"""Emptying a company's inbox.

The one place that writes other rooms' tables: no act of the product deletes talks, and none is to
be made for the sake of development.
"""

from sqlalchemy import Table, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka import events
from besedka.channels import queries as channels
from besedka.core import db, files, time
from besedka.core.db import Base
from besedka.core.logging import get_logger
from besedka.developer.errors import NoStandIn, NotConfirmed
from besedka.developer.events import InboxEmptied
from besedka.developer.stand_in import is_simulated
from besedka.identity import queries as identity
from besedka.identity.actor import Actor
from besedka.inbox.models import Attachment
from besedka.search import words

log = get_logger(__name__)

_ROOTS = frozenset({"contacts", "listings"})


async def reset(actor: Actor, *, confirmation: str) -> int:
    """Delete contacts, listings and all that belongs to them; how many talks were there.

    Accounts, users, documents and settings stay. Opens its own transaction, since files can be
    deleted only when no row speaks of them any more. Raises NotConfirmed unless `confirmation` is
    the company's name, NoStandIn where an account is of a real channel.
    """
    async with db.transaction() as session:
        _, workspace = await identity.me(session, actor)
        if confirmation.strip() != workspace.name.strip():
            raise NotConfirmed
        accounts = await channels.list_accounts(session, actor)
        # Also those that are disconnected: their talks were held with somebody real.
        if not all(is_simulated(account) for account in accounts):
            raise NoStandIn
        keys = await _file_keys(session, actor)
        talks = await _delete_rows(session, actor)
        await words.forget_words(session, actor.workspace_id)
        for account in accounts:
            # What the channel still holds is history now: the agent must not answer it again.
            account.live_since = account.swept_through = time.now().replace(microsecond=0)
        await events.publish(
            session,
            InboxEmptied(
                workspace_id=actor.workspace_id, subject=f"workspace:{actor.workspace_id}"
            ),
        )
    for key in keys:
        await files.storage().delete(key)
    log.warning("developer.reset", workspace_id=actor.workspace_id)
    return talks


async def _file_keys(session: AsyncSession, actor: Actor) -> list[str]:
    statement = select(Attachment).where(Attachment.workspace_id == actor.workspace_id)
    attachments = (await session.scalars(statement)).all()
    return [key for each in attachments for key in (each.key, each.preview_key)]


async def _delete_rows(session: AsyncSession, actor: Actor) -> int:
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
