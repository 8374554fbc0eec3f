"""The schema that migrations make is the schema that the models describe."""

from typing import Any
from uuid import UUID

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import AsyncConnection

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


# As plain SQL spells it: the models are those of the newest schema, not of the one that is filled.
MOMENT = "'2026-01-01 12:00:00.000000+00:00'"
COMPANY, ACCOUNT, PERSON, CONTACT = (f"'{UUID(int=number).hex}'" for number in range(1, 5))
PRICED, UNPRICED = (f"'{UUID(int=number).hex}'" for number in range(5, 7))
TALKS = {"priced": PRICED, "unpriced": UNPRICED, "nothing": "NULL"}


async def put(connection: AsyncConnection, table: str, moments: str, **values: str) -> None:
    values |= dict.fromkeys(moments.split(), MOMENT)
    await connection.exec_driver_sql(
        f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(values.values())})"
    )


async def fill_as_of_0002(connection: AsyncConnection) -> None:
    of_company = {"workspace_id": COMPANY}
    of_account = of_company | {"account_id": ACCOUNT}
    await put(connection, "workspaces", "created_at", id=COMPANY, name="'К'", time_zone="'UTC'")
    await put(
        connection,
        "users",
        "created_at",
        id=PERSON,
        email="'a@b.c'",
        name="'Анна'",
        password_hash="''",
    )
    await put(
        connection,
        "sessions",
        "created_at expires_at last_seen_at",
        token_fingerprint="'f'",
        user_id=PERSON,
        **of_company,
    )
    await put(
        connection,
        "channel_accounts",
        "created_at live_since",
        id=ACCOUNT,
        **of_company,
        kind="'avito'",
        name="'Авито'",
        sealed_credentials="''",
        state="'active'",
        agent_enabled="true",
        hook_fingerprint="''",
        sealed_hook_secret="''",
        recovered_count="0",
        sync_done="0",
    )
    await put(connection, "contacts", "created_at", id=CONTACT, **of_company, name="'Сергей'")
    for listing, price in ((PRICED, "520000"), (UNPRICED, "NULL")):
        await put(
            connection,
            "listings",
            "updated_at",
            id=listing,
            **of_account,
            external_id=listing,
            title="'Самокат'",
            price_minor=price,
            currency="'RUB'",
            status="'active'",
            is_ours="true",
        )
    for number, (name, listing) in enumerate(TALKS.items(), 10):
        talk = f"'{UUID(int=number).hex}'"
        await put(
            connection,
            "conversations",
            "created_at last_activity_at",
            id=talk,
            **of_account,
            contact_id=CONTACT,
            listing_id=listing,
            external_id=f"'{name}'",
            chat_type="'u2i'",
            version="1",
            mode="'bot'",
            status="'open'",
            is_pinned="false",
            unread_count="1",
            has_failed="false",
            inbound_seq="1",
            answered_seq="0",
            ownership_seq="0",
        )
        await put(
            connection,
            "messages",
            "created_at sent_at",
            id=f"'{UUID(int=number + 100).hex}'",
            **of_account,
            conversation_id=talk,
            version="1",
            direction="'out'",
            author="'bot'",
            type="'text'",
            text="'Здравствуйте'",
            content="'{}'",
            status="'sent'",
            part="0",
            answered_before="0",
        )


async def rows_of(database: Database, statement: str) -> list[tuple[Any, ...]]:
    async with database.engine.connect() as connection:
        return [tuple(row) for row in await connection.exec_driver_sql(statement)]


async def test_rows_of_an_older_schema_come_to_the_newest_and_back(database: Database) -> None:
    url = database.url.render_as_string(hide_password=False)
    await schema.downgrade(url, "0002")
    async with database.engine.begin() as connection:
        await fill_as_of_0002(connection)

    await schema.upgrade(url)

    talks = await rows_of(
        database,
        "SELECT external_id, listing_price, CAST(tag_ids AS TEXT), put_away, scheduled_count,"
        " version FROM conversations ORDER BY external_id",
    )
    assert talks == [
        ("nothing", -1, "[]", None, 0, 1),
        ("priced", 520000, "[]", None, 0, 1),
        ("unpriced", -1, "[]", None, 0, 1),
    ]
    people = "SELECT name, CAST(preferences AS TEXT) FROM users"
    assert await rows_of(database, people) == [("Анна", "{}")]
    logins = "SELECT token_fingerprint, user_agent FROM sessions"
    assert await rows_of(database, logins) == [("f", "")]
    messages = "SELECT text, held_until, owed_before FROM messages"
    assert await rows_of(database, messages) == [("Здравствуйте", None, None)] * 3
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []

    await schema.downgrade(url, "0002")

    kept = (
        "SELECT conversations.external_id, messages.text, messages.answered_before"
        " FROM conversations JOIN messages ON messages.conversation_id = conversations.id"
        " ORDER BY conversations.external_id"
    )
    assert await rows_of(database, kept) == [(name, "Здравствуйте", None) for name in sorted(TALKS)]
    listings = "SELECT price_minor FROM listings ORDER BY price_minor NULLS LAST"
    assert await rows_of(database, listings) == [(520000,), (None,)]

    await schema.upgrade(url)  # the next test is given the same tables
