"""Tables of metrics, which arrive apart from runs."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    reference = sa.ForeignKey("studies.id", ondelete="CASCADE")
    op.create_table(
        "metrics",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("study", sa.Text, reference, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("mapping", sa.LargeBinary),
        sa.UniqueConstraint("study", "digest"),
        sqlite_autoincrement=True,
    )
