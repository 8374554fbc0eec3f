"""Stop scheduled replies on their way."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("scheduled_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("messages", "scheduled_id")
