"""The codebook of a study."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    reference = sa.ForeignKey("studies.id", ondelete="CASCADE")
    op.create_table(
        "codebooks",
        sa.Column("study", sa.Text, reference, primary_key=True, nullable=False),
        sa.Column("codebook", sa.LargeBinary, nullable=False),
    )
