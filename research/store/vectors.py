"""The cache of vectors, by model and text, shared between studies."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from sqlalchemy import Connection, Select, delete, exists, insert, literal, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from research.contracts import Vectors
from research.store.database import Store
from research.store.schema import vector_uses, vectors

AT_ONCE = 500
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StudyVectors:
    """The cache as one study uses it, so that deleting the study cleans up after it."""

    store: Store
    study_id: str

    def get_many(self, model: str, texts: Sequence[str]) -> dict[str, Vectors]:
        """The vectors that are known, by text."""
        found: dict[str, Vectors] = {}
        with self.store.engine.begin() as connection:
            for some in _slices(dict.fromkeys(texts)):
                by_digest = {digest(text): text for text in some}
                self._use(connection, model, by_digest)
                for row in connection.execute(_known(model, by_digest)):
                    found[by_digest[row.digest]] = np.frombuffer(row.vector, dtype="<f4")
        return found

    def put_many(self, model: str, texts: Sequence[str], values: Vectors) -> None:
        """Keep vectors; one that is known already stays as it is."""
        rows = [
            {"model": model, "digest": digest(text), "vector": value.astype("<f4").tobytes()}
            for text, value in zip(texts, values, strict=True)
        ]
        if not rows:
            return
        with self.store.engine.begin() as connection:
            connection.execute(insert_or(vectors).on_conflict_do_nothing(), rows)
            for some in _slices(texts):
                self._use(connection, model, [digest(text) for text in some])

    def forget(self, texts: Iterable[str]) -> int:
        """Forget the vectors of these texts, of any model; how many the study had."""
        mine = vector_uses.c.study == self.study_id
        gone = 0
        with self.store.engine.begin() as connection:
            for some in _slices(dict.fromkeys(digest(text) for text in texts)):
                these = delete(vector_uses).where(mine, vector_uses.c.digest.in_(some))
                gone += connection.execute(these).rowcount
            drop_unused(connection)
        return gone

    def keep_only(self, texts: Iterable[str]) -> None:
        """Forget the vectors of texts that the study no longer has, of any model."""
        kept = {digest(text) for text in texts}
        mine = vector_uses.c.study == self.study_id
        with self.store.engine.begin() as connection:
            known = connection.scalars(select(vector_uses.c.digest).where(mine)).all()
            for some in _slices([old for old in dict.fromkeys(known) if old not in kept]):
                connection.execute(delete(vector_uses).where(mine, vector_uses.c.digest.in_(some)))
            drop_unused(connection)

    def _use(self, connection: Connection, model: str, digests: Iterable[bytes]) -> None:
        """Note that the study uses those of the vectors that exist."""
        columns = ["study", "model", "digest"]
        known = _known(model, digests).with_only_columns(
            literal(self.study_id), vectors.c.model, vectors.c.digest
        )
        use = insert(vector_uses).prefix_with("OR IGNORE").from_select(columns, known)
        connection.execute(use)


def digest(text: str) -> bytes:
    """The hash a text is known by."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def drop_unused(connection: Connection) -> None:
    """Delete the vectors that no study uses."""
    same = (vector_uses.c.model == vectors.c.model) & (vector_uses.c.digest == vectors.c.digest)
    connection.execute(delete(vectors).where(~exists().where(same)))


def _known(model: str, digests: Iterable[bytes]) -> Select[tuple[bytes, bytes]]:
    chosen = (vectors.c.model == model) & vectors.c.digest.in_(list(digests))
    return select(vectors.c.digest, vectors.c.vector).where(chosen)


def _slices(values: Iterable[T]) -> Iterable[list[T]]:
    """The values in groups that fit one query."""
    listed = list(values)
    return (listed[i : i + AT_ONCE] for i in range(0, len(listed), AT_ONCE))
