"""The tables. Everything of a study hangs on its row and goes when it goes."""

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

VERSION = "0007"
metadata = MetaData()


def _study(*, key: bool = False) -> Column[str]:
    return Column(
        "study", ForeignKey("studies.id", ondelete="CASCADE"), primary_key=key, nullable=False
    )


studies = Table(
    "studies",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("taxonomy", LargeBinary),
    Column("encoder", Text, nullable=False),
)

# What became of each uploaded file: `source` is empty when it was refused.
intakes = Table(
    "intakes",
    metadata,
    Column("id", Integer, primary_key=True),
    _study(),
    Column("name", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("duplicate_of", Text, nullable=False),
    sqlite_autoincrement=True,
)

sources = Table(
    "sources",
    metadata,
    _study(key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("software", Text, nullable=False),
    Column("reading", LargeBinary, nullable=False),
)

redactions = Table(
    "redactions",
    metadata,
    _study(key=True),
    Column("source", Text, primary_key=True),
    Column("placeholder", Text, primary_key=True),
    Column("original", Text, primary_key=True),
    Column("category", Text, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    _study(),
    Column("action", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("anchors", LargeBinary, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("content", Text, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    _study(),
    Column("status", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("message", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("ended", Text),
    Index(
        "one_run_a_study",
        "study",
        unique=True,
        sqlite_where=text("status IN ('queued', 'running')"),
    ),
)

# What a run has prepared and still needs; gone when the run ends.
materials = Table(
    "materials",
    metadata,
    Column("run", ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("material", LargeBinary, nullable=False),
    Column("texts", LargeBinary, nullable=False),
)

analyses = Table(
    "analyses",
    metadata,
    Column("id", Integer, primary_key=True),
    _study(),
    Column("run", Text, nullable=False),
    Column("sources", Text, nullable=False),
    Column("analysis", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)

vectors = Table(
    "vectors",
    metadata,
    Column("model", Text, primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

# Which study uses which vector, so that a vector goes with the last study that does.
vector_uses = Table(
    "vector_uses",
    metadata,
    _study(key=True),
    Column("model", Text, primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
    ForeignKeyConstraint(
        ["model", "digest"], ["vectors.model", "vectors.digest"], ondelete="CASCADE"
    ),
    Index("uses_of_a_vector", "model", "digest"),
)

# Where a study's second coder lives, if somebody set one up; its key is never kept.
second_coders = Table(
    "second_coders",
    metadata,
    _study(key=True),
    Column("url", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("price_in", Float, nullable=False),
    Column("price_out", Float, nullable=False),
    Column("mode", Text, nullable=False),
)

# What it answered: `key` is a digest of the words and the version of the prompt.
second_labels = Table(
    "second_labels",
    metadata,
    _study(key=True),
    Column("maker", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("valence", Integer, nullable=False),
)

# The codebook that a study matches first, if its team gave one.
codebooks = Table(
    "codebooks",
    metadata,
    _study(key=True),
    Column("codebook", LargeBinary, nullable=False),
)

# Names of themes that the second coder proposed; a theme's own name is a decision.
name_proposals = Table(
    "name_proposals",
    metadata,
    _study(key=True),
    Column("theme", Text, primary_key=True),
    Column("proposal", LargeBinary, nullable=False),
)

# Tables of metrics as they were added; without a mapping nobody has said yet what is in it.
metrics = Table(
    "metrics",
    metadata,
    Column("id", Integer, primary_key=True),
    _study(),
    Column("digest", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("mapping", LargeBinary),
    UniqueConstraint("study", "digest"),
    sqlite_autoincrement=True,
)

# Reports of erased participants: how much went and that nothing is left, never who it was.
erasures = Table(
    "erasures",
    metadata,
    Column("id", Integer, primary_key=True),
    _study(),
    Column("report", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)

# By which the key that originals are encrypted with is known; the key itself is elsewhere.
key_marks = Table(
    "key_marks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mark", LargeBinary, nullable=False),
)

# What a study keeps of its originals, until when, and on which legal ground.
privacy = Table(
    "privacy",
    metadata,
    _study(key=True),
    Column("originals", Text, nullable=False),
    Column("keep_until", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("consent", Text, nullable=False),
)

# The legal ground of one source, where it is another than the study's.
grounds = Table(
    "grounds",
    metadata,
    _study(key=True),
    Column("source", Text, primary_key=True),
    Column("basis", Text, nullable=False),
    Column("consent", Text, nullable=False),
)

# Who saw, changed and exported what; outlives the study, and never holds personal text.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("study", Text, nullable=False),
    Column("what", Text, nullable=False),
    Index("audit_of_a_study", "study", "id"),
    sqlite_autoincrement=True,
)
