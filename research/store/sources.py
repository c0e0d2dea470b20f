"""The files of a study: what was read in each, and what became of every upload."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from research.model import Reading
from research.serial import from_bytes, to_bytes
from research.store import analyses as results
from research.store import uploads
from research.store.database import Store
from research.store.schema import analyses, grounds, intakes, redactions, sources
from research.store.sealing import MAGIC, seal, unseal


@dataclass(frozen=True, slots=True)
class Arrival:
    """One uploaded file: kept as a source, the same as one, or refused with a reason."""

    name: str
    source: str = ""
    reason: str = ""
    duplicate_of: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the store knows of a source without opening it."""

    id: str
    name: str
    software: str


def add(store: Store, study_id: str, reading: Reading, content: bytes, software: str) -> None:
    """Keep an upload and what was read in it."""
    uploads.write(store, study_id, reading.source, content)
    arrival = Arrival(reading.name, source=reading.source)
    sealed = _sealed(store, study_id, reading)
    with store.engine.begin() as connection:
        connection.execute(
            insert_or(sources)
            .values(
                study=study_id,
                id=reading.source,
                name=reading.name,
                size=len(content),
                software=software,
                reading=sealed,
            )
            .on_conflict_do_nothing()
        )
        connection.execute(insert(intakes).values(study=study_id, **_columns(arrival)))


def note(store: Store, study_id: str, arrival: Arrival) -> None:
    """Write down a file that was not kept; it replaces an earlier note on that name."""
    with store.engine.begin() as connection:
        connection.execute(delete(intakes).where(_not_kept(study_id, arrival.name)))
        connection.execute(insert(intakes).values(study=study_id, **_columns(arrival)))


def drop_note(store: Store, study_id: str, name: str) -> bool:
    """Take a file that was not kept off the list; whether it was on it."""
    with store.engine.begin() as connection:
        return connection.execute(delete(intakes).where(_not_kept(study_id, name))).rowcount > 0


def _not_kept(study_id: str, name: str) -> ColumnElement[bool]:
    """The notes on files of that name that were refused, or were there already."""
    mine = (intakes.c.study == study_id) & (intakes.c.name == name)
    return mine & ((intakes.c.source == "") | (intakes.c.duplicate_of != ""))


def _columns(arrival: Arrival) -> dict[str, str]:
    return {
        "name": arrival.name,
        "source": arrival.source,
        "reason": arrival.reason,
        "duplicate_of": arrival.duplicate_of,
    }


def arrivals(store: Store, study_id: str) -> tuple[Arrival, ...]:
    """Every file that was uploaded, in order."""
    query = select(intakes).where(intakes.c.study == study_id).order_by(intakes.c.id)
    with store.engine.connect() as connection:
        rows = connection.execute(query).all()
    return tuple(Arrival(r.name, r.source, r.reason, r.duplicate_of) for r in rows)


def kept(store: Store, study_id: str) -> tuple[Kept, ...]:
    """The sources of a study, by id."""
    query = select(sources.c.id, sources.c.name, sources.c.software)
    with store.engine.connect() as connection:
        rows = connection.execute(query.where(sources.c.study == study_id).order_by(sources.c.id))
        return tuple(Kept(row.id, row.name, row.software) for row in rows)


def readings(store: Store, study_id: str) -> tuple[Reading, ...]:
    """What was read in each source, by source id. Raises `KeyLost`."""
    columns = (sources.c.id, sources.c.reading)
    query = select(*columns).where(sources.c.study == study_id).order_by(sources.c.id)
    with store.engine.connect() as connection:
        rows = connection.execute(query).all()
    return tuple(_opened(store, study_id, row.id, row.reading) for row in rows)


def update_reading(store: Store, study_id: str, reading: Reading, software: str) -> None:
    """Replace what was read in a source."""
    this = (sources.c.study == study_id) & (sources.c.id == reading.source)
    sealed = _sealed(store, study_id, reading)
    change = update(sources).where(this).values(software=software, reading=sealed)
    with store.engine.begin() as connection:
        connection.execute(change)


def _sealed(store: Store, study_id: str, reading: Reading) -> bytes:
    return seal(store, to_bytes(reading), _about(study_id, reading.source))


def _opened(store: Store, study_id: str, source_id: str, content: bytes) -> Reading:
    return from_bytes(Reading, unseal(store, content, _about(study_id, source_id)))


def _about(study_id: str, source_id: str) -> str:
    """What ties an encrypted reading to its place."""
    return f"reading/{study_id}/{source_id}"


def seal_plain(store: Store) -> int:
    """Encrypt the sources that an older version kept in plain text; how many.

    The upload goes first, so that what is cut short is done again.
    """
    start = func.substr(sources.c.reading, 1, len(MAGIC))
    plain = select(sources.c.study, sources.c.id, sources.c.reading).where(start != MAGIC)
    with store.engine.connect() as connection:
        rows = connection.execute(plain).all()
    for row in rows:
        if uploads.there(store, row.study, row.id):
            uploads.write(store, row.study, row.id, uploads.read(store, row.study, row.id))
        this = (sources.c.study == row.study) & (sources.c.id == row.id)
        sealed = seal(store, row.reading, _about(row.study, row.id))
        with store.engine.begin() as connection:
            connection.execute(update(sources).where(this).values(reading=sealed))
    return len(rows)


def forget_refused(store: Store, study_id: str, holds: Callable[[str], bool]) -> int:
    """Delete the notes on files that were not kept and whose name or reason holds something."""
    gone = 0
    with store.engine.begin() as connection:
        mine = (intakes.c.study == study_id) & (
            (intakes.c.source == "") | (intakes.c.duplicate_of != "")
        )
        for row in connection.execute(select(intakes).where(mine)).all():
            if holds(row.name) or holds(row.reason) or holds(row.duplicate_of):
                gone += connection.execute(delete(intakes).where(intakes.c.id == row.id)).rowcount
    return gone


def remove(store: Store, study_id: str, source_id: str) -> None:
    """Delete a source with its upload, and the analyses that quote it."""
    uploads.remove(store, study_id, source_id)
    quoted = (analyses.c.study == study_id) & analyses.c.sources.contains(source_id)
    with store.engine.begin() as connection:
        for table in (intakes, redactions, grounds):
            this = (table.c.study == study_id) & (table.c.source == source_id)
            connection.execute(delete(table).where(this))
        this = (sources.c.study == study_id) & (sources.c.id == source_id)
        connection.execute(delete(sources).where(this))
        connection.execute(delete(analyses).where(quoted))
    store.wipe()
    results.forget()
