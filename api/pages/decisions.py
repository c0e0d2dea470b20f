"""Decisions: what people decided about a study, oldest kept, each can be undone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep
from api.render import ShowDep
from api.study import AnalysisDep, Head, HeadDep, analysis_of
from research import studies
from research.model import Decision
from research.view import standing

router = APIRouter()
ABOUT = (
    "hide-theme",
    "merge-themes",
    "merge-personas",
    "keep-persona",
    "renew-persona",
    "move-person",
)


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision, what it is about (a voice by its placeholder), and whether it stands."""

    id: int
    action: str
    about: str
    target: str
    value: str
    anchors: int
    by: str
    at: datetime
    stands: bool


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """The log of a study, newest first."""

    head: Head
    decisions: tuple[DecisionRow, ...]
    themes: dict[str, str]
    personas: dict[str, str]
    people: dict[str, str]


def decisions_page(store: StoreDep, head: HeadDep, analysis: AnalysisDep) -> DecisionsPage:
    """The log of a study, newest first."""
    log = studies.list_decisions(store, head.id)
    stands = {d.id for d in standing(log)}
    rows = (decision_row(d, d.id in stands) for d in sorted(log, key=lambda d: -d.id))
    themes = {t.id: t.label for t in analysis.themes} if analysis else {}
    personas = {p.id: p.name for p in analysis.personas} if analysis else {}
    people = {p.id: p.label for p in analysis.participants} if analysis else {}
    return DecisionsPage(head, tuple(rows), themes, personas, people)


def decision_row(decision: Decision, stands: bool) -> DecisionRow:
    """A decision as the log shows it."""
    return DecisionRow(
        id=decision.id,
        action=decision.action,
        target=decision.target if decision.action in ABOUT else "",
        about=decision.target.partition("/")[2] if decision.action == "set-role" else "",
        value=decision.target if decision.action == "undo" else decision.value,
        anchors=len(decision.anchors),
        by=decision.by,
        at=decision.at,
        stands=stands,
    )


DecisionsDep = Annotated[DecisionsPage, Depends(decisions_page)]


@router.get("/studies/{study_id}/decisions", include_in_schema=False)
def show_decisions(page: DecisionsDep, show: ShowDep) -> Response:
    """The page with the log."""
    return show("decisions/list.html", page, block="log")


@router.get("/api/studies/{study_id}/decisions", tags=["decisions"])
def list_decisions(page: DecisionsDep) -> DecisionsPage:
    """All decisions of a study, newest first."""
    return page


@router.post("/studies/{study_id}/decisions/{decision_id}/undo", include_in_schema=False)
def undo_from_form(store: StoreDep, head: HeadDep, show: ShowDep, decision_id: int) -> Response:
    """Undo a decision, which is one more decision."""
    studies.undo(store, head.id, decision_id)
    if show.request.headers.get("hx-request") != "true":
        return RedirectResponse(f"/studies/{head.id}/decisions", 303)
    return show(
        "decisions/list.html", decisions_page(store, head, analysis_of(store, head.id)), block="log"
    )


@router.post(
    "/api/studies/{study_id}/decisions/{decision_id}/undo", tags=["decisions"], status_code=204
)
def undo(store: StoreDep, study_id: str, decision_id: int) -> None:
    """Undo a decision, which is one more decision."""
    studies.undo(store, study_id, decision_id)
