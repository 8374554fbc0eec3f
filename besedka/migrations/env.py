"""Alembic runs this file. The connection comes from `besedka.migrations.schema`."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

from besedka.app import rooms
from besedka.core.db import Base, fulltext, schema


def write_plain_types(kind: str, item: Any, autogenerate_context: Any) -> str | Literal[False]:
    """A migration names the column's own type, not our class, which may change later."""
    if kind != "type":
        return False
    if isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    if isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    if isinstance(item, sa.JSON):
        autogenerate_context.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


def run(connection: Connection) -> None:
    assert rooms.DECLARING
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        # SQLite can't alter a column in place; for the first tables nothing needs altering.
        render_as_batch=schema.head() is not None,
        render_item=write_plain_types,
        include_name=fulltext.is_in_models,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
