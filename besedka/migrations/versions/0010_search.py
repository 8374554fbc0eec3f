"""Search conversations. What is there already is indexed in the background."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_VECTOR = "array_to_tsvector(string_to_array((head || ' '::text) || body, ' '::text))"
_INDEX_ON_POSTGRESQL = f"CREATE INDEX search_index ON search_documents USING gin ({_VECTOR})"
# The texts are long and only the index reads them: kept apart, the rows stay close together.
_KEPT_APART = "ALTER TABLE search_documents SET (toast_tuple_target = 128)"
_FORGET = (
    "INSERT INTO search_index(search_index, rowid, head, body)"
    " VALUES ('delete', old.id, old.head, old.body);"
)
_LEARN = "INSERT INTO search_index(rowid, head, body) VALUES (new.id, new.head, new.body);"
_INDEX_ON_SQLITE = (
    "CREATE VIRTUAL TABLE search_index USING fts5(head, body, content='search_documents',"
    " content_rowid='id', detail=none, columnsize=0, tokenize='ascii')"
)
_ACTS = {"INSERT": _LEARN, "DELETE": _FORGET, "UPDATE": f"{_FORGET} {_LEARN}"}
_TRIGGERS = tuple(
    f"CREATE TRIGGER search_index_{act.lower()} AFTER {act} ON search_documents BEGIN {what} END"
    for act, what in _ACTS.items()
)


def upgrade() -> None:
    op.create_table(
        "search_progress",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("events_through", sa.BigInteger(), nullable=False),
        sa.Column("filled_through", sa.Uuid(), nullable=True),
        sa.Column("is_filled", sa.Boolean(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_progress")),
    )
    op.create_table(
        "search_words",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_search_words_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "key", "word", name=op.f("pk_search_words")),
    )
    op.create_table(
        "search_documents",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_search_documents_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_search_documents_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_documents")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_search_documents_conversation_id")),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    on_sqlite, on_postgresql = (_INDEX_ON_SQLITE, *_TRIGGERS), (_INDEX_ON_POSTGRESQL, _KEPT_APART)
    for statement in on_sqlite if is_sqlite else on_postgresql:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    op.drop_table("search_documents")
    op.drop_table("search_words")
    op.drop_table("search_progress")
