"""Reports of who was erased: how much, never who."""

from sqlalchemy import insert, select

from research.model import Erasure
from research.serial import from_bytes, to_bytes
from research.store.database import Store
from research.store.schema import erasures


def add(store: Store, study_id: str, report: Erasure) -> None:
    """Keep a report."""
    with store.engine.begin() as connection:
        connection.execute(insert(erasures).values(study=study_id, report=to_bytes(report)))


def of_study(store: Store, study_id: str) -> tuple[Erasure, ...]:
    """The reports of a study, newest first."""
    query = select(erasures.c.report).where(erasures.c.study == study_id)
    with store.engine.connect() as connection:
        rows = connection.scalars(query.order_by(erasures.c.id.desc())).all()
    return tuple(from_bytes(Erasure, row) for row in rows)
