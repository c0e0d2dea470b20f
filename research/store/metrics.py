"""Tables of metrics that were added to a study, encrypted."""

from sqlalchemy import Row, delete, func, insert, select, update

from research.model import MetricsMapping, MetricsTable
from research.serial import from_bytes, to_bytes
from research.store.database import Store
from research.store.schema import metrics
from research.store.sealing import MAGIC, seal, unseal


def every(store: Store, study_id: str) -> tuple[MetricsTable, ...]:
    """The tables of a study, first added first."""
    query = select(metrics).where(metrics.c.study == study_id).order_by(metrics.c.id)
    with store.engine.connect() as connection:
        return tuple(_table(store, row) for row in connection.execute(query))


def put(store: Store, study_id: str, table: MetricsTable) -> None:
    """Keep a table; the same bytes take the place of the ones that were there."""
    mine = (metrics.c.study == study_id) & (metrics.c.digest == table.id)
    sealed = seal(store, table.content, _about(study_id, table.id))
    values = {"name": table.name, "content": sealed, "mapping": _mapping(table)}
    with store.engine.begin() as connection:
        if not connection.execute(update(metrics).where(mine).values(**values)).rowcount:
            connection.execute(insert(metrics).values(study=study_id, digest=table.id, **values))


def remove(store: Store, study_id: str, table_id: str) -> bool:
    """Delete a table; whether it was there."""
    mine = (metrics.c.study == study_id) & (metrics.c.digest == table_id)
    with store.engine.begin() as connection:
        gone = connection.execute(delete(metrics).where(mine)).rowcount > 0
    store.wipe()
    return gone


def _mapping(table: MetricsTable) -> bytes | None:
    return None if table.mapping is None else to_bytes(table.mapping)


def seal_plain(store: Store) -> int:
    """Encrypt the tables that an older version kept in plain text; how many."""
    plain = func.substr(metrics.c.content, 1, len(MAGIC)) != MAGIC
    with store.engine.begin() as connection:
        rows = connection.execute(select(metrics).where(plain)).all()
    for row in rows:
        sealed = seal(store, row.content, _about(row.study, row.digest))
        with store.engine.begin() as connection:
            this = update(metrics).where(metrics.c.id == row.id)
            connection.execute(this.values(content=sealed))
    return len(rows)


def _about(study_id: str, table_id: str) -> str:
    """What ties an encrypted table to its place."""
    return f"metrics/{study_id}/{table_id}"


def _table(store: Store, row: Row[tuple[object, ...]]) -> MetricsTable:
    mapping = None if row.mapping is None else from_bytes(MetricsMapping, row.mapping)
    content = unseal(store, row.content, _about(row.study, row.digest))
    return MetricsTable(row.digest, row.name, content, mapping)
