"""Sort by price, and read every filter from an index of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_LISTED = ["workspace_id", "status", "mode"]
_PINNED_FIRST = ["is_pinned", "last_activity_at", "id"]
_INDEXES = {
    "price": ["listing_price", "last_activity_at", "id"],
    "assignee": ["assignee_id", *_PINNED_FIRST],
    "account": ["account_id", *_PINNED_FIRST],
}
_PARTIAL = {
    "unread": sa.text("unread_count > 0"),
    "now_waiting": sa.text("waiting_since IS NOT NULL"),
}


def upgrade() -> None:
    op.add_column(
        "conversations",
        sa.Column("listing_price", sa.BigInteger(), nullable=False, server_default="-1"),
    )
    op.execute(
        "UPDATE conversations SET listing_price = coalesce("
        "(SELECT price_minor FROM listings WHERE listings.id = conversations.listing_id), -1)"
    )
    op.create_index("ix_conversations_listing_id", "conversations", ["listing_id"])
    for name, columns in _INDEXES.items():
        op.create_index(f"ix_conversations_{name}", "conversations", [*_LISTED, *columns])
    for name, condition in _PARTIAL.items():
        op.create_index(
            f"ix_conversations_{name}",
            "conversations",
            [*_LISTED, *_PINNED_FIRST],
            sqlite_where=condition,
            postgresql_where=condition,
        )


def downgrade() -> None:
    for name in (*_PARTIAL, *_INDEXES, "listing_id"):
        op.drop_index(f"ix_conversations_{name}", table_name="conversations")
    op.drop_column("conversations", "listing_price")
