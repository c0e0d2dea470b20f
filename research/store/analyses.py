"""The results of runs, and what the placeholders in them stand for."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import Connection, delete, insert, select, update

from research.errors import Cancelled, NotFound
from research.model import Analysis, Redaction, Run
from research.serial import analysis_from_bytes, analysis_to_bytes
from research.store.database import Store
from research.store.schema import analyses, materials, redactions, runs
from research.store.sealing import seal_text, unseal_text

KEPT = 3
IN_MEMORY = 4


def save(store: Store, run: Run, analysis: Analysis, found: Sequence[Redaction]) -> None:
    """Keep a run's result and close the run, both or neither. Raises `Cancelled`.

    What the placeholders stand for is kept encrypted.
    """
    rows = _redaction_rows(store, run.study, found)
    with store.engine.begin() as connection:
        _finish(connection, run)
        connection.execute(insert(analyses).values(**_row(run.study, run.id, analysis)))
        _forget_old(connection, run.study)
        connection.execute(delete(redactions).where(redactions.c.study == run.study))
        if rows:
            connection.execute(insert(redactions), rows)


def _finish(connection: Connection, run: Run) -> None:
    mine = (runs.c.id == run.id) & runs.c.status.in_(("queued", "running"))
    now = datetime.now(UTC).isoformat()
    change = update(runs).where(mine).values(status="done", ended=now, done=runs.c.total)
    if connection.execute(change).rowcount != 1:
        raise Cancelled("The run was cancelled before its result was kept.")
    connection.execute(delete(materials).where(materials.c.run == run.id))


def replace_all(store: Store, study_id: str, run_id: str, analysis: Analysis | None) -> int:
    """Put one analysis in the place of all that are kept, or nothing: for erasing.

    How many were there. `run_id` is the run that it came from.
    """
    with store.engine.begin() as connection:
        gone = connection.execute(delete(analyses).where(analyses.c.study == study_id)).rowcount
        if analysis is not None:
            connection.execute(insert(analyses).values(**_row(study_id, run_id, analysis)))
    forget()
    return int(gone)


def forget_earlier(store: Store, study_id: str, holds: Callable[[bytes], bool]) -> int:
    """Delete the analyses before the newest that hold something; how many."""
    query = select(analyses.c.id, analyses.c.analysis).where(analyses.c.study == study_id)
    with store.engine.begin() as connection:
        earlier = connection.execute(query.order_by(analyses.c.id.desc()).offset(1).limit(KEPT))
        gone = [row.id for row in earlier.all() if holds(row.analysis)]
        connection.execute(delete(analyses).where(analyses.c.id.in_(gone)))
    if gone:
        forget()
        store.wipe()
    return len(gone)


def newest_run(store: Store, study_id: str) -> str:
    """The run that the newest analysis came from; empty when there is none."""
    query = select(analyses.c.run).where(analyses.c.study == study_id)
    with store.engine.connect() as connection:
        return connection.scalar(query.order_by(analyses.c.id.desc()).limit(1)) or ""


def _row(study_id: str, run_id: str, analysis: Analysis) -> dict[str, object]:
    return {
        "study": study_id,
        "run": run_id,
        "sources": " ".join(source.id for source in analysis.sources),
        "analysis": analysis_to_bytes(analysis),
    }


def _forget_old(connection: Connection, study_id: str) -> None:
    mine = analyses.c.study == study_id
    newest = select(analyses.c.id).where(mine).order_by(analyses.c.id.desc()).limit(KEPT)
    connection.execute(delete(analyses).where(mine & analyses.c.id.not_in(newest)))


def _redaction_rows(
    store: Store, study_id: str, found: Sequence[Redaction]
) -> list[dict[str, str]]:
    """The rows of what placeholders stand for, each once."""
    return [
        {
            "study": study_id,
            "source": r.source,
            "placeholder": r.placeholder,
            "original": seal_text(store, r.original, _about(study_id, r.source)),
            "category": r.category,
        }
        for r in dict.fromkeys(found)
    ]


def _about(study_id: str, source_id: str) -> str:
    """What ties an encrypted original to its place."""
    return f"original/{study_id}/{source_id}"


def newest(store: Store, study_id: str) -> Analysis | None:
    """The newest analysis of a study, if it has one."""
    query = select(analyses.c.id, analyses.c.run).where(analyses.c.study == study_id)
    with store.engine.connect() as connection:
        found = connection.execute(query.order_by(analyses.c.id.desc()).limit(1)).one_or_none()
    with suppress(NotFound):
        return None if found is None else _decoded(store, found.id, found.run)
    return None


def earlier(store: Store, study_id: str) -> Analysis | None:
    """The analysis before the newest one, if it is still kept."""
    query = select(analyses.c.id, analyses.c.run).where(analyses.c.study == study_id)
    with store.engine.connect() as connection:
        ordered = query.order_by(analyses.c.id.desc()).limit(1).offset(1)
        found = connection.execute(ordered).one_or_none()
    with suppress(NotFound):
        return None if found is None else _decoded(store, found.id, found.run)
    return None


def forget() -> None:
    """Let go of the analyses kept in memory, so that what was deleted is gone there too."""
    _decoded.cache_clear()


@lru_cache(maxsize=IN_MEMORY)
def _decoded(store: Store, analysis_id: int, run_id: str) -> Analysis:
    """An analysis, which never changes; the run tells two databases at one place apart."""
    query = select(analyses.c.analysis).where(analyses.c.id == analysis_id)
    with store.engine.connect() as connection:
        content = connection.scalar(query.where(analyses.c.run == run_id))
    if content is None:
        raise NotFound("These results were deleted just now.")
    return analysis_from_bytes(content)


def latest(store: Store, study_id: str) -> Analysis:
    """The newest analysis of a study. Raises `NotFound`."""
    found = newest(store, study_id)
    if found is None:
        raise NotFound("This study has no results yet; add files and run the analysis.")
    return found


def forget_redactions(store: Store, study_id: str, source_id: str) -> int:
    """Delete what the placeholders of a source stand for; how many there were."""
    mine = (redactions.c.study == study_id) & (redactions.c.source == source_id)
    with store.engine.begin() as connection:
        return int(connection.execute(delete(redactions).where(mine)).rowcount)


def get_redactions(store: Store, study_id: str) -> tuple[Redaction, ...]:
    """What the placeholders of a study stand for. Never to be exported. Raises `KeyLost`."""
    columns = (redactions.c.source, redactions.c.placeholder)
    query = select(redactions).where(redactions.c.study == study_id).order_by(*columns)
    with store.engine.connect() as connection:
        rows = connection.execute(query).all()
    return tuple(
        Redaction(
            r.source,
            r.placeholder,
            unseal_text(store, r.original, _about(study_id, r.source)),
            r.category,
        )
        for r in rows
    )
