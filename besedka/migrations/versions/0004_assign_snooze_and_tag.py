"""Assign, snooze and tag."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tags",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("color", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_tags_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("workspace_id", "name_key", name=op.f("uq_tags_workspace_id_name_key")),
    )
    op.create_table(
        "conversation_tags",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_conversation_tags_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_conversation_tags_tag_id")),
        sa.PrimaryKeyConstraint("conversation_id", "tag_id", name=op.f("pk_conversation_tags")),
    )
    op.create_index(
        "ix_conversation_tags_tag_id", "conversation_tags", ["tag_id", "conversation_id"]
    )
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("conversations", sa.Column("snoozed_until", sa.DateTime(timezone=True)))
    op.add_column("conversations", sa.Column("put_away", json))
    op.add_column("conversations", sa.Column("tag_ids", json, nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("conversations", "tag_ids")
    op.drop_column("conversations", "put_away")
    op.drop_column("conversations", "snoozed_until")
    op.drop_index("ix_conversation_tags_tag_id", table_name="conversation_tags")
    op.drop_table("conversation_tags")
    op.drop_table("tags")
