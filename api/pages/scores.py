"""A score of a survey question: how many are for and against, by month, and what they wrote."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep
from api.evidence import Quote, index
from api.render import ShowDep
from api.study import AnalysisDep, Head, HeadDep
from research import kpis
from research.metrics import known
from research.metrics.scores import FEW, measure, side
from research.metrics.series import months
from research.model import Measured, ScoreKind

router = APIRouter()
MOST_QUOTES = 60
SIDES = {
    "nps": ("promoters", "passives", "detractors"),
    "csat": ("satisfied", "between", "dissatisfied"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """The people on one side, how many of them wrote something, and what they wrote first.

    `statements` is how many quotes there are; `quotes` the first of them.
    """

    side: str
    people: int
    wrote: int
    statements: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class ScorePage:
    """A survey question with its score, over all answers and by month."""

    head: Head
    id: str
    kind: ScoreKind
    question: str
    source: str
    name: str
    top: int
    reason: str
    whole: Measured
    months: tuple[Measured, ...]
    groups: tuple[Group, ...]
    few: int
    stage: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The stage in which a score is shown, or `-` to leave it out."""

    stage: str


def score_page(store: StoreDep, head: HeadDep, analysis: AnalysisDep, score_id: str) -> ScorePage:
    """A score of a study. Raises `NotFound`."""
    score = kpis.get_score(store, head.id, score_id)
    usual = known.place(known.every()[score.kind].name_en, head.taxonomy).stage
    said: dict[str, list[str]] = {}
    for s in analysis.statements if analysis else ():
        if s.source == score.source:
            said.setdefault(s.place, []).append(s.id)
    groups = []
    for name, sign in zip(SIDES[score.kind], (1, 0, -1), strict=True):
        rows = [a.row for a in score.answers if side(score, a.value) == sign]
        ids = [s for row in rows for s in said.get(row, ())]
        quotes = index(head.id, analysis).quotes(ids[:MOST_QUOTES]) if analysis else ()
        wrote = sum(row in said for row in rows)
        groups.append(Group(name, len(rows), wrote, len(ids), quotes))
    return ScorePage(
        head=head,
        id=score.id,
        kind=score.kind,
        question=score.question,
        source=score.source,
        name=score.name,
        top=score.top,
        reason=score.reason,
        whole=measure(score, score.answers, ""),
        months=months(score),
        groups=tuple(groups),
        few=FEW,
        stage=kpis.decided_scores(store, head.id).get(score.id, usual),
    )


ScoreDep = Annotated[ScorePage, Depends(score_page)]


@router.get("/studies/{study_id}/scores/{score_id}", include_in_schema=False)
def show_score(page: ScoreDep, show: ShowDep) -> Response:
    """The page of a score."""
    return show("kpis/score.html", page)


@router.get("/api/studies/{study_id}/scores/{score_id}", tags=["measures"])
def get_score(page: ScoreDep) -> ScorePage:
    """A score of a survey question, by month, with what the people on each side wrote."""
    return page


@router.post("/studies/{study_id}/scores/{score_id}", include_in_schema=False)
def set_from_form(
    store: StoreDep, head: HeadDep, score_id: str, stage: Annotated[str, Form()]
) -> Response:
    """Show a score in another stage, or leave it out."""
    kpis.set_score(store, head.id, score_id, stage, head.taxonomy)
    return RedirectResponse(f"/studies/{head.id}/kpis", 303)


@router.post("/api/studies/{study_id}/scores/{score_id}", tags=["measures"], status_code=204)
def set_stage(store: StoreDep, head: HeadDep, score_id: str, new: Shown) -> None:
    """Show a score in another stage, or leave it out; a decision that can be undone."""
    kpis.set_score(store, head.id, score_id, new.stage, head.taxonomy)
