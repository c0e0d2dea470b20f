"""Privacy: encrypted originals, what a study may keep and why, erasures, and the audit log.

What placeholders stand for was kept as plain text; it is dropped here and comes back,
encrypted, with the next run. Readings and uploads are encrypted when the folder is opened.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

# Nothing of the last month can be taken out of the log, and nothing in it changed.
APPEND_ONLY = (
    "CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    "CREATE TRIGGER audit_keeps_a_month BEFORE DELETE ON audit "
    "WHEN OLD.at > strftime('%Y-%m-%dT%H:%M:%S', 'now', '-30 days') "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
)


def upgrade() -> None:
    """Make the tables, and drop what stood there in plain text."""
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("study", sa.Text, _study(), nullable=False),
        sa.Column("report", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "key_marks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("mark", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "privacy",
        sa.Column("study", sa.Text, _study(), primary_key=True, nullable=False),
        sa.Column("originals", sa.Text, nullable=False),
        sa.Column("keep_until", sa.Text, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("consent", sa.Text, nullable=False),
    )
    op.create_table(
        "grounds",
        sa.Column("study", sa.Text, _study(), primary_key=True, nullable=False),
        sa.Column("source", sa.Text, primary_key=True, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("consent", sa.Text, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("study", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("audit_of_a_study", "audit", ["study", "id"])
    for trigger in APPEND_ONLY:
        op.execute(trigger)
    op.execute("DELETE FROM redactions")


def _study() -> sa.ForeignKey:
    return sa.ForeignKey("studies.id", ondelete="CASCADE")
