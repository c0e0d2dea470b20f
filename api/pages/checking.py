"""Checking: the statements most worth a look, what people correct, and learning from it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from api.deps import RunnerDep, StoreDep
from api.evidence import Index, Quote
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research import labelling
from research.lookup import find_statement, quote_context
from research.model import Reason, Statement

router = APIRouter()
SHOWN = 20
BEFORE = 600


@dataclass(frozen=True, slots=True)
class Labelled:
    """A statement as it was read: its labels with their scores, and why."""

    quote: Quote
    question: str
    before: str
    after: str
    kind: str
    kind_score: float
    stage: str
    stage_score: float
    valence: int
    valence_score: float
    touchpoints: tuple[str, ...]
    reasons: tuple[Reason, ...]
    made_by: str
    url: str


@dataclass(frozen=True, slots=True)
class CheckingPage:
    """What to look at next, and how far one is."""

    head: Head
    judged: int
    new: int
    of: int
    next: tuple[Labelled, ...]
    values: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class StatementPage:
    """One statement in its context, with its labels."""

    head: Head
    labelled: Labelled
    judged: bool
    values: dict[str, tuple[str, ...]]
    theme: str
    themes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """What a person says of a statement; a task that is left out stays as it is."""

    kind: str | None = None
    stage: str | None = None
    valence: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The id of the theme that a statement belongs in; empty for none."""

    theme: str = ""


def labelled(found: Index, statement: Statement) -> Labelled:
    """A statement with its labels, the words around it, and why it is what it is."""
    context = quote_context(found.analysis, statement.id)
    text = context.passage.text
    first = statement.stages[0] if statement.stages else None
    return Labelled(
        quote=found.quote(statement.id),
        question=statement.question,
        before=text[max(0, statement.start - BEFORE) : statement.start],
        after=text[statement.end : statement.end + BEFORE],
        kind=statement.kind,
        kind_score=statement.kind_score,
        stage=first.stage if first else "unknown",
        stage_score=first.score if first else 0.0,
        valence=statement.valence,
        valence_score=statement.valence_score,
        touchpoints=statement.touchpoints,
        reasons=statement.reasons,
        made_by=statement.made_by,
        url=found.url("statements", statement.id),
    )


def checking_page(store: StoreDep, head: HeadDep, found: ResultsDep) -> CheckingPage:
    """What to look at next. Raises `NotFound` before the first run."""
    progress = labelling.checking(store, head.id, SHOWN)
    return CheckingPage(
        head=head,
        judged=len(progress.judged),
        new=progress.new,
        of=progress.of,
        next=tuple(labelled(found, s) for s in progress.next),
        values=labelling.values(found.analysis),
    )


def statement_page(
    store: StoreDep, head: HeadDep, found: ResultsDep, statement_id: str
) -> StatementPage:
    """One statement. Raises `NotFound`."""
    statement = find_statement(found.analysis, statement_id)
    judged = statement_id in labelling.checking(store, head.id, 0).judged
    mine = [t for t in found.analysis.shown if t.kind == statement.kind]
    return StatementPage(
        head=head,
        labelled=labelled(found, statement),
        judged=judged,
        values=labelling.values(found.analysis),
        theme=next((t.id for t in mine if statement_id in t.statements), ""),
        themes=tuple((t.id, t.label) for t in mine),
    )


CheckingDep = Annotated[CheckingPage, Depends(checking_page)]
StatementDep = Annotated[StatementPage, Depends(statement_page)]


@router.get("/studies/{study_id}/checking", include_in_schema=False)
def show_checking(page: CheckingDep, show: ShowDep) -> Response:
    """The page with what to look at next."""
    return show("checking/list.html", page)


@router.get("/api/studies/{study_id}/checking", tags=["decisions"])
def get_checking(page: CheckingDep) -> CheckingPage:
    """The statements most worth a look, best first, and how far checking is."""
    return page


@router.get("/studies/{study_id}/statements/{statement_id}", include_in_schema=False)
def show_statement(page: StatementDep, show: ShowDep) -> Response:
    """The page of a statement."""
    return show("checking/show.html", page, block="statement")


@router.get("/api/studies/{study_id}/statements/{statement_id}", tags=["results"])
def get_statement(page: StatementDep) -> StatementPage:
    """A statement with its labels, their scores, and why."""
    return page


@router.post("/studies/{study_id}/statements/{statement_id}", include_in_schema=False)
def label_from_form(
    store: StoreDep,
    study_id: str,
    statement_id: str,
    show: ShowDep,
    kind: Annotated[str, Form()] = "",
    stage: Annotated[str, Form()] = "",
    valence: Annotated[str, Form()] = "",
) -> Response:
    """Label a statement: each task that the form names, the same label as a confirmation."""
    for task, value in (("kind", kind), ("stage", stage), ("valence", valence)):
        if value:
            labelling.set_label(store, study_id, statement_id, task, value)
    back = show.request.headers.get("referer", "")
    listed = back.endswith(f"/studies/{study_id}/checking")
    there = "checking" if listed else f"statements/{statement_id}"
    return RedirectResponse(f"/studies/{study_id}/{there}", 303)


@router.post(
    "/api/studies/{study_id}/statements/{statement_id}", tags=["decisions"], status_code=204
)
def label(store: StoreDep, study_id: str, statement_id: str, labels: Labels) -> None:
    """Label a statement."""
    for task in ("kind", "stage", "valence"):
        value: str | None = getattr(labels, task)
        if value is not None:
            labelling.set_label(store, study_id, statement_id, task, value)


@router.post("/studies/{study_id}/statements/{statement_id}/theme", include_in_schema=False)
def move_from_form(
    store: StoreDep, study_id: str, statement_id: str, theme: Annotated[str, Form()] = ""
) -> Response:
    """Put a statement in a theme, or in none."""
    labelling.set_theme(store, study_id, statement_id, theme)
    return RedirectResponse(f"/studies/{study_id}/statements/{statement_id}", 303)


@router.post(
    "/api/studies/{study_id}/statements/{statement_id}/theme",
    tags=["decisions"],
    status_code=204,
)
def move(store: StoreDep, study_id: str, statement_id: str, place: Place) -> None:
    """Put a statement in a theme, or in none."""
    labelling.set_theme(store, study_id, statement_id, place.theme)


@router.post("/studies/{study_id}/checking/learn", include_in_schema=False)
def learn(runner: RunnerDep, head: HeadDep) -> Response:
    """Run the study again, so that it learns from the corrections."""
    run = head.run if head.busy and head.run else runner.start(head.id)
    return RedirectResponse(f"/studies/{head.id}/runs/{run.id}", 303)


@router.get("/studies/{study_id}/checking/labels.jsonl", include_in_schema=False)
@router.get("/api/studies/{study_id}/checking/labels.jsonl", tags=["decisions"])
def download_labels(store: StoreDep, study_id: str) -> Response:
    """What people labelled, a JSON object a line."""
    content = labelling.labelled_data(store, study_id)
    headers = {"content-disposition": 'attachment; filename="labels.jsonl"'}
    return Response(content, media_type="application/x-ndjson", headers=headers)
