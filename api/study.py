"""What the pages of a study share: its head, and its analysis as people decided it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends

from api.deps import StoreDep
from api.evidence import Index, index
from research import studies
from research.errors import NotFound
from research.model import Analysis, Run, StageTaxonomy
from research.retention import NEAR_DAYS, days_left, get_privacy
from research.stages import DEFAULT_TAXONOMY


@dataclass(frozen=True, slots=True)
class Head:
    """The study a page belongs to, whether it has results, and its last run."""

    id: str
    name: str
    language: str
    taxonomy: StageTaxonomy
    has_results: bool
    run: Run | None
    keep_until: str = ""
    days_left: int | None = None

    @property
    def ends_soon(self) -> bool:
        """Whether the last day that the study is kept is near, or over."""
        return self.days_left is not None and self.days_left <= NEAR_DAYS

    @property
    def busy(self) -> bool:
        """Whether a run is waiting or under way."""
        return self.run is not None and self.run.status in ("queued", "running")


def last_run(store: StoreDep, study_id: str) -> Run | None:
    """The run of a study that started last."""
    return next(iter(studies.list_runs(store, study_id)), None)


def analysis_of(store: StoreDep, study_id: str) -> Analysis | None:
    """The study's analysis with its decisions, if it has one."""
    studies.get_study(store, study_id)
    with suppress(NotFound):
        return studies.get_view(store, study_id)
    return None


AnalysisDep = Annotated[Analysis | None, Depends(analysis_of)]


def head(store: StoreDep, study_id: str, analysis: AnalysisDep) -> Head:
    """The head of a study's pages. Raises `NotFound`."""
    study = studies.get_study(store, study_id)
    kept = get_privacy(store, study_id)
    return Head(
        id=study.id,
        name=study.name,
        language=analysis.language if analysis else study.language,
        taxonomy=analysis.taxonomy if analysis else study.taxonomy or DEFAULT_TAXONOMY,
        has_results=analysis is not None,
        run=last_run(store, study_id),
        keep_until=kept.keep_until,
        days_left=days_left(kept, date.today()),
    )


HeadDep = Annotated[Head, Depends(head)]


def results(head: HeadDep, analysis: AnalysisDep) -> Index:
    """The study's analysis, indexed. Raises `NotFound` before the first run."""
    if analysis is None:
        raise NotFound("This study has no results yet; add files and run the analysis.")
    return index(head.id, analysis)


ResultsDep = Annotated[Index, Depends(results)]
