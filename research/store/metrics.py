"""Tables of metrics that were added to a study."""

from sqlalchemy import Row, delete, insert, select, update

from research.model import MetricsMapping, MetricsTable
from research.serial import from_bytes, to_bytes
from research.store.database import Store
from research.store.schema import metrics


def every(store: Store, study_id: str) -> tuple[MetricsTable, ...]:
    """The tables of a study, first added first."""
    query = select(metrics).where(metrics.c.study == study_id).order_by(metrics.c.id)
    with store.engine.connect() as connection:
        return tuple(_table(row) for row in connection.execute(query))


def put(store: Store, study_id: str, table: MetricsTable) -> None:
    """Keep a table; the same bytes take the place of the ones that were there."""
    mine = (metrics.c.study == study_id) & (metrics.c.digest == table.id)
    values = {"name": table.name, "content": table.content, "mapping": _mapping(table)}
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


def _table(row: Row[tuple[object, ...]]) -> MetricsTable:
    mapping = None if row.mapping is None else from_bytes(MetricsMapping, row.mapping)
    return MetricsTable(row.digest, row.name, row.content, mapping)
