"""The database: one engine on PostgreSQL; on SQLite one writer and several readers.

async with db.transaction() as session:   # commits at the end, rolls back on an error
async with db.reading() as session:       # never writes
async with db.writing() as connection:    # as transaction, without the ORM
"""

from besedka.core.db.base import Base, BigId, Json, UtcDateTime, enum_type
from besedka.core.db.engine import (
    Database,
    Writer,
    after_commit,
    close_database,
    database,
    is_open,
    open_database,
    reading,
    transaction,
    writing,
)

__all__ = [
    "Base",
    "BigId",
    "Database",
    "Json",
    "UtcDateTime",
    "Writer",
    "after_commit",
    "close_database",
    "database",
    "enum_type",
    "is_open",
    "open_database",
    "reading",
    "transaction",
    "writing",
]
