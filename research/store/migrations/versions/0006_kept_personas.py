"""Decisions that keep a persona as it was when people accepted or locked it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column."""
    op.add_column("decisions", sa.Column("content", sa.Text, nullable=False, server_default=""))
