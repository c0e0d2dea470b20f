"""The audit log: who saw, changed and exported what. Rows are added and, once old, purged."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Select, delete, insert, select

from research.model import AuditEntry
from research.store.database import Store
from research.store.schema import audit

SECONDS = "seconds"


def add(store: Store, who: str, action: str, study: str, what: str) -> None:
    """Write an entry down."""
    at = datetime.now(UTC).replace(tzinfo=None).isoformat(timespec=SECONDS)
    values = {"at": at, "who": who, "action": action, "study": study, "what": what}
    with store.engine.begin() as connection:
        connection.execute(insert(audit).values(**values))


def entries(
    store: Store,
    *,
    study: str = "",
    who: str = "",
    actions: Sequence[str] = (),
    since: str = "",
    most: int = 0,
) -> tuple[AuditEntry, ...]:
    """The entries that fit, newest first; `since` is a date, `most` 0 for all."""
    query: Select[tuple[object, ...]] = select(audit).order_by(audit.c.id.desc())
    if study:
        query = query.where(audit.c.study == study)
    if who:
        query = query.where(audit.c.who == who)
    if actions:
        query = query.where(audit.c.action.in_(actions))
    if since:
        query = query.where(audit.c.at >= since)
    if most:
        query = query.limit(most)
    with store.engine.connect() as connection:
        rows = connection.execute(query).mappings().all()
    return tuple(
        AuditEntry(
            r["id"],
            datetime.fromisoformat(r["at"]).replace(tzinfo=UTC),
            r["who"],
            r["action"],
            r["study"],
            r["what"],
        )
        for r in rows
    )


def purge(store: Store, before: datetime) -> int:
    """Delete entries of before a moment; the database refuses what is not a month old."""
    limit = before.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=SECONDS)
    with store.engine.begin() as connection:
        return int(connection.execute(delete(audit).where(audit.c.at < limit)).rowcount)
