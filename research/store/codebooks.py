"""The codebook that a study matches first."""

from sqlalchemy import delete, insert, select

from research.model import Codebook
from research.serial import from_bytes, to_bytes
from research.store.database import Store
from research.store.schema import codebooks


def get(store: Store, study_id: str) -> Codebook | None:
    """The study's codebook; None when nobody gave one."""
    query = select(codebooks.c.codebook).where(codebooks.c.study == study_id)
    with store.engine.connect() as connection:
        content = connection.scalar(query)
    return None if content is None else from_bytes(Codebook, content)


def put(store: Store, study_id: str, codebook: Codebook | None) -> None:
    """Keep a codebook in the place of an earlier one; None takes it away."""
    with store.engine.begin() as connection:
        connection.execute(delete(codebooks).where(codebooks.c.study == study_id))
        if codebook is not None:
            values = {"study": study_id, "codebook": to_bytes(codebook)}
            connection.execute(insert(codebooks).values(**values))
