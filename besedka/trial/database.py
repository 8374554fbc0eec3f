"""An empty database for a trial: a file in its folder, or a fresh one on a PostgreSQL server."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from sqlalchemy.engine import URL, make_url


@asynccontextmanager
async def empty_database(server_url: str, *, folder: Path, keep: bool) -> AsyncIterator[str]:
    """The URL for the product. The database is dropped at the end unless `keep`."""
    if not server_url:
        (folder / "data").mkdir(parents=True, exist_ok=True)
        yield f"sqlite+aiosqlite:///{folder / 'data' / 'besedka.db'}"
        return
    server = make_url(server_url).set(drivername="postgresql")
    name = f"besedka_trial_{secrets.token_hex(4)}"
    await _command(server, f'CREATE DATABASE "{name}"')
    try:
        fresh = server.set(drivername="postgresql+asyncpg", database=name)
        yield fresh.render_as_string(hide_password=False)
    finally:
        if not keep:
            await _command(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def _command(server: URL, statement: str) -> None:
    address = server.set(database=server.database or "postgres")
    connection = await asyncpg.connect(address.render_as_string(hide_password=False))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
