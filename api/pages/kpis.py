"""The measures of a study: stage by stage, and the tables that they came in."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, UploadFile
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep
from api.measures import Measure, measures
from api.render import ShowDep
from api.study import Head, HeadDep
from research import kpis
from research.metrics.tables import MOST_BYTES
from research.model import LEFT_OUT, Upload

router = APIRouter()


@dataclass(frozen=True, slots=True)
class StageMeasures:
    """A stage with its measures, and what the study would measure there (`hints`).

    `stage` is empty for measures without one.
    """

    stage: str
    measures: tuple[Measure, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table of metrics that was added; `used` is false until somebody looked at it."""

    id: str
    name: str
    used: bool
    figures: int
    url: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that gives a score which somebody left out."""

    question: str
    url: str


@dataclass(frozen=True, slots=True)
class Added:
    """The table that was added; `url` is where its columns are looked at."""

    id: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class KpisPage:
    """The measures of a study by stage, the tables, and how large a table may be."""

    head: Head
    stages: tuple[StageMeasures, ...]
    tables: tuple[TableRow, ...]
    left_out: tuple[LeftOut, ...]
    max_mb: int

    @property
    def any(self) -> bool:
        """Whether there is a measure at all."""
        return any(s.measures for s in self.stages)


def kpis_page(store: StoreDep, head: HeadDep) -> KpisPage:
    """The measures of a study. Raises `NotFound`."""
    found = measures(store, head.id, head.taxonomy)

    def of(stage: str) -> tuple[Measure, ...]:
        return tuple(m for m in found if m.stage == stage)

    known = head.taxonomy.ids
    loose = tuple(m for m in found if m.stage not in known)
    stages = tuple(StageMeasures(s.id, of(s.id), s.kpis) for s in head.taxonomy.stages)
    return KpisPage(
        head=head,
        stages=(*stages, StageMeasures("", loose, ())) if loose else stages,
        tables=tuple(
            TableRow(
                id=t.id,
                name=t.name,
                used=t.mapping is not None,
                figures=len(kpis.figures_of(t, t.mapping, head.taxonomy).figures)
                if t.mapping
                else 0,
                url=_url(head.id, t.id),
            )
            for t in kpis.list_metrics(store, head.id)
        ),
        left_out=_left_out(store, head.id),
        max_mb=MOST_BYTES // 1_000_000,
    )


def _left_out(store: StoreDep, study_id: str) -> tuple[LeftOut, ...]:
    decided = kpis.decided_scores(store, study_id)
    scores = (s for s in kpis.scores_of_study(store, study_id) if decided.get(s.id) == LEFT_OUT)
    return tuple(LeftOut(s.question, f"/studies/{study_id}/scores/{s.id}") for s in scores)


def _url(study_id: str, table_id: str = "") -> str:
    return f"/studies/{study_id}/kpis" + (f"/{table_id}" if table_id else "")


KpisDep = Annotated[KpisPage, Depends(kpis_page)]


@router.get("/studies/{study_id}/kpis", include_in_schema=False)
def show_kpis(page: KpisDep, show: ShowDep) -> Response:
    """The page with the measures of a study."""
    return show("kpis/list.html", page)


@router.get("/api/studies/{study_id}/kpis", tags=["measures"])
def get_kpis(page: KpisDep) -> KpisPage:
    """The measures of a study by stage, and the tables of metrics that were added."""
    return page


@router.post("/studies/{study_id}/kpis", include_in_schema=False)
def add_from_form(store: StoreDep, head: HeadDep, file: UploadFile) -> Response:
    """Add a table of metrics and look at its columns."""
    return RedirectResponse(_add(store, head.id, file).url, 303)


@router.post("/api/studies/{study_id}/kpis", tags=["measures"], status_code=201)
def add(store: StoreDep, head: HeadDep, file: UploadFile) -> Added:
    """Add a table of metrics; it counts once its columns were looked at."""
    return _add(store, head.id, file)


@router.post("/studies/{study_id}/kpis/{table_id}/remove", include_in_schema=False)
def remove_from_form(store: StoreDep, study_id: str, table_id: str) -> Response:
    """Remove a table of metrics with its figures."""
    kpis.remove_metrics(store, study_id, table_id)
    return RedirectResponse(_url(study_id), 303)


@router.delete("/api/studies/{study_id}/kpis/{table_id}", tags=["measures"], status_code=204)
def remove(store: StoreDep, study_id: str, table_id: str) -> None:
    """Remove a table of metrics with its figures."""
    kpis.remove_metrics(store, study_id, table_id)


def _add(store: StoreDep, study_id: str, file: UploadFile) -> Added:
    upload = Upload(file.filename or "metrics", file.file.read(MOST_BYTES + 1))
    table = kpis.add_metrics(store, study_id, upload)
    return Added(table.id, table.name, _url(study_id, table.id))
