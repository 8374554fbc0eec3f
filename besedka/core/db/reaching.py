"""Whether the database answers and is up to date, in plain words when not."""

from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from besedka.core.db import schema
from besedka.core.db.engine import Database
from besedka.core.errors import AppError


class DatabaseMissing(AppError):
    code = "database_missing"
    title = "Базы данных ещё нет. Выполните besedka migrate или запустите besedka serve"


class DatabaseUnreachable(AppError):
    code = "database_unreachable"
    title = "База данных не отвечает"


class SchemaOutdated(AppError):
    code = "schema_outdated"
    title = "База данных не обновлена до этой версии. Выполните besedka migrate"


def is_file_missing(database: Database) -> bool:
    """To connect would make an empty one."""
    path = database.url.database
    return database.is_sqlite and bool(path) and not Path(path or "").exists()


async def refuse_unreachable(database: Database) -> None:
    """Raises DatabaseUnreachable."""
    await revision_of(database)


async def refuse_unprepared(database: Database) -> None:
    """Raises DatabaseMissing, DatabaseUnreachable or SchemaOutdated."""
    if is_file_missing(database):
        raise DatabaseMissing
    if await revision_of(database) != schema.head():
        raise SchemaOutdated


async def revision_of(database: Database) -> str | None:
    """Raises DatabaseUnreachable."""
    try:
        async with database.read_engine.connect() as connection:
            return await connection.run_sync(schema.current)
    except _failures(database) as error:
        place = database.url.render_as_string(hide_password=True)
        raise DatabaseUnreachable(
            f"{place} ({type(error).__name__}). Запустите сервер базы и проверьте "
            "BESEDKA_DATABASE_URL: адрес, имя и пароль."
        ) from error


def _failures(database: Database) -> tuple[type[Exception], ...]:
    if database.is_sqlite:
        return SQLAlchemyError, OSError
    # What PostgreSQL says while a connection is made reaches us as the driver tells it.
    import asyncpg

    return SQLAlchemyError, OSError, asyncpg.PostgresError
