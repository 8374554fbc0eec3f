"""Engines and transactions."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any, TypeAlias

import orjson
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.pool import ConnectionPoolEntry

from besedka.core.db import sqlite_driver
from besedka.core.settings import Settings

# Who writes: a unit of work with the ORM, or a bare connection.
Writer: TypeAlias = AsyncSession | AsyncConnection

_AFTER_COMMIT = "after_commit"
_SQLITE_BUSY_S = 30
_SQLITE_READERS = 8
_POSTGRES_STATEMENTS = 1000
_PING_AFTER_S = 1.0
_USED_AT = "besedka.used_at"


def _to_json(value: Any) -> str:
    return orjson.dumps(value).decode()


_SHARED: dict[str, Any] = {
    "hide_parameters": True,  # errors are logged, and parameters are what customers wrote
    "json_serializer": _to_json,
    "json_deserializer": orjson.loads,
}


class Database:
    """The engines of one process.

    SQLite takes one writer at a time: all transactions queue for one connection, so a process
    never meets "database is locked", and readers see the last commit without waiting.
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            if self.url.database:
                Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
            self.engine = _sqlite_engine(url, pool_size=1, begin="BEGIN IMMEDIATE")
            self.read_engine = _sqlite_engine(
                url, pool_size=_SQLITE_READERS, begin="BEGIN", query_only=True
            )
        else:
            self.engine = _postgres_engine(url, pool_size=pool_size)
            self.read_engine = self.engine
        self._writing = async_sessionmaker(self.engine, expire_on_commit=False)
        self._reading = async_sessionmaker(
            self.read_engine, expire_on_commit=False, autoflush=False
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        async with self._writing() as session:
            yield session
            await session.commit()
            _call_all(session.info.pop(_AFTER_COMMIT, []))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction without the ORM, for what is written by the thousand."""
        async with self.engine.begin() as connection:
            # Made anew each time: the connection's last user may have rolled back.
            callbacks: list[Callable[[], None]] = []
            connection.info[_AFTER_COMMIT] = callbacks
            yield connection
        _call_all(callbacks)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        async with self._reading() as session:
            yield session

    async def close(self) -> None:
        await self.engine.dispose()
        if self.read_engine is not self.engine:
            await self.read_engine.dispose()


def _call_all(callbacks: list[Callable[[], None]]) -> None:
    for callback in callbacks:
        callback()


def _sqlite_engine(
    url: str, *, pool_size: int, begin: str, query_only: bool = False
) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        **_SHARED,
        pool_timeout=_SQLITE_BUSY_S,
        connect_args={"timeout": _SQLITE_BUSY_S, "async_creator_fn": sqlite_driver.connect},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _on_connect(connection: Any, _: Any) -> None:
        # We say BEGIN ourselves: the driver's own would be deferred, and a deferred
        # transaction that turns into a writer fails at once when another one writes.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        # A webhook answered 200 must survive a power cut, so every commit reaches the disk.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA cache_size=-16000")
        cursor.execute("PRAGMA temp_store=MEMORY")
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _on_begin(connection: Any) -> None:
        connection.connection.cursor().execute(begin)

    return engine


def _postgres_engine(url: str, *, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        connect_args={
            # Beyond that many a connection forgets, and asks the server to plan a statement again.
            "prepared_statement_cache_size": _POSTGRES_STATEMENTS,
            # To compile a query takes the server 200 ms, and each of ours runs for a few.
            "server_settings": {"jit": "off"},
        },
        **_SHARED,
    )
    dialect = engine.sync_engine.dialect

    @event.listens_for(engine.sync_engine, "checkin")
    def _on_checkin(_: Any, record: ConnectionPoolEntry) -> None:
        record.info[_USED_AT] = monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def _on_checkout(connection: Any, record: ConnectionPoolEntry, _: Any) -> None:
        # SQLAlchemy's own "pre ping" asks each time, three trips for every transaction.
        used_at = record.info.get(_USED_AT)  # a new connection has none
        if used_at is not None and monotonic() - used_at > _PING_AFTER_S:
            try:
                dialect.do_ping(connection)
            except (dialect.loaded_dbapi.Error, OSError) as error:
                raise InvalidatePoolError from error

    return engine


_database: Database | None = None


def open_database(settings: Settings) -> Database:
    """Set the database that this process works with."""
    global _database  # noqa: PLW0603 - one database for the whole process
    _database = Database(settings.database, pool_size=settings.database_pool_size)
    return _database


async def close_database() -> None:
    global _database  # noqa: PLW0603 - see open_database
    if _database is not None:
        await _database.close()
        _database = None


def is_open() -> bool:
    return _database is not None


def database() -> Database:
    if _database is None:
        raise RuntimeError("the database is not open: call open_database first")
    return _database


@asynccontextmanager
async def transaction() -> AsyncIterator[AsyncSession]:
    async with database().transaction() as session:
        yield session


@asynccontextmanager
async def reading() -> AsyncIterator[AsyncSession]:
    async with database().reading() as session:
        yield session


@asynccontextmanager
async def writing() -> AsyncIterator[AsyncConnection]:
    async with database().writing() as connection:
        yield connection


def after_commit(writer: Writer, callback: Callable[[], None]) -> None:
    """Call `callback` once this transaction is durable; never if it rolls back."""
    writer.info.setdefault(_AFTER_COMMIT, []).append(callback)
