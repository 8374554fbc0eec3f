"""All that differs between SQLite and PostgreSQL, in one place."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Table, func, literal, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionInTime
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.sql.elements import ColumnElement

# The high half of the advisory lock's key; the low half is the publisher's mark.
_PUBLISHER_LOCK_CLASS = 0x6265  # "be"
_NAME_LOCK_CLASS = 0x6E61  # "na"


def is_sqlite(writer: AsyncSession | AsyncConnection) -> bool:
    bind = writer if isinstance(writer, AsyncConnection) else writer.get_bind()
    return bind.dialect.name == "sqlite"


def insert(session: AsyncSession, model: type[Any]) -> SqliteInsert | PostgresInsert:
    """An INSERT that knows ON CONFLICT, which both databases spell alike."""
    return insert_into(model, is_sqlite=is_sqlite(session))


def insert_into(model: type[Any], *, is_sqlite: bool) -> SqliteInsert | PostgresInsert:
    table: Table = model.__table__
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)


async def insert_missing(
    session: AsyncSession, model: type[Any], row: dict[str, Any], *, unique: Sequence[str]
) -> bool:
    """Insert `row` unless one with the same `unique` columns is there. True if inserted."""
    column: ColumnElement[Any] = next(iter(model.__table__.primary_key))
    statement = (
        insert(session, model)
        .values(row)
        .on_conflict_do_nothing(index_elements=list(unique))
        .returning(column)
    )
    return (await session.execute(statement)).first() is not None


def locking_names(names: Select[str]) -> Select[Any]:
    """A statement that waits until no other transaction holds any of the selected names.

    They are held until this transaction ends. For PostgreSQL alone: on SQLite a writing
    transaction holds everything anyway.
    """
    selected = names.subquery()
    # Everybody takes several in one order, so nobody waits in a circle.
    keys = select(func.hashtext(selected.c.name).label("key")).distinct().order_by("key").subquery()
    return select(func.pg_advisory_xact_lock(_NAME_LOCK_CLASS, keys.c.key))


async def lock_name(session: AsyncSession, name: str) -> None:
    """Wait until no other transaction holds `name`, and hold it until this one ends."""
    if not is_sqlite(session):  # there a writing transaction holds everything anyway
        await session.execute(locking_names(select(literal(name).label("name"))))


def refuses_values(error: DBAPIError) -> bool:
    """Whether the database can't hold these very values: trying again would not help."""
    code = getattr(error.orig, "sqlstate", None)
    if code is not None:  # PostgreSQL: data exceptions and broken constraints
        return str(code)[:2] in ("22", "23")
    return isinstance(error, DataError | IntegrityError)


def is_in_trouble(error: Exception) -> bool:
    """Whether the database is away, full or too busy, and not the values: try again later."""
    if isinstance(error, DBAPIError):
        return not refuses_values(error)
    return isinstance(error, NoConnectionInTime | OSError)


def overflows_columns(error: DBAPIError) -> bool:
    """Whether a value itself is the trouble, and not a row that another writer made meanwhile."""
    code = getattr(error.orig, "sqlstate", None)
    return isinstance(error, DataError) if code is None else str(code).startswith("22")


_MARK_PUBLISHER = text(
    "SELECT pg_advisory_xact_lock_shared("
    " (CAST(:lock_class AS bigint) << 32)"
    " | (coalesce(pg_sequence_last_value(CAST(:sequence AS regclass)), 0) & 4294967295))"
)


async def mark_publisher(session: AsyncSession, sequence: str) -> None:
    """Announce, until this transaction ends, that it may commit event numbers above the mark.

    PostgreSQL hands out numbers before commit, so a slow transaction can commit a number lower
    than one already read. Readers stop below the lowest announced mark (`published_through`).
    The mark is read before the lock is taken and the lock is held before a number is drawn:
    whoever sees no lock can be sure that the numbers it saw have no gap still to be filled.
    """
    if is_sqlite(session):
        return
    await session.execute(
        _MARK_PUBLISHER, {"lock_class": _PUBLISHER_LOCK_CLASS, "sequence": sequence}
    )


async def published_through(session: AsyncSession, table: str, column: str) -> int:
    """The number up to which every committed event is visible and none can still appear."""
    newest = text(f"SELECT coalesce(max({column}), 0) FROM {table}")  # noqa: S608 - own constants
    high: int = (await session.execute(newest)).scalar_one()
    if is_sqlite(session):
        return high
    marks = text(
        "SELECT CAST(objid AS bigint) FROM pg_locks"
        " WHERE locktype = 'advisory' AND classid = CAST(:lock_class AS oid)"
        " AND objsubid = 1"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    ).bindparams(lock_class=_PUBLISHER_LOCK_CLASS)
    lowest = high
    for (mark,) in await session.execute(marks):
        # The lock keeps 32 bits of the mark; the rest follows from `high`, which is near.
        behind = (high - mark) & 0xFFFFFFFF
        if behind < 0x80000000:
            lowest = min(lowest, high - behind)
    return lowest


_NOTIFY = text("SELECT pg_notify(:channel, :payload)")


async def notify(session: AsyncSession, channel: str, payload: str) -> None:
    """Wake the listeners of `channel` in other processes when this transaction commits."""
    if not is_sqlite(session):
        await session.execute(_NOTIFY, {"channel": channel, "payload": payload})
