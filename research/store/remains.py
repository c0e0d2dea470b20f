"""Everything that lies in the data folder, to look for what should not be there."""

from collections.abc import Iterator

from sqlalchemy import select

from research.serial import to_bytes
from research.store import analyses, metrics, sources, studies, uploads
from research.store.database import DATABASE, Store
from research.store.schema import metadata

NUMBERS = frozenset({"vectors.vector", "vectors.digest", "vector_uses.digest"})


def files(store: Store) -> Iterator[tuple[str, bytes]]:
    """Every file of the data folder with its bytes: the database, what is beside it, uploads."""
    for path in sorted(store.path.rglob("*")):
        if path.is_file():
            yield path.relative_to(store.path).as_posix(), path.read_bytes()


def is_binary(name: str) -> bool:
    """Whether a file holds numbers among its text, where short words stand by chance."""
    return name.startswith(DATABASE) or "/" not in name


def values(store: Store) -> Iterator[tuple[str, bytes]]:
    """Every value of every table that is text or was made of text, with its place.

    A value that is longer than a page of the file is cut up there; here it is whole.
    """
    with store.engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                for column, value in zip(table.columns, row, strict=True):
                    yield from _value(f"{table.name}.{column.name}", value)


def opened(store: Store) -> Iterator[tuple[str, bytes]]:
    """What is kept encrypted, as it is for who has the key. Raises `KeyLost`."""
    for study in studies.every(store):
        for reading in sources.readings(store, study.id):
            yield "sources.reading", to_bytes(reading)
            if uploads.there(store, study.id, reading.source):
                yield f"uploads/{study.id}", uploads.read(store, study.id, reading.source)
        for redaction in analyses.get_redactions(store, study.id):
            yield "redactions.original", redaction.original.encode("utf-8", "surrogatepass")
        for table in metrics.every(store, study.id):
            yield "metrics.content", table.content


def _value(place: str, value: object) -> Iterator[tuple[str, bytes]]:
    if isinstance(value, str):
        yield place, value.encode("utf-8", "surrogatepass")
    elif isinstance(value, bytes) and place not in NUMBERS:
        yield place, value


def compact(store: Store) -> None:
    """Rewrite the database without its free pages, and empty the log beside it."""
    with store.engine.connect() as connection:
        raw = connection.execution_options(isolation_level="AUTOCOMMIT")
        raw.exec_driver_sql("PRAGMA temp_store = MEMORY")
        raw.exec_driver_sql("VACUUM")
    store.wipe()
