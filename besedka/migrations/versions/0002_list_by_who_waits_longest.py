"""List by who waits longest."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_conversations_waiting",
        "conversations",
        [
            "workspace_id",
            "status",
            "mode",
            "waiting_since",
            sa.literal_column("last_activity_at DESC"),
            sa.literal_column("id DESC"),
        ],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_conversations_waiting", table_name="conversations")
