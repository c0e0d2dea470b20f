"""Runs: who is busy, how far they are, and what they have prepared."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar
from uuid import uuid4

from sqlalchemy import RowMapping, delete, exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from research.errors import Conflict, NotFound
from research.model import Run, RunStatus
from research.serial import from_bytes, from_json, many_from_bytes, to_bytes
from research.store.database import Store
from research.store.schema import materials, runs, studies
from research.store.sealing import seal, unseal

UNFINISHED = ("queued", "running")
T = TypeVar("T")


def begin(store: Store, study_id: str) -> Run:
    """Write down a new run. Raises `Conflict` when the study has one that is not done."""
    run = Run(uuid4().hex, study_id, "queued", "", 0, 0, "", datetime.now(UTC))
    try:
        with store.engine.begin() as connection:
            connection.execute(
                insert(runs).values(
                    id=run.id,
                    study=run.study,
                    status=run.status,
                    step=run.step,
                    done=run.done,
                    total=run.total,
                    message=run.message,
                    started=run.started.isoformat(),
                )
            )
    except IntegrityError as error:
        raise _refusal(store, study_id) from error
    return run


def _refusal(store: Store, study_id: str) -> Conflict | NotFound:
    with store.engine.connect() as connection:
        if connection.scalar(select(exists().where(studies.c.id == study_id))):
            return Conflict("This study is being analysed already; wait for it or cancel it.")
    return NotFound(f"There is no study {study_id!r}; it may have been deleted.")


def get(store: Store, run_id: str) -> Run:
    """The run of that id. Raises `NotFound`."""
    with store.engine.connect() as connection:
        found = connection.execute(select(runs).where(runs.c.id == run_id))
        row = found.mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no run {run_id!r}; its study may have been deleted.")
    return _run(row)


def of_study(store: Store, study_id: str) -> tuple[Run, ...]:
    """The runs of a study, newest first."""
    query = select(runs).where(runs.c.study == study_id)
    with store.engine.connect() as connection:
        rows = connection.execute(query.order_by(runs.c.started.desc(), runs.c.id)).mappings()
        return tuple(_run(row) for row in rows)


def unfinished(store: Store) -> tuple[Run, ...]:
    """The runs that are queued or running, oldest first."""
    query = select(runs).where(runs.c.status.in_(UNFINISHED)).order_by(runs.c.started)
    with store.engine.connect() as connection:
        return tuple(_run(row) for row in connection.execute(query).mappings())


def advance(store: Store, run_id: str, step: str, done: int, total: int) -> bool:
    """Note how far a run is; false when it has been cancelled or is gone."""
    mine = (runs.c.id == run_id) & runs.c.status.in_(UNFINISHED)
    change = update(runs).where(mine).values(status="running", step=step, done=done, total=total)
    with store.engine.begin() as connection:
        return connection.execute(change).rowcount == 1


def warn(store: Store, run_id: str, message: str) -> None:
    """Note something that did not stop the run."""
    mine = (runs.c.id == run_id) & runs.c.status.in_(UNFINISHED)
    with store.engine.begin() as connection:
        connection.execute(update(runs).where(mine).values(message=message))


def end(store: Store, run_id: str, status: RunStatus, message: str = "") -> bool:
    """Close a run that did not succeed; false when it was closed already."""
    mine = (runs.c.id == run_id) & runs.c.status.in_(UNFINISHED)
    now = datetime.now(UTC).isoformat()
    change = update(runs).where(mine).values(status=status, message=message, ended=now)
    with store.engine.begin() as connection:
        closed = connection.execute(change).rowcount == 1
        if closed:
            connection.execute(delete(materials).where(materials.c.run == run_id))
    return closed


def keep_material(store: Store, run_id: str, material: object, texts: Sequence[str]) -> None:
    """Keep what the next steps of a run need, encrypted where it holds originals."""
    sealed = seal(store, to_bytes(material), f"material/{run_id}")
    with store.engine.begin() as connection:
        connection.execute(delete(materials).where(materials.c.run == run_id))
        connection.execute(
            insert(materials).values(
                run=run_id,
                material=sealed,
                texts=to_bytes(tuple(texts)),
            )
        )


def get_material(store: Store, run_id: str, kind: type[T]) -> T:
    """What `keep_material` kept."""
    query = select(materials.c.material).where(materials.c.run == run_id)
    with store.engine.connect() as connection:
        content = connection.execute(query).scalar_one()
    return from_bytes(kind, unseal(store, content, f"material/{run_id}"))


def get_texts(store: Store, run_id: str) -> tuple[str, ...]:
    """The texts that `keep_material` kept."""
    query = select(materials.c.texts).where(materials.c.run == run_id)
    with store.engine.connect() as connection:
        return many_from_bytes(str, connection.execute(query).scalar_one())


def _run(row: RowMapping) -> Run:
    return from_json(Run, {name: row[name] for name in row})


def forget(store: Store, study_id: str, holds: Callable[[str], bool]) -> int:
    """Delete what runs prepared, and empty their messages that hold something; how many."""
    mine = runs.c.study == study_id
    with store.engine.begin() as connection:
        ids = select(runs.c.id).where(mine)
        gone = connection.execute(delete(materials).where(materials.c.run.in_(ids))).rowcount
        for row in connection.execute(select(runs.c.id, runs.c.message).where(mine)).all():
            if holds(row.message):
                connection.execute(update(runs).where(runs.c.id == row.id).values(message=""))
                gone += 1
    return gone
