"""Names of themes that a second coder proposed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    reference = sa.ForeignKey("studies.id", ondelete="CASCADE")
    op.create_table(
        "name_proposals",
        sa.Column("study", sa.Text, reference, primary_key=True, nullable=False),
        sa.Column("theme", sa.Text, primary_key=True),
        sa.Column("proposal", sa.LargeBinary, nullable=False),
    )
