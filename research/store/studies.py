"""Studies in the database."""

from datetime import datetime

from sqlalchemy import RowMapping, delete, insert, select

from research.errors import NotFound
from research.model import StageTaxonomy, Study
from research.serial import from_bytes, to_bytes
from research.store import analyses, uploads
from research.store.database import Store
from research.store.schema import studies
from research.store.vectors import drop_unused


def add(store: Store, study: Study) -> None:
    """Keep a new study."""
    taxonomy = to_bytes(study.taxonomy) if study.taxonomy is not None else None
    with store.engine.begin() as connection:
        connection.execute(
            insert(studies).values(
                id=study.id,
                name=study.name,
                language=study.language,
                created=study.created.isoformat(),
                taxonomy=taxonomy,
                encoder=study.encoder,
            )
        )


def every(store: Store) -> tuple[Study, ...]:
    """All studies, newest first."""
    query = select(studies).order_by(studies.c.created.desc(), studies.c.id)
    with store.engine.connect() as connection:
        return tuple(_study(row) for row in connection.execute(query).mappings())


def get(store: Store, study_id: str) -> Study:
    """The study of that id. Raises `NotFound`."""
    with store.engine.connect() as connection:
        found = connection.execute(select(studies).where(studies.c.id == study_id))
        row = found.mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no study {study_id!r}; it may have been deleted.")
    return _study(row)


def remove(store: Store, study_id: str) -> None:
    """Delete a study with everything that hangs on it: rows, uploads, unshared vectors."""
    uploads.remove_study(store, study_id)
    with store.engine.begin() as connection:
        connection.execute(delete(studies).where(studies.c.id == study_id))
        drop_unused(connection)
    store.wipe()
    analyses.forget()


def _study(row: RowMapping) -> Study:
    taxonomy = row["taxonomy"]
    return Study(
        id=row["id"],
        name=row["name"],
        language=row["language"],
        created=datetime.fromisoformat(row["created"]),
        taxonomy=None if taxonomy is None else from_bytes(StageTaxonomy, taxonomy),
        encoder=row["encoder"],
    )
