"""Keep what an answer covered, to owe it again when the answer is taken back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("messages", sa.Column("owed_before", json))
    op.drop_column("messages", "answered_before")


def downgrade() -> None:
    op.add_column("messages", sa.Column("answered_before", sa.Integer()))
    op.drop_column("messages", "owed_before")
