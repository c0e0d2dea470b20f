"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _studies()
    _files()
    _people()
    _runs()
    _results()
    _vectors()


def _study(*, key: bool = False) -> sa.Column[str]:
    reference = sa.ForeignKey("studies.id", ondelete="CASCADE")
    return sa.Column("study", sa.Text, reference, primary_key=key, nullable=False)


def _studies() -> None:
    op.create_table(
        "studies",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.Column("taxonomy", sa.LargeBinary),
        sa.Column("encoder", sa.Text, nullable=False),
    )


def _files() -> None:
    op.create_table(
        "intakes",
        sa.Column("id", sa.Integer, primary_key=True),
        _study(),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("duplicate_of", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sources",
        _study(key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("software", sa.Text, nullable=False),
        sa.Column("reading", sa.LargeBinary, nullable=False),
    )


def _people() -> None:
    op.create_table(
        "redactions",
        _study(key=True),
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("placeholder", sa.Text, primary_key=True),
        sa.Column("original", sa.Text, primary_key=True),
        sa.Column("category", sa.Text, nullable=False),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer, primary_key=True),
        _study(),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("anchors", sa.LargeBinary, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Text, primary_key=True),
        _study(),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("started", sa.Text, nullable=False),
        sa.Column("ended", sa.Text),
    )
    busy = sa.text("status IN ('queued', 'running')")
    op.create_index("one_run_a_study", "runs", ["study"], unique=True, sqlite_where=busy)
    op.create_table(
        "materials",
        sa.Column("run", sa.Text, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("material", sa.LargeBinary, nullable=False),
        sa.Column("texts", sa.LargeBinary, nullable=False),
    )


def _results() -> None:
    op.create_table(
        "analyses",
        sa.Column("id", sa.Integer, primary_key=True),
        _study(),
        sa.Column("run", sa.Text, nullable=False),
        sa.Column("sources", sa.Text, nullable=False),
        sa.Column("analysis", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )


def _vectors() -> None:
    op.create_table(
        "vectors",
        sa.Column("model", sa.Text, primary_key=True),
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "vector_uses",
        _study(key=True),
        sa.Column("model", sa.Text, primary_key=True),
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.ForeignKeyConstraint(
            ["model", "digest"], ["vectors.model", "vectors.digest"], ondelete="CASCADE"
        ),
    )
    op.create_index("uses_of_a_vector", "vector_uses", ["model", "digest"])
