"""The second coder: where it lives, and what it answered."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "second_coders",
        _study(),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("price_in", sa.Float, nullable=False),
        sa.Column("price_out", sa.Float, nullable=False),
        sa.Column("mode", sa.Text, nullable=False),
    )
    op.create_table(
        "second_labels",
        _study(),
        sa.Column("maker", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("valence", sa.Integer, nullable=False),
    )


def _study() -> sa.Column[str]:
    reference = sa.ForeignKey("studies.id", ondelete="CASCADE")
    return sa.Column("study", sa.Text, reference, primary_key=True, nullable=False)
