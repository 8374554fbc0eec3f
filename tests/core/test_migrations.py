"""The schema that migrations make is the schema that the models describe."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from besedka.app import rooms
from besedka.core.db import Base, Database, fulltext, schema


def differences(connection: Connection) -> list[object]:
    assert rooms.DECLARING
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "include_name": fulltext.is_in_models}
    )
    return list(compare_metadata(context, Base.metadata))


async def test_a_migrated_database_is_what_the_models_describe(database: Database) -> None:
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(schema.current) == schema.head()


async def test_migrations_can_be_taken_back_and_made_again(database: Database) -> None:
    url = database.url.render_as_string(hide_password=False)

    await schema.downgrade(url, "base")
    async with database.engine.connect() as connection:
        left = await connection.run_sync(lambda each: inspect(each).get_table_names())
    await schema.upgrade(url)

    assert left == ["alembic_version"]
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_a_database_that_is_up_to_date_changes_nothing(
    database: Database,
) -> None:
    await schema.upgrade(database.url.render_as_string(hide_password=False))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(schema.current) == schema.head()
