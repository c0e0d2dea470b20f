"""Measures of the journey: tables that people add, and scores from the study's surveys."""

from functools import lru_cache
from pathlib import PurePath

from research.columns_chosen import mappings_of
from research.errors import BadUpload, KlantbeeldError, NotFound, UnknownFormat
from research.metrics.mapping import Guess, guess
from research.metrics.reading import FiguresRead, read_figures
from research.metrics.scores import scores_in
from research.metrics.series import kpis_of_scores, kpis_of_tables
from research.metrics.tables import blocks_of
from research.model import (
    LEFT_OUT,
    ColumnsMapping,
    Decision,
    Kpi,
    MetricsMapping,
    MetricsTable,
    Score,
    StageTaxonomy,
    Upload,
)
from research.readers import READERS
from research.readers.files import source_id
from research.readers.grid import grid_or_error
from research.store import Store, decisions, metrics, sources, studies, uploads
from research.view import standing

LONGEST_NAME = 200


def add_metrics(store: Store, study_id: str, upload: Upload) -> MetricsTable:
    """Keep a table of metrics; it counts once somebody has looked at its columns.

    The same bytes again are the same table, with the mapping that it had. Raises
    `BadUpload` when it cannot be read, `NotFound` when there is no such study.
    """
    studies.get(store, study_id)
    name = "".join(c if c.isprintable() else " " for c in PurePath(upload.name).name).strip()
    table = MetricsTable(
        source_id(upload.content), name[:LONGEST_NAME] or "metrics", upload.content
    )
    known = next((t for t in metrics.every(store, study_id) if t.id == table.id), None)
    if known is not None:
        return known
    proposal(table)
    metrics.put(store, study_id, table)
    return table


def list_metrics(store: Store, study_id: str) -> tuple[MetricsTable, ...]:
    """The tables of metrics of a study, first added first."""
    studies.get(store, study_id)
    return metrics.every(store, study_id)


def get_metrics(store: Store, study_id: str, table_id: str) -> MetricsTable:
    """One table of metrics. Raises `NotFound`."""
    for table in list_metrics(store, study_id):
        if table.id == table_id:
            return table
    raise NotFound("This table of metrics is not in the study; it may have been removed.")


def proposal(table: MetricsTable) -> Guess:
    """What the columns of a table seem to hold. Raises `BadUpload`."""
    return guess(table.name, blocks_of(Upload(table.name, table.content)))


def figures_of(
    table: MetricsTable, mapping: MetricsMapping, taxonomy: StageTaxonomy
) -> FiguresRead:
    """The figures that a mapping gives. Raises `BadUpload`."""
    return read_figures(table.name, table.content, mapping, taxonomy)


def use_metrics(
    store: Store, study_id: str, table_id: str, mapping: MetricsMapping, taxonomy: StageTaxonomy
) -> FiguresRead:
    """Let a table count, read by this mapping; it takes the place of an earlier one.

    Raises `BadUpload` when it gives no figure at all.
    """
    table = get_metrics(store, study_id, table_id)
    read = figures_of(table, mapping, taxonomy)
    if not read.figures:
        raise UnknownFormat(table.name, "these columns give no figures; choose others")
    metrics.put(store, study_id, MetricsTable(table.id, table.name, table.content, mapping))
    return read


def remove_metrics(store: Store, study_id: str, table_id: str) -> None:
    """Delete a table of metrics with its figures. Raises `NotFound`."""
    studies.get(store, study_id)
    if not metrics.remove(store, study_id, table_id):
        raise NotFound("This table of metrics is not in the study; it may have been removed.")


def scores_of_study(store: Store, study_id: str) -> tuple[Score, ...]:
    """The survey questions of a study that give a score, by file and column."""
    kept = sorted(sources.kept(store, study_id), key=lambda s: (s.name, s.id))
    mappings = mappings_of(store, study_id)
    return tuple(s for k in kept for s in _scores(store, study_id, k.id, k.name, mappings))


def get_score(store: Store, study_id: str, score_id: str) -> Score:
    """One score of a study, also one that was left out. Raises `NotFound`."""
    studies.get(store, study_id)
    for score in scores_of_study(store, study_id):
        if score.id == score_id:
            return score
    raise NotFound("This study has no such score; its survey may have been removed.")


def set_score(
    store: Store, study_id: str, score_id: str, stage: str, taxonomy: StageTaxonomy, by: str = ""
) -> Decision:
    """Decide in which stage a score is shown; `-` leaves it out. Raises `NotFound`."""
    score = get_score(store, study_id, score_id)
    if stage != LEFT_OUT and stage not in taxonomy.ids:
        raise KlantbeeldError(f"Choose one of {', '.join((*taxonomy.ids, LEFT_OUT))}.")
    return decisions.add(store, study_id, "set-score", score.id, stage, (), by)


def decided_scores(store: Store, study_id: str) -> dict[str, str]:
    """What people decided of scores, by id: a stage, or `-` for those left out."""
    log = standing(decisions.of_study(store, study_id))
    return {d.target: d.value for d in log if d.action == "set-score"}


def kpis_of_study(store: Store, study_id: str, taxonomy: StageTaxonomy) -> tuple[Kpi, ...]:
    """The measures of a study, in the order of its stages; those without a stage come last."""
    tables = (t for t in list_metrics(store, study_id) if t.mapping is not None)
    read = [(t.name, figures_of(t, t.mapping, taxonomy).figures) for t in tables if t.mapping]
    found = (
        *kpis_of_tables(read),
        *kpis_of_scores(
            scores_of_study(store, study_id), taxonomy, decided_scores(store, study_id)
        ),
    )
    place = {stage: i for i, stage in enumerate(taxonomy.ids)}
    return tuple(sorted(found, key=lambda k: place.get(k.stage, len(place))))


def forget_scores() -> None:
    """Keep nothing of any survey in memory, as after a file or a study is deleted."""
    _scores.cache_clear()


@lru_cache(maxsize=64)
def _scores(
    store: Store, study_id: str, source: str, name: str, mappings: tuple[ColumnsMapping, ...]
) -> tuple[Score, ...]:
    """The scores in one source of a study; none when it is no survey."""
    try:
        upload = Upload(name, uploads.read(store, study_id, source))
        reader = next((r for r in READERS if r.recognises(upload)), None)
        survey = reader is not None and reader.name == "survey"
        return scores_in(upload, source, mappings) if survey else ()
    except (BadUpload, NotFound):
        return ()
    finally:
        grid_or_error.cache_clear()
