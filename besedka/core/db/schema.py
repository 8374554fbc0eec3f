"""Bringing a database to the newest schema, and asking whether it is there."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

# Found by its place, not imported: what it holds knows all rooms.
MIGRATIONS = Path(__file__).parents[2] / "migrations"
# Any number: processes that start together migrate one after another.
_LOCK = 0x626573656D6967


async def upgrade(url: str, revision: str = "head") -> None:
    async with _connection(url) as connection:
        await connection.run_sync(_run(lambda config: command.upgrade(config, revision)))


async def downgrade(url: str, revision: str) -> None:
    async with _connection(url) as connection:
        await connection.run_sync(_run(lambda config: command.downgrade(config, revision)))


async def write_revision(url: str, message: str) -> None:
    """Upgrade the database, compare it with the models, write the difference as a revision."""
    number = int(head() or "0000") + 1
    await upgrade(url)
    async with _connection(url) as connection:
        await connection.run_sync(
            _run(
                lambda config: command.revision(
                    config, message, autogenerate=True, rev_id=f"{number:04}"
                )
            )
        )


def current(connection: Connection) -> str | None:
    """The revision of the database."""
    return MigrationContext.configure(connection).get_current_revision()


@lru_cache
def head() -> str | None:
    """The revision that this code works with."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    for hook, options in (("tidy", "check --fix-only"), ("format", "format")):
        config.set_section_option("post_write_hooks", f"{hook}.type", "module")
        config.set_section_option("post_write_hooks", f"{hook}.module", "ruff")
        config.set_section_option(
            "post_write_hooks", f"{hook}.options", f"{options} --quiet REVISION_SCRIPT_FILENAME"
        )
    config.set_section_option("post_write_hooks", "hooks", "tidy, format")
    return config


def _run(act: Callable[[Config], object]) -> Callable[[Connection], None]:
    def run(connection: Connection) -> None:
        config = _config()
        config.attributes["connection"] = connection
        act(config)

    return run


@asynccontextmanager
async def _connection(url: str) -> AsyncIterator[AsyncConnection]:
    engine = _engine(url)
    try:
        async with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            yield connection
    finally:
        await engine.dispose()


def _engine(url: str) -> AsyncEngine:
    parsed = make_url(url)
    engine = create_async_engine(parsed, poolclass=NullPool)
    if parsed.get_backend_name() != "sqlite":
        return engine
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)

    @event.listens_for(engine.sync_engine, "connect")
    def _on_connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        # Changing a table means copying it; with foreign keys on, dropping the old one would
        # delete the rows that point to it.
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
