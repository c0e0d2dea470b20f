"""The columns of a table of metrics: what each holds, with the figures that this gives."""

from dataclasses import dataclass, replace
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, QueryParams

from api.deps import StoreDep
from api.render import ShowDep
from api.study import Head, HeadDep
from research import kpis
from research.errors import BadUpload
from research.metrics import known
from research.metrics.reading import FiguresRead, names_in
from research.metrics.tables import Blocks, blocks_of
from research.model import (
    Figure,
    Layout,
    MetricsMapping,
    MetricsTable,
    SetAside,
    StageTaxonomy,
    Upload,
)

router = APIRouter()
MOST_ROWS, MOST_FIGURES, MOST_NAMES, MOST_ASIDE = 5, 12, 200, 20
FIELDS = ("metric", "value", "period", "target", "stage", "unit")


@dataclass(frozen=True, slots=True)
class Metric:
    """What a table calls a metric, its stage and why; `known` is the bundled metric it is."""

    name: str
    stage: str
    chosen: str
    reason: str
    known: str


@dataclass(frozen=True, slots=True)
class MappingPage:
    """A table with its first rows, how its columns are read, and what that gives.

    `problem` tells why the columns as they are chosen give nothing.
    """

    head: Head
    table: str
    name: str
    used: bool
    mapping: MetricsMapping
    reasons: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    metrics: tuple[Metric, ...]
    figures: tuple[Figure, ...]
    total: int
    set_aside: tuple[SetAside, ...]
    left: int
    problem: str

    @property
    def why(self) -> dict[str, str]:
        """The reason of each field of the mapping, while it is as it was proposed."""
        return dict(self.reasons)


def mapping_of(fields: FormData | QueryParams) -> MetricsMapping | None:
    """The mapping that a form holds; None when it holds none."""
    if "layout" not in fields:
        return None

    def told(name: str) -> str:
        return str(fields.get(name, ""))

    given = told("layout")
    layout: Layout = next((one for one in get_args(Layout) if one == given), "rows")
    names, stages = fields.getlist("name"), fields.getlist("to")
    return MetricsMapping(
        layout=layout,
        metric=told("metric"),
        value=told("value"),
        period=told("period"),
        target=told("target"),
        stage=told("stage"),
        unit=told("unit"),
        metrics=tuple(map(str, fields.getlist("metrics"))),
        when=told("when"),
        decimal=told("decimal"),
        shares=told("shares") != "no",
        stages=tuple((str(n), str(s)) for n, s in zip(names, stages, strict=False) if s),
    )


def mapping_page(store: StoreDep, head: HeadDep, request: Request, table_id: str) -> MappingPage:
    """A table of metrics, read as the query asks, else as was chosen, else as is proposed."""
    table = kpis.get_metrics(store, head.id, table_id)
    guess = kpis.proposal(table)
    chosen = mapping_of(request.query_params) or table.mapping
    mapping = chosen or guess.mapping
    blocks = blocks_of(Upload(table.name, table.content))
    read, problem = _read(table, mapping, head.taxonomy)
    return MappingPage(
        head=head,
        table=table.id,
        name=table.name,
        used=table.mapping is not None,
        mapping=mapping,
        reasons=_reasons(mapping, guess.mapping, guess.reasons),
        columns=blocks.columns,
        rows=_first_rows(blocks),
        notes=blocks.notes,
        metrics=() if problem else _metrics(table, mapping, head.taxonomy),
        figures=read.figures[:MOST_FIGURES],
        total=len(read.figures),
        set_aside=read.set_aside[:MOST_ASIDE],
        left=len(read.set_aside),
        problem=problem,
    )


def _read(
    table: MetricsTable, mapping: MetricsMapping, taxonomy: StageTaxonomy
) -> tuple[FiguresRead, str]:
    """The figures, or why there are none."""
    try:
        read = kpis.figures_of(table, mapping, taxonomy)
    except BadUpload as error:
        return FiguresRead((), ()), error.reason
    return read, "" if read.figures else "these columns give no figures; choose others"


def _reasons(
    mapping: MetricsMapping, proposed: MetricsMapping, reasons: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """The reasons of what is still as it was proposed."""
    return tuple((f, why) for f, why in reasons if getattr(mapping, f) == getattr(proposed, f))


def _first_rows(blocks: Blocks) -> tuple[tuple[str, ...], ...]:
    rows = [
        tuple(table.cell(row, c)[:80] for c in blocks.columns)
        for table in blocks.tables
        for _, row in table.rows
    ]
    return tuple(rows[:MOST_ROWS])


def _metrics(
    table: MetricsTable, mapping: MetricsMapping, taxonomy: StageTaxonomy
) -> tuple[Metric, ...]:
    chosen = dict(mapping.stages)
    read = kpis.figures_of(table, replace(mapping, stages=()), taxonomy)
    told = {f.metric: f.stage for f in read.figures}
    found = []
    for name in names_in(table.name, table.content, mapping)[:MOST_NAMES]:
        placed, metric = known.place(name, taxonomy), known.find(name)
        stage = told.get(name, placed.stage)
        reason = placed.reason if stage == placed.stage else "the table says so"
        found.append(Metric(name, stage, chosen.get(name, ""), reason, metric.id if metric else ""))
    return tuple(found)


MappingDep = Annotated[MappingPage, Depends(mapping_page)]


@router.get("/studies/{study_id}/kpis/{table_id}", include_in_schema=False)
def show_mapping(page: MappingDep, show: ShowDep) -> Response:
    """The page with the columns of a table of metrics."""
    return show("kpis/mapping.html", page)


@router.get("/api/studies/{study_id}/kpis/{table_id}", tags=["measures"])
def get_mapping(page: MappingDep) -> MappingPage:
    """A table of metrics: its columns, how they are read, and the figures that gives."""
    return page


async def form_mapping(request: Request) -> MetricsMapping | None:
    """The mapping of the form that was sent."""
    return mapping_of(await request.form())


@router.post("/studies/{study_id}/kpis/{table_id}", include_in_schema=False)
def use_from_form(
    store: StoreDep,
    head: HeadDep,
    table_id: str,
    mapping: Annotated[MetricsMapping | None, Depends(form_mapping)],
) -> Response:
    """Let a table count, with its columns as they are in the form, or as proposed."""
    table = kpis.get_metrics(store, head.id, table_id)
    chosen = mapping or kpis.proposal(table).mapping
    kpis.use_metrics(store, head.id, table_id, chosen, head.taxonomy)
    return RedirectResponse(f"/studies/{head.id}/kpis", 303)


@router.post("/api/studies/{study_id}/kpis/{table_id}", tags=["measures"], status_code=204)
def use(store: StoreDep, head: HeadDep, table_id: str, mapping: MetricsMapping) -> None:
    """Let a table of metrics count, with its columns read like this."""
    kpis.use_metrics(store, head.id, table_id, mapping, head.taxonomy)
