"""Schedule a reply once."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("scheduled_replies", sa.Column("idempotency_key", sa.String(length=100)))
    op.create_index(
        "uq_scheduled_replies_idempotency_key",
        "scheduled_replies",
        ["conversation_id", "idempotency_key"],
        unique=True,
    )


def downgrade() -> None:
    op.drop_index("uq_scheduled_replies_idempotency_key", table_name="scheduled_replies")
    op.drop_column("scheduled_replies", "idempotency_key")
